"""What a task says now, as plain values: for the trail, for signatures, for undo and for comparing with a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.models import Cooperation, Node, Task, YearPart

REFERENCES = (Type.UNIT, Type.SECTION, Type.PERSON)
_SIGNED = [name for name, field in FIELDS.items() if field.is_signed and field.type is not Type.UNITS]


def values_of(task: Task) -> dict[str, Any]:
    """Every field of ``FIELDS``: ids for rows, lists of ids in their order, days and numbers as text, None or "" where empty."""
    return {name: value_of(task, name) for name in FIELDS}


def value_of(task: Task, name: str) -> Any:
    match FIELDS[name].type:
        case Type.UNITS:
            return list(Cooperation.objects.filter(task=task).order_by("position", "pk").values_list("unit_id", flat=True))
        case Type.LINES:
            return list(task.lines.order_by("pk").values_list("pk", flat=True))
        case found if found in REFERENCES:
            return getattr(task, f"{name}_id")
        case Type.DAY:
            day = getattr(task, name)
            return day.isoformat() if day else None
        case Type.NUMBER:
            return plain(getattr(task, name))
        case _:
            return getattr(task, name)


def plain(number: Decimal | None) -> str | None:
    """A number as people write it, without trailing zeros; None stays None."""
    if number is None:
        return None
    shown = format(number, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def signed_content(task: Task) -> dict[str, Any]:
    """What a unit signs for: the signed fields, the annual parts and the nodes. A part that was carried over says nothing new."""
    return {
        **{name: value_of(task, name) for name, field in FIELDS.items() if field.is_signed},
        "parts": [[part.year, part.goal, plain(part.value)] for part in task.parts.filter(carried_from=None).order_by("year", "pk")],
        "nodes": [[node.due_on.isoformat(), node.text, plain(node.value)] for node in task.nodes.order_by("due_on", "pk")],
    }


def content_of(
    task: Task, *, cooperating: Sequence[int], years: Sequence[tuple[int, str, Decimal | None]],
    nodes: Sequence[tuple[date, str, Decimal | None]],
) -> dict[str, Any]:  # fmt: skip
    """The same of what was read already: cooperating units, years and nodes in their order."""
    return {
        **{name: value_of(task, name) for name in _SIGNED}, "cooperating": list(cooperating),
        "parts": [[year, goal, plain(value)] for year, goal, value in years],
        "nodes": [[day.isoformat(), text, plain(value)] for day, text, value in nodes],
    }  # fmt: skip


def signed_contents(tasks: Sequence[Task]) -> dict[int, dict[str, Any]]:
    """``signed_content`` of many tasks by their ids, in three queries."""
    cooperating, years, nodes = cooperating_of(tasks), years_by_task(tasks), nodes_by_task(tasks)
    return {
        task.pk: content_of(task, cooperating=cooperating[task.pk], years=years[task.pk], nodes=nodes[task.pk]) for task in tasks
    }


def cooperating_of(tasks: Sequence[Task]) -> dict[int, list[int]]:
    """Units in their order, by task."""
    found: dict[int, list[int]] = defaultdict(list)
    for task, unit in Cooperation.objects.filter(task__in=tasks).order_by("position", "pk").values_list("task_id", "unit_id"):
        found[task].append(unit)
    return found


def years_by_task(tasks: Sequence[Task]) -> dict[int, list[tuple[int, str, Decimal | None]]]:
    """Year, goal, value; without what was carried over."""
    found: dict[int, list[tuple[int, str, Decimal | None]]] = defaultdict(list)
    rows = YearPart.objects.filter(task__in=tasks, carried_from=None).order_by("year", "pk")
    for task, year, goal, value in rows.values_list("task_id", "year", "goal", "value"):
        found[task].append((year, goal, value))
    return found


def nodes_by_task(tasks: Sequence[Task]) -> dict[int, list[tuple[date, str, Decimal | None]]]:
    """Day, text, value."""
    found: dict[int, list[tuple[date, str, Decimal | None]]] = defaultdict(list)
    rows = Node.objects.filter(task__in=tasks).order_by("due_on", "pk")
    for task, day, text, value in rows.values_list("task_id", "due_on", "text", "value"):
        found[task].append((day, text, value))
    return found
