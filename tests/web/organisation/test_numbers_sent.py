"""Numbers that no database keeps: answered like any other wrong number, never by a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.web import make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.sections import add_section
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.lib.numbers import id_of, whole

LogIn = Callable[[User], Client]
LONG = ["9" * 5000, "9" * 30, "9" * 19, "²", "٣", "-1", "", "1e3"]
LONG_NAMES = ["thousands", "thirty", "nineteen", "superscript", "arabic", "negative", "empty", "exponent"]


@pytest.fixture
def browser(administrator: Person, logged_in: LogIn) -> Client:
    return logged_in(User.objects.get(pk=administrator.user_id))


@pytest.mark.parametrize("text", LONG, ids=LONG_NAMES)
def test_what_is_no_number(text: str) -> None:
    assert (whole(text), id_of(text)) == (None, None)


def test_what_is_one() -> None:
    assert [whole("0"), whole("007"), whole("9" * 9), whole("9" * 10), id_of("9" * 18)] == [0, 7, 999_999_999, None, 10**18 - 1]


@pytest.mark.parametrize("expected", LONG, ids=LONG_NAMES)
def test_a_revision_that_no_row_has(expected: str, zone: Zone, unit: Unit, administrator: Person, browser: Client) -> None:
    user = make_person(Role.CONTACT_PERSON, zone, unit)[0]
    section = add_section(by=administrator, unit_id=unit.pk, name="综合科")
    for address in (f"people/{user.pk}/active/", f"units/{unit.pk}/sections/{section.pk}/retire/"):
        assert browser.post(f"/z/yunxi/{address}", {"expected": expected}).status_code == 409
    assert (User.objects.get(pk=user.pk).is_active, Section.objects.get(pk=section.pk).is_active) == (True, True)


@pytest.mark.parametrize("pk", ["9" * 5000, "9" * 23, "9" * 19], ids=["thousands", "long", "nineteen"])
def test_an_id_that_no_row_has(pk: str, officer: Person, browser: Client, logged_in: LogIn) -> None:
    planning = logged_in(User.objects.get(pk=officer.user_id))
    of_plans = ("plans/{}/", "plans/{}/items/", "plans/{}/review/", "adjustments/{}/", "reimports/{}/", "readings/{}/", "originals/{}/")
    asked = {address: planning.get("/z/yunxi/" + address.format(pk)).status_code for address in of_plans}
    of_people = ("units/{}/", "people/{}/", "groups/{}/", "organisation/import/{}/")
    asked |= {address: browser.get("/z/yunxi/" + address.format(pk)).status_code for address in of_people}
    assert asked == dict.fromkeys((*of_plans, *of_people), 404)


@pytest.mark.parametrize("pk", ["9" * 5000, "9" * 23], ids=["thousands", "long"])
def test_an_id_in_a_query(pk: str, officer: Person, browser: Client, logged_in: LogIn) -> None:
    planning = logged_in(User.objects.get(pk=officer.user_id))
    assert planning.get(f"/z/yunxi/plans/?unit={pk}").status_code == 200
    addresses = ("people/?unit={}", "people/new/?unit={}", "units/new/?parent={}", "units/merge/?unit={}", "people/?page={}")
    asked = {address: browser.get("/z/yunxi/" + address.format(pk)).status_code for address in addresses}
    assert asked == dict.fromkeys(addresses, 200)


@pytest.mark.parametrize("pk", ["9" * 5000, "9" * 23], ids=["thousands", "long"])
def test_an_id_in_a_form(pk: str, unit: Unit, browser: Client) -> None:
    form = {"units": [unit.pk, pk], "into": pk, "seen": f"{pk}:{pk} {unit.pk}:1", "on": "2026-01-01", "name": "甲", "code": "9"}
    assert browser.post("/z/yunxi/units/merge/", form).status_code == 422
    assert browser.post("/z/yunxi/groups/new/", {"name": "组", "units": [pk], "members": [pk]}).status_code == 422
