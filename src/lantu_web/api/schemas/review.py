"""The review: the text, what was found in it, and what was decided."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from lantu_web.api.schemas.base import Content, In, Out, Ref, Revision, Seen
from lantu_web.api.schemas.plans import SpanIn
from lantu_web.plans.enums import (
    Act,
    CandidateState,
    FindingState,
    ItemKind,
    Layout,
    Origin,
    RejectReason,
    Settlement,
    Standing,
)

Many = Annotated[list[Seen], Field(min_length=1, max_length=2000)]
# Of a section: the id of its heading, or 0 for what stands before the first.
Section = Annotated[int, Field(ge=0, le=2**63 - 1, description="Id of a heading; 0: what stands before the first")]


class HeadingOut(Out):
    """`body_end`: where its own text ends, at the next heading of whatever level."""

    id: int
    parent_id: int | None
    position: int
    level: int
    number: str
    title: str
    is_box: bool
    start: int
    end: int
    body_end: int


class SentenceOut(Out):
    """A sentence or a cell of the text. `block` counts paragraphs and tables."""

    id: int
    heading_id: int | None
    position: int
    block: int
    layout: Layout
    row: int | None
    column: int | None
    row_span: int
    column_span: int
    start: int
    end: int
    text: str
    standing: Standing
    reason: str
    revision: int


class SentenceWanted(In):
    section: Section | None = None
    standing: Standing | None = None


class CandidateWanted(In):
    """``section``: with all below it. Without ``state``: all that were not replaced or dropped."""

    section: Section | None = None
    kind: ItemKind | None = None
    state: CandidateState | None = None
    doubt: bool = False


class CandidateOut(Out):
    """What was found at a place of the text. ``content`` holds the fields of its kind; ``doubt`` says why its words are not certain."""

    id: int
    plan_id: int
    heading_id: int | None
    parent_id: int | None
    kind: ItemKind
    origin: Origin
    state: CandidateState
    label: str
    content: Content
    quote: str
    start: int
    end: int
    doubt: str
    reject_reason: RejectReason | None
    note: str
    decided_by: Ref | None
    decided_at: datetime | None
    revision: int

    @staticmethod
    def resolve_reject_reason(row: Any) -> str | None:
        return row.reject_reason or None


class DecisionOut(Out):
    """Who did what, and when; what it was before and after."""

    act: Act
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    by: Ref | None
    at: datetime


class CandidateDetail(Out):
    candidate: CandidateOut
    history: list[DecisionOut]


class CandidateNew(SpanIn):
    kind: ItemKind
    content: Content


class CandidateEdit(In):
    """``kind`` and ``span`` only where they change; ``accept``: accept it at once."""

    revision: Revision
    content: Content
    kind: ItemKind | None = None
    span: SpanIn | None = None
    accept: bool = False


class CandidateReject(In):
    revision: Revision
    reason: RejectReason
    note: str = ""


class PartIn(SpanIn):
    content: Content


class CandidateSplit(In):
    revision: Revision
    parts: list[PartIn] = Field(min_length=1, max_length=50)
    accept: bool = False


class CandidateMerge(In):
    seen: Many
    content: Content
    accept: bool = False


class SectionAccept(In):
    """Exactly those that were seen; with those in doubt only where ``with_doubt`` says so."""

    section: Section
    seen: Many
    with_doubt: bool = False


class SentenceMark(In):
    revision: Revision
    reason: str


class SectionMark(In):
    section: Section
    seen: Many
    reason: str


class FindingOut(Out):
    """What a careful reader would be told, and what was done about it."""

    id: int
    heading_id: int | None
    code: str
    severity: str
    message: str
    start: int
    end: int
    state: FindingState
    settlement: Settlement | None
    note: str
    candidate_id: int | None
    settled_by: Ref | None
    settled_at: datetime | None
    revision: int

    @staticmethod
    def resolve_settlement(row: Any) -> str | None:
        return row.settlement or None


class FindingWanted(In):
    state: FindingState | None = None


class FindingSettle(In):
    revision: Revision
    settlement: Settlement
    note: str = ""


class FigureFromPaper(In):
    """A figure that the text lost, as the paper original has it."""

    revision: Revision
    kind: ItemKind
    content: Content


class CoverageOut(Out):
    """Characters and sentences of all that is no heading, by what was decided of them; what is left to do."""

    characters: int
    covered: int
    not_a_task: int
    open: int
    covered_percent: int
    not_a_task_percent: int
    done_percent: int
    covered_sentences: int
    not_a_task_sentences: int
    open_sentences: int
    open_candidates: int
    decided_candidates: int
    open_findings: int


