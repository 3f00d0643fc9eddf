"""Adjustments of approved plans, opinions, and amended files."""

from __future__ import annotations

from datetime import date, datetime

from lantu_web.api.schemas.base import Content, Id, In, Out, Ref, Revision
from lantu_web.api.schemas.versions import FieldPairOut
from lantu_web.plans.enums import AdjustmentState, Change, Choice, Difference, ItemKind, Position, Trigger


class AdjustmentOut(Out):
    """``version``: the number of the version that it made."""

    id: int
    plan_id: int
    title: str
    trigger: Trigger
    reason: str
    state: AdjustmentState
    approving_body: str
    upper_body: str
    document_number: str
    approved_on: date | None
    effective_on: date | None
    version: int | None
    created_by: Ref | None
    created_at: datetime
    revision: int


class LineOut(Out):
    """One change. ``is_stale``: the plan has moved on since the line was written."""

    id: int
    change: Change
    item_id: int | None
    parent_id: int | None
    code: str
    kind: ItemKind
    label: str
    heading_title: str
    quote: str
    before: Content | None
    after: Content | None
    fields: list[FieldPairOut]
    reason: str
    is_stale: bool


class AdjustmentDetail(Out):
    adjustment: AdjustmentOut
    lines: list[LineOut]


class AdjustmentNew(In):
    title: str
    trigger: Trigger
    reason: str


class AdjustmentChange(AdjustmentNew):
    revision: Revision


class LineNew(In):
    """``change``: `item_id` and `content`. ``add``: `kind` and `content`, a measure with its task as `parent_id`. ``remove``: `item_id`."""

    revision: Revision
    change: Change
    item_id: Id | None = None
    kind: ItemKind | None = None
    parent_id: Id | None = None
    content: Content | None = None
    reason: str = ""


class LineChange(In):
    revision: Revision
    content: Content
    reason: str = ""


class AdjustmentApproval(In):
    revision: Revision
    approving_body: str
    document_number: str
    approved_on: date | None
    effective_on: date | None
    upper_body: str = ""


class OpinionOut(Out):
    """What a body, a unit or an evaluator says; never changed."""

    id: int
    plan_id: int
    adjustment_id: int | None
    body: str
    unit: Ref | None
    position: Position
    text: str
    given_on: date
    by: Ref | None
    at: datetime


class OpinionNew(In):
    """``body``: who says so, where somebody enters what was said in a letter; others speak for their own unit."""

    position: Position
    text: str = ""
    given_on: date | None
    body: str = ""
    unit_id: Id | None = None


class ReimportOut(Out):
    """An amended file of a plan in review, compared with what is there; open until it is applied or given up."""

    id: int
    plan_id: int
    reading_id: int
    created_at: datetime
    applied_at: datetime | None
    given_up_at: datetime | None
    closed_by: Ref | None
    revision: int


class TallyOut(Out):
    difference: Difference
    count: int
    open: int


class ReimportDetail(Out):
    """``is_outdated``: the review went on since the comparison was made."""

    reimport: ReimportOut
    tallies: list[TallyOut]
    is_outdated: bool


class ReimportLineOut(Out):
    id: int
    difference: Difference
    choice: Choice
    candidate_id: int | None
    kind: ItemKind
    label: str
    heading_title: str
    quote: str
    content: Content | None
    doubt: str
    revision: int


class LinesWanted(In):
    """Unchanged lines only when they are asked for by ``difference``."""

    difference: Difference | None = None
    only_open: bool = False


class LineChoice(In):
    """``revision`` is that of the line."""

    revision: Revision
    choice: Choice


class ChoiceForAll(In):
    """``revision`` is that of the reimport."""

    revision: Revision
    difference: Difference
    choice: Choice
