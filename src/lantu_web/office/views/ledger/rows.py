"""A line of the ledger as cells: what each column shows of a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.queries.ledger import Row
from lantu_web.tasks.queries.values import plain


@dataclass(frozen=True, slots=True)
class Cell:
    """``look`` says which template draws it: ``text``, or a column with a template of its own. ``field``: may be changed here."""

    column: str
    label: str
    look: str
    text: str
    field: str = ""

    @property
    def template(self) -> str:
        return f"office/ledger/cells/{self.look}.html"


@dataclass(frozen=True, slots=True)
class Line:
    row: Row
    cells: tuple[Cell, ...]


LOOKS = frozenset({"number", "title", "parts", "nodes", "state", "signing", "due_on"})


def lines(by: Person, rows: Sequence[Row], columns: Sequence[str]) -> list[Line]:
    return [Line(row, tuple(_cell(by, row, name, changeable(by, row)) for name in columns)) for row in rows]


def changeable(by: Person, row: Row) -> frozenset[str]:
    """The fields of the task that the person may change."""
    if row.task.state == TaskState.WITHDRAWN or not by.may_write:
        return frozenset()
    rights = {right for right in {field.right for field in FIELDS.values()} if by.may_in_unit(right, row.task.lead_unit_id)}
    return frozenset(name for name, field in FIELDS.items() if field.right in rights)


def _cell(by: Person, row: Row, name: str, open_to: frozenset[str]) -> Cell:
    column = COLUMNS[name]
    field = column.field if column.field in open_to else ""
    return Cell(name, str(column.label), name if name in LOOKS else "text", _text(row, name), field)


def _text(row: Row, name: str) -> str:
    told = _TEXTS.get(name)
    return told(row) if told else str(getattr(row.task, name) or "")


def _number(name: str) -> Callable[[Row], str]:
    return lambda row: plain(getattr(row.task, name)) or ""


def _day(name: str) -> Callable[[Row], str]:
    return lambda row: day.isoformat() if (day := getattr(row.task, name)) else ""


def _names(of: Callable[[Row], Sequence[Any]]) -> Callable[[Row], str]:
    return lambda row: "、".join(one.name for one in of(row))


_TEXTS: Mapping[str, Callable[[Row], str]] = MappingProxyType({
    "kind": lambda row: str(row.task.get_kind_display()),
    "lines": _names(lambda row: row.beside.lines),
    "cooperating": _names(lambda row: row.beside.cooperating),
    "lead_unit": lambda row: row.task.lead_unit.name if row.task.lead_unit else "",
    "indicator_kind": lambda row: str(row.task.get_indicator_kind_display()),
    "baseline": _number("baseline"),
    "target": _number("target"),
    "start_on": _day("start_on"),
    "due_on": _day("due_on"),
    "state": lambda row: str(row.task.get_state_display()),
    "signing": lambda row: str(row.task.get_signing_display()),
    "parts": lambda row: "；".join(part.shown for part in row.beside.parts),
    "nodes": lambda row: "；".join(f"{node.due_on:%m-%d} {node.text}" for node in row.beside.nodes),
})
