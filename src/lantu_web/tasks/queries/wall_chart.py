"""挂图作战: the tasks of one year by quarter, as bars with their nodes, and what each quarter has to bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Node
from lantu_web.tasks.queries.filtering import tasks_wanted
from lantu_web.tasks.queries.ledger import Ledger, Mark, Row, page
from lantu_web.tasks.queries.wanted import Wanted

WIDTH = 90  # of a quarter's drawing: about one a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From where to where in the drawing of a quarter; ``tone``: running, finished, late, or granted (later than first asked for)."""

    start: int
    width: int
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A task in one quarter: bars, nodes, and where today is (None in other quarters)."""

    number: int
    spans: tuple[Span, ...]
    nodes: tuple[Mark, ...]
    today: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a quarter has to bring: nodes of all tasks that were found."""

    number: int
    nodes: int
    done: int
    late: int

    @property
    def open(self) -> int:
        return self.nodes - self.done - self.late


def wall_chart(by: Person, wanted: Wanted, number: str | int = 1) -> Ledger:
    """A page of the tasks that run in the year, or have a node in it."""
    return page(by, wanted, number, among=in_year(wanted.year or clock.today().year))


def in_year(year: int) -> Q:
    first, last = date(year, 1, 1), date(year, 12, 31)
    runs = (Q(start_on=None) | Q(start_on__lte=last)) & Q(latest_on__gte=first) & (Q(start_on__isnull=False) | Q(due_on__lte=last))
    return runs | Q(Exists(Node.objects.filter(task=OuterRef("pk"), year=year)))


def loads(by: Person, wanted: Wanted) -> list[Load]:
    """Of the four quarters. One query."""
    year, today = wanted.year or clock.today().year, clock.today()
    nodes = Node.objects.filter(year=year, task__in=tasks_wanted(by, wanted).values("pk")).order_by()
    late = Q(done_on=None, due_on__lt=today)
    counted = nodes.values("quarter").annotate(
        nodes=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)), late=Count("pk", filter=late)
    )  # fmt: skip
    found = {row["quarter"]: Load(number=row["quarter"], nodes=row["nodes"], done=row["done"], late=row["late"]) for row in counted}
    return [found.get(number, Load(number=number, nodes=0, done=0, late=0)) for number in range(1, 5)]


def quarters(row: Row) -> Sequence[Quarter]:
    """The line drawn: four quarters of its year."""
    return [
        Quarter(
            number=number, spans=_spans(row, *bounds), nodes=tuple(node for node in row.beside.nodes if node.quarter == number),
            today=_at(row.today, *bounds) if bounds[0] <= row.today <= bounds[1] else None,
        )
        for number in range(1, 5) for bounds in [_bounds(row.year, number)]
    ]  # fmt: skip


def _bounds(year: int, number: int) -> tuple[date, date]:
    after = date(year + number // 4, number % 4 * 3 + 1, 1)
    return date(year, number * 3 - 2, 1), after - timedelta(days=1)


def _at(day: date, first: date, last: date) -> int:
    return round((day - first).days * WIDTH / ((last - first).days + 1))


def _spans(row: Row, first: date, last: date) -> tuple[Span, ...]:
    """Where nobody gave a start, the work on the first node begins with the node's year."""
    task = row.task
    if task.due_on is None or task.latest_on is None:
        return ()
    begins = task.start_on or date(min([node.due_on for node in row.beside.nodes] + [task.due_on]).year, 1, 1)
    tone = "finished" if task.state == TaskState.FINISHED else "late" if row.is_late else "running"
    parts = ((begins, task.due_on, tone), (task.due_on + timedelta(days=1), task.latest_on, "granted"))
    return tuple(
        _span(max(start, first), min(end, last), first, last, told)
        for start, end, told in parts if start <= end and start <= last and end >= first
    )  # fmt: skip


def _span(start: date, end: date, first: date, last: date, tone: str) -> Span:
    at = _at(start, first, last)
    return Span(start=at, width=max(2, _at(end, first, last) - at + 1), tone=tone)
