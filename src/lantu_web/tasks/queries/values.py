"""What a task says now, as plain values: for the trail, for signatures, for undo and for comparing with a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.models import Cooperation, Task

REFERENCES = (Type.UNIT, Type.SECTION, Type.PERSON)


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
