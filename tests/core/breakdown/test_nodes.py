"""Ends of quarters from a year's value, and stages back from a due date: never after it, never before the start."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lantu.breakdown.nodes import NodeStep, YearGoal, backward_schedule, quarter_nodes
from lantu.model import IndicatorKind as K

D = Decimal


def goal(kind: K, value: str, **values: Any) -> YearGoal:
    return YearGoal(kind=kind, year=2026, value=D(value), **{"unit": "亿元", **values})


def told(steps: tuple[NodeStep, ...]) -> list[tuple[str, str]]:
    return [(step.due_on.isoformat(), step.text) for step in steps]


def test_additions_follow_the_time_of_the_year() -> None:
    assert told(quarter_nodes(goal(K.CUMULATIVE_COUNT, "8", unit="家", is_counted=True))) == [
        ("2026-03-31", "2026年累计完成2家（序时进度25%）"),
        ("2026-06-30", "2026年累计完成4家（序时进度50%）"),
        ("2026-09-30", "2026年累计完成6家（序时进度75%）"),
        ("2026-12-31", "2026年累计完成8家（序时进度100%）"),
    ]


def test_quarters_in_which_nothing_is_due_are_left_out() -> None:
    assert told(quarter_nodes(goal(K.CUMULATIVE_COUNT, "1", unit="座", is_counted=True))) == [
        ("2026-12-31", "2026年累计完成1座（序时进度100%）"),
    ]


def test_levels_go_from_last_year_to_this_one() -> None:
    assert told(quarter_nodes(goal(K.LEVEL_UP, "2.4", before=D("2")))) == [
        ("2026-03-31", "达到2.1亿元"), ("2026-06-30", "达到2.2亿元"), ("2026-09-30", "达到2.3亿元"), ("2026-12-31", "达到2.4亿元"),
    ]  # fmt: skip


def test_without_last_years_level_only_the_end_of_the_year_is_told() -> None:
    assert told(quarter_nodes(goal(K.LEVEL_UP, "2.4"))) == [("2026-12-31", "达到2.4亿元")]


def test_what_must_hold_holds_at_each_quarter() -> None:
    assert told(quarter_nodes(goal(K.KEEP_CAP, "4.5", unit="%"), due_on=date(2026, 7, 15))) == [
        ("2026-03-31", "控制在4.5%以内"), ("2026-07-15", "控制在4.5%以内"),
    ]  # fmt: skip


def test_milestones_have_no_quarters() -> None:
    assert quarter_nodes(goal(K.MILESTONE, "1")) == ()


def test_stages_are_counted_back_from_the_due_date() -> None:
    assert told(backward_schedule(start_on=date(2026, 1, 1), due_on=date(2028, 12, 31))) == [
        ("2026-03-31", "制定实施方案，明确责任处室和责任人"),
        ("2026-09-30", "全面启动，落实要素保障"),
        ("2027-09-30", "中期检查，完成主要建设（工作）内容"),
        ("2028-12-31", "全面完成，组织验收并总结"),
    ]


def test_a_short_task_has_fewer_stages() -> None:
    assert told(backward_schedule(start_on=date(2026, 5, 1), due_on=date(2026, 6, 30))) == [
        ("2026-05-16", "全面启动，落实要素保障"), ("2026-06-30", "全面完成，组织验收并总结"),
    ]  # fmt: skip
    assert told(backward_schedule(start_on=date(2026, 5, 1), due_on=date(2026, 5, 1))) == [("2026-05-01", "全面完成，组织验收并总结")]
    assert backward_schedule(start_on=date(2026, 5, 2), due_on=date(2026, 5, 1)) == ()


DAYS = st.dates(date(2020, 1, 1), date(2036, 12, 31))


@given(DAYS, DAYS)
def test_no_stage_lies_outside_its_task(one: date, other: date) -> None:
    start, due = min(one, other), max(one, other)
    days = [step.due_on for step in backward_schedule(start_on=start, due_on=due)]
    assert days[-1] == due
    assert days == sorted(set(days))
    assert all(start <= day <= due for day in days)
    assert all(after - before >= timedelta(days=28) for before, after in itertools.pairwise(days))


@given(
    st.sampled_from(list(K)), st.decimals(min_value=D("0.01"), max_value=D(9999), places=2), st.none() | DAYS, st.none() | DAYS,
    st.none() | st.decimals(min_value=D(0), max_value=D(9999), places=2),
)  # fmt: skip
def test_no_node_lies_after_its_task_and_the_last_is_the_whole_year(
    kind: K, value: Decimal, start: date | None, due: date | None, before: Decimal | None
) -> None:
    steps = quarter_nodes(YearGoal(kind=kind, year=2026, value=value, before=before), start_on=start, due_on=due)
    days = [step.due_on for step in steps]
    assert days == sorted(set(days))
    assert all(day.year == 2026 and (due is None or day <= due) for day in days)
    assert not steps or steps[-1].value == value
