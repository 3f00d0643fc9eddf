"""Finishing: nodes and annual parts, claimed by the unit and verified by the planning office; what is left goes into the next year."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import day, typed
from lantu_web.plans.validators import EARLIEST_DAY, NOTE_LENGTH
from lantu_web.tasks.commands.locking import locked_division, locked_task, locked_tasks
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.commands.trail import leave
from lantu_web.tasks.enums import Event, PartState, Signing, TaskState
from lantu_web.tasks.models import Node, Task, YearPart
from lantu_web.tasks.queries.parts import nodes_visible_to, parts_visible_to, unfinished_parts


@transaction.atomic
def claim(*, by: Person, part_id: int, expected: int, note: str = "") -> YearPart:
    """The lead unit says that the year's part is finished; finished it is when the planning office verified it."""
    task, part = _held_part(by, part_id, expected)
    require_in_unit(by, Right.TASK_WORK, task.lead_unit_id)
    _refuse_closed(task, part)
    if part.claimed_on is not None:
        raise Conflict(_("“%(part)s” was claimed finished already; it waits for the planning office.") % {"part": part})
    part.note = typed(note, field="note", label=_("Note"), length=NOTE_LENGTH, required=False)
    part.claimed_on, part.claimed_by_id = clock.today(), by.user_id
    _save(part)
    leave(by=by, task=task, action="part.claim", after={"year": part.year, "goal": part.goal, "claimed_on": part.claimed_on.isoformat()},
          reason=part.note)  # fmt: skip
    return part


@transaction.atomic
def verify(*, by: Person, part_id: int, expected: int) -> YearPart:
    """The planning office finds it so. With its last open part the task itself is finished.

    Raises Conflict where it would be finished while a unit has not signed for it, or objects.
    """
    task, part = _held_part(by, part_id, expected)
    require(by, Right.DIVISION_WRITE)
    _refuse_unclaimed(task, part)
    part.state, part.verified_on, part.verified_by_id = PartState.FINISHED, clock.today(), by.user_id
    _save(part)
    if not YearPart.objects.filter(task=task, state=PartState.OPEN).exists():
        _refuse_unsigned(task)
        task.state, task.finished_on = TaskState.FINISHED, part.verified_on
    leave(by=by, task=task, action="part.verify", after={"year": part.year, "goal": part.goal, "state": part.state})
    tell(by=by, event=Event.PART_FINISHED, task=task, year=part.year, goal=part.goal)
    return part


@transaction.atomic
def send_back(*, by: Person, part_id: int, expected: int, note: str) -> YearPart:
    """The planning office does not find it finished and says why; the unit works on and claims it again."""
    task, part = _held_part(by, part_id, expected)
    require(by, Right.DIVISION_WRITE)
    _refuse_unclaimed(task, part)
    part.note = typed(note, field="note", label=_("What is missing"), length=NOTE_LENGTH)
    part.claimed_on, part.claimed_by = None, None
    _save(part)
    leave(by=by, task=task, action="part.send_back", after={"year": part.year, "goal": part.goal}, reason=part.note)
    return part


@transaction.atomic
def finish_node(*, by: Person, node_id: int, expected: int, done_on: date | None) -> Node:
    """Say on which day a node was reached; None takes that back."""
    known = nodes_visible_to(by).filter(pk=node_id).values_list("task", flat=True).first()
    if known is None:
        raise Conflict(_("This node is not there any more."))
    task = locked_task(by=by, task_id=known)
    node = Node.objects.select_for_update().filter(pk=node_id, task=task).first()
    if node is None or node.revision != expected:
        raise Conflict(_("Somebody changed this node meanwhile. Nothing was saved: look at it again."))
    require_in_unit(by, Right.TASK_WORK, task.lead_unit_id)
    before = node.done_on
    bounds = {"earliest": EARLIEST_DAY, "latest": clock.today()}
    node.done_on = day(done_on, field="done_on", label=_("Done on"), **bounds) if done_on is not None else None
    node.done_by_id = by.user_id if node.done_on else None
    node.revision += 1
    node.save()
    told = {"node": node.text}
    leave(by=by, task=task, action="node.done" if node.done_on else "node.reopen", before={**told, "done_on": _iso(before)},
          after={**told, "done_on": _iso(node.done_on)})  # fmt: skip
    return node


@transaction.atomic
def carry_over(*, by: Person, division_id: int, year: int) -> int:
    """What the year left unfinished goes on in the next one, with what it was; gives how many parts.

    Raises Invalid for a year that is not over (nor the present one), Conflict where nothing is left of it.
    """
    require(by, Right.DIVISION_WRITE)
    division = locked_division(by=by, division_id=division_id)
    if year > clock.today().year:
        raise Invalid(_("%(year)s has not begun yet: nothing of it can be carried over.") % {"year": year}, field="year")
    left = list(unfinished_parts(division, year))
    if not left:
        raise Conflict(_("Nothing of %(year)s is left to carry over.") % {"year": year})
    tasks = {task.pk: task for task in locked_tasks(by=by, task_ids={part.task_id for part in left})}
    parts = unfinished_parts(division, year).select_for_update(of=("self",))
    return sum(_carry(by, tasks[part.task_id], part) for part in parts if part.task_id in tasks)


def _carry(by: Person, task: Task, part: YearPart) -> int:
    part.state, part.claimed_on, part.claimed_by = PartState.CARRIED, None, None
    _save(part)
    YearPart.objects.create(
        task=task, year=part.year + 1, goal=part.goal, value=part.value, carried_from=part,
        reason=_("Carried over from %(year)s") % {"year": part.year},
    )  # fmt: skip
    leave(by=by, task=task, action="part.carry", before={"year": part.year}, after={"year": part.year + 1, "goal": part.goal})
    return 1


def _held_part(by: Person, part_id: int, expected: int) -> tuple[Task, YearPart]:
    known = parts_visible_to(by).filter(pk=part_id).values_list("task", flat=True).first()
    if known is None:
        raise Conflict(_("This part is not there any more."))
    task = locked_task(by=by, task_id=known)
    part = YearPart.objects.select_for_update().filter(pk=part_id, task=task).first()
    if part is None or part.revision != expected:
        raise Conflict(_("Somebody changed this part meanwhile. Nothing was saved: look at it again."))
    return task, part


def _refuse_closed(task: Task, part: YearPart) -> None:
    if task.state != TaskState.SENT or part.state != PartState.OPEN:
        raise Conflict(_("“%(part)s” is not open any more.") % {"part": part})


def _refuse_unclaimed(task: Task, part: YearPart) -> None:
    _refuse_closed(task, part)
    if part.claimed_on is None:
        raise Conflict(_("The unit does not claim “%(part)s” finished.") % {"part": part})


def _refuse_unsigned(task: Task) -> None:
    if task.signing in (Signing.WAITING, Signing.OBJECTED):
        message = _("“%(task)s” cannot be finished yet: units have still to sign for it, or their objections to be settled.")
        raise Conflict(message % {"task": task})


def _save(part: YearPart) -> None:
    part.revision += 1
    part.save()


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
