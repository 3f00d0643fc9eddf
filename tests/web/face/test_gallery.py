"""The gallery shows every component that there is, in light and in dark, to whoever is logged in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.test import Client
from tests.factories.web import make_user

import lantu_web
from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User
from lantu_web.components.contract import contract, names

TEMPLATES = Path(lantu_web.__file__).parent / "templates"
LogIn = Callable[[User], Client]


def test_every_component_has_its_specimen_and_every_specimen_its_component() -> None:
    assert sorted(path.stem for path in (TEMPLATES / "office/gallery/specimens").glob("*.html")) == names()


@pytest.mark.parametrize("name", names())
def test_every_component_says_what_it_is(name: str) -> None:
    assert contract(name).about.endswith(".")


@pytest.mark.parametrize("density", ["dense", "spacious"])
def test_the_gallery_shows_all_of_them_in_both_themes(officer: Person, logged_in: LogIn, density: str) -> None:
    client = logged_in(User.objects.get(pk=officer.user_id))
    page = client.get("/gallery/", {"density": density}).content.decode()
    assert re.findall(r'id="component-(\w+)"', page) == names()
    assert page.count(f'data-bs-theme="light" data-density="{density}"') == len(names())
    assert page.count(f'data-bs-theme="dark" data-density="{density}"') == len(names())


def test_no_id_stands_twice(officer: Person, logged_in: LogIn) -> None:
    page = logged_in(User.objects.get(pk=officer.user_id)).get("/gallery/").content.decode()
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert sorted({found for found in ids if ids.count(found) > 1}) == []


def test_an_unknown_density_is_the_dense_one(officer: Person, logged_in: LogIn) -> None:
    page = logged_in(User.objects.get(pk=officer.user_id)).get("/gallery/", {"density": "<script>"}).content.decode()
    assert 'data-density="dense"' in page
    assert "<script>" not in page.replace('<script type="module"', "")


def test_whoever_is_not_logged_in_is_sent_to_the_login(client: Client, db: None) -> None:
    make_user()
    answer = client.get("/gallery/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/gallery/")


def render(text: str, **values: object) -> str:
    engine = Engine(app_dirs=False, dirs=[str(TEMPLATES)], builtins=["django.templatetags.i18n", "lantu_web.templatetags.lantu"])
    return engine.from_string(text).render(Context(values))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{% part "alrt" tone="info" %}', "there is no component 'alrt'"),
        ('{% part "alert" text="a" %}', r"unknown \[\], missing \['tone'\]"),
        ('{% part "alert" tone="info" txt="a" %}', r"unknown \['txt'\], missing \[\]"),
        ('{% part "card" title="a" %}', r"missing \['slot'\]"),
        ('{% box "badge" label="a" %}{% endbox %}', r"unknown \['slot'\]"),
        ("{% part name %}", "write {% part"),
        ('{% part "badge" "a" %}', "write {% part"),
    ],
)
def test_a_component_against_its_contract_is_refused_when_the_page_is_compiled(text: str, fault: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=fault):
        render(text)


def test_what_people_wrote_is_shown_escaped() -> None:
    evil = "<script>alert(1)</script>"
    shown = [
        render('{% part "alert" tone="info" text=evil title=evil %}', evil=evil),
        render('{% box "card" title=evil note=evil %}{{ evil }}{% endbox %}', evil=evil),
        render('{% part "sides" before=evil after=evil note=evil %}', evil=evil),
        render("{% state evil evil %}{% icon evil %}", evil=evil),
    ]
    assert [html for html in shown if "<script" in html] == []


def test_a_box_keeps_the_variables_around_it() -> None:
    assert "<p>云溪</p>" in render('{% box "card" %}<p>{{ name }}</p>{% endbox %}', name="云溪")
