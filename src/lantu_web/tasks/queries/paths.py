"""The years of a task as the library's indicator: what path is proposed, and what keeps the years that were set from reaching the target.

The one place of the app that knows the library's breakdown: whether a task that was sent out reaches its target must hold at every write.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lantu.breakdown.kinds import is_counted
from lantu.breakdown.paths import Fault, Indicator, Path, Problem, holds, propose, shown
from lantu.model import IndicatorKind
from lantu_web.tasks.models import Task, YearPart


def indicator_of(task: Task) -> Indicator | None:
    """None where the task has no figures."""
    return indicator(
        kind=task.indicator_kind, measured_in=task.measured_in, baseline=task.baseline, baseline_year=task.baseline_year,
        target=task.target, target_year=task.target_year, period_start=task.plan.period_start,
    )  # fmt: skip


def indicator(
    *, kind: str, measured_in: str, baseline: Decimal | None, baseline_year: int | None, target: Decimal | None, target_year: int | None,
    period_start: int | None,
) -> Indicator | None:  # fmt: skip
    """The same of figures that are no task's yet."""
    if not kind:
        return None
    first = max(period_start, (baseline_year or period_start - 1) + 1) if period_start is not None else None
    return Indicator(
        kind=IndicatorKind(kind), target=target, target_year=target_year, baseline=baseline, base_year=baseline_year, first_year=first,
        is_counted=is_counted(measured_in),
    )  # fmt: skip


FIGURES = ("indicator_kind", "measured_in", "baseline", "baseline_year", "target", "target_year")


def proposed_path(task: Task, values: Mapping[str, Any] | None = None) -> Path | None:
    """None where the task has no figures; its years are what is written in them. ``values``: figures that it is to have."""
    told = {name: (values or {}).get(name, getattr(task, name)) for name in FIGURES}
    found = indicator(kind=told.pop("indicator_kind"), period_start=task.plan.period_start, **told)
    return propose(found) if found is not None else None


def years_of(task: Task) -> list[YearPart]:
    """Without what was carried over from earlier years, which stands beside the year's own part."""
    return list(YearPart.objects.filter(task=task, carried_from=None).order_by("year"))


def problems_of(task: Task, values: Mapping[int, Decimal | None] | None = None) -> tuple[Problem, ...]:
    """Of the years as they are, or of ``values`` in their place."""
    found = indicator_of(task)
    if found is None:
        return ()
    if values is None:
        values = {part.year: part.value for part in years_of(task)}
    return holds(found, values)


def told_problems(figures: Indicator | None, values: Mapping[int, Decimal | None], unit: str) -> list[tuple[int | None, str]]:
    """Of years that are no task's yet, each problem in words with the year at which it stands, if at one."""
    problems = holds(figures, values) if figures is not None else ()
    return [(problem.year, in_words(problem, unit)) for problem in problems]


def in_words(problem: Problem, unit: str = "") -> str:
    """What is wrong, for the person who set the years."""
    found, wanted = (f"{shown(number)}{unit}" if number is not None else "—" for number in (problem.found, problem.wanted))
    told = {"year": problem.year, "found": found, "wanted": wanted}
    match problem.fault:
        case Fault.MISSING:
            return _("%(year)s has no value; the target is %(wanted)s.") % told
        case Fault.AFTER_TARGET:
            return _("%(year)s lies after the year of the target.") % told
        case Fault.BEFORE_BASE:
            return _("%(year)s is not after the base year.") % told
        case Fault.NOT_REACHED:
            return _("%(year)s stands at %(found)s and does not reach the target of %(wanted)s.") % told
        case Fault.SUM_SHORT:
            return _("The years add up to %(found)s, not to the target of %(wanted)s.") % told
        case Fault.NOT_HELD:
            return _("%(year)s stands at %(found)s; every year must keep %(wanted)s.") % told
        case _:
            return _("The years grow by %(found)s on average, less than the target of %(wanted)s.") % told
