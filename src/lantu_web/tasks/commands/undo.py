"""Take back one's own changes for a while: what others wrote since stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict
from lantu_web.tasks.commands.changing import change_held
from lantu_web.tasks.commands.locking import locked_tasks
from lantu_web.tasks.models import Change, Task
from lantu_web.tasks.queries.undoing import undoable_changes
from lantu_web.tasks.queries.values import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many tasks are as they were before, and those that are not, because somebody changed the same fields since."""

    count: int
    kept: tuple[Task, ...]


@transaction.atomic
def undo_change(*, by: Person, change_id: int) -> Task:
    """Raises Conflict where it is not there (any more), is too old, or where the same fields were changed since."""
    change = undoable_changes(by).filter(pk=change_id).first()
    if change is None:
        raise _too_late()
    done = _undo(by, [change])
    if done.kept:
        raise Conflict(_("“%(task)s” was changed again since: it stays as it is now.") % {"task": done.kept[0]})
    return change.task


@transaction.atomic
def undo_batch(*, by: Person, batch: UUID) -> Undone:
    """Every change of the batch whose fields still stand as it left them. Raises Conflict where there is none."""
    done = _undo(by, list(undoable_changes(by).filter(batch=batch)))
    if not done.count and not done.kept:
        raise _too_late()
    return done


def _undo(by: Person, changes: Iterable[Change]) -> Undone:
    of = {change.task_id: change for change in changes}
    count, kept = 0, []
    for task in locked_tasks(by=by, task_ids=of):
        change = of[task.pk]
        before, after = change.before or {}, change.after or {}
        if any(value_of(task, name) != value for name, value in after.items()):
            kept.append(task)
            continue
        change_held(by=by, task=task, values=before, action="task.undo")
        Change.objects.filter(pk=change.pk).update(undone_at=clock.now())
        count += 1
    return Undone(count=count, kept=tuple(kept))


def _too_late() -> Conflict:
    return Conflict(_("This change cannot be taken back any more."))
