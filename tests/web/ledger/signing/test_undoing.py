"""Taking back years and nodes, and what becomes of the signatures: content that is as it was signed need not be signed again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.web import make_person
from tests.web.ledger.signing.conftest import YEAR, seen_of, signature_of
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.finishing import claim
from lantu_web.tasks.commands.parts import drop_node, drop_part, readings, set_node, set_part, set_years
from lantu_web.tasks.commands.signing import object_to, settle, sign, sign_many
from lantu_web.tasks.commands.undo import undo_batch, undo_change
from lantu_web.tasks.drafts import YearDraft
from lantu_web.tasks.enums import Outcome, SignatureState, Signing
from lantu_web.tasks.models import Change, Node, Signature, Task, YearPart
from lantu_web.tasks.queries.history import history_of
from lantu_web.tasks.queries.undoing import own_changes
from lantu_web.tasks.queries.values import signed_content

pytestmark = pytest.mark.django_db
People = tuple[User, Person]


@pytest.fixture
def second_officer(zone: Zone, unit: Unit) -> Person:
    return make_person(Role.PLANNING_OFFICER, zone, unit, username="second")[1]


@pytest.fixture
def signed(task: Task, unit: Unit, other_unit: Unit, contact: People, helper: People) -> Task:
    """Both units signed for it."""
    sign_many(by=contact[1], seen=[seen_of(task, unit)])
    sign_many(by=helper[1], seen=[seen_of(task, other_unit)])
    return Task.objects.get(pk=task.pk)


def years(first: int, task: Task, by: Person, **values: Any) -> Task:
    """The path with another first year; with ``values`` of the task, where given."""
    numbers = {YEAR: first, YEAR + 1: 10, YEAR + 2: int(values.get("target", 30)) - first - 10}
    drafts = [YearDraft(year=year, value=Decimal(value)) for year, value in numbers.items()]
    return set_years(by=by, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, years=drafts, values=values)


def newest(task: Task) -> Change:
    return Change.objects.filter(task=task).order_by("-pk")[0]


def states(task: Task) -> dict[str, tuple[int, str]]:
    rows = Signature.objects.filter(task=task, is_superseded=False)
    return {row.part: (row.round, row.state) for row in rows}


def stands(task: Task) -> tuple[dict[str, Any], str]:
    return signed_content(Task.objects.get(pk=task.pk)), Task.objects.get(pk=task.pk).signing


@pytest.mark.parametrize(
    "act",
    [
        lambda task, by: years(8, task, by),
        lambda task, by: years(8, task, by, target="33"),
        lambda task, by: set_part(by=by, task_id=task.pk, expected=task.revision, year=YEAR, goal="改目标", value="10"),
        lambda task, by: set_node(by=by, task_id=task.pk, expected=task.revision, node_id=None, due_on=date(YEAR, 3, 1), text="新节点"),
        lambda task, by: drop_node(by=by, task_id=task.pk, expected=task.revision, node_id=task.nodes.all()[0].pk),
        lambda task, by: change(by=by, task_id=task.pk, expected=task.revision, values={"title": "改题"}),
    ],
)
def test_what_is_taken_back_is_as_it_was_signed_and_need_not_be_signed_again(
    act: Callable[[Task, Person], Task], signed: Task, officer: Person, unit: Unit, other_unit: Unit
) -> None:
    before, answers = stands(signed), set(Signature.objects.filter(task=signed).values_list("unit", "answered_by", "answered_at"))
    act(signed, officer)
    assert (stands(signed) != before, set(states(signed).values())) == (True, {(2, "waiting")})
    undo_change(by=officer, change_id=newest(signed).pk)
    counting = Signature.objects.filter(task=signed, is_superseded=False)
    assert (stands(signed), set(states(signed).values())) == (before, {(3, "signed")})
    assert set(counting.values_list("unit", "answered_by", "answered_at")) == answers
    told = f"{unit.name}、{other_unit.name}"
    held = [(line.change.action, one.label, one.other) for line in history_of(signed) for one in line.fields if one.name == "holds_again"]
    assert held == [("task.undo", "恢复有效的签收", told)]
    audited = [entry.after["holds_again"] for entry in Entry.objects.filter(action="task.undo") if "holds_again" in (entry.after or {})]
    assert audited == [told]


def test_it_is_taken_back_once(signed: Task, officer: Person) -> None:
    years(8, signed, officer, target="33")
    parts, fields = Change.objects.filter(task=signed).order_by("-pk")[:2]
    undo_change(by=officer, change_id=fields.pk)
    for one in (fields, parts):
        with pytest.raises(Conflict):
            undo_change(by=officer, change_id=one.pk)
    with pytest.raises(Conflict):
        undo_batch(by=officer, batch=parts.batch)  # type: ignore[arg-type]
    assert own_changes(officer) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_takes_it_back(signed: Task, officer: Person) -> None:
    set_node(by=officer, task_id=signed.pk, expected=signed.revision, node_id=None, due_on=date(YEAR, 3, 1), text="新节点")
    last = newest(signed).pk
    told = at_once(*[lambda: undo_change(by=officer, change_id=last)] * 2)
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "Task"]
    assert (Change.objects.filter(task=signed, action="task.undo").count(), set(states(signed).values())) == (1, {(3, "signed")})


def test_other_years_and_nodes_stay_as_others_left_them(signed: Task, officer: Person, second_officer: Person) -> None:
    set_part(by=officer, task_id=signed.pk, expected=signed.revision, year=YEAR, goal="我改的", value="10")
    mine = newest(signed)
    set_part(by=second_officer, task_id=signed.pk, expected=mine.revision, year=YEAR + 1, goal="别人改的", value="10")
    undo_change(by=officer, change_id=mine.pk)
    goals = dict(YearPart.objects.filter(task=signed).values_list("year", "goal"))
    assert goals == {YEAR: f"新建平台10家（{YEAR}年）", YEAR + 1: "别人改的", YEAR + 2: f"新建平台10家（{YEAR + 2}年）"}
    assert set(states(signed).values()) == {(4, "waiting")}


def test_what_others_changed_since_stays(signed: Task, officer: Person, second_officer: Person) -> None:
    years(8, signed, officer)
    mine = newest(signed)
    set_part(by=second_officer, task_id=signed.pk, expected=mine.revision, year=YEAR, goal="别人改的", value="8")
    before = stands(signed)
    with pytest.raises(Conflict, match="此后又有修改"):
        undo_change(by=officer, change_id=mine.pk)
    assert stands(signed) == before


def test_a_year_put_in_again_by_others_is_not_overwritten(signed: Task, officer: Person, second_officer: Person) -> None:
    change(by=officer, task_id=signed.pk, expected=signed.revision, values={"indicator_kind": ""})
    drop_part(by=officer, task_id=signed.pk, expected=signed.revision + 1, year=YEAR)
    mine = newest(signed)
    set_part(by=second_officer, task_id=signed.pk, expected=mine.revision, year=YEAR, goal="别人写的", value="1")
    with pytest.raises(Conflict):
        undo_change(by=officer, change_id=mine.pk)


def test_what_a_unit_said_of_a_year_or_a_node_since_stays(signed: Task, officer: Person, contact: People) -> None:
    set_node(by=officer, task_id=signed.pk, expected=signed.revision, node_id=None, due_on=date(YEAR, 3, 1), text="新节点")
    node = newest(signed)
    Node.objects.filter(task=signed, text="新节点").update(done_on=date(YEAR, 3, 1))
    with pytest.raises(Conflict):
        undo_change(by=officer, change_id=node.pk)
    change(by=officer, task_id=signed.pk, expected=node.revision, values={"indicator_kind": ""})
    set_part(by=officer, task_id=signed.pk, expected=node.revision + 1, year=YEAR - 1, goal="补上年", value="1")
    part, mine = YearPart.objects.get(task=signed, year=YEAR - 1), newest(signed)
    claim(by=contact[1], part_id=part.pk, expected=part.revision)
    with pytest.raises(Conflict):
        undo_change(by=officer, change_id=mine.pk)
    assert YearPart.objects.filter(pk=part.pk, claimed_on__isnull=False).exists()


def test_only_own_young_changes_by_who_may_still_change_them(signed: Task, officer: Person, contact: People, second_officer: Person) -> None:
    years(8, signed, officer)
    mine = newest(signed)
    for by in (second_officer, contact[1]):
        with pytest.raises(Conflict):
            undo_change(by=by, change_id=mine.pk)
    with patch("lantu_web.lib.clock.now", return_value=timezone.now() + allowances().undo + timedelta(seconds=1)), pytest.raises(Conflict):
        undo_change(by=officer, change_id=mine.pk)
    Change.objects.filter(pk=mine.pk).update(by=contact[0])
    with pytest.raises(Forbidden):
        undo_change(by=contact[1], change_id=mine.pk)


def test_what_a_unit_answered_meanwhile_is_its_last_word(
    signed: Task, officer: Person, unit: Unit, other_unit: Unit, contact: People
) -> None:
    years(8, signed, officer)
    mine = newest(signed)
    sign_many(by=contact[1], seen=[seen_of(signed, unit)])
    undo_change(by=officer, change_id=mine.pk)
    assert (states(signed), Task.objects.get(pk=signed.pk).signing) == ({"lead": (3, "waiting"), "cooperating": (3, "signed")}, Signing.WAITING)
    assert (newest(signed).after or {})["holds_again"] == other_unit.name


def test_an_open_objection_stays_open(signed: Task, officer: Person, unit: Unit, contact: People) -> None:
    years(8, signed, officer)
    mine = newest(signed)
    row = signature_of(signed, unit)
    object_to(by=contact[1], signature_id=row.pk, expected=row.revision, reason="偏高", counter={})
    undo_change(by=officer, change_id=mine.pk)
    assert states(signed) == {"lead": (3, "objected"), "cooperating": (3, "signed")}


def test_what_was_sent_out_anew_meanwhile_is_signed_anew(signed: Task, officer: Person, unit: Unit, contact: People) -> None:
    years(8, signed, officer)
    row = signature_of(signed, unit)
    object_to(by=contact[1], signature_id=row.pk, expected=row.revision, reason="偏高", counter={})
    years(9, signed, officer)
    row = signature_of(signed, unit)
    settle(by=officer, signature_id=row.pk, expected=row.revision, outcome=Outcome.FOLLOWED, note="", values={})
    assert states(signed) == {"lead": (4, "waiting"), "cooperating": (4, "waiting")}
    set_years(
        by=officer, task_id=signed.pk, expected=Task.objects.get(pk=signed.pk).revision,
        years=[YearDraft(year=year, goal=f"新建平台10家（{year}年）", value=Decimal(10)) for year in range(YEAR, YEAR + 3)],
    )  # fmt: skip
    assert {state for _round, state in states(signed).values()} == {"waiting"}


def test_a_unit_that_comes_back_to_what_it_signed_has_signed(signed: Task, officer: Person, other_unit: Unit) -> None:
    change(by=officer, task_id=signed.pk, expected=signed.revision, values={"cooperating": []})
    change(by=officer, task_id=signed.pk, expected=signed.revision + 1, values={"cooperating": [other_unit.pk]})
    assert states(signed) == {"lead": (3, "signed"), "cooperating": (3, "signed")}
    assert Task.objects.get(pk=signed.pk).signing == Signing.SIGNED


def test_an_objection_that_was_not_followed_holds_again(task: Task, officer: Person, unit: Unit, contact: People) -> None:
    row = signature_of(task, unit)
    object_to(by=contact[1], signature_id=row.pk, expected=row.revision, reason="偏高", counter={})
    row.refresh_from_db()
    settle(by=officer, signature_id=row.pk, expected=row.revision, outcome=Outcome.KEPT, note="已与会商", values={})
    years(8, task, officer)
    undo_change(by=officer, change_id=newest(task).pk)
    again = signature_of(task, unit)
    assert (again.state, again.outcome, again.outcome_note, again.reason) == (SignatureState.SETTLED, Outcome.KEPT, "已与会商", "偏高")


def test_years_and_target_are_one_line_of_the_own_changes(signed: Task, officer: Person, logged_in: Callable[[User], Client]) -> None:
    years(8, signed, officer, target="33")
    [own] = own_changes(officer)
    assert (own.count, {(one.label, one.before, one.after) for one in own.differences}) == (
        1,
        {
            ("目标值", "30", "33"), (str(YEAR), f"10 新建平台10家（{YEAR}年）", "8"), (str(YEAR + 1), f"10 新建平台10家（{YEAR + 1}年）", "10"),
            (str(YEAR + 2), f"10 新建平台10家（{YEAR + 2}年）", "15"),
        },
    )  # fmt: skip
    client = logged_in(User.objects.get(pk=officer.user_id))
    client.post("/z/yunxi/ledger/undo/", {"batch": str(own.batch)})
    assert (Task.objects.get(pk=signed.pk).target, readings(signed)["parts"][0]) == (30, [YEAR, f"新建平台10家（{YEAR}年）", "10"])


def test_in_a_batch_what_cannot_be_taken_back_stays_whole(signed: Task, officer: Person, second_officer: Person) -> None:
    years(8, signed, officer, target="33")
    batch = newest(signed).batch
    change(by=second_officer, task_id=signed.pk, expected=newest(signed).revision, values={"indicator_kind": "", "target": "34"})
    before = stands(signed)
    assert batch is not None
    done = undo_batch(by=officer, batch=batch)
    assert (done.count, [task.pk for task in done.kept], stands(signed)) == (0, [signed.pk], before)


def test_signing_again_what_holds_again_is_refused(signed: Task, officer: Person, unit: Unit, contact: People) -> None:
    years(8, signed, officer)
    undo_change(by=officer, change_id=newest(signed).pk)
    row = signature_of(signed, unit)
    with pytest.raises(Conflict):
        sign(by=contact[1], signature_id=row.pk, expected=row.revision)
