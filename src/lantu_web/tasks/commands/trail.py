"""What every change of a task leaves behind: a Change (for its history and for undo) and an entry of the audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Model

from lantu_web.accounts.acting import Person
from lantu_web.audit.commands import Told, record, record_each
from lantu_web.lib import clock
from lantu_web.lib.rows import BATCH
from lantu_web.tasks.models import Change, Task


def leave(
    *, by: Person, task: Task, action: str, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
    reason: str = "", batch: UUID | None = None,
) -> Change:  # fmt: skip
    """One revision of the task more, saved with all its fields, and the trail of it."""
    task.revision, task.changed_at = task.revision + 1, clock.now()
    task.save()
    told = {**(after or {}), **({"why": reason} if reason else {})}
    record(by=by, action=action, on=task, before=before, after=told)
    return Change.objects.create(
        task=task, action=action, before=dict(before or {}), after=dict(after or {}), reason=reason, revision=task.revision, batch=batch,
        by_id=by.user_id, at=task.changed_at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What was done to one of many tasks; ``columns`` are those of its row that are others now."""

    task: Task
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> Told:
        return Told(on=self.task, before=self.before, after={**self.after, **({"why": self.reason} if self.reason else {})})


def leave_each(*, by: Person, action: str, left: Sequence[Left], batch: UUID | None = None) -> None:
    """As ``leave``, for many tasks of which each was changed in its own way, in few statements."""
    now = clock.now()
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for one in left:
        one.task.revision, one.task.changed_at = one.task.revision + 1, now
        alike[tuple(one.columns.items())].append(one.task.pk)
    for columns, ids in alike.items():
        Task.objects.filter(pk__in=ids).update(**dict(columns), revision=F("revision") + 1, changed_at=now)
    record_each(by=by, action=action, told=[one.told for one in left])
    Change.objects.bulk_create([
        Change(
            task=one.task, action=action, before=dict(one.before), after=dict(one.after), reason=one.reason, revision=one.task.revision,
            batch=batch, by_id=by.user_id, at=now,
        )
        for one in left
    ], batch_size=BATCH)  # fmt: skip


def leave_many(
    *, by: Person, tasks: Sequence[Task], action: str, after: Mapping[str, Any], fields: Sequence[str], on: Model | None = None
) -> None:  # fmt: skip
    """The same for many tasks to which the same was done: ``fields`` are saved, each has its Change, the audit one entry for all."""
    now = clock.now()
    for task in tasks:
        task.revision, task.changed_at = task.revision + 1, now
    Task.objects.bulk_update(tasks, [*fields, "revision", "changed_at"], batch_size=200)
    told = {"action": action, "before": {}, "after": dict(after), "by_id": by.user_id, "at": now}
    Change.objects.bulk_create([Change(task=task, revision=task.revision, **told) for task in tasks], batch_size=BATCH)
    record(by=by, action=action, on=on or tasks[0], after={**after, "tasks": {str(task.pk): str(task) for task in tasks}})
