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
from lantu_web.tasks.commands.locking import locked_tasks, read_tasks
from lantu_web.tasks.commands.together import Together, Wanted
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.enums import BulkMode, Signing
from lantu_web.tasks.models import Task

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


def foresee(*, by: Person, seen: Mapping[int, int], field: str, value: Any, mode: BulkMode = BulkMode.SET) -> list[Foreseen]:
    """Every task as it would be: decided as the change itself decides it, without writing, so that what is shown is what will happen."""
    refuse_impossible_bulk(seen, field)
    tasks = read_tasks(by=by, task_ids=seen)
    together = Together(by, tasks)
    return [_foreseen(together, task, seen[task.pk], field, value, mode) for task in tasks]


@transaction.atomic
def assign(
    *, by: Person, seen: Mapping[int, int], field: str, value: Any, mode: BulkMode = BulkMode.SET, reason: str = ""
) -> tuple[UUID, int]:  # fmt: skip
    """Set the field in every task of ``seen`` (id → revision). The batch, and how many tasks it changed.

    Raises Conflict where one of them changed since, Forbidden and Invalid as for one: then none is changed.
    """
    refuse_impossible_bulk(seen, field)
    batch, tasks = uuid4(), locked_tasks(by=by, task_ids=seen)
    together, decided = Together(by, tasks), []
    for task in tasks:
        after = _after(together.value_of(task, field), task, field, value, mode)
        decided.append(together.decide(task, Wanted(values={field: after}, expected=seen[task.pk], reason=reason)))
    refused = [(one.task, one.refusal) for one in decided if one.refusal is not None]
    if refused:
        is_of_all = len(refused) == len(decided) and len({str(refusal) for _task, refusal in refused}) == 1
        raise refused[0][1] if is_of_all else _naming(*refused[0])
    return batch, together.write(decided, batch=batch)


def _naming(task: Task, refusal: Refused) -> Refused:
    """The same refusal, with the task that it is about: among many one cannot tell."""
    told = str(refusal)
    return refusal if str(task) in told else type(refusal)(_("%(told)s: %(more)s") % {"told": task, "more": told}, field=refusal.field)


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


def _foreseen(together: Together, task: Task, revision: int, field: str, value: Any, mode: BulkMode) -> Foreseen:
    before, round_before = together.value_of(task, field), task.round
    after = _after(before, task, field, value, mode)
    decided = together.decide(task, Wanted(values={field: after}, expected=revision))
    if decided.refusal is not None:
        return Foreseen(task=task, before=before, after=before, problem=str(decided.refusal))
    return Foreseen(task=task, before=before, after=together.value_of(task, field), signs_again=_asks(task, round_before))


def _asks(task: Task, round_before: int) -> bool:
    """Whether a unit has something to sign by it: where all signed for just these words before, their signatures hold again."""
    return task.round != round_before and task.signing in (Signing.WAITING, Signing.OBJECTED)


def _after(standing: Any, task: Task, field: str, value: Any, mode: BulkMode) -> Any:
    """The value itself; of several units or lines those that come to, or go from, what stands there."""
    if FIELDS[field].type not in (Type.UNITS, Type.LINES) or mode == BulkMode.SET:
        return value
    given = [int(one) for one in value]
    if mode == BulkMode.TAKE:
        return [one for one in standing if one not in given]
    return [*standing, *(one for one in given if one not in standing and one != task.lead_unit_id)]
