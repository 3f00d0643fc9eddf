"""What every page stands in: the bare sheet, the side bar, error pages; axe finds no serious fault in any of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.factories.web import make_person, make_unit, make_zone

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User

Shots = Callable[..., None]
WAYS = [("laptop", False, "zh-hans"), ("laptop", True, "en"), ("desk", False, "en"), ("phone", False, "zh-hans"), ("phone", True, "en")]


@pytest.fixture
def officer(transactional_db: None) -> User:
    zone = make_zone()
    return make_person(Role.PLANNING_OFFICER, zone, make_unit(zone), username="officer")[0]


@pytest.mark.parametrize(("size", "dark", "language"), WAYS)
def test_bare_pages(officer: User, open_page: OpenPage, shots: Shots, size: str, dark: bool, language: str) -> None:
    page = open_page(None, size=size, dark=dark, language=language)
    page.goto("/login/")
    shots(page, f"login-{size}-{'dark' if dark else 'light'}-{language}")
    assert faults(page) == []
    page = open_page(officer, size=size, dark=dark, language=language)
    page.goto("/nowhere/")
    shots(page, f"missing-{size}-{'dark' if dark else 'light'}-{language}")
    assert faults(page) == []


@pytest.mark.parametrize(("size", "dark", "language"), WAYS)
def test_a_page_of_the_office(officer: User, open_page: OpenPage, shots: Shots, size: str, dark: bool, language: str) -> None:
    page = open_page(officer, size=size, dark=dark, language=language)
    page.goto("/z/yunxi/plans/")
    shots(page, f"register-{size}-{'dark' if dark else 'light'}-{language}")
    assert faults(page) == []
    page.goto("/z/yunxi/rights/")
    shots(page, f"rights-{size}-{'dark' if dark else 'light'}-{language}")
    if size == "phone":
        page.locator(".topbar__menu").click()
    page.locator(".user").click()
    expect(page.locator(".menu--up .menu__items")).to_be_visible()
    shots(page, f"menu-{size}-{'dark' if dark else 'light'}-{language}")
    assert faults(page) == []


def test_language_and_appearance_change_in_the_menu_and_lead_back(officer: User, open_page: OpenPage) -> None:
    page = open_page(officer)
    page.goto("/z/yunxi/plans/?kind=action")
    page.locator(".user").click()
    page.locator("button[value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.locator(".user").click()
    page.locator("button[value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/z/yunxi/plans/?kind=action")
