"""Due dates as a calendar that other programs subscribe to (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from lantu_web.tasks.queries.calendar import Due, Kind

REFRESH = timedelta(hours=1)  # what a calendar is asked to wait between two looks


def as_ical(dues: Iterable[Due], *, name: str, place: str, address: Callable[[Due], str]) -> bytes:
    """``place`` makes the ids of entries unique among zones; ``address`` gives the page of an entry."""
    calendar = Calendar()
    calendar.add("prodid", "-//Lantu//Lantu//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for due in dues:
        calendar.add_component(_event(due, place, address(due)))
    return bytes(calendar.to_ical())


def _event(due: Due, place: str, address: str) -> Event:
    event = Event()
    event.add("uid", f"{due.kind}-{due.key}@{place}.lantu")
    event.add("dtstamp", due.changed_at)
    event.add("last-modified", due.changed_at)
    event.add("sequence", due.revision)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", _summary(due))
    event.add("description", _description(due))
    event.add("url", address)
    event.add("categories", [_("Due date") if due.kind is Kind.TASK else _("Node")])
    event.add("transp", "TRANSPARENT")
    return event


def _summary(due: Due) -> str:
    what = _("Due: %(title)s") if due.kind is Kind.TASK else _("Node: %(title)s")
    return ("✓ " if due.is_done else "") + what % {"title": due.title}


def _description(due: Due) -> str:
    lines = [due.task, _("Lead unit: %(unit)s") % {"unit": due.lead} if due.lead else ""]
    return "\n".join(line for line in lines if line)
