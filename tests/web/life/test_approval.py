"""Approval freezes exactly what was accepted, is refused while anything is undecided or under way, and cannot meet an edit half-way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.factories.life import APPROVED_ON, BODY, NUMBER, approved, decided
from tests.factories.web import make_person, make_reading, make_reviewed_plan, make_unit

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid, Refused
from lantu_web.plans.commands.approval import approve, close
from lantu_web.plans.commands.freezing import tasks_of_measures
from lantu_web.plans.commands.review.candidates import edit, reject, reopen
from lantu_web.plans.enums import CandidateState, ItemKind, Origin, PlanState, RejectReason
from lantu_web.plans.models import Candidate, Item, ItemState, Plan, Reimport, Version


def approval_of(plan: Plan, by: Person, **values: object) -> Version:
    given = {"approving_body": BODY, "document_number": NUMBER, "approved_on": APPROVED_ON, "expected": plan.revision, **values}
    return approve(by=by, plan_id=plan.pk, **given)  # type: ignore[arg-type]


def test_what_was_accepted_becomes_version_1_in_the_order_of_the_text(ready: Plan, officer: Person) -> None:
    version = approval_of(ready, officer)
    ready.refresh_from_db()
    assert (ready.state, ready.approving_body, ready.document_number, ready.approved_on) == (PlanState.APPROVED, BODY, NUMBER, APPROVED_ON)
    assert (version.number, version.effective_on, version.approving_body, version.document_number) == (1, APPROVED_ON, BODY, NUMBER)
    accepted = set(Candidate.objects.filter(plan=ready, state=CandidateState.ACCEPTED).values_list("pk", "label", "kind", "quote", "start"))
    states = ItemState.objects.filter(version=version, is_removed=False)
    frozen = states.values_list("item__candidate", "label", "item__kind", "item__quote", "item__start")
    assert set(frozen) == accepted
    assert {state.item.candidate.content == state.content for state in states.select_related("item__candidate") if state.item.candidate} == {True}
    codes = list(Item.objects.filter(plan=ready).order_by("position").values_list("code", flat=True))
    assert codes[:13] == [
        "S-001", "S-002", "M-001", "M-002", "M-003", "R-001", "R-001-1", "R-001-2", "X-001", "M-004", "J-001", "J-002", "R-002",
    ]  # fmt: skip
    roots = Item.objects.filter(plan=ready, parent=None).order_by("position").values_list("start", flat=True)
    assert list(roots) == sorted(roots)


def test_codes_tell_kind_place_and_task(plan: Plan) -> None:
    items = {item.code: item for item in Item.objects.filter(plan=plan).select_related("parent")}
    for code, item in items.items():
        parts = code.split("-")
        expected = "RCMSXJQZ"[["task", "measure", "target", "actual", "project", "mechanism", "zone", "actor"].index(item.kind)]
        assert parts[0] == ("R" if item.parent else expected)
        assert (item.parent.code if item.parent else None) == ("-".join(parts[:2]) if len(parts) == 3 else None)
    measures = [item for item in items.values() if item.parent]
    assert measures and all(m.parent and m.parent.position < m.position for m in measures)
    assert len(items) == Candidate.objects.filter(plan=plan, state=CandidateState.ACCEPTED).count()


def test_an_item_knows_its_chapter(plan: Plan) -> None:
    target = Item.objects.filter(plan=plan, kind=ItemKind.TARGET).order_by("position")[0]
    assert target.heading_title == "第二章 主要目标"
    assert target.quote and plan.reading and plan.reading.result.text[target.start : target.end].startswith(target.quote[:5])


def test_open_candidates_are_refused_with_their_number_and_places(ready: Plan, officer: Person) -> None:
    some = Candidate.objects.filter(plan=ready, kind=ItemKind.TARGET, heading__number="第二章")
    count = some.count()
    some.update(state=CandidateState.OPEN)
    with pytest.raises(Conflict, match=rf"{count}.*第二章 主要目标.*{count}"):
        approval_of(ready, officer)
    assert not Version.objects.exists() and not Item.objects.exists() and not Entry.objects.filter(action="plan.approve").exists()


def test_nothing_accepted_is_refused(reviewed: Plan, officer: Person) -> None:
    Candidate.objects.filter(plan=reviewed).update(state=CandidateState.REJECTED, reject_reason=RejectReason.MISREAD)
    with pytest.raises(Conflict):
        approval_of(reviewed, officer)


@pytest.mark.parametrize("purpose", ["review", "reimport"])
def test_while_a_file_is_read_it_is_refused(purpose: str, ready: Plan, officer: Person) -> None:
    make_reading(ready, b"amended", purpose=purpose)
    with pytest.raises(Conflict):
        approval_of(ready, officer)


def test_while_an_amended_file_waits_it_is_refused(ready: Plan, officer: Person) -> None:
    reading = make_reading(ready, b"amended", purpose="reimport", state="done", finished_at=clock.now())
    waiting = Reimport.objects.create(plan=ready, reading=reading, created_at=clock.now())
    with pytest.raises(Conflict):
        approval_of(ready, officer)
    waiting.given_up_at = clock.now()
    waiting.save()
    assert approval_of(ready, officer).number == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("approving_body", " "), ("approving_body", "委" * 101), ("document_number", ""), ("document_number", "号" * 61),
        ("approved_on", None), ("approved_on", clock.today() + timedelta(days=1)),
    ],
)  # fmt: skip
def test_a_poor_form_is_refused_by_field(field: str, value: object, ready: Plan, officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        approval_of(ready, officer, **{field: value})
    assert caught.value.field == field
    assert not Version.objects.exists()


def test_nul_characters_are_taken_out(ready: Plan, officer: Person) -> None:
    assert approval_of(ready, officer, approving_body="管委\x00会").approving_body == "管委会"


def test_twice_is_refused_and_writes_nothing(ready: Plan, officer: Person) -> None:
    approval_of(ready, officer)
    before = list(ItemState.objects.values())
    ready.refresh_from_db()
    with pytest.raises(Conflict):
        approval_of(ready, officer)
    assert (list(ItemState.objects.values()), Version.objects.count()) == (before, 1)
    assert Entry.objects.filter(action="plan.approve").count() == 1


def test_an_older_view_is_refused(ready: Plan, officer: Person) -> None:
    with pytest.raises(Conflict):
        approval_of(ready, officer, expected=ready.revision - 1)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PLANNING_OFFICER, Role.SYSTEM_ADMINISTRATOR)])
def test_other_roles_are_refused(role: Role, ready: Plan, zone: Zone, unit: Unit) -> None:
    with pytest.raises(Forbidden):
        approval_of(ready, make_person(role, zone, unit)[1])


def test_another_zone_does_not_find_it(ready: Plan, outsider: tuple[User, Person]) -> None:
    with pytest.raises(Conflict):
        approval_of(ready, outsider[1])
    assert not Version.objects.exists()


def test_the_audit_tells_the_approval(ready: Plan, officer: Person) -> None:
    approval_of(ready, officer)
    entry = Entry.objects.get(action="plan.approve")
    assert entry.before == {"state": "in_review", "approving_body": "", "document_number": "", "approved_on": None}
    assert entry.after == {
        "state": "approved", "approving_body": BODY, "document_number": NUMBER, "approved_on": "2026-01-20", "version": 1,
        "items": Item.objects.count(),
    }  # fmt: skip


def test_a_measure_finds_its_task_through_split_and_merge() -> None:
    def candidate(pk: int, kind: ItemKind, start: int, end: int, parent: int | None = None, state: str = "accepted", **values: str) -> Candidate:
        return Candidate(pk=pk, kind=kind, start=start, end=end, parent_id=parent, state=state, **values)

    task, measure = ItemKind.TASK, ItemKind.MEASURE
    rows = [
        candidate(1, task, 0, 50), candidate(2, measure, 5, 9, 1),  # plain
        candidate(3, task, 60, 90, state="replaced"), candidate(4, task, 60, 75, 3), candidate(5, task, 75, 90, 3),  # split
        candidate(6, measure, 76, 80, 3), candidate(7, measure, 61, 64, 3),
        candidate(8, task, 100, 110, 9, state="replaced"), candidate(9, task, 100, 120, origin=Origin.MERGED), candidate(10, measure, 101, 103, 8),
        candidate(11, measure, 10, 20, 1, state="replaced"), candidate(12, measure, 10, 15, 11),  # a part of a measure
        candidate(13, task, 130, 140, state="rejected"), candidate(14, measure, 131, 135, 13),  # its task was rejected
    ]  # fmt: skip
    assert tasks_of_measures(rows) == {2: 1, 6: 5, 7: 4, 10: 9, 12: 1}


def test_closing_ends_the_life(plan: Plan, officer: Person) -> None:
    closed = close(by=officer, plan_id=plan.pk, expected=plan.revision, closed_on=date(2026, 10, 1))
    assert (closed.state, closed.closed_on) == (PlanState.CLOSED, date(2026, 10, 1))
    with pytest.raises(Conflict):
        close(by=officer, plan_id=plan.pk, expected=closed.revision, closed_on=date(2026, 10, 1))
    assert Entry.objects.filter(action="plan.close").count() == 1


def test_a_plan_in_review_is_not_closed(ready: Plan, officer: Person) -> None:
    with pytest.raises(Conflict):
        close(by=officer, plan_id=ready.pk, expected=ready.revision, closed_on=date(2026, 10, 1))


def test_what_was_approved_cannot_be_written_again_through_the_program(plan: Plan) -> None:
    for row in (Version.objects.all()[0], Item.objects.all()[0], ItemState.objects.all()[0]):
        for act in (row.save, row.delete, type(row).objects.all().delete, lambda row=row: type(row).objects.update(pk=1)):
            with pytest.raises(TypeError, match="written once"):
                act()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run them in threads that start together; what each gave or was refused with."""
    gate, found = threading.Barrier(len(acts)), [object()] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            found[place] = act()
        except Refused as refused:
            found[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_an_edit_at_the_moment_of_approval_is_in_or_is_refused(turn: int, zone: Zone, unit: Unit, officer: Person) -> None:
    plan = decided(make_reviewed_plan(zone, unit=unit))
    target = Candidate.objects.filter(plan=plan, kind=ItemKind.TARGET)[0]
    other = Candidate.objects.filter(plan=plan, kind=ItemKind.PROJECT)[0]
    acts = [
        lambda: approval_of(plan, officer),
        lambda: edit(by=officer, candidate=target, expected=target.revision, values={**target.content, "value": "512"}),
        lambda: reject(by=officer, candidate=other, expected=other.revision, reason=RejectReason.DUPLICATE),
    ]
    version, edited, rejected = _in_order(acts, turn)
    assert isinstance(version, Version)
    frozen = ItemState.objects.get(item__candidate=target)
    assert frozen.content["value"] == ("512" if isinstance(edited, Candidate) else target.content["value"])
    assert Item.objects.filter(candidate=other).exists() == isinstance(rejected, Conflict)
    target.refresh_from_db()
    assert frozen.content == target.content


def _in_order(acts: list[Callable[[], object]], turn: int) -> list[object]:
    """The answers in the order of the acts, started in another."""
    order = [(place + turn) % len(acts) for place in range(len(acts))]
    answers = at_once(*(acts[place] for place in order))
    return [answers[order.index(place)] for place in range(len(acts))]


@pytest.mark.django_db(transaction=True)
def test_a_candidate_reopened_at_the_moment_of_approval_hinders_it_or_is_refused(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = decided(make_reviewed_plan(zone, unit=unit))
    one = Candidate.objects.filter(plan=plan, kind=ItemKind.TARGET)[0]
    version, reopened = at_once(lambda: approval_of(plan, officer), lambda: reopen(by=officer, candidate=one, expected=one.revision))
    assert isinstance(version, Version) != isinstance(reopened, Candidate)


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_make_one_version(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = decided(make_reviewed_plan(zone, unit=unit))
    answers = at_once(*[lambda: approval_of(plan, officer)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Version"]
    assert (Version.objects.count(), Entry.objects.filter(action="plan.approve").count()) == (1, 1)


def test_approval_of_one_plan_leaves_another_alone(ready: Plan, zone: Zone, officer: Person) -> None:
    other = decided(make_reviewed_plan(zone, unit=make_unit(zone, "农业农村局"), name="另一个规划"))
    approved(ready, officer)
    other.refresh_from_db()
    assert (other.state, other.items.count()) == (PlanState.IN_REVIEW, 0)
