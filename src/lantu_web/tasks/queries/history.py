"""What became of a task, as lines to read: who, when, what, and in words what stood before and what stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lantu_web.audit.actions import label_of_action, label_of_field
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import ExtensionState, Outcome, SignatureState, TaskState
from lantu_web.tasks.models import Change, Task
from lantu_web.tasks.queries.signing import Names, Told

MOST = 60
_WORDS: Mapping[str, Any] = {"outcome": Outcome, "state": (SignatureState, TaskState, ExtensionState)}
_SILENT = frozenset({"sha256", "parts", "nodes", "counter"})  # told elsewhere on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    change: Change
    action: str
    fields: tuple[Told, ...]


def history_of(task: Task) -> list[Line]:
    """Newest first."""
    changes = list(Change.objects.filter(task=task).select_related("by").order_by("-at", "-pk")[:MOST])
    names = Names([change.after or {} for change in changes] + [change.before or {} for change in changes])
    return [Line(change=change, action=label_of_action(change.action), fields=_fields(change, names)) for change in changes]


def _fields(change: Change, names: Names) -> tuple[Told, ...]:
    before, after = change.before or {}, change.after or {}
    return tuple(
        Told(name=name, label=_label(name), now=_told(names, name, before.get(name)), other=_told(names, name, value))
        for name, value in after.items()
        if name not in _SILENT and before.get(name) != value
    )  # fmt: skip


def _label(name: str) -> str:
    return str(FIELDS[name].label) if name in FIELDS else label_of_field(name)


def _told(names: Names, name: str, value: Any) -> str:
    if name in FIELDS:
        return names.told(name, value)
    for words in _WORDS.get(name, ()) if isinstance(_WORDS.get(name), tuple) else (_WORDS[name],) if name in _WORDS else ():
        if value in words.values:
            return str(words(value).label)
    return "" if value is None else str(value)
