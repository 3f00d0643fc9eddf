"""Changes of many tasks in few statements: everything is read first, decided task by task, and written together.

The rules are those of a change of one task (``changing.change_held``); here nothing is written before all of it is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit
from lantu_web.lib.errors import Refused
from lantu_web.lib.rows import BATCH
from lantu_web.tasks.commands import changing
from lantu_web.tasks.commands.issuing import Issued, issued, round_after, told_again
from lantu_web.tasks.commands.reaching import refuse_unreached
from lantu_web.tasks.commands.telling import tell_of_each
from lantu_web.tasks.commands.trail import Left, leave_each
from lantu_web.tasks.content import Field, Type, differing
from lantu_web.tasks.enums import VISIBLE, Event
from lantu_web.tasks.initials import initials_of
from lantu_web.tasks.models import Cooperation, Node, Signature, Task
from lantu_web.tasks.queries.below import Below, below
from lantu_web.tasks.queries.paths import FIGURES

_COLUMNS = tuple(
    column.attname for column in Task._meta.concrete_fields if column.attname not in ("id", "revision", "changed_at", "created_at")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one task is to hold, as ``changing.change_held`` takes it; ``expected``: the revision that was seen."""

    values: Mapping[str, Any]
    expected: int
    reason: str = ""
    lead_reason: str = ""


@dataclass(slots=True, kw_only=True)
class Decided:
    """What becomes of one task. ``now`` is empty where nothing differs; ``refusal`` says why it cannot be."""

    task: Task
    before: dict[str, Any] = field(default_factory=dict)  # of the fields that differ
    now: dict[str, Any] = field(default_factory=dict)
    beside_before: dict[str, Any] = field(default_factory=dict)  # of what is no field and goes with one
    beside_now: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    issued: Issued | None = None
    reason: str = ""
    refusal: Refused | None = None


class Together:
    """Decides and writes changes of ``tasks``, which the caller holds where it writes."""

    def __init__(self, by: Person, tasks: Sequence[Task]) -> None:
        self._by, self._below = by, below(tasks)
        self._checked: dict[Hashable, Any] = {}
        prefetch_related_objects(tasks, "plan", "section", "person__posts")

    def value_of(self, task: Task, name: str) -> Any:
        return self._below[task.pk].value_of(task, name)

    def decide(self, task: Task, wanted: Wanted) -> Decided:
        """The task holds it from now on (unless it is refused half-way); nothing is written."""
        try:
            return self._decided(task, wanted)
        except Refused as refusal:
            return Decided(task=task, refusal=refusal)

    def _decided(self, task: Task, wanted: Wanted) -> Decided:
        changing.refuse_stale(task, wanted.expected)
        fields, under = [changing.known(name) for name in wanted.values], self._below[task.pk]
        changing.refuse_unchangeable(self._by, task, fields)
        before, beside = {name: under.value_of(task, name) for name in changing.watched(wanted.values)}, changing.beside_fields(task)
        columns = _columns(task)
        for one in fields:
            self._set(task, one, wanted.values[one.name])
        was, now = differing(before, {name: under.value_of(task, name) for name in before})
        if not now:
            return Decided(task=task)
        if "lead_unit" in now:
            task.lead_reason = wanted.lead_reason
        changing.refuse_impossible(task, under.cooperating)
        if now.keys() & FIGURES:
            refuse_unreached(task, under.values_of_years)
        beside_was, beside_now = differing(beside, changing.beside_fields(task))
        again = _issued(task, under)
        return Decided(
            task=task, before=was, now=now, beside_before=beside_was, beside_now=beside_now, issued=again, reason=wanted.reason,
            columns={name: value for name, value in _columns(task).items() if value != columns[name]},
        )  # fmt: skip

    def _set(self, task: Task, one: Field, value: Any) -> None:
        under, lead, due = self._below[task.pk], task.lead_unit_id, task.due_on
        found = self._checked_once(task.zone_id, one, value)
        match one.type:
            case Type.UNITS:
                under.cooperating = found
            case Type.LINES:
                under.lines = found
            case _:
                setattr(task, one.name, found)
        if one.name == "title":
            task.initials = initials_of(task.title)
        elif one.name == "due_on" and task.due_on != due:
            _move_latest(task, under)
        elif one.name == "lead_unit":
            changing.follow_lead(task, lead)

    def _checked_once(self, zone_id: int, one: Field, value: Any) -> Any:
        key = (one.name, tuple(value) if isinstance(value, (list, tuple, set)) else value)
        if key not in self._checked:
            self._checked[key] = changing.checked(zone_id, value, one)
        return self._checked[key]

    def write(self, decided: Sequence[Decided], *, action: str = "task.change", batch: UUID | None = None) -> int:
        """Those that differ, each with its trail; in a transaction. Gives how many."""
        found = [one for one in decided if one.now]
        self._write_units([one.task for one in found if "cooperating" in one.now])
        self._write_lines([one.task for one in found if "lines" in one.now])
        _write_latest([one for one in found if "latest_on" in one.columns])
        again = _write_signatures(found)
        leave_each(by=self._by, action=action, batch=batch, left=[
            Left(
                task=one.task, before={**one.before, **one.beside_before}, after={**one.now, **one.beside_now, **again[one.task.pk]},
                reason=one.reason, columns=one.columns,
            )
            for one in found
        ])  # fmt: skip
        told = [(one.task, {"fields": sorted(one.now)}) for one in found if one.task.state in VISIBLE]
        tell_of_each(by=self._by, event=Event.TASK_CHANGED, told=told)
        return len(found)

    def _write_units(self, tasks: Sequence[Task]) -> None:
        Cooperation.objects.filter(task__in=tasks).delete()
        Cooperation.objects.bulk_create([
            Cooperation(task=task, unit_id=pk, position=at) for task in tasks for at, pk in enumerate(self._below[task.pk].cooperating)
        ], batch_size=BATCH)  # fmt: skip

    def _write_lines(self, tasks: Sequence[Task]) -> None:
        through = Task.lines.through
        through.objects.filter(task__in=tasks).delete()
        through.objects.bulk_create([
            through(task_id=task.pk, workline_id=pk) for task in tasks for pk in self._below[task.pk].lines
        ], batch_size=BATCH)  # fmt: skip


def _columns(task: Task) -> dict[str, Any]:
    return {name: getattr(task, name) for name in _COLUMNS}


def _move_latest(task: Task, under: Below) -> None:
    latest = changing.latest_of(task, under.granted)
    after = next((node for node in under.nodes if latest is not None and node[0] > latest), None)
    if after is not None:
        raise changing.before_its_node(after[0], after[1])
    task.latest_on = latest


def _issued(task: Task, under: Below) -> Issued | None:
    """A round more, where what was signed for is not what the task says now."""
    if task.round == 0:
        return None
    content = under.content_of(task)
    standing = next((row for row in reversed(under.signatures) if not row.is_superseded), None)
    if standing is not None and standing.content == content:
        return None
    last = max((row.round for row in under.signatures), default=0)
    return issued(task, under.signatures, content, round_number=round_after(task, last))


def _write_latest(found: Sequence[Decided]) -> None:
    """On the nodes too, which repeat it."""
    tasks: dict[date | None, list[int]] = defaultdict(list)
    for one in found:
        tasks[one.task.latest_on].append(one.task.pk)
    for latest, ids in tasks.items():
        Node.objects.filter(task__in=ids).update(latest_on=latest)


def _write_signatures(found: Sequence[Decided]) -> dict[int, dict[str, str]]:
    """For the trail, by task: the units whose signature holds again."""
    rounds = {one.task.pk: one.issued for one in found if one.issued is not None}
    Signature.objects.filter(task__in=list(rounds), is_superseded=False).update(is_superseded=True)
    for row in [row for one in rounds.values() for row in one.released]:
        row.save()
    Signature.objects.bulk_create([row for one in rounds.values() for row in one.made], batch_size=BATCH)
    names = Unit.objects.in_bulk({row.unit_id for one in rounds.values() for row in one.again})
    again = {pk: told_again([names[row.unit_id].name for row in one.again]) for pk, one in rounds.items()}
    return {one.task.pk: again.get(one.task.pk, {}) for one in found}
