"""Take back one's own changes for a while: fields, years and nodes; what others wrote since stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands.changing import as_number, change_held, refuse_withdrawn
from lantu_web.tasks.commands.locking import locked_tasks
from lantu_web.tasks.commands.parts import VALUE, put_nodes, put_years, readings
from lantu_web.tasks.commands.together import Together, Wanted
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.drafts import NodeDraft, YearDraft
from lantu_web.tasks.models import Change, Task, YearPart
from lantu_web.tasks.queries.undoing import undoable_changes
from lantu_web.tasks.queries.values import value_of

ACTION = "task.undo"
_PLAIN = frozenset({*FIELDS, "latest_on", "lead_reason"})  # what a change of fields tells of
Entry = list[Any]  # a year [year, goal, value] or a node [day, text, value], as the trail tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many tasks are as they were before, and those that are not, because somebody changed the same since."""

    count: int
    kept: tuple[Task, ...]


@transaction.atomic
def undo_change(*, by: Person, change_id: int) -> Task:
    """With what was changed of the task along with it (years and target, say).

    Raises Conflict where it is not there (any more), is too old, or where the same was changed since.
    """
    change = undoable_changes(by).filter(pk=change_id).first()
    if change is None:
        raise _too_late()
    together = undoable_changes(by).filter(batch=change.batch, task=change.task_id) if change.batch else [change]
    [(task, changes)] = _held(by, together)
    if not changes:
        raise _too_late()
    _put_back(by, task, changes)
    return task


@transaction.atomic
def undo_batch(*, by: Person, batch: UUID) -> Undone:
    """Of every task whose content still stands as the batch left it. Raises Conflict where there is none."""
    held = [(task, changes) for task, changes in _held(by, undoable_changes(by).filter(batch=batch)) if changes]
    if not held:
        raise _too_late()
    plain = [(task, changes) for task, changes in held if _is_plain(changes)]
    others = [(task, changes) for task, changes in held if not _is_plain(changes)]
    kept = _put_back_together(by, plain) + [task.pk for task, changes in others if not _is_put_back(by, task, changes)]
    return Undone(count=len(held) - len(kept), kept=tuple(Task.objects.filter(pk__in=kept).order_by("pk")))


def _is_plain(changes: Sequence[Change]) -> bool:
    """Whether they are of fields alone, no years and no nodes."""
    return all(set(change.before or {}) <= _PLAIN for change in changes)


def _put_back_together(by: Person, held: Sequence[tuple[Task, list[Change]]]) -> list[int]:
    """Changes of fields alone, in few statements. Gives the tasks that stay as they are; raises Forbidden where one is not the person's."""
    together, decided, done = Together(by, [task for task, _changes in held]), [], list[int]()
    for task, changes in held:
        before, after = _merged(changes)
        fields = {name: value for name, value in before.items() if name in FIELDS}
        if all(together.value_of(task, name) == after[name] for name in fields):
            wanted = Wanted(values=fields, expected=task.revision, lead_reason=before.get("lead_reason", ""))
            decided.append(together.decide(task, wanted))
    forbidden = next((one.refusal for one in decided if isinstance(one.refusal, Forbidden)), None)
    if forbidden is not None:
        raise forbidden
    together.write(decided, action=ACTION)
    put_back = {one.task.pk for one in decided if one.refusal is None}
    for task, changes in held:
        done += [change.pk for change in changes if task.pk in put_back]
    Change.objects.filter(pk__in=done).update(undone_at=clock.now())
    return [task.pk for task, _changes in held if task.pk not in put_back]


def _is_put_back(by: Person, task: Task, changes: Sequence[Change]) -> bool:
    try:
        with transaction.atomic():
            _put_back(by, task, changes)
    except (Conflict, Invalid):
        return False
    return True


def _held(by: Person, changes: Iterable[Change]) -> list[tuple[Task, list[Change]]]:
    """The tasks held, each with its changes, oldest first: without those that were taken back while this waited for them."""
    wanted = {change.pk: change.task_id for change in changes}
    tasks = locked_tasks(by=by, task_ids=wanted.values())
    of: dict[int, list[Change]] = defaultdict(list)
    for change in Change.objects.filter(pk__in=wanted, undone_at=None).order_by("pk"):
        of[change.task_id].append(change)
    return [(task, of[task.pk]) for task in tasks]


def _put_back(by: Person, task: Task, changes: Sequence[Change]) -> None:
    """Raises Conflict where it cannot be, because of what was done since."""
    before, after = _merged(changes)
    fields = {name: value for name, value in before.items() if name in FIELDS}
    if any(value_of(task, name) != after[name] for name in fields):
        raise _changed_since(task)
    refuse_withdrawn(task)
    standing = readings(task)
    years, nodes = (_without(task, standing[kind], before.get(kind), after.get(kind)) for kind in ("parts", "nodes"))
    if years is not None or nodes is not None:
        require_in_unit(by, Right.DIVISION_WRITE, task.lead_unit_id)
    if years is not None:
        _put_years(by, task, years, fields, before.get("lead_reason", ""))
    elif fields:
        change_held(by=by, task=task, values=fields, action=ACTION, lead_reason=before.get("lead_reason", ""))
    if nodes is not None:
        _put_nodes(by, task, nodes)
    Change.objects.filter(pk__in=[change.pk for change in changes]).update(undone_at=clock.now())


def _merged(changes: Sequence[Change]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stood before the first of them, and what after the last."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for change in changes:
        before = {**(change.before or {}), **before}
        after = {**after, **(change.after or {})}
    return before, after


def _without(task: Task, now: Sequence[Entry], before: Sequence[Entry] | None, after: Sequence[Entry] | None) -> list[Entry] | None:
    """What stands now without what the change did: years and nodes that it did not touch stay as others left them. None: it did nothing.

    Raises Conflict where what it did does not stand any more.
    """
    if before is None or after is None:
        return None
    added = [entry for entry in after if entry not in before]
    taken = [entry for entry in before if entry not in after]
    if any(entry not in now for entry in added):
        raise _changed_since(task)
    wanted = [entry for entry in now if entry not in added] + taken
    if len({_key(entry) for entry in wanted}) != len(wanted):
        raise _changed_since(task)
    return sorted(wanted, key=lambda entry: str(entry[0]))


def _key(entry: Entry) -> Any:
    """A year stands once, and a node once a day."""
    return entry[0] if isinstance(entry[0], int) else (entry[0], entry[1])


def _put_years(by: Person, task: Task, years: Sequence[Entry], fields: Mapping[str, Any], lead_reason: str) -> None:
    _refuse_claimed(task, {year for year, _goal, _value in years})
    wanted = [YearDraft(year=year, goal=goal, value=as_number(value, VALUE)) for year, goal, value in years]
    put_years(by=by, task=task, years=wanted, values=fields, action=ACTION, lead_reason=lead_reason)


def _refuse_claimed(task: Task, staying: Collection[int]) -> None:
    """What a unit said since of a year would go with it."""
    if YearPart.objects.filter(task=task, carried_from=None, claimed_on__isnull=False).exclude(year__in=staying).exists():
        raise _changed_since(task)


def _put_nodes(by: Person, task: Task, nodes: Sequence[Entry]) -> None:
    wanted = [NodeDraft(due_on=date.fromisoformat(day), text=text, value=as_number(value, VALUE)) for day, text, value in nodes]
    put_nodes(by=by, task=task, nodes=wanted, action=ACTION)
    if sorted(readings(task)["nodes"]) != sorted(map(list, nodes)):
        raise _changed_since(task)  # of a node that is done by now


def _changed_since(task: Task) -> Conflict:
    return Conflict(_("“%(task)s” was changed again since: it stays as it is now.") % {"task": task})


def _too_late() -> Conflict:
    return Conflict(_("This change cannot be taken back any more."))
