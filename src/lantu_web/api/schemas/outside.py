"""Webhooks and their messages; files that go out and come in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from lantu_web.api.schemas.base import Id, In, Out, Ref, Revision
from lantu_web.api.schemas.tasks import Year
from lantu_web.tasks.enums import Choice, DeliveryState, Event, ExchangeKind, ExchangeState, Paper, Verdict

# Named in place: a table of the plans has the same name.
RowDecision = Annotated[Choice, WithJsonSchema({"type": "string", "enum": Choice.values})]


class WebhookOut(Out):
    """``waiting`` and ``lost``: messages on their way, and given up. The secret is told once, when it is made."""

    id: int
    url: str
    events: list[Event]
    is_active: bool
    waiting: int
    lost: int
    created_by: Ref | None
    created_at: datetime
    revision: int


class WebhookSecretOut(Out):
    """``secret`` signs every message; it is told here and nowhere else."""

    webhook: WebhookOut
    secret: str


class WebhookNew(In):
    url: str = Field(max_length=300)
    events: list[Event] = Field(max_length=50)


class WebhookChange(WebhookNew):
    revision: Revision


class DeliveryOut(Out):
    """``status`` and ``problem`` are of the last attempt."""

    id: int
    event: Event
    payload: dict[str, Any]
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    status: int | None
    problem: str
    made_at: datetime
    delivered_at: datetime | None


class DeliveriesWanted(In):
    state: DeliveryState | None = None


class ExchangeOut(Out):
    """A file that goes out or comes in, and how far its job is. ``told`` counts what was found."""

    id: int
    kind: ExchangeKind
    state: ExchangeState
    percent: int
    plan_id: int | None
    query: str
    file_name: str
    told: dict[str, Any]
    problem: str
    asked_at: datetime
    finished_at: datetime | None
    revision: int


class ExportWish(In):
    """``query``: the filters, as they stand in the address of the ledger."""

    kind: ExchangeKind
    plan_id: Id | None = None
    query: str = Field("", max_length=2000)
    paper: Paper = Paper.A3
    year: Year | None = None
    columns: list[str] = Field(default_factory=list, max_length=60)


class ColumnOut(Out):
    """A column of a ledger of another make: its head, and the field that it is taken for; empty where it is not read."""

    column: int
    head: str
    field: str


class ColumnWish(In):
    """``column`` as the list of columns numbers it; ``field``: a field of a task, e.g. title, lead_unit, due_on, or a year that a head
    names, e.g. 2027: its annual target."""

    column: int = Field(ge=0, le=500)
    field: str = Field(min_length=1, max_length=40)


class SheetWish(In):
    """``sheet``: its name, one of those in ``told``."""

    revision: Revision
    sheet: str = Field(min_length=1, max_length=60)


class MatchWish(In):
    """``fields``: only the columns that are read; ``name``: under which they are kept for the next file with the same heads."""

    revision: Revision
    fields: list[ColumnWish] = Field(min_length=1, max_length=60)
    name: str = Field("", max_length=60)


class RowsWanted(In):
    verdict: Verdict | None = None


class ExchangeRowOut(Out):
    """``changes``: by field what the file was exported with, what stands here now, and what the file says; of one in conflict the
    ``choice``. The row's own is "mixed" where its cells were decided one by one."""

    id: int
    row: int
    task_id: int | None
    verdict: Verdict
    choice: RowDecision
    changes: dict[str, Any]
    messages: list[Any]
    revision: int


class RowChoice(In):
    """``revision`` is that of the row. ``choice``: for all of it; in its place ``cells``: by field or year of a row in conflict, file,
    here, or open again, the others stay as they were."""

    revision: Revision
    choice: RowDecision | None = None
    cells: dict[str, RowDecision] = Field(default_factory=dict, max_length=60)


class AllRows(In):
    choice: RowDecision
