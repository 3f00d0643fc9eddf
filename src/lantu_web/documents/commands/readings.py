"""The durable state of a reading, from its request to its end. The queue only delivers an id; who works is told by this row alone.

A worker that claims a reading holds it by a lease, which its progress renews, and by the number of its attempt: after another has taken the
reading up, nothing that the first one says counts any more. That makes a killed worker's reading neither lost nor doubled.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.documents.enums import UNFINISHED, ReadingState, Stage
from lantu_web.documents.models import Original, Reading, ReadingResult
from lantu_web.documents.problems import ProblemCode
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Refused
from lantu_web.lib.leases import most_attempts
from lantu_web.lib.queue import enqueue

PERCENT = {Stage.WAITING: 0, Stage.OPENING: 10, Stage.REPAIRING: 30, Stage.COMPILING: 50, Stage.STORING: 90, Stage.FINISHED: 100}


class Superseded(Refused):
    """Another worker has taken the reading up, or it is over."""


@transaction.atomic
def start(*, by: Person, original: Original, file_name: str, purpose: str, purpose_id: int) -> Reading:
    """Ask for a reading and put it into the queue. Raises Conflict while another for the same purpose is under way."""
    require(by, Right.ORIGINAL_UPLOAD)
    try:
        with transaction.atomic():
            reading = Reading.objects.create(
                zone_id=original.zone_id, original=original, file_name=file_name, purpose=purpose, purpose_id=purpose_id,
                requested_by_id=by.user_id, requested_at=clock.now(), lease_until=_lease(),
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("A file for this plan is being read already. Wait for it, or cancel it first."), field="file") from None
    record(by=by, action="reading.start", on=reading, after={"original": original.sha256, "purpose": purpose, "purpose_id": purpose_id})
    enqueue("read_original", reading.pk)
    return reading


@transaction.atomic
def claim(*, by: Person, reading_id: int, worker: str = "") -> Reading | None:
    """Take the reading up: one that waits, or whose worker has fallen silent. None where there is nothing to do.

    ``worker`` is the name of the process that does it, by which ``let_go`` finds what it held.
    """
    reading = Reading.objects.select_for_update().filter(pk=reading_id, state__in=UNFINISHED).first()
    if reading is None or (reading.state == ReadingState.RUNNING and not _is_lost(reading)):
        return None
    if reading.cancel_asked:
        _end(reading, by=by, state=ReadingState.CANCELLED)
        return None
    if reading.attempts >= most_attempts():
        _end(reading, by=by, state=ReadingState.FAILED, problem=ProblemCode.GIVEN_UP)
        return None
    reading.state, reading.stage, reading.percent = ReadingState.RUNNING, Stage.OPENING, PERCENT[Stage.OPENING]
    reading.attempts, reading.lease_until, reading.worker = reading.attempts + 1, _lease(), worker
    reading.save(update_fields=["state", "stage", "percent", "attempts", "lease_until", "worker"])
    return reading


def progress(*, reading_id: int, attempt: int, stage: Stage) -> bool:
    """Say how far it is and renew the lease. False: stop, since somebody asked for it or another works on it."""
    told = _mine(reading_id, attempt).filter(cancel_asked=False)
    return bool(told.update(stage=stage, percent=PERCENT[stage], lease_until=_lease()))


@transaction.atomic
def finish(*, by: Person, reading_id: int, attempt: int, result: ReadingResult) -> Reading:
    """Keep the result; to be called in the transaction that lays it out. Raises Superseded."""
    reading = _held(reading_id, attempt)
    result.reading = reading
    result.save()
    _end(reading, by=by, state=ReadingState.DONE)
    return reading


@transaction.atomic
def fail(*, by: Person, reading_id: int, attempt: int, problem: str, detail: str = "") -> None:
    """It cannot be read, and why. Raises Superseded."""
    _end(_held(reading_id, attempt), by=by, state=ReadingState.FAILED, problem=problem, detail=detail.replace("\x00", ""))


@transaction.atomic
def stop(*, by: Person, reading_id: int, attempt: int) -> None:
    """The worker has stopped because somebody asked for it; nothing where it is another's or over."""
    reading = _mine(reading_id, attempt).select_for_update().first()
    if reading is not None and reading.cancel_asked:
        _end(reading, by=by, state=ReadingState.CANCELLED)


@transaction.atomic
def release(*, reading_id: int, attempt: int) -> None:
    """The worker is told to go before it is ready: the next one begins at once, and this attempt does not count."""
    released = _mine(reading_id, attempt).update(
        state=ReadingState.QUEUED, stage=Stage.WAITING, percent=0, attempts=attempt - 1, lease_until=_lease()
    )
    if released:
        enqueue("read_original", reading_id)


@transaction.atomic
def let_go(*, worker: str) -> int:
    """That worker is known to be dead: what it held waits for no lease any more; gives how many. The attempt counts."""
    held = list(Reading.objects.select_for_update().filter(state=ReadingState.RUNNING, worker=worker).values_list("pk", flat=True))
    Reading.objects.filter(pk__in=held).update(lease_until=None)
    for reading_id in held:
        enqueue("read_original", reading_id)
    return len(held)


@transaction.atomic
def cancel(*, by: Person, reading_id: int) -> Reading:
    """Stop it: at once where nobody works on it, else at the worker's next word. Raises Conflict where it is over."""
    require(by, Right.ORIGINAL_UPLOAD)
    reading = Reading.objects.select_for_update().get(zone_id=by.zone_id or 0, pk=reading_id)
    if reading.state not in UNFINISHED:
        raise Conflict(_("This reading is over already."))
    if reading.state == ReadingState.QUEUED or _is_lost(reading):
        _end(reading, by=by, state=ReadingState.CANCELLED)
    elif not reading.cancel_asked:
        reading.cancel_asked = True
        reading.save(update_fields=["cancel_asked"])
        record(by=by, action="reading.cancel", on=reading, after={"cancel_asked": True})
    return reading


@transaction.atomic
def requeue_lost() -> int:
    """Deliver again what no worker holds; gives how many. A reading delivered twice is still worked on once."""
    lost = Reading.objects.select_for_update().filter(Q(lease_until=None) | Q(lease_until__lt=clock.now()), state__in=UNFINISHED)
    count = 0
    for reading in lost:
        if reading.state == ReadingState.QUEUED:  # its delivery may still wait in a long queue: not before another lease
            reading.lease_until = _lease()
            reading.save(update_fields=["lease_until"])
        enqueue("read_original", reading.pk)
        count += 1
    return count


def _lease() -> datetime:
    return clock.now() + timedelta(seconds=settings.LANTU_LEASE_SECONDS)


def _is_lost(reading: Reading) -> bool:
    return reading.lease_until is None or reading.lease_until < clock.now()


def _mine(reading_id: int, attempt: int) -> QuerySet[Reading]:
    return Reading.objects.filter(pk=reading_id, state=ReadingState.RUNNING, attempts=attempt)


def _held(reading_id: int, attempt: int) -> Reading:
    reading = _mine(reading_id, attempt).select_for_update().first()
    if reading is None:
        raise Superseded(_("Another worker has taken this reading up."))
    return reading


def _end(reading: Reading, *, by: Person, state: ReadingState, problem: str = "", detail: str = "") -> None:
    before = {"state": reading.state}
    reading.state, reading.problem, reading.problem_detail = state, problem, detail
    reading.finished_at, reading.lease_until = clock.now(), None
    if state == ReadingState.DONE:
        reading.stage, reading.percent = Stage.FINISHED, PERCENT[Stage.FINISHED]
    reading.save(update_fields=["state", "stage", "percent", "problem", "problem_detail", "finished_at", "lease_until"])
    record(by=by, action=f"reading.{state}", on=reading, before=before, after={"state": state.value, "problem": problem})
