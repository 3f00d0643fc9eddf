"""The same change for many tasks at once: looked at beforehand, done wholly or not at all, and undone as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib.errors import Invalid, Refused
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.commands.changing import change_held, refuse_stale
from lantu_web.tasks.commands.locking import locked_tasks
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.enums import BulkMode, Signing
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.values import value_of

FIELDS_IN_BULK = (
    "lead_unit", "cooperating", "sponsor", "person", "lines", "topic", "start_on", "due_on", "indicator_kind", "measured_in", "left_out",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would become of one task. ``problem`` says why it cannot be; ``signs_again``: its units would be asked to sign anew."""

    task: Task
    before: Any
    after: Any
    problem: str = ""
    signs_again: bool = False

    @property
    def differs(self) -> bool:
        return not self.problem and self.before != self.after


class _TakenBack(Exception):
    """Ends a rehearsal: nothing of it stays."""


def foresee(*, by: Person, seen: Mapping[int, int], field: str, value: Any, mode: BulkMode = BulkMode.SET) -> list[Foreseen]:
    """Every task as it would be: the change is made and taken back, so that what is shown is what will happen."""
    refuse_impossible_bulk(seen, field)
    found: list[Foreseen] = []
    try:
        with transaction.atomic():
            found = [_rehearsed(by, task, seen, field, value, mode) for task in locked_tasks(by=by, task_ids=seen)]
            raise _TakenBack
    except _TakenBack:
        return found


@transaction.atomic
def assign(
    *, by: Person, seen: Mapping[int, int], field: str, value: Any, mode: BulkMode = BulkMode.SET, reason: str = ""
) -> tuple[UUID, int]:  # fmt: skip
    """Set the field in every task of ``seen`` (id → revision). The batch, and how many tasks it changed.

    Raises Conflict where one of them changed since, Forbidden and Invalid as for one: then none is changed.
    """
    refuse_impossible_bulk(seen, field)
    batch, changed = uuid4(), 0
    for task in locked_tasks(by=by, task_ids=seen):
        refuse_stale(task, seen[task.pk])
        after = _after(task, field, value, mode)
        changed += change_held(by=by, task=task, values={field: after}, reason=reason, batch=batch) is not None
    return batch, changed


def refuse_impossible_bulk(seen: Mapping[int, int], field: str) -> None:
    """Raises Invalid for a field that is not changed in bulk, for no tasks and for too many."""
    if field not in FIELDS_IN_BULK:
        raise Invalid(_("Choose what is to be changed."), field="field")
    if not seen:
        raise Invalid(_("Choose at least one task."), field="seen")
    most = allowances().bulk
    if len(seen) > most:
        told = {"most": most, "count": len(seen)}
        raise Invalid(_("At most %(most)d tasks are changed in one go; these are %(count)d. Narrow the filters down.") % told, field="seen")


def _rehearsed(by: Person, task: Task, seen: Mapping[int, int], field: str, value: Any, mode: BulkMode) -> Foreseen:
    before, round_before = value_of(task, field), task.round
    try:
        with transaction.atomic():
            refuse_stale(task, seen[task.pk])
            change_held(by=by, task=task, values={field: _after(task, field, value, mode)})
    except Refused as problem:
        return Foreseen(task=task, before=before, after=before, problem=str(problem))
    return Foreseen(task=task, before=before, after=value_of(task, field), signs_again=_asks(task, round_before))


def _asks(task: Task, round_before: int) -> bool:
    """Whether a unit has something to sign by it: where all signed for just these words before, their signatures hold again."""
    return task.round != round_before and task.signing in (Signing.WAITING, Signing.OBJECTED)


def _after(task: Task, field: str, value: Any, mode: BulkMode) -> Any:
    """The value itself; of several units or lines those that come to, or go from, what stands there."""
    if FIELDS[field].type not in (Type.UNITS, Type.LINES) or mode == BulkMode.SET:
        return value
    standing, given = value_of(task, field), [int(one) for one in value]
    if mode == BulkMode.TAKE:
        return [one for one in standing if one not in given]
    return [*standing, *(one for one in given if one not in standing and one != task.lead_unit_id)]
