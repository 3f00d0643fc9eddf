"""What falls due for a person: tasks that are theirs or their units', and the nodes of those."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from lantu.rulebooks.loader import Entry, read_rulebook
from lantu_web.accounts.acting import Person
from lantu_web.accounts.queries import person_in_zone, token_digest
from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface
from lantu_web.tasks.enums import VISIBLE, TaskState
from lantu_web.tasks.models import CalendarFeed, Node, Task
from lantu_web.tasks.queries.visible import of_units, tasks_visible_to

FILE = "calendar.toml"


class Kind(StrEnum):
    TASK = "task"
    NODE = "node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    days_back: int
    days_ahead: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One day in the calendar. ``key`` stays the same as long as the thing exists; ``revision`` counts its changes."""

    kind: Kind
    key: int
    on: date
    title: str
    task_id: int
    task: str
    lead: str
    is_done: bool
    revision: int
    changed_at: datetime


@cache
def window() -> Window:
    content = files("lantu_web.tasks").joinpath(FILE).read_text(encoding="utf-8")
    return read_rulebook(FILE, _window, content).entries[0]


def _window(top: Entry) -> tuple[Window, ...]:
    table = top.table("window")
    numbers = [int(table.number(key, 1, most)) for key, most in (("days_back", 3660), ("days_ahead", 7320), ("most", 100_000))]
    table.close()
    return (Window(days_back=numbers[0], days_ahead=numbers[1], most=numbers[2]),)


def feed_of_secret(secret: str) -> tuple[CalendarFeed, Person] | None:
    """The feed and who reads it; None where there is none, it was revoked, or its person may not (any more)."""
    alive = CalendarFeed.objects.filter(revoked_at=None, user__is_active=True).select_related("user", "zone")
    feed = alive.filter(digest=token_digest(secret)).first()
    if feed is None:
        return None
    person = person_in_zone(feed.user, feed.zone, on=clock.today(), surface=Surface.API)
    return (feed, person) if person.may(Right.CALENDAR_OWN) else None


def feed_of(by: Person) -> CalendarFeed | None:
    """The person's present feed in the acting zone."""
    return CalendarFeed.objects.filter(zone_id=by.zone_id or 0, user_id=by.user_id or 0, revoked_at=None).first()


def own_tasks(by: Person) -> QuerySet[Task]:
    """Sent out, and the person's own or of one of their units."""
    return tasks_visible_to(by).filter(Q(person=by.user_id) | Q(sponsor=by.user_id) | of_units(by.unit_ids), state__in=VISIBLE)


def due_of(by: Person, *, only_open: bool = False, since: date | None = None, most: int | None = None) -> list[Due]:
    """By day. ``since``: from that day on instead of the window's beginning."""
    bounds, today = window(), clock.today()
    first = since or today - timedelta(days=bounds.days_back)
    span = (first, today + timedelta(days=bounds.days_ahead))
    found = [*_tasks(by, span, only_open), *_nodes(by, span, only_open)]
    found.sort(key=lambda due: (due.on, due.kind, due.key))
    return found[: most or bounds.most]


def _tasks(by: Person, span: tuple[date, date], only_open: bool) -> list[Due]:
    rows = own_tasks(by).annotate(last=Coalesce("latest_on", "due_on")).filter(last__range=span)
    rows = rows.filter(state=TaskState.SENT) if only_open else rows
    return [
        Due(
            kind=Kind.TASK, key=row.pk, on=row.last, title=row.title, task_id=row.pk, task=str(row), lead=row.lead or "",
            is_done=row.state == TaskState.FINISHED, revision=row.revision, changed_at=row.changed_at,
        )
        for row in rows.annotate(lead=F("lead_unit__name")).order_by("last", "pk")
    ]  # fmt: skip


def _nodes(by: Person, span: tuple[date, date], only_open: bool) -> list[Due]:
    rows = Node.objects.filter(task__in=own_tasks(by).values("pk"), due_on__range=span).select_related("task")
    rows = rows.filter(done_on=None, task__state=TaskState.SENT) if only_open else rows
    return [
        Due(
            kind=Kind.NODE, key=row.pk, on=row.due_on, title=row.text, task_id=row.task_id, task=str(row.task), lead=row.lead or "",
            is_done=row.done_on is not None, revision=row.revision, changed_at=row.task.changed_at,
        )
        for row in rows.annotate(lead=F("task__lead_unit__name")).order_by("due_on", "pk")
    ]  # fmt: skip
