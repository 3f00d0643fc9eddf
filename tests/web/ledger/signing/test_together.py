"""What is changed of many tasks at once is what each change by itself would have made: fields, rounds, trail, audit, messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.web import make_person
from tests.web.ledger.signing.conftest import DUE, YEAR, make_whole_task, seen_of, sent, signature_of

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.audit.queries import breaks
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid, Refused
from lantu_web.tasks.commands import delivering, webhooks
from lantu_web.tasks.commands.bulk import assign, foresee
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.many import Wish, change_many
from lantu_web.tasks.commands.signing import object_to, send, sign
from lantu_web.tasks.commands.undo import undo_batch
from lantu_web.tasks.enums import BulkMode, DeliveryState, ExtensionState, IndicatorKind
from lantu_web.tasks.models import Change, Delivery, Division, Extension, Node, Signature, Task, WorkLine
from lantu_web.tasks.queries.values import values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(zone: Zone) -> User:
    return make_person(Role.LEADER, zone, None, username="leader")[0]


@pytest.fixture
def line(zone: Zone) -> WorkLine:
    return WorkLine.objects.create(zone=zone, name="产业攻坚线", position=1)


@pytest.fixture
def tasks(
    division: Division, unit: Unit, other_unit: Unit, officer: Person, contact: tuple[User, Person], helper: tuple[User, Person]
) -> list[Task]:  # fmt: skip
    """Signed by both units, objected to by one, waiting, with a section and a later day; a draft."""
    found = [make_whole_task(division, unit, other_unit, title=f"建成创新平台{number}家") for number in range(4)]
    for task in found[:3]:
        sent(task, division, officer)
    signed, objected, granted = found[:3]
    for unit_, who in ((unit, contact), (other_unit, helper)):
        row = seen_of(signed, unit_)
        sign(by=who[1], signature_id=row.signature_id, expected=row.revision)
    row = seen_of(objected, other_unit)
    object_to(by=helper[1], signature_id=row.signature_id, expected=row.revision, reason="职责不符", counter={})
    Extension.objects.create(
        task=granted, unit=unit, due_on=DUE + timedelta(days=90), reason="资金未到位", state=ExtensionState.APPROVED, asked_at=clock.now()
    )
    Task.objects.filter(pk=granted.pk).update(
        section=Section.objects.create(unit=unit, name="产业科"), person=contact[0], latest_on=DUE + timedelta(days=90)
    )
    Node.objects.filter(task=granted).update(latest_on=DUE + timedelta(days=90))
    return [Task.objects.get(pk=task.pk) for task in found]


CHANGES: list[tuple[str, Any]] = [
    ("lead_unit", "{third}"), ("lead_unit", "{other}"), ("cooperating", []), ("cooperating", ["{third}", "{other}"]), ("cooperating", ["{lead}"]),
    ("sponsor", "{leader}"), ("person", None), ("person", "{leader}"), ("lines", ["{line}"]), ("topic", "科技"), ("start_on", f"{YEAR}-02-01"),
    ("start_on", f"{YEAR + 9}-01-01"), ("due_on", f"{YEAR + 2}-11-30"), ("due_on", f"{YEAR + 1}-01-01"), ("due_on", ""), ("due_on", "soon"),
    ("indicator_kind", IndicatorKind.LEVEL_UP.value), ("indicator_kind", "none"), ("measured_in", "个"), ("left_out", "由市场自主实施"),
    ("sponsor", 987654321),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), CHANGES)
def test_each_becomes_what_a_change_of_it_alone_would_make_of_it(
    field: str, value: Any, tasks: list[Task], officer: Person, unit: Unit, other_unit: Unit, third_unit: Unit, leader: User, line: WorkLine
) -> None:
    ids = {"{lead}": unit.pk, "{other}": other_unit.pk, "{third}": third_unit.pk, "{leader}": leader.pk, "{line}": line.pk}
    given = [ids.get(one, one) for one in value] if isinstance(value, list) else ids.get(value, value)
    alone = [_tried(lambda one=task: change(by=officer, task_id=one.pk, expected=one.revision, values={field: given}), [task]) for task in tasks]
    for task, hoped in zip(tasks, alone, strict=True):
        assert _tried(lambda one=task: assign(by=officer, seen={one.pk: one.revision}, field=field, value=given), [task]) == hoped
    possible = [task for task, hoped in zip(tasks, alone, strict=True) if not isinstance(hoped, str)]
    if possible:
        seen = {task.pk: task.revision for task in possible}
        together = _tried(lambda: assign(by=officer, seen=seen, field=field, value=given), possible)
        assert together == [row for hoped in alone if not isinstance(hoped, str) for row in hoped]


def test_of_many_the_one_that_hinders_is_named(tasks: list[Task], officer: Person, other_unit: Unit) -> None:
    seen = {task.pk: task.revision for task in tasks}
    tasks[0].cooperations.all().delete()
    with pytest.raises(Invalid) as refused:
        assign(by=officer, seen=seen, field="lead_unit", value=other_unit.pk)
    assert str(refused.value) == f"{tasks[1]}：牵头单位不能同时是配合单位。"
    with pytest.raises(Invalid) as refused:
        assign(by=officer, seen=seen, field="due_on", value="soon")
    assert str(refused.value).startswith("完成时限")


def _tried(act: Callable[[], object], tasks: Sequence[Task]) -> Any:
    """What stands in the rows of the tasks afterwards, or how it was refused; nothing of it stays."""
    with transaction.atomic():
        try:
            act()
            return [_all_of(task) for task in tasks]
        except Refused as refusal:
            return f"{type(refusal).__name__}: {refusal}"
        finally:
            transaction.set_rollback(True)


def _all_of(task: Task) -> tuple[Any, ...]:
    row = Task.objects.get(pk=task.pk)
    last = Change.objects.filter(task=task).order_by("pk").last()
    entry = Entry.objects.filter(object_type="tasks.task", object_id=str(task.pk)).order_by("number").last()
    if last is None or entry is None:
        return ("nothing was changed",)
    signatures = Signature.objects.filter(task=task).order_by("round", "part", "unit")
    return (
        values_of(row), row.state, row.signing, row.round, row.revision, row.latest_on, row.lead_reason,
        (last.action, last.before, last.after, last.revision), (entry.action, entry.before, entry.after),
        list(signatures.values_list("unit", "part", "round", "state", "is_superseded", "content", "outcome", "outcome_note", "revision", "sign_by")),
        list(Node.objects.filter(task=task).order_by("pk").values_list("due_on", "latest_on")),
    )  # fmt: skip


def test_what_was_signed_is_signed_again_and_holds_again_when_it_is_taken_back(
    tasks: list[Task], officer: Person, unit: Unit, other_unit: Unit, leader: User
) -> None:
    seen = {task.pk: task.revision for task in tasks}
    batch, count = assign(by=officer, seen=seen, field="sponsor", value=leader.pk)
    assert (count, [Task.objects.get(pk=task.pk).signing for task in tasks]) == (4, ["waiting", "objected", "waiting", "none"])
    assert undo_batch(by=officer, batch=batch).count == 4
    assert [Task.objects.get(pk=task.pk).signing for task in tasks] == ["signed", "objected", "waiting", "none"]
    assert (signature_of(tasks[0], unit).round, Change.objects.get(task=tasks[0], action="task.undo").after["holds_again"]) == (
        3, f"{unit.name}、{other_unit.name}",
    )  # fmt: skip
    assert set(Change.objects.filter(batch=batch).values_list("undone_at", flat=True)) != {None}
    with pytest.raises(Conflict):
        undo_batch(by=officer, batch=batch)


def test_the_audit_of_many_is_one_unbroken_chain(zone: Zone, tasks: list[Task], officer: Person) -> None:
    before = Entry.objects.count()
    assign(by=officer, seen={task.pk: task.revision for task in tasks}, field="topic", value="科技", reason="统一口径")
    entries = list(Entry.objects.order_by("-number")[:4])
    assert (Entry.objects.count() - before, [entry.number for entry in entries]) == (4, [before + 4, before + 3, before + 2, before + 1])
    assert {(entry.object_id, entry.after["topic"], entry.after["why"]) for entry in entries} == {(str(task.pk), "科技", "统一口径") for task in tasks}
    assert list(breaks()) == []


def test_other_programs_are_told_of_each_that_is_out(tasks: list[Task], officer: Person) -> None:
    webhooks.make(by=officer, url="https://example.org/hook", events=("task.changed",))
    assign(by=officer, seen={task.pk: task.revision for task in tasks}, field="topic", value="科技")
    told = [(one.payload["task"], one.payload["revision"], one.payload["fields"]) for one in Delivery.objects.order_by("pk")]
    assert told == [(task.pk, task.revision + 1, ["topic"]) for task in tasks[:3]]
    assert set(Delivery.objects.values_list("state", "lease_until")) == {(DeliveryState.WAITING, None)}
    assert (delivering.requeue_due(), delivering.requeue_due()) == (3, 0)


@pytest.mark.parametrize(("field", "queries"), [("topic", 16), ("cooperating", 21), ("due_on", 19)])
def test_it_asks_as_often_for_many_as_for_two(
    field: str, queries: int, division: Division, unit: Unit, other_unit: Unit, third_unit: Unit, officer: Person
) -> None:
    value = {"topic": "科技", "cooperating": [third_unit.pk], "due_on": date(DUE.year, 12, 1)}[field]
    counts = []
    for number in (2, 7):
        made = [make_whole_task(division, unit, other_unit, title=f"平台{number}之{at}") for at in range(number)]
        send(by=officer, division_id=division.pk, task_ids=[task.pk for task in made], sign_by=DUE)
        with CaptureQueriesContext(connection) as asked:
            assign(by=officer, seen={task.pk: task.revision + 1 for task in made}, field=field, value=value, mode=BulkMode.SET)
        counts.append(len(asked))
    assert counts == [queries, queries]


def test_a_preview_writes_nothing_and_holds_nothing(tasks: list[Task], officer: Person) -> None:
    with CaptureQueriesContext(connection) as asked:
        foresee(by=officer, seen={task.pk: task.revision for task in tasks}, field="topic", value="科技")
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    assert not [query for query in asked if "FOR UPDATE" in query["sql"]]


def test_many_wishes_that_stand_or_fall_together(tasks: list[Task], officer: Person, contact: tuple[User, Person]) -> None:
    wishes = [Wish(task_id=task.pk, expected=task.revision, values={"title": f"新题{task.pk}"}) for task in tasks]
    _batch, answers = change_many(by=officer, wishes=[*wishes[::-1][:3], Wish(task_id=987654, expected=1, values={"topic": "x"})], is_whole=True)
    hindered, gone = {str(answer.refusal) for answer in answers[:3]}, str(answers[3].refusal)
    assert ([answer.key for answer in answers], len(hindered), {gone} & hindered) == ([*(one.task_id for one in wishes[::-1][:3]), 987654], 1, set())
    assert Task.objects.filter(title__startswith="新题").count() == 0
    _batch, forbidden = change_many(by=contact[1], wishes=wishes[:1], is_whole=True)
    assert [type(answer.refusal) for answer in forbidden] == [Forbidden]
    batch, done = change_many(by=officer, wishes=wishes, is_whole=True)
    assert [(answer.revision, answer.refusal) for answer in done] == [(task.revision + 1, None) for task in tasks]
    assert dict(Change.objects.filter(batch=batch).values_list("task", "action")) == {task.pk: "task.change" for task in tasks}
    with pytest.raises(Invalid):
        change_many(by=officer, wishes=[wishes[0], wishes[0]], is_whole=True)
