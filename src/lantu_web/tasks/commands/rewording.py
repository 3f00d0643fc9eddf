"""The plan was adjusted under a line of the ledger: its new words are taken over, or the line stays and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib.errors import Conflict
from lantu_web.lib.texts import typed
from lantu_web.plans.validators import NOTE_LENGTH
from lantu_web.tasks.commands.changing import change_held
from lantu_web.tasks.commands.parts import held, put_years
from lantu_web.tasks.commands.trail import leave
from lantu_web.tasks.drafts import YearDraft
from lantu_web.tasks.enums import PartState
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.paths import FIGURES, proposed_path, years_of
from lantu_web.tasks.queries.plan_words import Reworded, reworded

TAKE, KEEP = "task.take_words", "task.keep_words"


def take(*, by: Person, found: Reworded, values: Mapping[str, Any]) -> None:
    """For a task that the caller holds: fields as the adjusted plan has them, and the path to its target proposed anew where its figures
    changed; who signed is asked again. Years in which something is settled stay."""
    task = found.task
    task.words = found.now
    path = proposed_path(task, values) if years_of(task) and set(FIGURES) & set(values) else None
    if path is not None and path.steps:
        put_years(by=by, task=task, years=_beside_what_is_settled(task, path.steps), values=values, action=TAKE)
    elif values:
        change_held(by=by, task=task, values=values, action=TAKE)
    leave(by=by, task=task, action=TAKE, after=_told(found))


@transaction.atomic
def keep(*, by: Person, task_id: int, expected: int, reason: str) -> Task:
    """The line stays as it is though the plan says otherwise now, and says why. Raises Conflict where the plan says the same."""
    task = held(by, task_id, expected)
    found = changed_words(task)
    why = typed(reason, field="reason", label=_("Reason"), length=NOTE_LENGTH)
    task.words = found.now
    leave(by=by, task=task, action=KEEP, after=_told(found), reason=why)
    return task


def changed_words(task: Task) -> Reworded:
    """Raises Conflict where the plan still says what the task was made of."""
    found = reworded([task])
    if not found:
        raise Conflict(_("The words of the plan are decided about already."))
    return found[0]


def _beside_what_is_settled(task: Task, steps: Sequence[Any]) -> list[YearDraft]:
    standing = {part.year: part for part in years_of(task)}
    settled = {year: part for year, part in standing.items() if part.state != PartState.OPEN}
    kept = [YearDraft(year=part.year, goal=part.goal, value=part.value) for part in settled.values()]
    planned = [
        YearDraft(year=step.year, goal=standing[step.year].goal if step.year in standing else "", value=step.value, reason=step.formula)
        for step in steps if step.year not in settled
    ]  # fmt: skip
    return [*kept, *planned]


def _told(found: Reworded) -> dict[str, Any]:
    return {"version": found.version.number, "document_number": found.version.document_number}
