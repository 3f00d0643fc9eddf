"""What the interface answers, as frozen records. Numbers are decimals, days are days, closed values the words of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ref:
    """A unit, a person, a plan, a work line, by its id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    id: int
    username: str
    name: str
    roles: tuple[str, ...]
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    id: int
    name: str
    state: str
    period_start: int | None
    period_end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    id: int
    plan: Ref
    title: str
    document_number: str
    sign_by: date | None
    round: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearShown:
    """What of a task is due in the year of a line."""

    id: int
    goal: str
    value: Decimal | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeShown:
    id: int
    quarter: int
    due_on: date
    text: str
    value: Decimal | None
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A line of the ledger. ``revision`` is what a change of it rests on."""

    id: int
    plan_id: int
    item_id: int | None
    parent_id: int | None
    kind: str
    number: str
    title: str
    chapter: str
    source: str
    topic: str
    state: str
    signing: str
    round: int
    left_out: str
    lead_unit: Ref | None
    cooperating: tuple[Ref, ...]
    section: Ref | None
    person: Ref | None
    sponsor: Ref | None
    lines: tuple[Ref, ...]
    start_on: date | None
    due_on: date | None
    latest_on: date | None
    indicator_kind: str
    measured_in: str
    baseline: Decimal | None
    baseline_year: int | None
    target: Decimal | None
    target_year: int | None
    finished_on: date | None
    changed_at: datetime
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Task):
    """A task with the parts and nodes of one year, as a line of the ledger shows it."""

    year: int
    is_late: bool
    parts: tuple[YearShown, ...]
    nodes: tuple[NodeShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    id: int
    year: int
    goal: str
    value: Decimal | None
    state: str
    carried_from_id: int | None
    claimed_on: date | None
    verified_on: date | None
    note: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    id: int
    year: int
    quarter: int
    due_on: date
    text: str
    value: Decimal | None
    done_on: date | None
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDetail:
    task: Task
    division_id: int | None
    parts: tuple[Part, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``before`` and ``after`` hold what differs, by field."""

    id: int
    action: str
    label: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str
    revision: int
    by: Ref | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    code: str
    message: str
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one part of a request: its revision now, or the error."""

    id: int
    revision: int | None
    error: Problem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """``batch`` undoes what was done of it together."""

    done: int
    refused: int
    batch: UUID | None
    items: tuple[Answer, ...]

    @property
    def errors(self) -> tuple[Answer, ...]:
        return tuple(item for item in self.items if item.error is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A new task and the revision that it begins with."""

    id: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """``content`` is what was sent out, ``counter`` what the unit proposes instead."""

    id: int
    task_id: int
    number: str
    title: str
    unit: Ref
    part: str
    round: int
    content: Mapping[str, Any]
    state: str
    reason: str
    counter: Mapping[str, Any]
    outcome: str
    outcome_note: str
    sent_at: datetime
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    id: int
    task_id: int
    unit: Ref
    due_on: date
    reason: str
    state: str
    note: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    id: int
    text: str
    mentioned: tuple[Ref, ...]
    by: Ref | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    id: int
    kind: str
    name: str
    year: int | None
    is_active: bool
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One day of the calendar: a task's or a node's."""

    kind: str
    id: int
    on: date
    title: str
    task_id: int
    task: str
    lead: str
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    id: int
    url: str
    events: tuple[str, ...]
    is_active: bool
    waiting: int
    lost: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSecret:
    """``secret`` is told once."""

    webhook: Webhook
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    id: int
    event: str
    payload: Mapping[str, Any]
    state: str
    attempts: int
    status: int | None
    problem: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Of a ledger of another make, and the field of a task that it is taken for; empty where it is not read."""

    column: int
    head: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRow:
    """What a row of a file that came in would change, by field: as exported, here, in the file; ``choice``: of a conflict (mixed: each
    cell has its own)."""

    id: int
    row: int
    task_id: int | None
    verdict: str
    choice: str
    changes: Mapping[str, Any]
    messages: tuple[Mapping[str, Any], ...]
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A file that goes out or comes in, and how far its job is."""

    id: int
    kind: str
    state: str
    percent: int
    file_name: str
    told: Mapping[str, Any]
    problem: str
    revision: int
