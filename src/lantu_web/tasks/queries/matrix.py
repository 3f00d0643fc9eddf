"""Crossings of the tree: how many tasks each unit leads in each work line, and what each theme has to bring in each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from lantu_web.accounts.acting import Person
from lantu_web.tasks.enums import LineKind, PartState, TaskState
from lantu_web.tasks.models import Task, WorkLine, YearPart
from lantu_web.tasks.queries.beside import Named
from lantu_web.tasks.queries.filtering import tasks_wanted
from lantu_web.tasks.queries.wanted import Wanted

SHADES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """``shade`` 0 (nothing) to SHADES, by the largest crossing of the matrix."""

    row: int
    column: int
    count: int
    finished: int
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    head: Named
    crossings: Sequence[Crossing]
    count: int
    finished: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """``totals`` are those of the columns, in their order."""

    columns: Sequence[Named]
    lines: Sequence[Line]
    totals: Sequence[Crossing]
    count: int
    finished: int


Counts = Mapping[tuple[int, int], tuple[int, int]]


def units_by_lines(by: Person, wanted: Wanted, kind: LineKind) -> Matrix:
    """Lead units × work lines of a kind. A task in two lines counts in both."""
    found = Task.lines.through.objects.filter(
        task__in=tasks_wanted(by, wanted).filter(lead_unit__isnull=False).values("pk"), workline__kind=kind
    )  # fmt: skip
    rows = found.order_by().values_list("task__lead_unit", "workline", "task__lead_unit__name").annotate(
        count=Count("pk"), finished=Count("pk", filter=Q(task__state=TaskState.FINISHED))
    ).order_by(F("task__lead_unit__position"), F("task__lead_unit__code"))  # fmt: skip
    listed = list(rows)
    units = list(dict.fromkeys(Named(unit, name) for unit, _line, name, _count, _finished in listed))
    return matrix(units, lines_of(by, kind), {(unit, line): (count, finished) for unit, line, _name, count, finished in listed})


def lines_by_years(by: Person, wanted: Wanted, kind: LineKind) -> Matrix:
    """Themes (or other lines) × years: the annual parts that stand in them."""
    found = YearPart.objects.filter(task__in=tasks_wanted(by, wanted).values("pk"), task__lines__kind=kind)
    rows = found.order_by().values_list("task__lines", "year").annotate(
        count=Count("pk"), finished=Count("pk", filter=Q(state=PartState.FINISHED))
    )  # fmt: skip
    counts = {(line, year): (count, finished) for line, year, count, finished in rows}
    years = sorted({year for _line, year in counts})
    return matrix(lines_of(by, kind), [Named(year, str(year)) for year in years], counts)


def lines_of(by: Person, kind: LineKind) -> list[Named]:
    lines = WorkLine.objects.filter(zone=by.zone_id or 0, kind=kind, is_active=True)
    return [Named(pk, name) for pk, name in lines.order_by("position", "pk").values_list("pk", "name")]


def matrix(heads: Sequence[Named], columns: Sequence[Named], counts: Counts) -> Matrix:
    """Rows without anything are left out, columns are not: an empty work line is worth seeing."""
    most = max((count for count, _finished in counts.values()), default=0)
    lines = [_line(head, [_crossing(head.pk, column.pk, counts, most) for column in columns]) for head in heads]
    shown = [line for line in lines if line.count]
    totals = [_total(column, [line.crossings[at] for line in shown]) for at, column in enumerate(columns)]
    return Matrix(
        columns=columns, lines=shown, totals=totals, count=sum(line.count for line in shown), finished=sum(line.finished for line in shown)
    )


def _crossing(row: int, column: int, counts: Counts, most: int) -> Crossing:
    count, finished = counts.get((row, column), (0, 0))
    return Crossing(row=row, column=column, count=count, finished=finished, shade=-(-count * SHADES // most) if most else 0)


def _line(head: Named, crossings: Sequence[Crossing]) -> Line:
    return Line(head=head, crossings=crossings, count=sum(one.count for one in crossings), finished=sum(one.finished for one in crossings))


def _total(column: Named, crossings: Iterable[Crossing]) -> Crossing:
    listed = list(crossings)
    count, finished = sum(one.count for one in listed), sum(one.finished for one in listed)
    return Crossing(row=0, column=column.pk, count=count, finished=finished, shade=0)
