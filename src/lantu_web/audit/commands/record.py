"""Append to the chain of the zone in which the actor acts: one entry, or many at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from lantu_web.audit.hashing import entry_hash
from lantu_web.audit.models import Chain, Entry
from lantu_web.lib import clock
from lantu_web.lib.acting import Acting
from lantu_web.lib.rows import BATCH

LABEL = 300


def record(
    *,
    by: Acting,
    action: str,
    on: models.Model,
    label: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    zone_id: int | None = None,
) -> Entry:
    """Write that ``by`` did ``action`` ("plan.approve") to ``on``; must stand in the transaction of the write it tells of.

    ``zone_id`` only where the object belongs to another zone than the one acted in (an administrator of the installation).
    """
    _refuse_alone()
    chain = _locked_chain(zone_id if zone_id is not None else by.zone_id or 0)
    entry = _next(chain, by, action, Told(on=on, before=before, after=after), label=label, at=clock.now())
    entry.save()
    chain.save(update_fields=["length", "last_hash"])
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One of the objects to which the same was done."""

    on: models.Model
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def record_each(*, by: Acting, action: str, told: Sequence[Told]) -> None:
    """The same for many objects, an entry each, in few statements."""
    _refuse_alone()
    chain, now = _locked_chain(by.zone_id or 0), clock.now()
    Entry.objects.bulk_create([_next(chain, by, action, one, at=now) for one in told], batch_size=BATCH)
    chain.save(update_fields=["length", "last_hash"])


def _refuse_alone() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry belongs into the transaction of its write")


def _next(chain: Chain, by: Acting, action: str, told: Told, *, at: datetime, label: str = "") -> Entry:
    """The entry that follows the last one, not saved yet; the chain ends with it from now on."""
    on = told.on
    entry = Entry(
        chain=chain, number=chain.length + 1, at=at, user_id=by.user_id, user_name=by.name, surface=by.surface.value,
        address=by.address, action=action, object_type=on._meta.label_lower, object_id=str(on.pk), object_label=(label or str(on))[:LABEL],
        before=_plain(told.before), after=_plain(told.after), previous_hash=chain.last_hash,
    )  # fmt: skip
    entry.hash = entry_hash(entry)
    chain.length, chain.last_hash = entry.number, entry.hash
    return entry


def _locked_chain(zone: int) -> Chain:
    """The chain, held until the transaction ends: two writers at once would both follow the same entry."""
    chains = Chain.objects.select_for_update()
    return chains.filter(zone=zone).first() or chains.get(pk=Chain.objects.get_or_create(zone=zone)[0].pk)


def _plain(values: Mapping[str, Any] | None) -> Any:
    """What JSON gives back when it is read again, so that the hash of the stored row is the hash of the written one."""
    if values is None:
        return None
    return json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder, ensure_ascii=False))
