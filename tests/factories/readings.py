"""Readings of short texts, and figures, projects and actors put at words of them."""

from __future__ import annotations

from tests.factories.documents import document

from lantu.compile.outline import read_outline
from lantu.compile.reading import Reading
from lantu.model import Actor, ActorRole, Comparator, Figure, FigurePeriod, MeasureKind, PlanPeriod, Project, Span
from lantu.text.document import Document


def reading(text: str | Document, period: tuple[int, int, int | None] | None = (2021, 2025, 2035)) -> Reading:
    """The text read with its own outline; ``period`` is start, end and horizon of the plan."""
    ready = document(text) if isinstance(text, str) else text
    return Reading(ready, read_outline(ready), PlanPeriod(start=period[0], end=period[1], horizon=period[2]) if period else None)


def place(read: Reading, words: str, occurrence: int = 1) -> Span:
    """Where ``words`` stand for the n-th time."""
    at = -1
    for _ in range(occurrence):
        at = read.text.index(words, at + 1)
    return Span(at, at + len(words))


def target(
    read: Reading, quote: str, subject: str, value: float | None, unit: str, *,
    id: str = "T1", occurrence: int = 1, year: int | None = None,
    period: FigurePeriod | None = None, measure: MeasureKind = MeasureKind.LEVEL, comparator: Comparator = Comparator.EQUAL,
    baseline: float | None = None, value_high: float | None = None, doubt: str | None = None,
) -> Figure:  # fmt: skip
    span = place(read, quote, occurrence)
    return Figure(
        id=id, section=read.section_id(span.start), subject=subject, comparator=comparator, value=value, value_high=value_high, unit=unit,
        year=year, period=period, measure=measure, baseline=baseline, doubt=doubt, quote=quote, span=span, raw_span=span,
    )  # fmt: skip


def project(read: Reading, name: str, id: str = "project-1") -> Project:
    span = place(read, name)
    section = read.section_id(span.start)
    return Project(id=id, section=section, name=name, verb="建设", stage=None, investment=None, span=span, raw_span=span)


def actor(read: Reading, name: str, id: str = "actor-1") -> Actor:
    span = place(read, name)
    return Actor(id=id, section=read.section_id(span.start), name=name, role=ActorRole.LEAD, span=span, raw_span=span)
