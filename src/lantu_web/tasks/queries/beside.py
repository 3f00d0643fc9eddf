"""What stands beside the rows of a page: cooperating units, work lines, and a year's parts and nodes, all in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DecimalField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from lantu_web.tasks.enums import PartState
from lantu_web.tasks.models import Cooperation, Node, Task, YearPart
from lantu_web.tasks.queries.values import plain

_TEXT, _NUMBER = CharField(), DecimalField(max_digits=20, decimal_places=6)


class Named(NamedTuple):
    """A row of another table, by its id and its name."""

    pk: int
    name: str


class Part(NamedTuple):
    pk: int
    goal: str
    value: Decimal | None
    state: str

    @property
    def shown(self) -> str:
        """The goal in words, or its figure."""
        return self.goal or plain(self.value) or ""

    @property
    def is_finished(self) -> bool:
        return self.state == PartState.FINISHED


class Mark(NamedTuple):
    """A node of the year."""

    pk: int
    quarter: int
    text: str
    due_on: date
    done_on: date | None
    value: Decimal | None


@dataclass(slots=True)
class Beside:
    """Filled while it is read, then only looked at."""

    cooperating: list[Named] = field(default_factory=list)
    lines: list[Named] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    nodes: list[Mark] = field(default_factory=list)


def beside(task_ids: Sequence[int], year: int) -> dict[int, Beside]:
    """By task. One query, whatever the number of tasks."""
    found: dict[int, Beside] = defaultdict(Beside)
    if not task_ids:
        return found
    first, *others = (_cooperating(task_ids), _lines(task_ids), _parts(task_ids, year), _nodes(task_ids, year))
    for what, task, rank, pk, text, word, due_on, done_on, value in sorted(first.union(*others, all=True), key=_in_order):
        match what:
            case "unit":
                found[task].cooperating.append(Named(pk, text))
            case "line":
                found[task].lines.append(Named(pk, text))
            case "part":
                found[task].parts.append(Part(pk, text, value, word))
            case _:
                found[task].nodes.append(Mark(pk, rank, text, due_on, done_on, value))
    return found


def _in_order(row: tuple[Any, ...]) -> tuple[int, date, int]:
    return (row[2], row[6] or date.min, row[3])


def _no_day() -> Cast:
    return Cast(Value(None), DateField())


def _no_number() -> Cast:
    return Cast(Value(None), _NUMBER)


def _cooperating(task_ids: Sequence[int]) -> QuerySet[Any, Any]:
    return Cooperation.objects.filter(task__in=task_ids).order_by().values_list(
        Value("unit", _TEXT), F("task_id"), Cast(F("position"), IntegerField()), F("unit_id"), F("unit__name"), Value("", _TEXT), _no_day(),
        _no_day(), _no_number(),
    )  # fmt: skip


def _lines(task_ids: Sequence[int]) -> QuerySet[Any, Any]:
    return Task.lines.through.objects.filter(task__in=task_ids).order_by().values_list(
        Value("line", _TEXT), F("task_id"), Cast(F("workline__position"), IntegerField()), F("workline_id"), F("workline__name"),
        Value("", _TEXT), _no_day(), _no_day(), _no_number(),
    )  # fmt: skip


def _parts(task_ids: Sequence[int], year: int) -> QuerySet[Any, Any]:
    return YearPart.objects.filter(task__in=task_ids, year=year).order_by().values_list(
        Value("part", _TEXT), F("task_id"), Cast(F("year"), IntegerField()), F("pk"), F("goal"), F("state"), _no_day(), _no_day(),
        F("value"),
    )  # fmt: skip


def _nodes(task_ids: Sequence[int], year: int) -> QuerySet[Any, Any]:
    return Node.objects.filter(task__in=task_ids, year=year).order_by().values_list(
        Value("node", _TEXT), F("task_id"), Cast(F("quarter"), IntegerField()), F("pk"), F("text"), Value("", _TEXT), F("due_on"),
        F("done_on"), F("value"),
    )  # fmt: skip
