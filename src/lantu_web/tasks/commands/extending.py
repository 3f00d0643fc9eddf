"""延期: a unit asks for a later due date, the planning office decides.

The date that was signed for stays; the later one stands beside it.
"""

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
from lantu_web.plans.validators import LATEST_DAY, NOTE_LENGTH
from lantu_web.tasks.commands.locking import locked_task
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.commands.trail import leave
from lantu_web.tasks.enums import Event, ExtensionState, TaskState
from lantu_web.tasks.models import Extension, Node, Task
from lantu_web.tasks.queries.parts import extensions_visible_to


@transaction.atomic
def ask(*, by: Person, task_id: int, due_on: date | None, reason: str) -> Extension:
    """The lead unit asks for a later day. Raises Conflict while another request is open, Invalid for a day that is not later."""
    task = locked_task(by=by, task_id=task_id)
    require_in_unit(by, Right.TASK_WORK, task.lead_unit_id)
    if task.state != TaskState.SENT or task.latest_on is None or task.lead_unit_id is None:
        raise Conflict(_("“%(task)s” has no due date that could be moved.") % {"task": task})
    if Extension.objects.filter(task=task, state=ExtensionState.ASKED).exists():
        raise Conflict(_("A later due date of “%(task)s” was asked for already; the planning office decides it first.") % {"task": task})
    wanted = day(due_on, field="due_on", label=_("New due date"), latest=LATEST_DAY)
    if wanted <= task.latest_on:
        raise Invalid(_("The new due date must be later than %(day)s.") % {"day": task.latest_on.isoformat()}, field="due_on")
    extension = Extension.objects.create(
        task=task, unit_id=task.lead_unit_id, due_on=wanted, asked_by_id=by.user_id, asked_at=clock.now(),
        reason=typed(reason, field="reason", label=_("Reason"), length=NOTE_LENGTH),
    )  # fmt: skip
    leave(by=by, task=task, action="extension.ask", after={"due_on": wanted.isoformat()}, reason=extension.reason)
    return extension


@transaction.atomic
def decide(*, by: Person, extension_id: int, expected: int, is_approved: bool, note: str) -> Extension:
    """Grant it, and nodes may lie as late as that; or refuse it, saying why."""
    require(by, Right.DIVISION_WRITE)
    known = extensions_visible_to(by).filter(pk=extension_id).values_list("task", flat=True).first()
    if known is None:
        raise Conflict(_("This request is not there any more."))
    task = locked_task(by=by, task_id=known)
    extension = Extension.objects.select_for_update().get(pk=extension_id)
    if extension.revision != expected or extension.state != ExtensionState.ASKED:
        raise Conflict(_("This request was decided already. Look at it as it stands now."))
    extension.note = typed(note, field="note", label=_("Answer"), length=NOTE_LENGTH, required=not is_approved)
    extension.state = ExtensionState.APPROVED if is_approved else ExtensionState.REFUSED
    extension.decided_by_id, extension.decided_at = by.user_id, clock.now()
    extension.revision += 1
    extension.save()
    before = task.latest_on
    if is_approved:
        _move(task, extension.due_on)
    told = {"latest_on": task.latest_on.isoformat() if task.latest_on else None, "state": extension.state}
    leave(by=by, task=task, action="extension.decide", before={"latest_on": before.isoformat() if before else None}, after=told,
          reason=extension.note)  # fmt: skip
    tell(by=by, event=Event.EXTENSION_DECIDED, task=task, state=extension.state, due_on=extension.due_on.isoformat())
    return extension


def _move(task: Task, latest: date) -> None:
    if task.due_on is not None and latest < task.due_on:
        raise Conflict(_("The task is due on %(day)s by now: the request is out of date.") % {"day": task.due_on.isoformat()})
    task.latest_on = latest
    task.save()
    Node.objects.filter(task=task).update(latest_on=latest)
