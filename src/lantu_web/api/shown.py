"""Rows of the ledger as answers: what several routers show alike."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.tasks.commands.many import Answer
from lantu_web.tasks.models import Extension, Node, Signature, Task, YearPart
from lantu_web.tasks.queries.ledger import Row
from lantu_web.tasks.queries.listing import division_of_task
from lantu_web.tasks.queries.values import plain
from lantu_web.tasks.queries.visible import parents_seen

_OF_TASK = (
    "id", "plan_id", "item_id", "kind", "number", "title", "chapter", "source", "topic", "state", "signing", "round",
    "left_out", "lead_unit", "lead_reason", "section", "person", "sponsor", "start_on", "due_on", "latest_on", "indicator_kind",
    "measured_in", "baseline_year", "target_year", "finished_on", "changed_at", "revision",
)  # fmt: skip
_OF_PART = ("id", "year", "goal", "reason", "state", "carried_from_id", "claimed_on", "verified_on", "note", "revision")
_OF_NODE = ("id", "year", "quarter", "due_on", "text", "done_on", "revision")
_OF_SIGNATURE = (
    "id", "task_id", "unit", "part", "round", "content", "state", "is_superseded", "reason", "counter", "answered_by", "answered_at",
    "outcome", "outcome_note", "settled_by", "settled_at", "sent_at", "revision",
)  # fmt: skip
_OF_EXTENSION = (
    "id", "task_id", "unit", "due_on", "reason", "state", "asked_by", "asked_at", "decided_by", "decided_at", "note", "revision",
)  # fmt: skip
_CODES = {400: "refused", 403: "forbidden", 409: "conflict", 410: "gone", 422: "invalid"}


def task(row: Task, by: Person) -> dict[str, Any]:
    """A task that was fetched with what it names (``tasks_to_show``)."""
    cooperating = [one.unit for one in row.cooperations.all()]
    return {**_figures(row, parents_seen(by, [row])), "cooperating": cooperating, "lines": list(row.lines.all())}


def detail(row: Task, by: Person) -> dict[str, Any]:
    """The same with all its years and nodes."""
    parts, nodes = [part(one) for one in row.parts.all()], [node(one) for one in row.nodes.all()]
    return {"task": task(row, by), "division_id": division_of_task(row), "parts": parts, "nodes": nodes}


def lines(rows: Sequence[Row], by: Person) -> list[dict[str, Any]]:
    """Lines of the ledger, each with what stands beside it."""
    above = parents_seen(by, [row.task for row in rows])
    return [_line(row, above) for row in rows]


def _line(row: Row, above: Container[int]) -> dict[str, Any]:
    beside = row.beside
    parts = [{"id": part.pk, "goal": part.goal, "value": plain(part.value), "state": part.state} for part in beside.parts]
    names = ("quarter", "due_on", "text", "done_on")
    nodes = [{"id": mark.pk, "value": plain(mark.value), **{name: getattr(mark, name) for name in names}} for mark in beside.nodes]
    named = {key: [{"id": one.pk, "name": one.name} for one in getattr(beside, key)] for key in ("cooperating", "lines")}
    return {**_figures(row.task, above), **named, "year": row.year, "is_late": row.is_late, "parts": parts, "nodes": nodes}


def _figures(row: Task, above: Container[int]) -> dict[str, Any]:
    """``above`` holds what of the tasks above it the caller sees."""
    return {
        **{name: getattr(row, name) for name in _OF_TASK}, "parent_id": row.parent_id if row.parent_id in above else None,
        "baseline": plain(row.baseline), "target": plain(row.target),
    }  # fmt: skip


def part(row: YearPart) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _OF_PART}, "value": plain(row.value)}


def node(row: Node) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _OF_NODE}, "value": plain(row.value)}


def signature(row: Signature) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _OF_SIGNATURE}, "number": row.task.number, "title": row.task.title}


def extension(row: Extension) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _OF_EXTENSION}


def answers(found: Iterable[Answer], batch: Any = None) -> dict[str, Any]:
    """Each part of a request with its own answer."""
    items = [
        {
            "id": one.key, "revision": one.revision,
            "error": None if one.refusal is None else {
                "code": _CODES[one.refusal.status], "message": str(one.refusal), "field": one.refusal.field,
            },
        }
        for one in found
    ]  # fmt: skip
    refused = sum(item["error"] is not None for item in items)
    return {"done": len(items) - refused, "refused": refused, "batch": batch, "items": items}
