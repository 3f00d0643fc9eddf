"""The ledger: tasks found, read and changed, one or many at once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.api import shown
from lantu_web.api.fetching import task_of
from lantu_web.api.schemas.around import CountOut
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.tasks import (
    AnswersOut,
    AssignedOut,
    Assignment,
    ChangeOut,
    LedgerWanted,
    RowOut,
    TaskChange,
    TaskChanges,
    TaskDetail,
    TaskOut,
    UndoneOut,
    UndoWish,
    Withdrawal,
)
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.audit.actions import label_of_action
from lantu_web.lib.errors import Invalid
from lantu_web.tasks.commands import bulk, dividing, undo
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.many import Wish, change_many
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.queries.history import Line, history_of
from lantu_web.tasks.queries.listing import slice_of_ledger
from lantu_web.tasks.queries.wanted import SORTS, Wanted

router = Router(tags=["Ledger"])
LONGEST = 2000  # of a list of ids
LISTS, IDS = (Type.UNITS, Type.LINES), (Type.UNIT, Type.SECTION, Type.PERSON)


@router.get("/tasks")
@endpoint(Right.TASK_READ, Page[RowOut])
def list_tasks(request: ApiRequest, wanted: Query[LedgerWanted], paging: Query[Paging]) -> dict[str, Any]:
    """Tasks that are found by the filters of the ledger, each with the parts and nodes of one year.

    Units see what was sent out. Withdrawn tasks are found where their state is asked for.
    """
    if wanted.sort and wanted.sort.removeprefix("-") not in SORTS:
        raise Invalid(_("%(field)s must be one of: %(choices)s.") % {"field": "sort", "choices": ", ".join(SORTS)}, field="sort")
    given = {name: value for name, value in wanted.model_dump(mode="json").items() if value not in (None, "")}
    start = (paging.page - 1) * paging.page_size
    total, rows = slice_of_ledger(request.person, Wanted(**given), start=start, count=paging.page_size)
    return {"items": shown.lines(rows, request.person), "total": total, "page": paging.page, "page_size": paging.page_size}


@router.get("/tasks/{int:task_id}")
@endpoint(Right.TASK_READ, TaskDetail)
def get_task(request: ApiRequest, task_id: Id) -> Any:
    """One task with all its years and nodes."""
    return shown.detail(task_of(request, task_id), request.person)


@router.put("/tasks/{int:task_id}")
@endpoint(Right.TASK_WORK, TaskOut)
def change_task(request: ApiRequest, task_id: Id, given: TaskChange) -> Any:
    """Change fields of a task: the planning office all of them, the lead unit section and person.

    What was signed for and changes is sent out to be signed again.
    """
    row = task_of(request, task_id)
    require_in_unit(request.person, Right.TASK_WORK, row.lead_unit_id)
    change(by=request.person, task_id=row.pk, expected=given.revision, values=given.values.given(), reason=given.reason)
    return shown.task(task_of(request, task_id), request.person)


@router.post("/tasks/changes")
@endpoint(Right.TASK_WORK, AnswersOut)
def change_tasks(request: ApiRequest, given: TaskChanges) -> Any:
    """Change many tasks, each with its own values; every one is answered by itself.

    With `is_whole` none is changed where one is refused. The answer is 200 all the same: look at `refused`.
    """
    wishes = [Wish(task_id=one.id, expected=one.revision, values=one.values.given(), reason=one.reason) for one in given.items]
    batch, found = change_many(by=request.person, wishes=wishes, is_whole=given.is_whole)
    return shown.answers(found, batch)


@router.post("/tasks/assign")
@endpoint(Right.TASK_WORK, AssignedOut)
def assign_tasks(request: ApiRequest, given: Assignment) -> Any:
    """Set one field of many tasks to one value, all or none: a lead unit, a due date, work lines."""
    _refuse_unfitting(given)
    seen = {one.id: one.revision for one in given.seen}
    values = given.model_dump(include={"field", "value", "mode", "reason"})
    batch, changed = bulk.assign(by=request.person, seen=seen, **values)
    return {"batch": batch if changed else None, "changed": changed}


@router.post("/tasks/undo")
@endpoint(Right.TASK_WORK, UndoneOut)
def undo_changes(request: ApiRequest, given: UndoWish) -> Any:
    """Take one's own changes of a batch back, for a while; what others changed since stays as it is."""
    done = undo.undo_batch(by=request.person, batch=given.batch)
    return {"count": done.count, "kept": [task.pk for task in done.kept]}


@router.post("/tasks/{int:task_id}/withdraw")
@endpoint(Right.DIVISION_WRITE, TaskOut)
def withdraw_task(request: ApiRequest, task_id: Id, given: Withdrawal) -> Any:
    """Take a task that was sent out back from its units, saying why."""
    row = task_of(request, task_id)
    dividing.withdraw(by=request.person, task_id=row.pk, expected=given.revision, reason=given.reason)
    return shown.task(task_of(request, task_id), request.person)


@router.post("/tasks/{int:task_id}/remove")
@endpoint(Right.DIVISION_WRITE, CountOut)
def remove_draft(request: ApiRequest, task_id: Id, seen: Expected) -> Any:
    """Take a draft that was never sent out of the ledger, with the drafts below it; how many that were."""
    return {"count": dividing.remove_draft(by=request.person, task_id=task_of(request, task_id).pk, expected=seen.revision)}


@router.get("/tasks/{int:task_id}/changes")
@endpoint(Right.TASK_READ, Page[ChangeOut])
def list_changes(request: ApiRequest, task_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """What became of a task, the newest first."""
    return page_of(history_of(task_of(request, task_id)), paging, _changed)


def _changed(line: Line) -> dict[str, Any]:
    names = ("id", "action", "before", "after", "reason", "revision", "batch", "by", "at", "undone_at")
    return {**{name: getattr(line.change, name) for name in names}, "label": label_of_action(line.change.action)}


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 2**63


def _refuse_unfitting(given: Assignment) -> None:
    """Raises Invalid where the value is of another kind than the field."""
    field = FIELDS.get(given.field)
    if field is None:
        raise Invalid(_("“%(field)s” is no field of a task.") % {"field": given.field}, field="field")
    value = given.value
    match field.type:
        case kind if kind in LISTS:
            fits = isinstance(value, list) and len(value) <= LONGEST and all(map(_is_id, value))
        case kind if kind in IDS:
            fits = value is None or _is_id(value)
        case _:
            fits = value is None or isinstance(value, str)
    if not fits:
        raise Invalid(_("%(field)s is not valid.") % {"field": "value"}, field="value")
