"""What is to be done, built and run, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lantu.model.making import quickly_made
from lantu.model.span import Span


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One clause of action inside a task (具体举措), with the figures and projects that stand in it."""

    text: str
    span: Span
    raw_span: Span
    targets: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedUnit:
    """A standard bureau that could lead, with the words of the plan that led to it."""

    unit: str
    reason: str


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One lowest numbered item of the plan, or one sentence group where the text has no numbers."""

    id: str
    section: str | None
    title: str
    measures: tuple[Measure, ...]
    actors: tuple[str, ...] = ()
    deadline: int | None = None
    topic: str | None = None
    suggested_units: tuple[SuggestedUnit, ...] = ()
    span: Span
    raw_span: Span


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A named, discrete construction or investment project. ``stage`` as the text says it; ``investment`` as printed."""

    id: str
    section: str | None
    name: str
    verb: str
    stage: str | None
    investment: str | None
    span: Span
    raw_span: Span


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """A system, platform, database, list or mechanism that the text says to build or run; ``what`` it must do."""

    id: str
    section: str | None
    name: str
    verb: str
    what: str
    span: Span
    raw_span: Span


class ActorRole(StrEnum):
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    APPROVER = "approver"
    OTHER = "other"


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An organisation that the text makes responsible for something."""

    id: str
    section: str | None
    name: str
    role: ActorRole
    span: Span
    raw_span: Span
