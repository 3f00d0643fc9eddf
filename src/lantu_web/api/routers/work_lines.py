"""Work lines, campaigns and themes, which cross the tree of tasks."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import work_line_of
from lantu_web.api.schemas.around import Shift, WorkLineChange, WorkLineNew, WorkLineOut
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.tasks.commands import lines
from lantu_web.tasks.queries.divisions import work_lines_of

router = Router(tags=["Work lines"])


@router.get("/work-lines")
@endpoint(Right.TASK_READ, Page[WorkLineOut])
def list_work_lines(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """All of the zone, by kind and in their order."""
    return page_of(work_lines_of(request.person.zone_id or 0), paging)


@router.post("/work-lines")
@endpoint(Right.DIVISION_WRITE, WorkLineOut, status=201)
def add_work_line(request: ApiRequest, given: WorkLineNew) -> Any:
    """Enter one, at the end of those of its kind."""
    return lines.add_line(by=request.person, **given.model_dump())


@router.put("/work-lines/{int:line_id}")
@endpoint(Right.DIVISION_WRITE, WorkLineOut)
def change_work_line(request: ApiRequest, line_id: Id, given: WorkLineChange) -> Any:
    """Name, year, and whether it is in use."""
    row, values = work_line_of(request, line_id), given.model_dump(exclude={"revision"})
    return lines.change_line(by=request.person, line_id=row.pk, expected=given.revision, **values)


@router.post("/work-lines/{int:line_id}/shift")
@endpoint(Right.DIVISION_WRITE, WorkLineOut)
def shift_work_line(request: ApiRequest, line_id: Id, given: Shift) -> Any:
    """Up or down among those of its kind."""
    row = work_line_of(request, line_id)
    return lines.shift_line(by=request.person, line_id=row.pk, expected=given.revision, places=given.places)


@router.post("/work-lines/{int:line_id}/remove")
@endpoint(Right.DIVISION_WRITE, None, status=204)
def remove_work_line(request: ApiRequest, line_id: Id, seen: Expected) -> None:
    """Take one away in which no task stands."""
    lines.remove_line(by=request.person, line_id=work_line_of(request, line_id).pk, expected=seen.revision)
