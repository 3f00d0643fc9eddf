"""Years and nodes: what a task that is out says reaches its target at every write, no node lies after it, what is done is not planned anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.bridge.breakdown import proposed_nodes, scheduled_nodes, take_nodes
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands import dividing, parts, signing
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.drafts import Draft, NodeDraft, YearDraft
from lantu_web.tasks.enums import IndicatorKind, PartState, Signing
from lantu_web.tasks.models import Change, Division, Node, Signature, Task, YearPart
from lantu_web.tasks.queries.paths import problems_of

D = Decimal
COUNT = {"indicator_kind": "cumulative_count", "measured_in": "家", "baseline_year": 2025, "target": D(15), "target_year": 2030}


@pytest.fixture
def task(division: Division, officer: Person, economy: Unit) -> Task:
    draft = Draft(title="新增创新平台15家", lead_unit=economy.pk, due_on=date(2030, 12, 31), **COUNT)  # type: ignore[arg-type]
    return dividing.add_task(by=officer, division_id=division.pk, draft=draft)


@pytest.fixture
def sent(task: Task, division: Division, officer: Person) -> Task:
    """With the proposed path, and signed by nobody yet."""
    parts.take_path(by=officer, task_id=task.pk, expected=task.revision)
    signing.send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today() + timedelta(days=5))
    return Task.objects.get(pk=task.pk)


def values(task: Task) -> dict[int, Decimal | None]:
    return dict(YearPart.objects.filter(task=task, carried_from=None).values_list("year", "value"))


def years(*given: int | str) -> list[YearDraft]:
    return [YearDraft(year=year, value=D(value)) for year, value in zip(range(2026, 2031), given, strict=False)]


def test_the_proposed_path_is_taken_over_with_its_reasons(task: Task, officer: Person) -> None:
    parts.set_part(by=officer, task_id=task.pk, expected=1, year=2026, goal="首批挂牌", value="1")
    parts.take_path(by=officer, task_id=task.pk, expected=2)
    assert values(task) == dict.fromkeys(range(2026, 2031), D(3))
    first = YearPart.objects.get(task=task, year=2026)
    assert (first.goal, first.reason) == ("首批挂牌", "15×1/5")
    told = Change.objects.filter(task=task, action="task.take_path").get()
    assert told.before == {"parts": [[2026, "首批挂牌", "1"]]}
    parts.take_path(by=officer, task_id=task.pk, expected=3)
    assert Task.objects.get(pk=task.pk).revision == 3


def test_a_goal_that_is_written_leaves_how_the_value_was_reckoned(task: Task, officer: Person) -> None:
    parts.take_path(by=officer, task_id=task.pk, expected=task.revision)
    before = dict(YearPart.objects.filter(task=task).values_list("year", "reason"))
    drafts = [YearDraft(year=part.year, goal=f"{part.year}年目标", value=part.value) for part in YearPart.objects.filter(task=task)]
    parts.set_years(by=officer, task_id=task.pk, expected=2, years=drafts)
    assert dict(YearPart.objects.filter(task=task).values_list("year", "reason")) == before
    assert all(before.values())


def test_what_somebody_set_has_no_reckoned_reason(task: Task, officer: Person) -> None:
    parts.take_path(by=officer, task_id=task.pk, expected=1)
    parts.set_part(by=officer, task_id=task.pk, expected=2, year=2027, goal="", value="4")
    assert YearPart.objects.get(task=task, year=2027).reason == ""


def test_a_draft_may_fall_short_and_is_not_sent_so(task: Task, division: Division, officer: Person) -> None:
    parts.set_years(by=officer, task_id=task.pk, expected=1, years=years(3, 3))
    with pytest.raises(Invalid) as caught:
        signing.send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today() + timedelta(days=5))
    assert caught.value.field == "value"


@pytest.mark.parametrize("what", ["part", "drop", "years", "target"])
def test_what_is_out_cannot_fall_short(what: str, sent: Task, officer: Person) -> None:
    with pytest.raises(Invalid):
        match what:
            case "part":
                parts.set_part(by=officer, task_id=sent.pk, expected=sent.revision, year=2026, goal="", value="1")
            case "drop":
                parts.drop_part(by=officer, task_id=sent.pk, expected=sent.revision, year=2026)
            case "years":
                parts.set_years(by=officer, task_id=sent.pk, expected=sent.revision, years=years(3, 3, 3, 3))
            case _:
                change(by=officer, task_id=sent.pk, expected=sent.revision, values={"target": "16"})
    assert values(sent) == dict.fromkeys(range(2026, 2031), D(3))
    assert Task.objects.get(pk=sent.pk).revision == sent.revision


def test_years_and_target_change_together_and_are_signed_again(sent: Task, officer: Person) -> None:
    parts.set_years(by=officer, task_id=sent.pk, expected=sent.revision, years=years(2, 3, 3, 4, 4), values={"target": "16"})
    sent.refresh_from_db()
    assert (sent.target, sent.signing, Signature.objects.filter(task=sent, is_superseded=False).count()) == (D(16), Signing.WAITING, 1)
    rounds = Signature.objects.filter(task=sent).order_by("round").values_list("round", "is_superseded")
    assert list(rounds) == [(1, True), (2, False)]
    told = Change.objects.filter(task=sent).exclude(batch=None)
    assert {(one.action, one.batch) for one in told} == {(one.action, told[0].batch) for one in told}
    assert {one.action for one in told} == {"task.change", "task.years"}


def test_what_is_verified_or_carried_over_is_not_planned_anew(sent: Task, officer: Person) -> None:
    part = YearPart.objects.get(task=sent, year=2026)
    YearPart.objects.filter(pk=part.pk).update(state=PartState.FINISHED, verified_on=date(2026, 12, 20))
    with pytest.raises(Conflict):
        parts.set_part(by=officer, task_id=sent.pk, expected=sent.revision, year=2026, goal="", value="9")
    with pytest.raises(Conflict):
        parts.drop_part(by=officer, task_id=sent.pk, expected=sent.revision, year=2026)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda by, task: parts.set_part(by=by, task_id=task.pk, expected=1, year=1066, goal="", value=None), "year"),
        (lambda by, task: parts.set_part(by=by, task_id=task.pk, expected=1, year=2026, goal="", value="三"), "value"),
        (lambda by, task: parts.set_part(by=by, task_id=task.pk, expected=1, year=2026, goal="好" * 501, value=None), "goal"),
        (lambda by, task: parts.set_years(by=by, task_id=task.pk, expected=1, years=[*years(1), *years(2)]), "year"),
        (lambda by, task: parts.set_node(by=by, task_id=task.pk, expected=1, node_id=None, due_on="", text="开工"), "due_on"),
        (lambda by, task: parts.set_node(by=by, task_id=task.pk, expected=1, node_id=None, due_on="2026-06-30", text=" "), "text"),
        (lambda by, task: parts.set_node(by=by, task_id=task.pk, expected=1, node_id=None, due_on="2031-01-01", text="迟"), "due_on"),
    ],
)
def test_what_cannot_be(act: Callable[[Person, Task], object], field: str, task: Task, officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        act(officer, task)
    assert caught.value.field == field
    assert (task.parts.count(), task.nodes.count()) == (0, 0)


def test_nodes_are_set_moved_and_dropped(task: Task, officer: Person) -> None:
    parts.set_node(by=officer, task_id=task.pk, expected=1, node_id=None, due_on="2026-06-30", text="开工", value="2")
    node = task.nodes.get()
    parts.set_node(by=officer, task_id=task.pk, expected=2, node_id=node.pk, due_on="2026-09-30", text="开工")
    node.refresh_from_db()
    assert (node.due_on, node.quarter, node.value, node.revision) == (date(2026, 9, 30), 3, None, 2)
    with pytest.raises(Invalid):
        parts.set_node(by=officer, task_id=task.pk, expected=3, node_id=None, due_on="2026-09-30", text="开工")
    parts.drop_node(by=officer, task_id=task.pk, expected=3, node_id=node.pk)
    with pytest.raises(Conflict):
        parts.drop_node(by=officer, task_id=task.pk, expected=4, node_id=node.pk)
    assert not task.nodes.exists()


def test_nodes_of_a_year_are_proposed_beside_those_of_others(task: Task, officer: Person) -> None:
    parts.take_path(by=officer, task_id=task.pk, expected=1)
    parts.set_node(by=officer, task_id=task.pk, expected=2, node_id=None, due_on="2027-05-01", text="中期检查")
    with patch("lantu_web.lib.clock.today", return_value=date(2026, 2, 1)):
        take_nodes(by=officer, task_id=task.pk, expected=3, year=2026)
    assert [(node.due_on.isoformat(), node.text) for node in task.nodes.all()] == [
        ("2026-06-30", "2026年累计完成1家（序时进度50%）"), ("2026-09-30", "2026年累计完成2家（序时进度75%）"),
        ("2026-12-31", "2026年累计完成3家（序时进度100%）"), ("2027-05-01", "中期检查"),
    ]  # fmt: skip


def test_quarters_that_are_past_are_not_proposed_and_what_stands_in_them_stays(task: Task, officer: Person) -> None:
    parts.take_path(by=officer, task_id=task.pk, expected=1)
    parts.set_node(by=officer, task_id=task.pk, expected=2, node_id=None, due_on="2026-06-30", text="完成遴选")
    with patch("lantu_web.lib.clock.today", return_value=date(2026, 8, 1)):
        found = proposed_nodes(task, 2026)
        assert ([node.due_on.isoformat() for node in found.nodes], found.past, found.counted_from) == (["2026-09-30", "2026-12-31"], 1, None)
        assert len(proposed_nodes(task).nodes) == len(scheduled_nodes(task)) - 1
        take_nodes(by=officer, task_id=task.pk, expected=3, year=2026)
    assert [(node.due_on.isoformat(), node.text) for node in task.nodes.all()] == [
        ("2026-06-30", "完成遴选"), ("2026-09-30", "2026年累计完成2家（序时进度75%）"), ("2026-12-31", "2026年累计完成3家（序时进度100%）"),
    ]  # fmt: skip
    with patch("lantu_web.lib.clock.today", return_value=date(2027, 1, 1)), pytest.raises(Invalid):
        take_nodes(by=officer, task_id=task.pk, expected=4, year=2026)


def test_stages_are_counted_from_today_where_the_task_should_have_begun(division: Division, officer: Person, economy: Unit) -> None:
    draft = Draft(title="建成产业园", lead_unit=economy.pk, start_on=date(2026, 1, 1), due_on=date(2027, 12, 31))
    work = dividing.add_task(by=officer, division_id=division.pk, draft=draft)
    for day, counted_from in ((date(2025, 12, 1), None), (date(2026, 11, 22), date(2026, 11, 22))):
        with patch("lantu_web.lib.clock.today", return_value=day):
            found = proposed_nodes(work)
        assert (found.counted_from, found.past, min(node.due_on for node in found.nodes) >= day) == (counted_from, 0, True)
        assert found.nodes[-1].due_on == date(2027, 12, 31) and len(found.nodes) > 3
    with patch("lantu_web.lib.clock.today", return_value=date(2028, 1, 1)):
        late = proposed_nodes(work)
        assert (late.nodes, late.past > 3) == ((), True)
        with pytest.raises(Invalid):
            take_nodes(by=officer, task_id=work.pk, expected=1)


def test_what_is_done_stays(task: Task, officer: Person) -> None:
    parts.set_nodes(by=officer, task_id=task.pk, expected=1, nodes=[NodeDraft(due_on=date(2026, 3, 31), text="开工")])
    Node.objects.filter(task=task).update(done_on=date(2026, 3, 30))
    parts.set_nodes(by=officer, task_id=task.pk, expected=2, nodes=[NodeDraft(due_on=date(2026, 6, 30), text="封顶")])
    assert [node.text for node in task.nodes.all()] == ["开工", "封顶"]
    with pytest.raises(Conflict):
        parts.drop_node(by=officer, task_id=task.pk, expected=3, node_id=task.nodes.first().pk)  # type: ignore[union-attr]


def test_units_plan_nothing_and_see_no_draft(
    task: Task, contact: tuple[User, Person], outsider: tuple[User, Person], officer: Person
) -> None:
    for by in (contact[1], outsider[1]):
        with pytest.raises(Conflict):
            parts.set_part(by=by, task_id=task.pk, expected=1, year=2026, goal="", value="3")


def test_units_do_not_change_what_was_sent_to_them(sent: Task, contact: tuple[User, Person]) -> None:
    with pytest.raises(Forbidden):
        parts.set_part(by=contact[1], task_id=sent.pk, expected=sent.revision, year=2026, goal="", value="3")


def test_the_database_holds_one_part_a_year_and_no_node_after_its_task(sent: Task) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        YearPart.objects.create(task=sent, year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        Node.objects.create(task=sent, year=2031, quarter=1, due_on=date(2031, 1, 1), latest_on=sent.latest_on, text="迟")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_of_the_other(task: Task, officer: Person) -> None:
    def setting(value: str) -> Callable[[], object]:
        return lambda: parts.set_part(by=officer, task_id=task.pk, expected=1, year=2026, goal="", value=value)

    told = at_once(setting("3"), setting("4"))
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "Task"]
    assert Task.objects.get(pk=task.pk).revision == 2


STEPS = st.lists(
    st.tuples(st.sampled_from(["part", "drop", "target", "kind", "path"]), st.integers(2025, 2032), st.integers(0, 20)), max_size=12
)


def tried(by: Person, task: Task, what: str, year: int, value: int) -> None:
    """One change of the kind, with what was seen last."""
    seen = {"by": by, "task_id": task.pk, "expected": task.revision}
    match what:
        case "part":
            parts.set_part(**seen, year=year, goal="", value=str(value))  # type: ignore[arg-type]
        case "drop":
            parts.drop_part(**seen, year=year)  # type: ignore[arg-type]
        case "target":
            change(**seen, values={"target": str(value)})  # type: ignore[arg-type]
        case "kind":
            change(**seen, values={"indicator_kind": IndicatorKind.values[value % len(IndicatorKind.values)]})  # type: ignore[arg-type]
        case _:
            parts.take_path(**seen)  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_tried_a_task_that_is_out_reaches_its_target(steps: list[tuple[str, int, int]], sent: Task, officer: Person) -> None:
    with transaction.atomic():
        for what, year, value in steps:
            try:
                with transaction.atomic():
                    tried(officer, Task.objects.get(pk=sent.pk), what, year, value)
            except (Conflict, Invalid):
                continue
            assert problems_of(Task.objects.get(pk=sent.pk)) == ()
        transaction.set_rollback(True)
