"""The gallery in a real browser: nothing that axe calls serious, in any size, theme and language; dialogs, menus, drawer by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.factories.web import make_person, make_unit, make_zone

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User

Shots = Callable[..., None]


@pytest.fixture
def officer(transactional_db: None) -> User:
    zone = make_zone()
    return make_person(Role.PLANNING_OFFICER, zone, make_unit(zone), username="officer")[0]


@pytest.mark.parametrize(
    ("size", "dark", "language", "density"),
    [
        ("laptop", False, "zh-hans", "dense"),
        ("laptop", True, "en", "dense"),
        ("desk", False, "en", "spacious"),
        ("phone", False, "zh-hans", "dense"),
        ("phone", True, "en", "spacious"),
    ],
)
def test_axe_finds_no_serious_fault(
    officer: User, open_page: OpenPage, shots: Shots, size: str, dark: bool, language: str, density: str
) -> None:
    page = open_page(officer, size=size, dark=dark, language=language)
    page.goto(f"/gallery/?density={density}")
    shots(page, f"gallery-{size}-{'dark' if dark else 'light'}-{language}-{density}", full=True)
    assert faults(page) == []


@pytest.mark.parametrize("size", ["laptop", "desk", "phone"])
def test_no_page_is_wider_than_its_window(officer: User, open_page: OpenPage, size: str) -> None:
    page = open_page(officer, size=size)
    page.goto("/gallery/")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_dialog_opens_and_closes_by_keyboard_and_gives_the_focus_back(officer: User, open_page: OpenPage) -> None:
    page = open_page(officer)
    page.goto("/gallery/")
    button = page.locator("[data-opens=dialog-light]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dialog-light")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#dialog-light")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_help_for_the_keyboard_opens_by_its_key_but_not_while_typing(officer: User, open_page: OpenPage) -> None:
    page = open_page(officer)
    page.goto("/gallery/")
    field = page.locator("#light_name")
    field.fill("a")
    field.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    field.blur()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_the_drawer_of_a_phone_opens_closes_and_holds_the_focus(officer: User, open_page: OpenPage) -> None:
    page = open_page(officer, size="phone")
    page.goto("/gallery/")
    expect(page.locator("#sidebar")).to_be_hidden()
    page.locator(".topbar__menu").press("Enter")
    expect(page.locator("#sidebar")).to_be_visible()
    assert page.evaluate("() => document.querySelector('#sidebar').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator(".topbar__menu")).to_be_focused()


def test_the_first_tab_leads_to_the_content(officer: User, open_page: OpenPage) -> None:
    page = open_page(officer)
    page.goto("/gallery/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


LIGHT, DARK = "rgb(250, 249, 246)", "rgb(18, 22, 28)"


@pytest.mark.parametrize(
    ("chosen", "system", "paper"), [("auto", True, DARK), ("auto", False, LIGHT), ("dark", False, DARK), ("light", True, LIGHT)]
)
def test_the_theme_is_the_persons_else_the_systems(officer: User, open_page: OpenPage, chosen: str, system: bool, paper: str) -> None:
    User.objects.filter(pk=officer.pk).update(appearance=chosen)
    page = open_page(officer, dark=system)
    page.goto("/gallery/")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == paper


def answer(page: Page, path: str, status: int, body: str) -> None:
    page.route(f"**{path}", lambda route: route.fulfill(status=status, content_type="text/html", body=body))


def test_what_was_refused_is_read_in_the_notices(officer: User, open_page: OpenPage) -> None:
    page = open_page(officer)
    page.goto("/gallery/")
    answer(page, "/refuse", 409, '<div data-refusal="409">changed meanwhile</div>')
    answer(page, "/broken", 500, "<!doctype html><h1>broken</h1>")
    answer(page, "/invalid", 422, "<p>fields are marked</p>")
    before = page.locator("h1").inner_html()
    ask = "path => window.htmx.ajax('GET', path, {target: 'h1', swap: 'innerHTML'})"
    page.evaluate(ask, "/refuse")
    expect(page.locator("#notices")).to_have_text("changed meanwhile")
    page.evaluate(ask, "/broken")
    expect(page.locator("#notices [data-refusal='500']")).to_be_visible()
    assert page.locator("h1").inner_html() == before
    page.evaluate(ask, "/invalid")
    expect(page.locator("h1")).to_have_text("fields are marked")
