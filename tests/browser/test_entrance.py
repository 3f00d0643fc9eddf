"""Coming in as people do: wizard, login, second factor, single pages of one's own; in both languages, light and dark, on three sizes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.factories.web import PASSWORD, make_post, make_unit, make_user, make_zone

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
Shots = Callable[..., None]

LOOKS = [
    pytest.param("laptop", False, "zh-hans", id="laptop"),
    pytest.param("desk", True, "zh-hans", id="desk-dark"),
    pytest.param("phone", False, "zh-hans", id="phone"),
    pytest.param("laptop", True, "en", id="laptop-dark-en"),
    pytest.param("phone", True, "en", id="phone-dark-en"),
]


@pytest.fixture
def officer(transactional_db: None) -> User:
    zone = make_zone()
    user = make_user("zhao")
    make_post(user, Role.PLANNING_OFFICER, zone, make_unit(zone), title="规划科科长")
    return user


def code_of(device: TOTPDevice, later: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06}"


def test_from_the_first_run_to_the_second_factor_by_keyboard_alone(transactional_db: None, open_page: OpenPage) -> None:
    page = open_page()
    page.set_default_timeout(60_000)  # the first page of a fresh process: templates, words and styles are read from disk
    page.goto("/first-run/")
    page.locator("#id_administrator-username").focus()
    for typed in ("root", "孙管理", PASSWORD, PASSWORD, "云溪新区", "yunxi"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".form button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/z/yunxi/")
    page.goto("/me/two-factor/")
    page.locator("#id_code").fill(code_of(TOTPDevice.objects.get()))
    page.keyboard.press("Enter")
    expect(page.locator(".entrance__codes li")).to_have_count(10)
    paper = page.locator(".entrance__codes li").first.inner_text()
    stranger = open_page()
    stranger.goto("/me/tokens/")
    stranger.keyboard.type("root")
    stranger.keyboard.press("Tab")
    stranger.keyboard.type(PASSWORD)
    stranger.keyboard.press("Enter")
    stranger.wait_for_url("**/login/second-factor/**")
    stranger.keyboard.type(paper)
    stranger.keyboard.press("Enter")
    stranger.wait_for_url("**/me/tokens/")


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_the_pages_of_who_is_not_in_yet(size: str, dark: bool, language: str, officer: User, open_page: OpenPage, shots: Shots) -> None:
    look = f"{size}-{'dark' if dark else 'light'}-{language}"
    page = open_page(size=size, dark=dark, language=language)
    page.goto("/login/")
    kept(page, shots, f"login-{look}")
    page.locator("#id_username").fill("zhao")
    page.locator("#id_password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".alert-danger")).to_be_visible()
    kept(page, shots, f"login-wrong-{look}")
    TOTPDevice.objects.create(user=officer, confirmed=True, name="app")
    User.objects.update(has_second_factor=True, language=language)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/login/second-factor/**")
    kept(page, shots, f"code-{look}")


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_the_wizard(size: str, dark: bool, language: str, transactional_db: None, open_page: OpenPage, shots: Shots) -> None:
    page = open_page(size=size, dark=dark, language=language)
    page.goto("/first-run/")
    kept(page, shots, f"first-run-{size}-{'dark' if dark else 'light'}-{language}")


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_a_persons_own_pages(size: str, dark: bool, language: str, officer: User, open_page: OpenPage, shots: Shots) -> None:
    look = f"{size}-{'dark' if dark else 'light'}-{language}"
    page = open_page(officer, size=size, dark=dark, language=language)
    for name in ("account", "password", "two-factor", "tokens"):
        page.goto("/me/" if name == "account" else f"/me/{name}/")
        kept(page, shots, f"{name}-{look}")
    page.locator("#id_name").fill("报表导出")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".entrance__secret")).to_be_visible()
    kept(page, shots, f"tokens-made-{look}")
    page.goto("/z/yunxi/")
    kept(page, shots, f"start-{look}")


def kept(page: Page, shots: Shots, name: str) -> None:
    """A picture; no serious fault for those who do not see it; nothing hangs over the edge."""
    shots(page, name, full=True)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
