"""A whole plan, as ``lantu.plan/1`` tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lantu.model.figure import Figure, IndicatorTable
from lantu.model.section import Section
from lantu.model.source import Repairs, Source
from lantu.model.span import Span
from lantu.model.task import Actor, Mechanism, Project, Task
from lantu.model.zone import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPeriod:
    """规划期: first and last year, and the year of the long-range goal (远景目标) if the plan has one."""

    start: int | None = None
    end: int | None = None
    horizon: int | None = None


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a careful reader would be told. ``code`` is stable; ``message`` is Chinese, for the planning officer."""

    code: str
    severity: Severity
    message: str
    section: str | None
    span: Span
    raw_span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    source: Source
    repairs: Repairs
    title: str | None
    issuer: str | None
    document_number: str | None
    issued_on: str | None
    region: str | None
    period: PlanPeriod | None
    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    targets: tuple[Figure, ...] = ()
    actuals: tuple[Figure, ...] = ()
    indicator_tables: tuple[IndicatorTable, ...] = ()
    tasks: tuple[Task, ...] = ()
    projects: tuple[Project, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    zones: tuple[Zone, ...] = ()
    actors: tuple[Actor, ...] = ()
    findings: tuple[Finding, ...] = ()
    coverage: float = 0.0
