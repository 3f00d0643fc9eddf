"""From a year's value to the ends of its quarters (序时进度), and from a due date back to the stages before it (倒排工期)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from lantu.breakdown.paths import KEPT, LEVELS, WITHOUT_VALUES, shown
from lantu.model import IndicatorKind
from lantu.rulebooks.breakdown import Stage, breakdown


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeStep:
    """What stands on a day. ``value`` in the task's unit of measure: the level then, or what was added in the year until then."""

    due_on: date
    text: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGoal:
    """A year's value; ``before`` is the level at the end of the year before (of reductions: what was reached by then)."""

    kind: IndicatorKind
    year: int
    value: Decimal
    unit: str = ""
    before: Decimal | None = None
    is_counted: bool = False


def quarter_nodes(goal: YearGoal, *, start_on: date | None = None, due_on: date | None = None) -> tuple[NodeStep, ...]:
    """One node at the end of each quarter of the year that lies within the task; the last is the whole of the year's value."""
    days = _quarter_ends(goal.year, start_on, due_on)
    if goal.kind in WITHOUT_VALUES or not days:
        return ()
    rules = breakdown().nodes
    if goal.kind in KEPT:
        text = rules.hold_cap if goal.kind is IndicatorKind.KEEP_CAP else rules.hold_floor
        return tuple(_step(goal, day, text, goal.value) for day in days)
    if goal.kind is IndicatorKind.GROWTH_RATE:
        return tuple(_step(goal, day, rules.growth, goal.value) for day in days)
    if goal.kind is IndicatorKind.CUMULATIVE_COUNT:
        return _additions(goal, days)
    return _levels(goal, days)


def backward_schedule(*, start_on: date, due_on: date, stages: Sequence[Stage] = ()) -> tuple[NodeStep, ...]:
    """Stages counted back from the due date. Of a long task they lie at ends of months; what would lie too near to the next is left out.

    Nothing where the task begins after it is due.
    """
    rules, total = breakdown().nodes, (due_on - start_on).days
    if total < 0:
        return ()
    steps: list[NodeStep] = []
    for stage in reversed(stages or breakdown().stages):
        day = due_on - timedelta(days=round(total * (1 - stage.share)))
        if day != due_on and total >= rules.snap_days:
            day = _end_of_month_before(day)
        if not steps or (day >= start_on and (steps[-1].due_on - day).days >= rules.least_days):
            steps.append(NodeStep(due_on=day, text=stage.text))
    return tuple(reversed(steps))


def _quarter_ends(year: int, start_on: date | None, due_on: date | None) -> list[date]:
    ends = [date(year, month, monthrange(year, month)[1]) for month in (3, 6, 9, 12)]
    if start_on is not None:
        ends = [day for day in ends if day > start_on]
    if due_on is not None and due_on.year == year:
        ends = [*(day for day in ends if (due_on - day).days >= breakdown().nodes.least_days), due_on]
    return [] if due_on is not None and due_on.year < year else ends


def _additions(goal: YearGoal, days: Sequence[date]) -> tuple[NodeStep, ...]:
    """What was added in the year until then; quarters in which nothing is due are left out."""
    steps: list[NodeStep] = []
    before, count = Decimal(0), len(days)
    for n, day in enumerate(days, 1):
        value = goal.value if n == count else (goal.value * n / count).quantize(_unit(goal), ROUND_FLOOR)
        if value > before:
            percent = shown((Decimal(100) * n / count).quantize(Decimal(1), ROUND_HALF_EVEN))
            steps.append(_step(goal, day, breakdown().nodes.figure, value, percent=percent))
            before = value
    return tuple(steps)


def _levels(goal: YearGoal, days: Sequence[date]) -> tuple[NodeStep, ...]:
    """From last year's level to this one's; where that is not known only the end of the year can be told."""
    text = breakdown().nodes.level if goal.kind in LEVELS else breakdown().nodes.reduction
    before = goal.before if goal.before is not None or goal.kind in LEVELS else Decimal(0)
    if before is None or before == goal.value:
        return (_step(goal, days[-1], text, goal.value),)
    steps: list[NodeStep] = []
    count = len(days)
    for n, day in enumerate(days, 1):
        value = goal.value if n == count else (before + (goal.value - before) * n / count).quantize(_unit(goal), ROUND_HALF_EVEN)
        if not steps or steps[-1].value != value:
            steps.append(_step(goal, day, text, value))
        elif n == count:
            steps[-1] = _step(goal, day, text, value)
    return tuple(steps)


def _unit(goal: YearGoal) -> Decimal:
    exponent = goal.value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    finest = 0 if goal.is_counted or (goal.kind is IndicatorKind.CUMULATIVE_COUNT and places == 0) else breakdown().path.most_decimals
    return Decimal(1).scaleb(-max(places, int(finest)))


def _step(goal: YearGoal, day: date, text: str, value: Decimal, percent: str = "") -> NodeStep:
    told = text.format(year=goal.year, value=shown(value), unit=goal.unit, percent=percent)
    return NodeStep(due_on=day, text=told, value=value)


def _end_of_month_before(day: date) -> date:
    """The day itself where it is the last of its month."""
    return day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)
