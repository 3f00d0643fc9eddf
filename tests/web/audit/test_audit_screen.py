"""The audit screen: narrowed, readable, and honest about a chain that does not hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override
from tests.factories.web import make_person, make_post, make_unit, make_user

from lantu.model import Comparator
from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.unit_fates import rename_unit
from lantu_web.accounts.commands.units import UnitTerms, create_unit
from lantu_web.accounts.commands.zones import create_zone
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.audit.actions import ACTIONS, label_of_action
from lantu_web.audit.commands import record
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.office.trail import Changed, lines_of
from lantu_web.plans.content import FIELDS
from lantu_web.plans.enums import ItemKind

Browser = Callable[[User], Client]


@pytest.fixture
def auditor(zone: Zone) -> User:
    return make_person(Role.AUDITOR, zone, None, username="auditor")[0]


@pytest.fixture
def written(officer: Person, unit: Unit) -> None:
    """Three entries: a unit entered, another renamed, an action that the table does not know."""
    create_unit(by=officer, terms=UnitTerms(code="010", name="<script>局</script>", kind="bureau"))
    rename_unit(by=officer, unit_id=unit.pk, expected=1, name="发改局", short="", on=clock.today())
    record(by=officer, action="moon.landed", on=unit, after={"n": 1})


def numbers(client: Client, zone: Zone, query: str = "") -> list[int]:
    return [line.entry.number for line in client.get(f"/z/{zone.slug}/audit/{query}").context["lines"]]


@pytest.mark.usefixtures("written")
def test_the_trail_is_shown_newest_first_and_narrowed(auditor: User, zone: Zone, unit: Unit, logged_in: Browser) -> None:
    client = logged_in(auditor)
    tomorrow = clock.today() + timedelta(days=1)
    asked = {
        "": [3, 2, 1], "?action=unit.rename": [2], "?action=moon.landed": [3], "?who=没有": [], "?object_type=accounts.unit": [3, 2, 1],
        f"?object_type=accounts.unit&object_id={unit.pk}": [3, 2], f"?since={tomorrow}": [], f"?until={clock.today()}": [3, 2, 1],
        f"?until={clock.today() - timedelta(days=1)}": [], "?since=nonsense&page=99": [3, 2, 1],
    }  # fmt: skip
    assert {query: numbers(client, zone, query) for query in asked} == asked
    text = client.get(f"/z/{zone.slug}/audit/").content.decode()
    assert ("<script>局" in text, "moon.landed" in text, "<del>发展改革局</del>" in text, "<ins>发改局</ins>" in text) == (False, True, True, True)


@pytest.mark.usefixtures("written")
def test_a_line_tells_only_what_changed_in_the_words_of_the_screens() -> None:
    (line,) = lines_of(Entry.objects.filter(action="unit.rename"))
    assert line.changes == (Changed(str(Unit._meta.get_field("name").verbose_name), "发展改革局", "发改局"),)
    (new,) = lines_of(Entry.objects.filter(action="unit.create"))
    assert ([change.after for change in new.changes], new.is_new) == (["010", "<script>局</script>", str(Unit(kind="bureau").get_kind_display())], True)


def told(kind: str, after: dict[str, object]) -> dict[str, str]:
    (line,) = lines_of([Entry(action="moon.landed", object_type=kind, after=after)])
    return {change.label: change.after for change in line.changes}


def test_values_within_values_are_told_in_the_words_of_the_screens() -> None:
    """Not in names of the program: labels of the fields, words of the choices, nothing that is empty."""
    content: dict[str, object] = dict.fromkeys(field.name for field in FIELDS[ItemKind.TARGET])
    content |= {"subject": "技改投资", "comparator": Comparator.AT_LEAST.value, "value": "18", "unit": "亿元"}
    with override("zh-hans"):
        assert told("plans.adjustment", {"change": "change", "after": content}) == {
            "调整方式": "变更", "调整后": "指标：技改投资 · 比较关系：不低于 · 数值：18 · 计量单位：亿元"
        }  # fmt: skip
    with override("en"):
        assert told("plans.reimport", {"moved": 2, "dropped": 1}) == {"No longer in the text": "1", "Moved": "2"}
        assert told("tasks.exchange", {"fields": {"1": "title", "3": "due_on"}}) == {"Columns": "Task · Due"}
        assert told("tasks.task", {"counter": {"due_on": "2027-06-30", "goal": ""}}) == {"Counter-proposal": "Due: 2027-06-30"}
        assert told("documents.reading", {"problem": "Scanned"})["Problem"] not in ("", "Scanned")


def test_who_reads_the_trail(auditor: User, officer: Person, zone: Zone, other_zone: Zone, logged_in: Browser) -> None:
    administrator, stranger = make_user("admin"), make_person(Role.AUDITOR, other_zone, None, username="stranger")[0]
    make_post(administrator, Role.SYSTEM_ADMINISTRATOR)
    places = (f"/z/{zone.slug}/audit/", f"/z/{zone.slug}/audit/verify/", "/audit/", "/audit/verify/")
    told = {user.username: [logged_in(user).get(place).status_code for place in places] for user in (auditor, User.objects.get(username="officer"), administrator, stranger)}
    assert told == {"auditor": [200, 200, 404, 404], "officer": [403, 403, 404, 404], "admin": [200] * 4, "stranger": [404] * 4}
    assert [Client().get(place).status_code for place in places] == [302] * 4


@pytest.mark.usefixtures("written")
def test_verifying_finds_what_was_changed_past_the_program(auditor: User, zone: Zone, logged_in: Browser) -> None:
    client = logged_in(auditor)
    assert client.get(f"/z/{zone.slug}/audit/verify/").context["breaks"] == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET user_name = '别人' WHERE number = 2")
    page = client.get(f"/z/{zone.slug}/audit/verify/")
    assert ([number for number, _why in page.context["breaks"]], page.context["length"]) == ([2], 3)


def test_the_chain_of_the_installation_is_its_own(zone: Zone, logged_in: Browser) -> None:
    user = make_user("admin")
    make_post(user, Role.SYSTEM_ADMINISTRATOR)
    create_zone(by=person_in_zone(user, None, on=clock.today()), slug="heyuan", name="河源新区", kind="functional_zone")
    client = logged_in(user)
    assert ([line.entry.action for line in client.get("/audit/").context["lines"]], numbers(client, zone)) == (["zone.create"], [])


@pytest.mark.usefixtures("written")
def test_the_same_number_of_questions_for_few_and_many_entries(officer: Person, auditor: User, zone: Zone, logged_in: Browser, django_assert_num_queries: Callable[[int], object]) -> None:
    client = logged_in(auditor)
    client.get(f"/z/{zone.slug}/audit/")
    for number in range(2):
        with django_assert_num_queries(5):  # type: ignore[attr-defined]
            client.get(f"/z/{zone.slug}/audit/")
        create_unit(by=officer, terms=UnitTerms(code=f"9{number}", name=f"局{number}", kind="bureau"))
    assert make_unit(zone).pk


def test_every_action_has_a_chinese_name() -> None:
    from django.utils.translation import override

    with override("zh-hans"):
        assert [code for code in ACTIONS if label_of_action(code).isascii()] == []
