"""Reads of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q, QuerySet

from lantu_web.audit.actions import CHANGES
from lantu_web.audit.hashing import entry_hash
from lantu_web.audit.models import Chain, Entry


def entries_of_zone(zone_id: int | None) -> QuerySet[Entry]:
    """Newest first; None for what belongs to the installation."""
    return Entry.objects.filter(chain__zone=zone_id or 0).order_by("-number")


def entries_about(*, zone_id: int, object_type: str, object_id: str) -> QuerySet[Entry]:
    return entries_of_zone(zone_id).filter(object_type=object_type, object_id=object_id)


def entries_wanted(
    zone_id: int | None, *, who: str = "", action: str = "", object_type: str = "", object_id: str = "",
    since: datetime | None = None, until: datetime | None = None,
) -> QuerySet[Entry]:  # fmt: skip
    """The trail narrowed: part of a name, an action, a thing or one kind of things, moments (``until`` excluded)."""
    asked = {
        "user_name__icontains": who, "action": action, "object_type": object_type, "object_id": object_id,
        "at__gte": since, "at__lt": until,
    }  # fmt: skip
    return entries_of_zone(zone_id).filter(**{name: value for name, value in asked.items() if value})


def chain_of_zone(zone_id: int | None) -> Chain | None:
    """None before the first entry."""
    return Chain.objects.filter(zone=zone_id or 0).first()


def last_change_of(row: models.Model, *, zone_id: int | None, through: Q | None = None) -> Entry | None:
    """The entry that left the row as it is, in that zone (None: in the installation); ``through``: or one of these about other things.

    What is told of a row without changing it, as a log-in or an opinion, does not count.
    """
    own = Q(object_type=row._meta.label_lower, object_id=str(row.pk), action__in=CHANGES)
    return entries_of_zone(zone_id).filter(own | (through or Q(pk=None))).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where a chain does not hold: ``number`` of the entry (or of the first missing one), and why."""

    zone: int
    number: int
    why: str


def breaks() -> Iterator[Break]:
    """Every place where a chain was changed, cut or thinned; nothing if all hold."""
    for chain in Chain.objects.order_by("zone"):
        yield from breaks_of(chain)


def breaks_of(chain: Chain) -> Iterator[Break]:
    number, previous = 0, ""
    for entry in Entry.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2000):
        entry.chain = chain
        if entry.number != number + 1:
            yield Break(zone=chain.zone, number=number + 1, why="missing")
        if entry.previous_hash != previous:
            yield Break(zone=chain.zone, number=entry.number, why="does not follow the entry before it")
        if entry.hash != entry_hash(entry):
            yield Break(zone=chain.zone, number=entry.number, why="its content was changed")
        number, previous = entry.number, entry.hash
    if (number, previous) != (chain.length, chain.last_hash):
        yield Break(zone=chain.zone, number=number + 1, why="the end of the chain was cut off or added to")
