"""The years of a task as the library's indicator: what path is proposed, and what keeps the years that were set from reaching the target.

The one place of the app that knows the library's breakdown: whether a task that was sent out reaches its target must hold at every write.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from lantu.breakdown.kinds import is_counted
from lantu.breakdown.paths import Indicator, Path, Problem, holds, propose
from lantu.model import IndicatorKind
from lantu_web.tasks.models import Task, YearPart


def indicator_of(task: Task) -> Indicator | None:
    """None where the task has no figures."""
    if not task.indicator_kind:
        return None
    start = task.plan.period_start
    first = max(start, (task.baseline_year or start - 1) + 1) if start is not None else None
    return Indicator(
        kind=IndicatorKind(task.indicator_kind), target=task.target, target_year=task.target_year, baseline=task.baseline,
        base_year=task.baseline_year, first_year=first, is_counted=is_counted(task.measured_in),
    )  # fmt: skip


def proposed_path(task: Task) -> Path | None:
    """None where the task has no figures; such a task has its years from what is written in them."""
    indicator = indicator_of(task)
    return propose(indicator) if indicator is not None else None


def years_of(task: Task) -> list[YearPart]:
    """Without what was carried over from earlier years, which stands beside the year's own part."""
    return list(YearPart.objects.filter(task=task, carried_from=None).order_by("year"))


def problems_of(task: Task, values: Mapping[int, Decimal | None] | None = None) -> tuple[Problem, ...]:
    """Of the years as they are, or of ``values`` in their place."""
    indicator = indicator_of(task)
    if indicator is None:
        return ()
    if values is None:
        values = {part.year: part.value for part in years_of(task)}
    return holds(indicator, values)
