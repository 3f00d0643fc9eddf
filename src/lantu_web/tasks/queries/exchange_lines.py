"""Tasks as lines of a file: every column as the text that is written and compared. Read in portions, so that memory stays bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from lantu_web.tasks import goals
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.enums import PartState
from lantu_web.tasks.models import Cooperation, Node, Task, YearPart
from lantu_web.tasks.queries.exchange_names import Names
from lantu_web.tasks.queries.values import plain
from lantu_web.tasks.words import INDICATOR_KINDS, KINDS, SIGNINGS, STATES

PORTION = 500
SEPARATOR = "、"
_Parts = dict[int, dict[int, list[str]]]  # by task and year
_PLAIN = (
    "pk", "revision", "number", "plan__name", "chapter", "source", "topic", "kind", "title", "left_out", "indicator_kind", "measured_in",
    "baseline_year", "baseline", "target_year", "target", "sponsor_id", "lead_unit_id", "section_id", "person_id", "start_on", "due_on",
    "state", "signing",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``texts`` by column of ``tasks.columns`` (without ``parts``); ``years``: the annual targets as papers print them, ``targets`` as the
    cells of a workbook say them, to be read again."""

    task_id: int
    revision: int
    lead_unit_id: int | None
    texts: Mapping[str, str]
    years: Mapping[int, str]
    targets: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year's own part, as far as a change of it must be checked; ``is_joined``: what was carried over to the year stands beside it, or
    alone."""

    value: Decimal | None = None
    state: str = PartState.OPEN
    is_own: bool = False
    is_joined: bool = False


def years_of(tasks: QuerySet[Task]) -> list[int]:
    """All years that have annual targets."""
    found = YearPart.objects.filter(task__in=tasks.order_by().values("pk")).order_by("year").values_list("year", flat=True).distinct()
    return list(found)


def people_of(tasks: QuerySet[Task]) -> set[int]:
    """Everybody whom one of the tasks names."""
    found = tasks.order_by().values_list("sponsor_id", "person_id").distinct()
    return {pk for pair in found for pk in pair if pk is not None}


def lines_of(ids: Sequence[int], names: Names, *, year: int | None = None) -> Iterator[list[Line]]:
    """The tasks in the order of ``ids``, a portion at a time; ``year``: whose nodes are told (none: of all years)."""
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        found = {line.task_id: line for line in _portion(portion, names, year)}
        yield [found[pk] for pk in portion if pk in found]


def _portion(ids: Sequence[int], names: Names, year: int | None) -> Iterator[Line]:
    cooperating, lines = _cooperating(ids, names), _lines(ids, names)
    (parts, targets), nodes = _parts(ids), _nodes(ids, year)
    for values in Task.objects.filter(pk__in=ids).order_by().values(*_PLAIN):
        pk = values["pk"]
        texts = {
            name: str(values[name] if values[name] is not None else "")
            for name in ("number", "chapter", "source", "topic", "title", "left_out", "measured_in", "baseline_year", "target_year")
        }
        texts |= {
            "plan": values["plan__name"], "kind": KINDS.get(values["kind"], ""), "state": STATES.get(values["state"], ""),
            "signing": SIGNINGS.get(values["signing"], ""), "baseline": plain(values["baseline"]) or "",
            "indicator_kind": INDICATOR_KINDS.get(values["indicator_kind"], ""),
            "target": plain(values["target"]) or "", "sponsor": names.people.get(values["sponsor_id"], ""),
            "lead_unit": names.units.get(values["lead_unit_id"], ""), "section": names.sections.get(values["section_id"], ""),
            "person": names.people.get(values["person_id"], ""), "start_on": _iso(values["start_on"]), "due_on": _iso(values["due_on"]),
            "cooperating": SEPARATOR.join(cooperating.get(pk, ())), "lines": SEPARATOR.join(lines.get(pk, ())),
            "nodes": "\n".join(nodes.get(pk, ())),
        }  # fmt: skip
        years, cells = ({at: between.join(told) for at, told in of.get(pk, {}).items()} for of, between in ((parts, "；"), (targets, "\n")))
        yield Line(
            task_id=pk, revision=values["revision"], lead_unit_id=values["lead_unit_id"], texts=texts, years=years, targets=cells
        )


def _cooperating(ids: Sequence[int], names: Names) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Cooperation.objects.filter(task__in=ids).order_by("position", "pk").values_list("task", "unit")
    for task, unit in rows:
        found[task].append(names.units.get(unit, ""))
    return found


def _lines(ids: Sequence[int], names: Names) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for task, line in Task.lines.through.objects.filter(task__in=ids).order_by("workline").values_list("task", "workline"):
        found[task].append(names.lines.get(line, ""))
    return found


def _parts(ids: Sequence[int]) -> tuple[_Parts, _Parts]:
    """By task and year: for papers, and for cells."""
    found: _Parts = defaultdict(lambda: defaultdict(list))
    cells: _Parts = defaultdict(lambda: defaultdict(list))
    rows = YearPart.objects.filter(task__in=ids).order_by("year", "carried_from", "pk")
    for task, year, goal, value, unit, carried in rows.values_list(
        "task", "year", "goal", "value", "task__measured_in", "carried_from"
    ):  # fmt: skip
        told = part_text(goal, value, unit, is_carried=carried is not None)
        found[task][year].append(told)
        cells[task][year].append(told if carried is not None else goals.told(goal, value, unit))
    return found, cells


def part_text(goal: str, value: Decimal | None, unit: str, *, is_carried: bool = False) -> str:
    """An annual target in words: the goal, or its value with the unit of measure."""
    text = goal or (f"{plain(value)}{unit}" if value is not None else "")
    return f"{text}（结转）" if is_carried else text


def _nodes(ids: Sequence[int], year: int | None) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    nodes = Node.objects.filter(task__in=ids).order_by("due_on", "pk")
    if year is not None:
        nodes = nodes.filter(year=year)
    for task, due, text in nodes.values_list("task", "due_on", "text"):
        day = f"{due.month}月{due.day}日" if year is not None else f"{due.year}年{due.month}月{due.day}日"
        found[task].append(f"{day}：{text}")
    return found


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def values_by_id(ids: Iterable[int]) -> Mapping[int, Mapping[str, Any]]:
    """Of each task what a change of it must be checked against: state, days, units, figures with their years, last node."""
    wanted = list(ids)
    rows = Task.objects.filter(pk__in=wanted).order_by().values(
        "pk", "revision", "state", "left_out", "lead_unit_id", "section_id", "start_on", "due_on", "number", "title", "indicator_kind",
        "measured_in", "baseline", "baseline_year", "target", "target_year", "plan__period_start",
    )  # fmt: skip
    cooperating: dict[int, list[int]] = defaultdict(list)
    for task, unit in Cooperation.objects.filter(task__in=wanted).values_list("task", "unit"):
        cooperating[task].append(unit)
    last: dict[int, date] = {}
    for task, due in Node.objects.filter(task__in=wanted).order_by("due_on").values_list("task", "due_on"):
        last[task] = due
    years = _years(wanted)
    return {
        row["pk"]: {**row, "cooperating": cooperating[row["pk"]], "last_node": last.get(row["pk"]), "years": years.get(row["pk"], {})}
        for row in rows
    }


def _years(ids: Sequence[int]) -> Mapping[int, dict[int, Year]]:
    found: dict[int, dict[int, Year]] = defaultdict(dict)
    rows = YearPart.objects.filter(task__in=ids).order_by(F("carried_from").asc(nulls_first=True))
    for task, year, value, state, carried in rows.values_list("task", "year", "value", "state", "carried_from"):
        if carried is None:
            found[task][year] = Year(value=value, state=state, is_own=True)
        else:
            found[task][year] = replace(found[task].get(year, Year()), is_joined=True)
    return found


def type_of(identifier: str) -> Type:
    """Of a column; what cannot be changed is compared as a line."""
    found = FIELDS.get(identifier)
    return found.type if found else Type.LINE
