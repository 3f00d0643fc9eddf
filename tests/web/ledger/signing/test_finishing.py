"""Nodes and annual parts: claimed, verified, sent back, carried over with their history; later due dates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person
from tests.web.ledger.signing.conftest import DUE, YEAR, make_whole_task, sent, signature_of
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands.bulk import assign
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.extending import ask, decide
from lantu_web.tasks.commands.finishing import carry_over, claim, finish_node, send_back, verify
from lantu_web.tasks.commands.parts import set_node, set_part
from lantu_web.tasks.commands.signing import sign
from lantu_web.tasks.commands.undo import undo_change
from lantu_web.tasks.models import Change, Division, Extension, Node, Signature, Task, YearPart
from lantu_web.tasks.queries.parts import to_carry, years_of

LATER = date(DUE.year + 1, 6, 30)


@pytest.fixture
def part(task: Task) -> YearPart:
    return task.parts.get(year=YEAR)


@pytest.fixture
def node(task: Task) -> Node:
    return task.nodes.get(year=YEAR)


def sign_all(task: Task) -> None:
    Signature.objects.filter(task=task, is_superseded=False).update(state="signed")
    Task.objects.filter(pk=task.pk).update(signing="signed")


def claimed(part: YearPart, by: Person) -> YearPart:
    return claim(by=by, part_id=part.pk, expected=part.revision, note="10家平台已认定")


def test_finished_is_claimed_by_the_unit_and_verified_by_the_office(part: YearPart, contact: tuple[User, Person], officer: Person) -> None:
    part = claimed(part, contact[1])
    assert (part.state, part.claimed_on, part.claimed_by, part.note) == ("open", clock.today(), contact[0], "10家平台已认定")
    part = verify(by=officer, part_id=part.pk, expected=part.revision)
    assert (part.state, part.verified_on, part.task.state) == ("finished", clock.today(), "sent")


def test_with_its_last_part_the_task_is_finished(task: Task, contact: tuple[User, Person], officer: Person) -> None:
    sign_all(task)
    for part in task.parts.order_by("year"):
        one = claimed(part, contact[1])
        verify(by=officer, part_id=one.pk, expected=one.revision)
    task.refresh_from_db()
    assert (task.state, task.finished_on) == ("finished", clock.today())


def test_nothing_is_finished_that_waits_for_a_signature(
    task: Task, unit: Unit, contact: tuple[User, Person], helper: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    *others, last = [claimed(part, contact[1]) for part in task.parts.order_by("year")]
    for one in others:
        verify(by=officer, part_id=one.pk, expected=one.revision)
    for _again in range(2):
        with pytest.raises(Conflict):
            verify(by=officer, part_id=last.pk, expected=last.revision)
    sign_all(task)
    verify(by=officer, part_id=last.pk, expected=last.revision)
    assert Task.objects.get(pk=task.pk).state == "finished"


@pytest.mark.parametrize("values", [{"title": "改题"}, {"due_on": LATER}, {"cooperating": []}])
def test_what_is_finished_is_not_changed_any_more(values: dict[str, Any], task: Task, officer: Person) -> None:
    Task.objects.filter(pk=task.pk).update(state="finished", finished_on=clock.today(), signing="signed")
    revision = task.revision
    for _again in range(2):
        with pytest.raises(Conflict):
            change(by=officer, task_id=task.pk, expected=revision, values=values)
    with pytest.raises(Conflict):
        set_node(by=officer, task_id=task.pk, expected=revision, node_id=None, due_on=DUE, text="竣工")
    with pytest.raises(Conflict):
        set_part(by=officer, task_id=task.pk, expected=revision, year=YEAR, goal="改", value="10")
    change(by=officer, task_id=task.pk, expected=revision, values={"topic": "科技"})
    task.refresh_from_db()
    assert (task.title, task.topic, task.revision, task.round, task.nodes.count()) == ("建成创新平台30家", "科技", revision + 1, 1, 3)


def test_what_is_not_finished_is_sent_back_with_what_is_missing(part: YearPart, contact: tuple[User, Person], officer: Person) -> None:
    one = claimed(part, contact[1])
    with pytest.raises(Invalid):
        send_back(by=officer, part_id=one.pk, expected=one.revision, note=" ")
    back = send_back(by=officer, part_id=one.pk, expected=one.revision, note="缺3家的认定文件")
    assert (back.claimed_on, back.note) == (None, "缺3家的认定文件")
    with pytest.raises(Conflict):
        verify(by=officer, part_id=back.pk, expected=back.revision)
    assert claimed(back, contact[1]).claimed_on == clock.today()


def test_claimed_twice_is_refused(part: YearPart, contact: tuple[User, Person]) -> None:
    one = claimed(part, contact[1])
    for expected in (one.revision, one.revision - 1):
        with pytest.raises(Conflict):
            claim(by=contact[1], part_id=one.pk, expected=expected)


def test_others_claim_and_verify_nothing(
    part: YearPart, node: Node, contact: tuple[User, Person], helper: tuple[User, Person], outsider: tuple[User, Person]
) -> None:  # fmt: skip
    for person, refusal in ((helper, Forbidden), (outsider, Conflict)):
        with pytest.raises(refusal):
            claimed(part, person[1])
        with pytest.raises(refusal):
            finish_node(by=person[1], node_id=node.pk, expected=1, done_on=clock.today())
    one = claimed(part, contact[1])
    with pytest.raises(Forbidden):
        verify(by=contact[1], part_id=one.pk, expected=one.revision)
    with pytest.raises(Forbidden):
        send_back(by=contact[1], part_id=one.pk, expected=one.revision, note="x")


@pytest.mark.django_db(transaction=True)
def test_verified_and_sent_back_at_once_is_one_of_them(zone: Zone, unit: Unit, other_unit: Unit, officer: Person) -> None:
    division = make_division(zone)
    task = sent(make_whole_task(division, unit, other_unit), division, officer)
    one = claimed(task.parts.get(year=YEAR), officer)
    found = at_once(
        lambda: verify(by=officer, part_id=one.pk, expected=one.revision),
        lambda: send_back(by=officer, part_id=one.pk, expected=one.revision, note="缺材料"),
    )
    assert sorted(type(row).__name__ for row in found) == ["Conflict", "YearPart"]


def test_a_node_is_reached_and_open_again(node: Node, contact: tuple[User, Person]) -> None:
    done = finish_node(by=contact[1], node_id=node.pk, expected=node.revision, done_on=clock.today())
    assert (done.done_on, done.done_by_id) == (clock.today(), contact[0].pk)
    with pytest.raises(Conflict):
        finish_node(by=contact[1], node_id=node.pk, expected=node.revision, done_on=clock.today())
    again = finish_node(by=contact[1], node_id=node.pk, expected=done.revision, done_on=None)
    assert (again.done_on, again.done_by_id) == (None, None)
    assert list(Change.objects.filter(action__startswith="node").order_by("pk").values_list("action", flat=True)) == ["node.done", "node.reopen"]
    with pytest.raises(Invalid):
        finish_node(by=contact[1], node_id=node.pk, expected=again.revision, done_on=clock.today() + timedelta(days=1))


@pytest.mark.parametrize("due", ["20271231", "2027-W52-5", "1948-12-31", "2101-01-01", "9999-12-31"])
def test_days_are_written_one_way_and_within_the_years_of_plans(due: str, task: Task, contact: tuple[User, Person], officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        change(by=officer, task_id=task.pk, expected=task.revision, values={"due_on": due})
    with pytest.raises(Invalid):
        set_node(by=officer, task_id=task.pk, expected=task.revision, node_id=None, due_on=due, text="竣工")
    with pytest.raises(Invalid):
        ask(by=contact[1], task_id=task.pk, due_on=date(2101, 1, 1), reason="用地报批延后")
    assert (caught.value.field, Task.objects.get(pk=task.pk).due_on, task.nodes.count()) == ("due_on", DUE, 3)


# carrying over


def test_a_year_is_carried_over_with_its_history(
    task: Task, division: Division, unit: Unit, contact: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    row = signature_of(task, unit)
    sign(by=contact[1], signature_id=row.pk, expected=row.revision)
    assert [one.part.year for one in to_carry(division, YEAR)] == [YEAR]
    assert carry_over(by=officer, division_id=division.pk, year=YEAR) == 1
    old, new = task.parts.get(year=YEAR), task.parts.get(year=YEAR + 1, carried_from__isnull=False)
    assert (old.state, new.state, new.carried_from, new.goal, new.value) == ("carried", "open", old, old.goal, old.value)
    assert task.parts.filter(year=YEAR + 1).count() == 2  # beside what the year has of its own
    assert Change.objects.filter(action="part.carry").get().after == {"year": YEAR + 1, "goal": old.goal}
    assert signature_of(task, unit).state == "signed"  # nothing new was promised
    with pytest.raises(Conflict):
        carry_over(by=officer, division_id=division.pk, year=YEAR)


def test_what_was_carried_is_carried_on_and_finished(task: Task, division: Division, contact: tuple[User, Person], officer: Person) -> None:
    carry_over(by=officer, division_id=division.pk, year=YEAR)
    new = task.parts.get(carried_from__isnull=False)
    one = claimed(new, contact[1])
    verify(by=officer, part_id=one.pk, expected=one.revision)
    assert years_of(division) == [YEAR + 1, YEAR + 2]
    assert [(row.year, row.state, bool(row.carried_from)) for row in task.parts.order_by("year", "pk")] == [
        (YEAR, "carried", False), (YEAR + 1, "open", False), (YEAR + 1, "finished", True), (YEAR + 2, "open", False),
    ]  # fmt: skip


def test_finished_parts_and_drafts_are_not_carried(task: Task, division: Division, unit: Unit, other_unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    make_whole_task(division, unit, other_unit, "尚未下发的任务")
    one = claimed(task.parts.get(year=YEAR), contact[1])
    verify(by=officer, part_id=one.pk, expected=one.revision)
    with pytest.raises(Conflict):
        carry_over(by=officer, division_id=division.pk, year=YEAR)


def test_goals_that_are_only_watched_are_not_carried(division: Division, officer: Person) -> None:
    watched = make_task(division, "城镇登记失业率控制在4.5%以内", left_out="预期性指标，由市场主体实现")
    YearPart.objects.create(task=watched, year=YEAR, value=Decimal("4.5"))
    sent(watched, division, officer)
    assert (years_of(division), to_carry(division, YEAR)) == ([], [])
    with pytest.raises(Conflict):
        carry_over(by=officer, division_id=division.pk, year=YEAR)


def test_a_year_to_come_is_not_carried_and_not_by_units(task: Task, division: Division, contact: tuple[User, Person], outsider: tuple[User, Person], officer: Person) -> None:
    with pytest.raises(Invalid):
        carry_over(by=officer, division_id=division.pk, year=YEAR + 1)
    with pytest.raises(Forbidden):
        carry_over(by=contact[1], division_id=division.pk, year=YEAR)
    with pytest.raises(Conflict):
        carry_over(by=outsider[1], division_id=division.pk, year=YEAR)


def test_a_part_is_carried_once_says_the_database(task: Task, part: YearPart) -> None:
    YearPart.objects.create(task=task, year=YEAR + 1, carried_from=part)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearPart.objects.create(task=task, year=YEAR + 2, carried_from=part)


# later due dates


def asked(task: Task, by: Person, **values: Any) -> Extension:
    return ask(by=by, task_id=task.pk, **{"due_on": LATER, "reason": "用地报批延后", **values})


def test_an_approved_extension_lets_nodes_lie_later_and_leaves_what_was_signed(
    task: Task, unit: Unit, contact: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    signed_for = signature_of(task, unit).content
    extension = asked(task, contact[1])
    with pytest.raises(Invalid):
        set_node(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, node_id=None, due_on=LATER, text="竣工")
    decide(by=officer, extension_id=extension.pk, expected=extension.revision, is_approved=True, note="")
    task.refresh_from_db()
    assert (task.due_on, task.latest_on, signature_of(task, unit).content, Signature.objects.count()) == (DUE, LATER, signed_for, 2)
    set_node(by=officer, task_id=task.pk, expected=task.revision, node_id=None, due_on=LATER, text="竣工")
    assert set(task.nodes.values_list("latest_on", flat=True)) == {LATER}


def test_without_one_the_database_refuses_a_later_node(task: Task) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Node.objects.create(task=task, year=LATER.year, quarter=2, due_on=LATER, latest_on=task.latest_on, text="竣工")


def test_a_refusal_says_why(task: Task, contact: tuple[User, Person], officer: Person) -> None:
    extension = asked(task, contact[1])
    with pytest.raises(Invalid):
        decide(by=officer, extension_id=extension.pk, expected=extension.revision, is_approved=False, note="")
    extension = decide(by=officer, extension_id=extension.pk, expected=extension.revision, is_approved=False, note="省级节点不变")
    task.refresh_from_db()
    assert (extension.state, extension.note, task.latest_on) == ("refused", "省级节点不变", DUE)
    with pytest.raises(Conflict):
        decide(by=officer, extension_id=extension.pk, expected=extension.revision, is_approved=True, note="")
    assert asked(task, contact[1]).state == "asked"


@pytest.mark.parametrize(("values", "field"), [({"due_on": DUE}, "due_on"), ({"due_on": None}, "due_on"), ({"reason": ""}, "reason")])
def test_a_poor_request_is_refused_by_field(values: dict[str, Any], field: str, task: Task, contact: tuple[User, Person]) -> None:
    with pytest.raises(Invalid) as caught:
        asked(task, contact[1], **values)
    assert (caught.value.field, Extension.objects.count()) == (field, 0)


def test_one_request_at_a_time_and_of_the_lead_unit_only(
    task: Task, contact: tuple[User, Person], helper: tuple[User, Person], outsider: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    with pytest.raises(Forbidden):
        asked(task, helper[1])
    with pytest.raises(Conflict):
        asked(task, outsider[1])
    extension = asked(task, contact[1])
    with pytest.raises(Conflict):
        asked(task, contact[1])
    with pytest.raises(Forbidden):
        decide(by=contact[1], extension_id=extension.pk, expected=extension.revision, is_approved=True, note="")


def test_a_request_that_the_plan_overtook_is_out_of_date(task: Task, contact: tuple[User, Person], officer: Person) -> None:
    extension = asked(task, contact[1])
    change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"due_on": date(LATER.year + 1, 1, 1)})
    with pytest.raises(Conflict):
        decide(by=officer, extension_id=extension.pk, expected=extension.revision, is_approved=True, note="")


@pytest.fixture
def granted(task: Task, contact: tuple[User, Person], officer: Person) -> Task:
    """With a later day than its due date."""
    extension = asked(task, contact[1])
    decide(by=officer, extension_id=extension.pk, expected=extension.revision, is_approved=True, note="")
    set_node(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, node_id=None, due_on=LATER, text="竣工")
    return Task.objects.get(pk=task.pk)


def days(task: Task) -> tuple[date | None, date | None, set[date | None]]:
    task.refresh_from_db()
    return task.due_on, task.latest_on, set(task.nodes.values_list("latest_on", flat=True))


def test_a_due_date_that_stays_leaves_what_was_granted(granted: Task, officer: Person) -> None:
    changes = Change.objects.count()
    for _again in range(2):
        change(by=officer, task_id=granted.pk, expected=granted.revision, values={"due_on": DUE})
        assign(by=officer, seen={granted.pk: granted.revision}, field="due_on", value=DUE.isoformat())
    assert (days(granted), Change.objects.count()) == ((DUE, LATER, {LATER}), changes)


@pytest.mark.parametrize(
    ("due", "latest", "told"),
    [
        (DUE - timedelta(days=30), LATER, {}), (DUE + timedelta(days=30), LATER, {}),
        (LATER + timedelta(days=30), LATER + timedelta(days=30), {"latest_on": None}),
    ],
)  # fmt: skip
def test_what_was_granted_stands_whatever_becomes_of_the_due_date(due: date, latest: date, told: dict[str, Any], granted: Task, officer: Person) -> None:
    change(by=officer, task_id=granted.pk, expected=granted.revision, values={"due_on": due})
    last = Change.objects.order_by("-pk")[0]
    assert (days(granted), last.after, last.before) == (
        (due, latest, {latest}), {"due_on": due.isoformat(), **told}, {"due_on": DUE.isoformat(), **{name: LATER.isoformat() for name in told}}
    )
    undo_change(by=officer, change_id=last.pk)
    assert days(granted) == (DUE, LATER, {LATER})
    assert {name: value for name, value in Change.objects.order_by("-pk")[0].after.items() if name != "holds_again"} == {
        "due_on": DUE.isoformat(), **{name: LATER.isoformat() for name in told},
    }  # fmt: skip


def test_why_a_lead_unit_was_proposed_stays_with_it(task: Task, unit: Unit, other_unit: Unit, officer: Person) -> None:
    why = task.lead_reason
    change(by=officer, task_id=task.pk, expected=task.revision, values={"lead_unit": unit.pk, "topic": "科技"})
    assert Task.objects.get(pk=task.pk).lead_reason == why
    change(by=officer, task_id=task.pk, expected=task.revision + 1, values={"cooperating": [], "lead_unit": other_unit.pk})
    last = Change.objects.order_by("-pk")[0]
    assert (Task.objects.get(pk=task.pk).lead_reason, (last.before or {})["lead_reason"], (last.after or {})["lead_reason"]) == ("", why, "")
    undo_change(by=officer, change_id=last.pk)
    back = Task.objects.get(pk=task.pk)
    assert (back.lead_unit_id, back.lead_reason, (Change.objects.order_by("-pk")[0].after or {})["lead_reason"]) == (unit.pk, why, why)


def test_without_a_due_date_nothing_is_granted_and_undo_brings_it_back(granted: Task, officer: Person) -> None:
    change(by=officer, task_id=granted.pk, expected=granted.revision, values={"due_on": None})
    assert days(granted) == (None, None, {None})
    undo_change(by=officer, change_id=Change.objects.order_by("-pk")[0].pk)
    assert days(granted) == (DUE, LATER, {LATER})


@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once_is_one(zone: Zone, unit: Unit, other_unit: Unit, officer: Person) -> None:
    division = make_division(zone)
    task = sent(make_whole_task(division, unit, other_unit), division, officer)
    person = make_person(Role.CONTACT_PERSON, zone, unit)[1]
    found = at_once(*[lambda: asked(task, person)] * 2)
    assert (sorted(type(row).__name__ for row in found), Extension.objects.count()) == (["Conflict", "Extension"], 1)
