"""A person's own calendar address in a zone: made, shown once, revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import locked_zone
from lantu_web.accounts.queries import token_digest
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Conflict, Forbidden
from lantu_web.tasks.models import CalendarFeed

REST = timedelta(minutes=5)  # between two notes that a feed was read


@transaction.atomic
def open_feed(*, by: Person) -> tuple[CalendarFeed, str]:
    """A new address in place of the present one, if there is one, and its secret, which is returned once and kept nowhere.

    Raises Forbidden where a program asks.
    """
    require(by, Right.CALENDAR_OWN)
    if by.surface is Surface.API or by.user_id is None:
        raise Forbidden(_("Only a person makes a calendar address, on their own page."))
    zone = locked_zone(by)
    _revoke(by)
    raw = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(zone=zone, user_id=by.user_id, digest=token_digest(raw), created_at=clock.now())
    record(by=by, action="calendar.open", on=feed)
    return feed, raw


@transaction.atomic
def close_feed(*, by: Person) -> None:
    """The address leads nowhere from now on. Raises Conflict where there is none."""
    require(by, Right.CALENDAR_OWN)
    locked_zone(by)
    if not _revoke(by):
        raise Conflict(_("You have no calendar address here (any more)."))


def note_use(*, feed: CalendarFeed) -> None:
    """Keep when it was last read, at most every few minutes."""
    moment = clock.now()
    if feed.last_used_at is None or moment - feed.last_used_at > REST:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=moment)


def _revoke(by: Person) -> bool:
    own = CalendarFeed.objects.filter(zone_id=by.zone_id or 0, user_id=by.user_id or 0, revoked_at=None)
    feed = own.select_for_update().first()
    if feed is None:
        return False
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    record(by=by, action="calendar.close", on=feed)
    return True
