"""Many deeds of one request: each by itself with its own answer, or all or none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib.errors import Conflict, Invalid, Refused
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.locking import gone, locked_those_there
from lantu_web.tasks.commands.signing import Seen, sign
from lantu_web.tasks.commands.together import Together, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to become of one task, as it was seen."""

    task_id: int
    expected: int
    values: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one: its ``revision`` now, or why nothing did."""

    key: int
    revision: int | None = None
    refusal: Refused | None = None


class _TakenBack(Exception):
    """One was refused: nothing of all stays."""


def change_many(*, by: Person, wishes: Sequence[Wish], is_whole: bool) -> tuple[UUID, list[Answer]]:
    """Change fields of many tasks, in the order of the request. ``is_whole``: none is changed where one cannot be.

    The changes bear one batch, by which they can be undone together. Raises Invalid for none, too many, and a task that stands there twice.
    """
    batch = uuid4()
    if is_whole:
        _refuse_impossible([wish.task_id for wish in wishes])
        return batch, _changed_together(by, wishes, batch)

    def act(wish: Wish) -> int:
        done = change(by=by, task_id=wish.task_id, expected=wish.expected, values=wish.values, reason=wish.reason, batch=batch)
        return done.revision

    return batch, _each([(wish.task_id, lambda wish=wish: act(wish)) for wish in wishes], is_whole=False)  # type: ignore[misc]


@transaction.atomic
def _changed_together(by: Person, wishes: Sequence[Wish], batch: UUID) -> list[Answer]:
    tasks = {task.pk: task for task in locked_those_there(by=by, task_ids=[wish.task_id for wish in wishes])}
    together = Together(by, list(tasks.values()))
    decided = [together.decide(tasks[wish.task_id], _wanted(wish)) for wish in wishes if wish.task_id in tasks]
    refused = {one.task.pk: Answer(key=one.task.pk, refusal=one.refusal) for one in decided if one.refusal is not None}
    refused |= {wish.task_id: Answer(key=wish.task_id, refusal=gone()) for wish in wishes if wish.task_id not in tasks}
    if refused:
        return [refused.get(wish.task_id, _hindered(wish.task_id)) for wish in wishes]
    together.write(decided, batch=batch)
    return [Answer(key=wish.task_id, revision=tasks[wish.task_id].revision) for wish in wishes]


def _wanted(wish: Wish) -> Wanted:
    return Wanted(values=wish.values, expected=wish.expected, reason=wish.reason)


def _hindered(key: int) -> Answer:
    return Answer(key=key, refusal=Conflict(_("Nothing was done, since another part of the request was refused.")))


def sign_each(*, by: Person, seen: Sequence[Seen], is_whole: bool) -> list[Answer]:
    """Sign for many tasks; what cannot be signed any more is answered beside the others, or hinders all of them."""

    def act(one: Seen) -> int:
        return sign(by=by, signature_id=one.signature_id, expected=one.revision).revision

    return _each([(one.signature_id, lambda one=one: act(one)) for one in seen], is_whole)  # type: ignore[misc]


def _each(acts: Sequence[tuple[int, Callable[[], int]]], is_whole: bool) -> list[Answer]:
    _refuse_impossible([key for key, _act in acts])
    order = sorted(acts, key=lambda pair: pair[0])  # rows are held by ascending id, so that no two requests wait for each other
    if not is_whole:
        found = {key: _one(key, act) for key, act in order}
        return [found[key] for key, _act in acts]
    found = {}
    try:
        with transaction.atomic():
            found = {key: _one(key, act) for key, act in order}
            if any(answer.refusal for answer in found.values()):
                raise _TakenBack
    except _TakenBack:
        found = {key: answer if answer.refusal else _hindered(key) for key, answer in found.items()}
    return [found[key] for key, _act in acts]


def _one(key: int, act: Callable[[], int]) -> Answer:
    try:
        return Answer(key=key, revision=act())
    except Refused as refusal:
        return Answer(key=key, refusal=refusal)


def _refuse_impossible(keys: Sequence[int]) -> None:
    most = allowances().bulk
    if not 0 < len(keys) <= most:
        told = {"most": most, "count": len(keys)}
        raise Invalid(_("One request does between 1 and %(most)s of them; these are %(count)s.") % told, field="items")
    twice = [key for key, count in Counter(keys).items() if count > 1]
    if twice:
        raise Invalid(_("The id %(id)s stands there twice.") % {"id": twice[0]}, field="items")
