"""Cells, bulk changes, taking back, kept views: through the screens and below them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.ledger.grid.conftest import speaking

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.commands.bulk import assign, foresee
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.undo import undo_batch, undo_change
from lantu_web.tasks.commands.views import drop, keep, share
from lantu_web.tasks.enums import BulkMode
from lantu_web.tasks.models import Change, SavedView, Signature, Task
from lantu_web.tasks.queries.undoing import own_changes
from lantu_web.tasks.queries.values import values_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def cell(task: Task, field: str) -> str:
    return f"/z/yunxi/ledger/tasks/{task.pk}/{field}/"


def seen(*tasks: Task) -> dict[int, int]:
    return dict(Task.objects.filter(pk__in=[task.pk for task in tasks]).values_list("pk", "revision"))


# Cells


def test_a_cell_is_opened_saved_and_can_be_taken_back(ledger: Any, browser: Client) -> None:
    task = ledger.robots
    editor = browser.get(cell(task, "title"), headers={"HX-Request": "true"}).content.decode()
    assert re.findall(r'name="expected" value="(\d+)"', editor) == ["1"]
    assert "培育智能机器人产业</textarea>" in editor
    answer = browser.post(cell(task, "title"), {"expected": 1, "value": "培育机器人产业"}, headers={"HX-Request": "true"})
    task.refresh_from_db()
    told = json.loads(answer.headers["HX-Trigger-After-Settle"])["ledger:saved"]
    last = Change.objects.get(task=task)
    assert (answer.status_code, task.title, task.initials, task.revision) == (200, "培育机器人产业", "pyjqrcy", 2)
    assert told == {"change": last.pk, "text": "Saved: 2 培育机器人产业"}
    assert f'id="t{task.pk}" data-task="{task.pk}" data-revision="2"' in answer.content.decode()
    back = browser.post("/z/yunxi/ledger/undo/", {"change": last.pk, "next": "/z/yunxi/ledger/?text=x"})
    task.refresh_from_db()
    assert (back.status_code, back.headers["Location"], task.title) == (302, "/z/yunxi/ledger/?text=x", "培育智能机器人产业")


def test_a_cell_that_somebody_changed_meanwhile_is_not_saved_and_what_was_typed_stays(ledger: Any, browser: Client, officer: Person) -> None:
    change(by=officer, task_id=ledger.robots.pk, expected=1, values={"topic": "科技"})
    answer = browser.post(cell(ledger.robots, "title"), {"expected": 1, "value": "别的名字"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert (answer.status_code, Task.objects.get(pk=ledger.robots.pk).title) == (409, "培育智能机器人产业")
    assert ("别的名字</textarea>" in page, 'name="expected" value="2"' in page, "changed “2 培育智能机器人产业” meanwhile" in page) == (True, True, True)


def test_what_cannot_be_is_told_in_the_cell(ledger: Any, browser: Client) -> None:
    wrong = browser.post(cell(ledger.robots, "due_on"), {"expected": 1, "value": "soon"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, "“soon” is not a day" in wrong.content.decode(), 'value="soon"' in wrong.content.decode()) == (422, True, True)


@pytest.mark.parametrize(
    ("field", "sent", "stands"),
    [
        ("due_on", {"value": "2027-06-30"}, "2027-06-30"), ("due_on", {"value": ""}, None), ("topic", {"value": "科技"}, "科技"),
        ("target", {"value": "12.50"}, "12.5"), ("indicator_kind", {"value": "level_up"}, "level_up"),
        ("cooperating", {"value": ["{other}"]}, ["{other}"]), ("lead_unit", {"value": "{other}"}, "{other}"),
        ("lines", {"value": ["{line}"]}, ["{line}"]), ("sponsor", {"value": "{leader}"}, "{leader}"), ("sponsor", {"value": ""}, None),
        ("cooperating", {}, []), ("cooperating", {"value": [""]}, []),
    ],
)  # fmt: skip
def test_every_kind_of_cell(
    field: str, sent: dict[str, Any], stands: Any, ledger: Any, browser: Client, other_unit: Unit, leader: User
) -> None:
    ids = {"{other}": other_unit.pk, "{line}": ledger.line.pk, "{leader}": leader.pk}
    filled = {name: [ids.get(one, one) for one in value] if isinstance(value, list) else ids.get(value, value) for name, value in sent.items()}
    hoped = [ids.get(one, one) for one in stands] if isinstance(stands, list) else ids.get(stands, stands)
    assert browser.get(cell(ledger.robots, field)).status_code == 200
    answer = browser.post(cell(ledger.robots, field), {"expected": 1, **filled})
    assert (answer.status_code, values_of(Task.objects.get(pk=ledger.robots.pk))[field]) == (200, hoped)


@pytest.mark.parametrize("field", ["cooperating", "lines", "lead_unit", "sponsor"])
@pytest.mark.parametrize("value", ["abc", "-1", "987654321", "9" * 40])
def test_what_is_no_id_is_refused_and_empties_nothing(field: str, value: str, ledger: Any, browser: Client, officer: Person, other_unit: Unit) -> None:
    change(by=officer, task_id=ledger.robots.pk, expected=1, values={"cooperating": [other_unit.pk], "lines": [ledger.line.pk]})
    before = values_of(Task.objects.get(pk=ledger.robots.pk))
    answer = browser.post(cell(ledger.robots, field), {"expected": 2, "value": value})
    assert (answer.status_code, values_of(Task.objects.get(pk=ledger.robots.pk))) == (422, before)


def test_a_unit_changes_its_own_fields_of_its_own_tasks_and_no_others(
    ledger: Any, contact: tuple[User, Person], outsider: tuple[User, Person], logged_in: Browser
) -> None:
    client, stranger = speaking(logged_in, contact[0], "en"), speaking(logged_in, outsider[0], "en")
    told = {
        name: client.post(cell(task, field), {"expected": 1, "value": contact[0].pk}).status_code
        for name, task, field in (
            ("own person", ledger.robots, "person"), ("own title", ledger.robots, "title"), ("other's person", ledger.river, "person"),
            ("draft", ledger.draft, "person"), ("no field", ledger.robots, "round"),
        )
    }  # fmt: skip
    assert told == {"own person": 200, "own title": 403, "other's person": 403, "draft": 404, "no field": 404}
    assert stranger.post(cell(ledger.robots, "person"), {"expected": 1, "value": ""}).status_code == 404


# Bulk


def test_a_preview_says_what_will_happen_and_changes_nothing(ledger: Any, officer: Person, other_unit: Unit) -> None:
    before = [values_of(task) for task in Task.objects.order_by("pk")]
    found = foresee(by=officer, seen=seen(ledger.equipment, ledger.robots, ledger.river), field="cooperating", value=[other_unit.pk], mode=BulkMode.ADD)
    assert [(one.task.title, one.before, one.after, bool(one.problem), one.differs) for one in found] == [
        ("做强精密装备产业", [other_unit.pk], [other_unit.pk], False, False),
        ("培育智能机器人产业", [], [other_unit.pk], False, True),
        ("实施澜河综合治理", [], [], False, False),
    ]
    assert [one.signs_again for one in found] == [False, True, False]
    assert ([values_of(task) for task in Task.objects.order_by("pk")], Change.objects.count(), Signature.objects.count()) == (before, 0, 0)


def test_a_bulk_change_is_done_wholly_and_taken_back_as_one(ledger: Any, officer: Person, leader: User) -> None:
    batch, count = assign(by=officer, seen=seen(ledger.robots, ledger.river), field="sponsor", value=leader.pk, reason="包保分工")
    assert (count, set(Change.objects.values_list("task", "batch", "reason"))) == (
        2, {(ledger.robots.pk, batch, "包保分工"), (ledger.river.pk, batch, "包保分工")},
    )  # fmt: skip
    assert [(own.count, own.batch, [tuple(vars_of(one)) for one in own.differences]) for own in own_changes(officer)] == [
        (2, batch, [("包保领导", "", "领导")])
    ]
    done = undo_batch(by=officer, batch=batch)
    assert (done.count, done.kept, set(Task.objects.exclude(pk=ledger.equipment.pk).values_list("sponsor", flat=True))) == (2, (), {None})
    with pytest.raises(Conflict):
        undo_batch(by=officer, batch=batch)


def vars_of(one: Any) -> tuple[str, str, str]:
    return one.label, one.before, one.after


def test_where_one_cannot_be_changed_none_is(ledger: Any, officer: Person, contact: tuple[User, Person]) -> None:
    held = seen(ledger.robots, ledger.river)
    change(by=officer, task_id=ledger.river.pk, expected=1, values={"topic": "水利"})
    with pytest.raises(Conflict):
        assign(by=officer, seen=held, field="topic", value="工业")
    with pytest.raises(Forbidden):
        assign(by=contact[1], seen=seen(ledger.robots), field="topic", value="工业")
    with pytest.raises(Conflict):
        assign(by=contact[1], seen={**seen(ledger.robots), ledger.draft.pk: 1}, field="person", value=None)
    assert set(Task.objects.filter(pk__in=held).values_list("topic", flat=True)) == {"", "水利"}


def test_what_is_no_bulk_change(ledger: Any, officer: Person) -> None:
    with pytest.raises(Invalid):
        assign(by=officer, seen=seen(ledger.robots), field="title", value="x")
    with pytest.raises(Invalid):
        assign(by=officer, seen={}, field="topic", value="x")
    with patch("lantu_web.tasks.commands.bulk.allowances", return_value=replace(allowances(), bulk=1)), pytest.raises(Invalid):
        assign(by=officer, seen=seen(ledger.robots, ledger.river), field="topic", value="x")


def test_bulk_through_the_screens(ledger: Any, browser: Client, leader: User) -> None:
    address, chosen = "/z/yunxi/ledger/bulk/", [f"{pk}:{revision}" for pk, revision in seen(ledger.robots, ledger.river).items()]
    first = browser.post(address, {"task": chosen, "field": "sponsor", "query": "text=x"}).content.decode()
    assert 'name="step" value="preview"' in first
    held = re.search(r'name="seen" value="([^"]*)"', first)
    assert held is not None
    second = browser.post(address, {"seen": held[1], "field": "sponsor", "step": "preview", "value": leader.pk}).content.decode()
    assert (second.count("<ins>领导</ins>"), Task.objects.filter(sponsor=leader).count()) == (2, 1)
    third = browser.post(address, {"seen": held[1], "field": "sponsor", "step": "assign", "value": leader.pk, "query": "due=year"})
    assert (third.headers["Location"], Task.objects.filter(sponsor=leader).count()) == ("/z/yunxi/ledger/?due=year", 3)
    assert browser.post(address, {}).headers["Location"] == "/z/yunxi/ledger/?"
    every = browser.post(address, {"all": "1", "query": "left_out=no", "field": "topic", "step": "preview", "value": "综合"}).content.decode()
    assert every.count("<ins>综合</ins>") == 4


# Taking back


def test_only_own_young_changes_that_still_stand_are_taken_back(ledger: Any, officer: Person, contact: tuple[User, Person]) -> None:
    change(by=officer, task_id=ledger.robots.pk, expected=1, values={"topic": "科技", "due_on": "2027-05-31"})
    mine = Change.objects.get()
    with pytest.raises(Conflict):
        undo_change(by=contact[1], change_id=mine.pk)
    with patch("lantu_web.lib.clock.now", return_value=timezone.now() + allowances().undo + timedelta(seconds=1)), pytest.raises(Conflict):
        undo_change(by=officer, change_id=mine.pk)
    change(by=contact[1], task_id=ledger.robots.pk, expected=2, values={"person": contact[1].user_id})
    undo_change(by=officer, change_id=mine.pk)
    ledger.robots.refresh_from_db()
    assert (ledger.robots.topic, ledger.robots.due_on, ledger.robots.person_id) == ("", date(2027, 3, 31), contact[1].user_id)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True))[-1] == "task.undo"
    with pytest.raises(Conflict):
        undo_change(by=officer, change_id=mine.pk)


def test_what_others_wrote_since_into_the_same_field_stays(ledger: Any, officer: Person, leader: User) -> None:
    batch, _count = assign(by=officer, seen=seen(ledger.robots, ledger.river), field="topic", value="工业")
    change(by=officer, task_id=ledger.river.pk, expected=2, values={"topic": "水利"})
    done = undo_batch(by=officer, batch=batch)
    assert (done.count, [task.title for task in done.kept]) == (1, ["实施澜河综合治理"])
    assert dict(Task.objects.filter(topic__in=["水利", "工业"]).values_list("title", "topic")) == {"做强精密装备产业": "工业", "实施澜河综合治理": "水利"}


def test_section_and_person_come_back_with_the_lead_unit(ledger: Any, officer: Person, other_unit: Unit) -> None:
    before = values_of(ledger.equipment)
    change(by=officer, task_id=ledger.equipment.pk, expected=1, values={"cooperating": [], "lead_unit": other_unit.pk})
    assert Task.objects.get(pk=ledger.equipment.pk).section_id is None
    undo_change(by=officer, change_id=Change.objects.get().pk)
    assert values_of(Task.objects.get(pk=ledger.equipment.pk)) == before


def test_a_person_of_the_former_lead_unit_does_not_stay_with_the_task(
    ledger: Any, officer: Person, contact: tuple[User, Person], leader: User, other_unit: Unit
) -> None:
    pk, found = ledger.equipment.pk, []
    steps: list[dict[str, Any]] = [
        {"section": None, "person": contact[0].pk},
        {"lead_unit": ledger.equipment.lead_unit_id},
        {"cooperating": [], "lead_unit": other_unit.pk},
        {"person": leader.pk},
        {"lead_unit": other_unit.pk},
    ]
    for values in steps:
        change(by=officer, task_id=pk, expected=Task.objects.get(pk=pk).revision, values=values)
        found.append(Task.objects.get(pk=pk).person)
    assert found == [contact[0], contact[0], None, leader, leader]


def test_the_page_of_own_changes(ledger: Any, browser: Client, officer: Person) -> None:
    change(by=officer, task_id=ledger.robots.pk, expected=1, values={"topic": "科技"})
    page = browser.get("/z/yunxi/ledger/changes/").content.decode()
    assert "Topic: <del>—</del> → <ins>科技</ins>" in page
    assert browser.post("/z/yunxi/ledger/undo/", {"batch": str(uuid4()), "next": "https://elsewhere.example/"}).headers["Location"] == "/z/yunxi/ledger/changes/"


# Views


def test_views_are_kept_shared_and_dropped_by_their_owner(officer: Person, contact: tuple[User, Person]) -> None:
    view = keep(by=officer, name="超期任务", query="due=overdue&nonsense=1&page=7&sort=-due_on")
    assert (view.query, view.is_shared) == ("due=overdue&sort=-due_on", False)
    again = keep(by=officer, name="超期任务", query="due=month", is_shared=True)
    assert (again.pk, SavedView.objects.get().query) == (view.pk, "due=month")
    for act in (lambda: share(by=contact[1], view_id=view.pk, is_shared=False), lambda: drop(by=contact[1], view_id=view.pk)):
        with pytest.raises(Conflict):
            act()
    with pytest.raises(Invalid):
        keep(by=officer, name=" ", query="")
    drop(by=officer, view_id=view.pk)
    with pytest.raises(Conflict):
        drop(by=officer, view_id=view.pk)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == ["view.keep", "view.keep", "view.drop"]


def test_shared_views_are_offered_to_the_zone_and_own_ones_to_oneself(
    browser: Client, officer: Person, contact: tuple[User, Person], outsider: tuple[User, Person], logged_in: Browser
) -> None:
    kept = browser.post("/z/yunxi/ledger/views/", {"name": "共用", "query": "due=overdue", "is_shared": "1"})
    assert kept.headers["Location"] == "/z/yunxi/ledger/?due=overdue"
    browser.post("/z/yunxi/ledger/views/", {"name": "自用", "query": "signing=waiting"})
    told = {
        name: re.findall(r'\?(?:due=overdue|signing=waiting)"[^>]*><span>([^<]*)</span>', client.get(f"/z/{zone}/ledger/").content.decode())
        for name, client, zone in (
            ("officer", browser, "yunxi"), ("contact", speaking(logged_in, contact[0], "en"), "yunxi"),
            ("outsider", speaking(logged_in, outsider[0], "en"), "heyuan"),
        )
    }  # fmt: skip
    assert told == {"officer": ["共用", "自用"], "contact": ["共用"], "outsider": []}
    view = SavedView.objects.get(name="共用")
    browser.post("/z/yunxi/ledger/views/", {"act": "unshare", "view": view.pk})
    assert SavedView.objects.filter(is_shared=True).count() == 0
    browser.post("/z/yunxi/ledger/views/", {"act": "drop", "view": view.pk})
    assert list(SavedView.objects.values_list("name", flat=True)) == ["自用"]
