"""One's own changes that can still be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.models import Change, Task
from lantu_web.tasks.queries.offers import words_for
from lantu_web.tasks.queries.visible import tasks_visible_to

# Changes of fields, of years and of nodes.
ACTIONS = ("task.change", "task.part", "task.years", "task.take_path", "task.node", "task.nodes", "task.take_nodes")
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A change of one's own, or a bulk change as one: of ``count`` tasks. ``differences`` are those of its first task."""

    change: Change
    batch: UUID | None
    count: int
    differences: tuple[Difference, ...]

    @property
    def until(self) -> datetime:
        return self.change.at + allowances().undo


def undoable_changes(by: Person) -> QuerySet[Change]:
    """Of fields, years and nodes, by the person, not yet taken back, young enough, of tasks that they see."""
    since = clock.now() - allowances().undo
    return Change.objects.filter(
        by=by.user_id, by__isnull=False, action__in=ACTIONS, undone_at=None, at__gte=since, task__in=tasks_visible_to(by)
    ).select_related("task")  # fmt: skip


def change_just_made(by: Person, task: Task) -> Change | None:
    """The change by which the person brought the task to its present revision; None where it was somebody else's."""
    return Change.objects.filter(task=task, revision=task.revision, by=by.user_id).order_by("-pk").first()


def own_changes(by: Person) -> list[Own]:
    """The newest first; what was changed in bulk is one."""
    batches: dict[UUID | int, list[Change]] = {}
    for change in undoable_changes(by).order_by("-at", "-pk")[: SHOWN * 5]:
        batches.setdefault(change.batch or change.pk, []).append(change)
    return [
        Own(change=of[0], batch=of[0].batch, count=len({one.task_id for one in of}), differences=_differences_of_first(of))
        for of in list(batches.values())[:SHOWN]
    ]


def _differences_of_first(of: Sequence[Change]) -> tuple[Difference, ...]:
    """One task may have two changes in a batch: its years, and the target along with them."""
    own = [one for one in of if one.task_id == of[0].task_id]
    return tuple(found for one in own for found in differences(one.before or {}, one.after or {}))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What was and what is, in words."""
    told = []
    for name in after:
        if name in FIELDS:
            words = words_for(FIELDS[name], (before.get(name), after[name]))
            told.append(Difference(label=str(FIELDS[name].label), before=words[str(before.get(name))], after=words[str(after[name])]))
    return (*told, *_years(before, after), *_nodes(before, after))


def _years(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    was, now = ({year: _shown(value, goal) for year, goal, value in of.get("parts", ())} for of in (before, after))
    years = sorted(year for year in was.keys() | now.keys() if was.get(year) != now.get(year))
    return [Difference(label=str(year), before=was.get(year, ""), after=now.get(year, "")) for year in years]


def _nodes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    was, now = ({(day, text): _shown(value, text) for day, text, value in of.get("nodes", ())} for of in (before, after))
    keys = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
    return [Difference(label=key[0], before=was.get(key, ""), after=now.get(key, "")) for key in keys]


def _shown(value: str | None, text: str) -> str:
    return " ".join(part for part in (value, text) if part)
