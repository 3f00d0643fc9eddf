"""The register of plans, their files and readings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from lantu_web.api.schemas.base import Content, Id, In, Out, Place, Ref, Revision
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.plans.commands.register import Entry
from lantu_web.plans.enums import ItemKind, PlanKind, PlanLevel, PlanState
from lantu_web.plans.validators import EARLIEST_YEAR, LATEST_YEAR

Year = Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
Sort = Literal[
    "name", "kind", "level", "unit", "period", "state", "number", "filed",
    "-name", "-kind", "-level", "-unit", "-period", "-state", "-number", "-filed",
]  # fmt: skip


class PlanOut(Out):
    """A row of the register. ``parent_id`` is null too where the caller does not see the upper plan."""

    id: int
    name: str
    kind: PlanKind
    level: PlanLevel
    state: PlanState
    unit: Ref | None
    parent_id: int | None
    issuing_body: str
    approving_body: str
    document_number: str
    issued_on: date | None
    period_start: int | None
    period_end: int | None
    filing_number: str
    filed_on: date | None
    approved_on: date | None
    closed_on: date | None
    revision: int


class PlanBranch(Out):
    """A plan of the tree; ``depth`` counts the upper plans above it that are listed too."""

    plan: PlanOut
    depth: int
    children: int


class PlanWanted(In):
    """What is looked for; nothing: all."""

    text: str = ""
    state: PlanState | None = None
    kind: PlanKind | None = None
    level: PlanLevel | None = None
    year: Year | None = None
    sort: Sort | None = None


class PlanNew(In):
    name: str
    kind: PlanKind = PlanKind.DEVELOPMENT
    level: PlanLevel = PlanLevel.ZONE
    unit_id: Id | None = None
    parent_id: Id | None = None
    issuing_body: str = ""
    approving_body: str = ""
    document_number: str = ""
    issued_on: date | None = None
    period_start: Year | None = None
    period_end: Year | None = None
    filing_number: str = ""
    filed_on: date | None = None

    def entry(self) -> Entry:
        return Entry(**self.model_dump(exclude={"revision"}))


class PlanChange(PlanNew):
    """The whole entry; what is left out becomes empty."""

    revision: Revision


class PlanFiling(In):
    revision: Revision
    filing_number: str = ""
    filed_on: date | None = None


class PlanApproval(In):
    revision: Revision
    approving_body: str
    document_number: str
    approved_on: date | None


class PlanClosing(In):
    revision: Revision
    closed_on: date | None


class PlaceOut(Out):
    """``heading``: the id of the heading below which something is undecided; null before the first."""

    title: str
    count: int
    heading: int | None


class HurdleOut(Out):
    """What stands in the way of an approval; ``code`` is stable."""

    code: str
    message: str
    places: list[PlaceOut]


class KindCountOut(Out):
    kind: ItemKind
    count: int


class ApprovalOut(Out):
    """What an approval would freeze; ``hurdles`` is empty where it can be."""

    hurdles: list[HurdleOut]
    kinds: list[KindCountOut]
    total: int
    open_sentences: int
    open_findings: int
    covered_percent: int


class OriginalOut(Out):
    """A file as it was uploaded; ``removed_at``: its bytes had to go."""

    id: int
    sha256: str
    size: int
    file_name: str
    media_type: str
    uploaded_at: datetime
    removed_at: datetime | None


class ReadingOut(Out):
    """How far a reading is. ``problem`` is stable; ``message`` says what is wrong and what to do."""

    id: int
    plan_id: int
    purpose: str
    file_name: str
    original: OriginalOut
    state: ReadingState
    stage: Stage
    percent: int
    cancel_asked: bool
    problem: str
    message: str
    detail: str
    requested_by: Ref | None
    requested_at: datetime
    finished_at: datetime | None


class OfferOut(Out):
    """What was found in the text for a field of the register that is still empty."""

    field: str
    label: str
    value: str


class SpanIn(In):
    """A stretch of the plan's text."""

    start: Place
    end: Place

    def stretch(self) -> tuple[int, int]:
        return self.start, self.end


class ContentIn(In):
    content: Content
