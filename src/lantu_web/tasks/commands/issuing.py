"""Sending a task's content to its units: one signature each, of a round; earlier rounds are superseded, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from lantu_web.lib import clock
from lantu_web.tasks.enums import Outcome, Part, SignatureState, Signing
from lantu_web.tasks.models import Division, Signature, Task
from lantu_web.tasks.queries.values import signed_content


def issue(task: Task, *, round_number: int, signed_for: Iterable[int] = ()) -> tuple[str, ...]:
    """Ask all units of the task to sign its present content. Units in ``signed_for`` count as having signed (a change that they proposed).

    Who signed for the very same words, or was told that they stay, need not sign again: also where other words stood between, which the
    unit did not answer. Gives the names of those units, whose signature holds again, for the trail. An objection stays open until it is
    settled, whatever else changes meanwhile; of a unit that has no part in the task any more it is settled by that. The caller holds the
    task and saves it: ``round`` and ``signing`` are set here.
    """
    return _written(task, issued(task, _rows_of(task), signed_content(task), round_number=round_number, signed_for=signed_for))


def _rows_of(task: Task) -> list[Signature]:
    return list(Signature.objects.filter(task=task).select_related("unit").order_by("round", "pk"))


def _written(task: Task, found: Issued) -> tuple[str, ...]:
    Signature.objects.filter(task=task, is_superseded=False).update(is_superseded=True)
    for row in found.released:
        row.save()
    Signature.objects.bulk_create(found.made)
    return tuple(row.unit.name for row in found.again)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A round of a task that is not written yet: signatures that are asked for, objections that are settled by it, and the signatures of
    earlier rounds that hold again."""

    made: tuple[Signature, ...]
    released: tuple[Signature, ...]
    again: tuple[Signature, ...]


def issued(
    task: Task, rows: Sequence[Signature], content: dict[str, Any], *, round_number: int, signed_for: Iterable[int] = ()
) -> Issued:  # fmt: skip
    """What ``issue`` writes, from all ``rows`` of the task by round; the task has its round and its signing from now on."""
    earlier = {row.unit_id: row for row in rows if not row.is_superseded}
    now, agreed = clock.now(), set(signed_for)
    units = [(task.lead_unit_id, Part.LEAD), *((pk, Part.COOPERATING) for pk in content["cooperating"])]
    sign_by = _day_that_stands(earlier.values())
    again = {unit: row for unit, part in units if (row := _signed_before(rows, unit, part, content)) and row is not earlier.get(unit)}
    released = _release(earlier.values(), {unit for unit, _part in units}, now)
    made = tuple(
        Signature(
            task=task, unit_id=unit, part=part, round=round_number, content=content, sent_at=now, sign_by=sign_by,
            **_standing_of(again.get(unit) or earlier.get(unit), part, content, now, is_agreed=unit in agreed),
        )
        for unit, part in units if unit is not None
    )  # fmt: skip
    task.round, task.signing = round_number, _least({row.state for row in made})
    return Issued(made=made, released=released, again=tuple(row for unit, row in again.items() if unit not in agreed))


def _day_that_stands(earlier: Iterable[Signature]) -> date | None:
    """What was asked for stays asked for; none where it is past: a unit that is asked anew is not late at once."""
    days = [row.sign_by for row in earlier if row.sign_by is not None and row.sign_by >= clock.today()]
    return max(days, default=None)


def _signed_before(rows: Sequence[Signature], unit: int | None, part: Part, content: dict[str, Any]) -> Signature | None:
    """The last answer of the unit, where it was to these very words; None where they were sent out anew since, for all to answer."""
    said = next((row for row in reversed(rows) if row.unit_id == unit and row.state != SignatureState.WAITING), None)
    if said is None or (said.part, said.content) != (part, content):
        return None
    if said.state != SignatureState.SIGNED and said.outcome != Outcome.KEPT:
        return None
    return None if _was_sent_anew(rows, said.round) else said


def _was_sent_anew(rows: Sequence[Signature], since: int) -> bool:
    """Whether a later round said what the one before it said: then no change made it, the planning office asked again on purpose."""
    rounds = {row.round: row.content for row in rows if row.round >= since}
    contents = list(rounds.values())
    return any(earlier == later for earlier, later in pairwise(contents))


def first_signatures(task: Task, division: Division, content: dict[str, Any]) -> list[Signature]:
    """Of a task that was never sent out, not saved yet: one for each unit of it, by the round and the day of its division."""
    units = [(task.lead_unit_id, Part.LEAD), *((pk, Part.COOPERATING) for pk in content["cooperating"])]
    now = clock.now()
    return [
        Signature(task=task, unit_id=unit, part=part, round=division.round, content=content, sent_at=now, sign_by=division.sign_by)
        for unit, part in units if unit is not None
    ]  # fmt: skip


def _standing_of(before: Signature | None, part: Part, content: dict[str, Any], now: datetime, *, is_agreed: bool) -> dict[str, Any]:
    """What of the round before still holds for a unit."""
    if is_agreed:
        return {"state": SignatureState.SIGNED, "answered_at": now}
    if before is None:
        return {}
    said = {"answered_by_id": before.answered_by_id, "answered_at": before.answered_at}
    if before.state == SignatureState.OBJECTED:
        return {"state": SignatureState.OBJECTED, "reason": before.reason, "counter": before.counter, **said}
    if before.part != part or before.content != content:
        return {}
    if before.state == SignatureState.SIGNED:
        return {"state": SignatureState.SIGNED, **said}
    if before.outcome == Outcome.KEPT:
        settled = ("state", "reason", "counter", "outcome", "outcome_note", "settled_by_id", "settled_at")
        return {**{name: getattr(before, name) for name in settled}, **said}
    return {}


def _release(earlier: Iterable[Signature], units: set[int | None], now: datetime) -> tuple[Signature, ...]:
    """Objections of units that have no part any more, as they are settled."""
    released = tuple(row for row in earlier if row.state == SignatureState.OBJECTED and row.unit_id not in units)
    for row in released:
        row.state, row.outcome, row.settled_at, row.is_superseded = SignatureState.SETTLED, Outcome.RELEASED, now, True
        row.outcome_note = _("The task was changed: the unit has no part in it any more.")
        row.revision += 1
    return released


def standing(task: Task) -> Signing:
    """The least settled of the signatures that count."""
    return standings([task])[0]


def standings(tasks: Sequence[Task]) -> list[Signing]:
    """The same of many, in one query."""
    states: dict[int, set[str]] = {task.pk: set() for task in tasks}
    for task, state in Signature.objects.filter(task__in=tasks, is_superseded=False).values_list("task_id", "state"):
        states[task].add(state)
    return [_least(states[task.pk]) for task in tasks]


def _least(states: set[str]) -> Signing:
    if SignatureState.OBJECTED in states:
        return Signing.OBJECTED
    if SignatureState.WAITING in states:
        return Signing.WAITING
    return Signing.SIGNED if states else Signing.NONE


def reissue_if_changed(task: Task, *, signed_for: Iterable[int] = ()) -> dict[str, str]:
    """After a change of a task that was sent out: if what was signed for is not what it says now, ask again.

    For the trail of that change: the units whose earlier signature holds again, because it was given for just these words.
    """
    if task.round == 0:
        return {}
    rows, content = _rows_of(task), signed_content(task)
    last = next((row for row in reversed(rows) if not row.is_superseded), None)
    if last is not None and last.content == content:
        return {}
    number = round_after(task, rows[-1].round if rows else 0)
    return told_again(_written(task, issued(task, rows, content, round_number=number, signed_for=signed_for)))


def told_again(units: Sequence[str]) -> dict[str, str]:
    return {"holds_again": "、".join(units)} if units else {}


def next_round(task: Task, *, least: int = 0) -> int:
    """One that no signature of the task has yet, and not before ``least``."""
    last = Signature.objects.filter(task=task).order_by("-round").values_list("round", flat=True).first()
    return round_after(task, last or 0, least=least)


def round_after(task: Task, last: int, *, least: int = 0) -> int:
    """``last`` is the highest round that a signature of the task has."""
    return max(task.round + 1, last + 1, least)
