"""Frozen, typed records of what a plan says. Every extracted record knows its place in both texts.

``span`` is [start, end) in the canonical text, ``raw_span`` [start, end) in the raw text, both in Unicode code points.
Field names are those of the plan format ``lantu.plan/1``; absent means not found, never guessed.
"""

from lantu.model.figure import Comparator, Figure, FigurePeriod, IndicatorKind, IndicatorTable, MeasureKind, Nature
from lantu.model.plan import Finding, Plan, PlanPeriod, Severity
from lantu.model.section import Section, SectionKind
from lantu.model.source import Loss, Repairs, Source
from lantu.model.span import Anchor, Span
from lantu.model.task import Actor, ActorRole, Measure, Mechanism, Project, SuggestedUnit, Task
from lantu.model.zone import Bounds, Zone

__all__ = [
    "Actor", "ActorRole", "Anchor", "Bounds", "Comparator", "Figure", "FigurePeriod", "Finding", "IndicatorKind", "IndicatorTable", "Loss",
    "Measure", "MeasureKind", "Mechanism", "Nature", "Plan", "PlanPeriod", "Project", "Repairs", "Section", "SectionKind",
    "Severity", "Source", "Span", "SuggestedUnit", "Task", "Zone",
]
