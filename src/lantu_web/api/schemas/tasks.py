"""Tasks of the ledger: what they say, their years, nodes, people, files, comments, history; many changes at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, JsonValue

from lantu_web.api.problems import Problem
from lantu_web.api.schemas.base import WHOLE, Id, In, Out, Ref, Revision
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.validators import EARLIEST_YEAR, LATEST_YEAR
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.enums import BulkMode, IndicatorKind, PartState, Signing, TaskState

Decimals = Annotated[str, Field(max_length=40, description="A number as text, such as 12.5")]
Year = Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR), WHOLE]
Whole = Annotated[bool, Field(description="True: nothing is done where one part of the request is refused")]


class PartOut(Out):
    """What of a task is due in one year. ``carried_from_id``: the part of an earlier year that goes on here."""

    id: int
    year: int
    goal: str
    value: str | None
    reason: str
    state: PartState
    carried_from_id: int | None
    claimed_on: date | None
    verified_on: date | None
    note: str
    revision: int


class NodeOut(Out):
    id: int
    year: int
    quarter: int
    due_on: date
    text: str
    value: str | None
    done_on: date | None
    revision: int


class TaskOut(Out):
    """``latest_on``: the due date, or the later one that an approved extension allows. ``round`` 0: never sent out.

    ``parent_id`` is null too where the caller does not see what stands above it.
    """

    id: int
    plan_id: int
    item_id: int | None
    parent_id: int | None
    kind: ItemKind
    number: str
    title: str
    chapter: str
    source: str
    topic: str
    state: TaskState
    signing: Signing
    round: int
    left_out: str
    lead_unit: Ref | None
    lead_reason: str
    cooperating: list[Ref]
    section: Ref | None
    person: Ref | None
    sponsor: Ref | None
    lines: list[Ref]
    start_on: date | None
    due_on: date | None
    latest_on: date | None
    indicator_kind: str
    measured_in: str
    baseline: str | None
    baseline_year: int | None
    target: str | None
    target_year: int | None
    finished_on: date | None
    changed_at: datetime
    revision: int


class RowPart(Out):
    id: int
    goal: str
    value: str | None
    state: PartState


class RowNode(Out):
    id: int
    quarter: int
    due_on: date
    text: str
    value: str | None
    done_on: date | None


class RowOut(TaskOut):
    """A line of the ledger: the task with the parts and nodes of one ``year``."""

    year: int
    is_late: bool
    parts: list[RowPart]
    nodes: list[RowNode]


class TaskDetail(Out):
    task: TaskOut
    division_id: int | None
    parts: list[PartOut]
    nodes: list[NodeOut]


class LedgerWanted(In):
    """The filters of the ledger, as its page has them. ``text``: Chinese, pinyin initials or a number; several words narrow down."""

    text: str = Field("", max_length=200)
    plan: Id | None = None
    chapter: str = Field("", max_length=200)
    topic: str = Field("", max_length=200)
    kind: ItemKind | None = None
    line: Id | None = None
    unit: Id | None = Field(None, description="The lead unit")
    cooperating: Id | None = None
    sponsor: Id | None = None
    person: Id | None = None
    state: TaskState | None = None
    signing: Signing | None = None
    due: str = Field("", pattern="^(|overdue|month|quarter|year|later|none)$")
    left_out: str = Field("", pattern="^(|yes|no)$", description="yes: only what is not decomposed")
    year: Year | None = Field(None, description="Whose parts and nodes are shown; this year if left out")
    sort: str = Field("", max_length=30, description="A column, with a minus the other way round")


class TaskValues(In):
    """The fields of a task that can be changed; what is left out stays. Ids for units, people, sections and work lines."""

    title: str | None = None
    source: str | None = None
    topic: str | None = None
    left_out: str | None = None
    lead_unit: Id | None = None
    cooperating: list[Id] | None = None
    sponsor: Id | None = None
    section: Id | None = None
    person: Id | None = None
    lines: list[Id] | None = None
    start_on: date | None = None
    due_on: date | None = None
    indicator_kind: IndicatorKind | None = None
    measured_in: str | None = None
    baseline: Decimals | None = None
    baseline_year: Year | None = None
    target: Decimals | None = None
    target_year: Year | None = None

    def given(self) -> dict[str, Any]:
        """Only what the caller wrote."""
        return self.model_dump(exclude_unset=True)


class TaskChange(In):
    revision: Revision
    values: TaskValues
    reason: str = Field("", max_length=500)


class TaskWish(TaskChange):
    id: Id


class TaskChanges(In):
    """Many changes, each with its own values."""

    items: list[TaskWish] = Field(max_length=allowances().bulk)
    is_whole: Whole = False


class AnswerOut(Out):
    """What became of one part of a request: its ``revision`` now, or the ``error``."""

    id: int
    revision: int | None
    error: Problem | None


class AnswersOut(Out):
    """``batch`` undoes them together (see undo)."""

    done: int
    refused: int
    batch: UUID | None
    items: list[AnswerOut]


class SeenTask(In):
    id: Id
    revision: Revision


# Checked against the field that it is for, so that a refusal speaks of that field and not of three kinds of values.
VALUE: dict[str, JsonValue] = {
    "anyOf": [
        {"type": "string", "maxLength": 300}, {"type": "integer", "minimum": 1, "maximum": 2**63 - 1},
        {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}}, {"type": "null"},
    ],
}  # fmt: skip


class Assignment(In):
    """One field of many tasks set to one value: a text, a day, an id, or a list of ids. ``mode``: for lists, set, add or take."""

    seen: list[SeenTask] = Field(max_length=allowances().bulk)
    field: str = Field(max_length=40)
    value: Any = Field(json_schema_extra=VALUE)
    mode: BulkMode = BulkMode.SET
    reason: str = Field("", max_length=500)


class AssignedOut(Out):
    """``batch`` undoes them together (see undo); none where nothing was different."""

    batch: UUID | None
    changed: int


class UndoWish(In):
    batch: UUID


class UndoneOut(Out):
    """``kept``: ids of tasks that somebody changed since; they stay as they are."""

    count: int
    kept: list[int]


class PartChange(In):
    revision: Revision
    goal: str = Field("", max_length=500)
    value: Decimals | None = None


class YearNew(In):
    year: Year
    goal: str = Field("", max_length=500)
    value: Decimals | None = None


class YearsChange(In):
    """All years, in place of those that are there; ``values``: fields of the task that change with them, its target for example."""

    revision: Revision
    years: list[YearNew] = Field(max_length=30)
    values: TaskValues | None = None


class NodeChange(In):
    """``revision`` is that of the task."""

    revision: Revision
    due_on: date
    text: str = Field(min_length=1, max_length=300)
    value: Decimals | None = None


class NodeNew(In):
    due_on: date
    text: str = Field(min_length=1, max_length=300)
    value: Decimals | None = None


class NodesChange(In):
    """All nodes that are not done, in place of those that are there."""

    revision: Revision
    nodes: list[NodeNew] = Field(max_length=200)


class PathWish(In):
    revision: Revision
    year: Year | None = None


class NodeDone(In):
    """``done_on`` null: not reached after all. ``revision`` is that of the node."""

    revision: Revision
    done_on: date | None


class PartNote(In):
    """``revision`` is that of the part."""

    revision: Revision
    note: str = Field("", max_length=500)


class Withdrawal(In):
    revision: Revision
    reason: str = Field(max_length=300)


class ChangeOut(Out):
    """``before`` and ``after`` hold what differs, by field."""

    id: int
    action: str
    label: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str
    revision: int
    batch: UUID | None
    by: Ref | None
    at: datetime
    undone_at: datetime | None
