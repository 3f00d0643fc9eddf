"""One reading from its claim to its end: what the job calls, and what tests call instead of a queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import translation

from lantu_web.accounts.acting import SYSTEM, Person
from lantu_web.accounts.models import User
from lantu_web.accounts.queries import person_in_zone
from lantu_web.bridge import ingest, reimport
from lantu_web.bridge.compile_apart import Stopped, Unread, compile_apart
from lantu_web.documents.commands import readings
from lantu_web.documents.commands.store import remove_classified
from lantu_web.documents.enums import Stage
from lantu_web.documents.folders import on_disk
from lantu_web.documents.models import Reading, ReadingResult
from lantu_web.documents.problems import ProblemCode
from lantu_web.documents.queries import REIMPORT
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Refused


def read_original(*, reading_id: int, worker: str = "") -> None:
    """Do the reading, unless it is done, cancelled or in another worker's hands. Every end is kept in its row."""
    reading = Reading.objects.select_related("original", "requested_by", "zone").get(pk=reading_id)
    by = _acting(reading)
    claimed = readings.claim(by=by, reading_id=reading_id, worker=worker)
    if claimed is None:
        return
    attempt = claimed.attempts
    with translation.override(_language(reading.requested_by)), _ending_well(by, reading_id, attempt):
        _read(by, reading, attempt)


def _read(by: Person, reading: Reading, attempt: int) -> None:
    try:
        found = compile_apart(on_disk(reading.original.path), reading.file_name, _teller(reading.pk, attempt))
        if not readings.progress(reading_id=reading.pk, attempt=attempt, stage=Stage.STORING):
            raise Stopped
        _lay_out(by, reading, attempt, found)
    except Stopped:
        readings.stop(by=by, reading_id=reading.pk, attempt=attempt)
    except Unread as problem:
        _fail(by, reading, attempt, problem)
    except readings.Superseded:
        return
    except Refused as refusal:
        readings.fail(by=by, reading_id=reading.pk, attempt=attempt, problem=ProblemCode.CONFLICT, detail=str(refusal))


@transaction.atomic
def _lay_out(by: Person, reading: Reading, attempt: int, found: dict[str, Any]) -> None:
    """Result, rows and the word that it is done stand or fall together: nothing doubled, nothing half saved."""
    done = readings.finish(by=by, reading_id=reading.pk, attempt=attempt, result=ReadingResult(**found))
    if done.purpose == REIMPORT:
        reimport.prepare(by=by, reading=done)
    else:
        ingest.lay_out(by=by, plan_id=done.purpose_id, reading=done)


@transaction.atomic
def _fail(by: Person, reading: Reading, attempt: int, problem: Unread) -> None:
    readings.fail(by=by, reading_id=reading.pk, attempt=attempt, problem=problem.code, detail=problem.detail)
    if problem.code == ProblemCode.CLASSIFIED:
        remove_classified(by=by, original_id=reading.original_id, mark=problem.detail)


def _teller(reading_id: int, attempt: int) -> Callable[[Stage], bool]:
    return lambda stage: readings.progress(reading_id=reading_id, attempt=attempt, stage=stage)


@contextmanager
def _ending_well(by: Person, reading_id: int, attempt: int) -> Iterator[None]:
    """A worker that is told to go gives the reading back; a defect of ours is told at once; a failing database leaves it to the lease."""
    ended = False
    try:
        yield
        ended = True
    except DatabaseError:
        ended = True
        raise
    except (SystemExit, KeyboardInterrupt):
        ended = True
        readings.release(reading_id=reading_id, attempt=attempt)
        raise
    finally:
        if not ended:
            readings.fail(by=by, reading_id=reading_id, attempt=attempt, problem=ProblemCode.DEFECT)


def _acting(reading: Reading) -> Person:
    """Who asked for it, acting through a job; the audit names them."""
    user = reading.requested_by
    if user is None:
        return replace(SYSTEM, zone_id=reading.zone_id, surface=Surface.JOB)
    return person_in_zone(user, reading.zone, on=clock.today(), surface=Surface.JOB)


def _language(user: User | None) -> str:
    return user.language if user is not None else "zh-hans"
