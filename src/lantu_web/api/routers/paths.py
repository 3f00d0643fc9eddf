"""Years and nodes of a task: planned, reached, verified."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ninja import Router

from lantu_web.accounts.rights import Right
from lantu_web.api import shown
from lantu_web.api.fetching import node_of, part_of, task_of
from lantu_web.api.schemas.base import Expected, Id
from lantu_web.api.schemas.tasks import (
    NodeChange,
    NodeDone,
    NodeOut,
    NodesChange,
    PartChange,
    PartNote,
    PartOut,
    PathWish,
    TaskDetail,
    Year,
    YearNew,
    YearsChange,
)
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.bridge import breakdown
from lantu_web.tasks.commands import finishing, parts
from lantu_web.tasks.commands.changing import as_number
from lantu_web.tasks.commands.parts import VALUE
from lantu_web.tasks.drafts import NodeDraft, YearDraft

router = Router(tags=["Years and nodes"])


@router.put("/tasks/{int:task_id}/years")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def set_years(request: ApiRequest, task_id: Id, given: YearsChange) -> Any:
    """All years at once, and fields of the task along with them; the years must reach the target."""
    values = given.values.given() if given.values else {}
    parts.set_years(by=request.person, task_id=_id(request, task_id), expected=given.revision, years=years_of(given.years), values=values)
    return _detail(request, task_id)


@router.put("/tasks/{int:task_id}/years/{int:year}")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def set_year(request: ApiRequest, task_id: Id, year: Year, given: PartChange) -> Any:
    """Enter what is due in a year, or change it. `revision` is that of the task."""
    values = given.model_dump(include={"goal", "value"})
    parts.set_part(by=request.person, task_id=_id(request, task_id), expected=given.revision, year=year, **values)
    return _detail(request, task_id)


@router.post("/tasks/{int:task_id}/years/{int:year}/drop")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def drop_year(request: ApiRequest, task_id: Id, year: Year, seen: Expected) -> Any:
    """Take a year out of the path; its nodes stay."""
    parts.drop_part(by=request.person, task_id=_id(request, task_id), expected=seen.revision, year=year)
    return _detail(request, task_id)


@router.post("/tasks/{int:task_id}/path")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def take_path(request: ApiRequest, task_id: Id, seen: Expected) -> Any:
    """Take the proposed path over: the years from baseline to target by the kind of the indicator."""
    parts.take_path(by=request.person, task_id=_id(request, task_id), expected=seen.revision)
    return _detail(request, task_id)


@router.put("/tasks/{int:task_id}/nodes")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def set_nodes(request: ApiRequest, task_id: Id, given: NodesChange) -> Any:
    """All nodes at once; those that are done stay."""
    nodes = [NodeDraft(due_on=one.due_on, text=one.text, value=as_number(one.value, VALUE)) for one in given.nodes]
    parts.set_nodes(by=request.person, task_id=_id(request, task_id), expected=given.revision, nodes=nodes)
    return _detail(request, task_id)


@router.post("/tasks/{int:task_id}/nodes")
@endpoint(Right.DIVISION_WRITE, TaskDetail, status=201)
def add_node(request: ApiRequest, task_id: Id, given: NodeChange) -> Any:
    """Enter a node, not after the task's due date (or the later one that was allowed)."""
    return _set_node(request, task_id, None, given)


@router.post("/tasks/{int:task_id}/nodes/propose")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def take_nodes(request: ApiRequest, task_id: Id, given: PathWish) -> Any:
    """Take the proposed nodes over, from today on: the ends of quarters, or stages back from the due date."""
    breakdown.take_nodes(by=request.person, task_id=_id(request, task_id), expected=given.revision, year=given.year)
    return _detail(request, task_id)


@router.put("/nodes/{int:node_id}")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def change_node(request: ApiRequest, node_id: Id, given: NodeChange) -> Any:
    """Another day, text or value."""
    return _set_node(request, node_of(request, node_id).task_id, node_id, given)


@router.post("/nodes/{int:node_id}/drop")
@endpoint(Right.DIVISION_WRITE, TaskDetail)
def drop_node(request: ApiRequest, node_id: Id, seen: Expected) -> Any:
    """Take a node that is not done out. `revision` is that of the task."""
    task_id = node_of(request, node_id).task_id
    parts.drop_node(by=request.person, task_id=task_id, expected=seen.revision, node_id=node_id)
    return _detail(request, task_id)


@router.post("/nodes/{int:node_id}/done")
@endpoint(Right.TASK_WORK, NodeOut)
def finish_node(request: ApiRequest, node_id: Id, given: NodeDone) -> Any:
    """Say on which day a node was reached, for its lead unit."""
    node = node_of(request, node_id)
    return shown.node(finishing.finish_node(by=request.person, node_id=node.pk, expected=given.revision, done_on=given.done_on))


@router.post("/parts/{int:part_id}/claim")
@endpoint(Right.TASK_WORK, PartOut)
def claim_part(request: ApiRequest, part_id: Id, given: PartNote) -> Any:
    """The lead unit says that a year's part is finished; the planning office verifies it."""
    part = part_of(request, part_id)
    return shown.part(finishing.claim(by=request.person, part_id=part.pk, expected=given.revision, note=given.note))


@router.post("/parts/{int:part_id}/verify")
@endpoint(Right.DIVISION_WRITE, PartOut)
def verify_part(request: ApiRequest, part_id: Id, seen: Expected) -> Any:
    """The planning office finds it finished. With its last open part the task itself is."""
    return shown.part(finishing.verify(by=request.person, part_id=part_of(request, part_id).pk, expected=seen.revision))


@router.post("/parts/{int:part_id}/send-back")
@endpoint(Right.DIVISION_WRITE, PartOut)
def send_part_back(request: ApiRequest, part_id: Id, given: PartNote) -> Any:
    """The planning office does not find it finished, and says what is missing."""
    part = part_of(request, part_id)
    return shown.part(finishing.send_back(by=request.person, part_id=part.pk, expected=given.revision, note=given.note))


def years_of(given: Iterable[YearNew]) -> list[YearDraft]:
    return [YearDraft(year=one.year, goal=one.goal, value=as_number(one.value, VALUE)) for one in given]


def _set_node(request: ApiRequest, task_id: int, node_id: int | None, given: NodeChange) -> Any:
    values = given.model_dump(exclude={"revision"})
    parts.set_node(by=request.person, task_id=_id(request, task_id), expected=given.revision, node_id=node_id, **values)
    return _detail(request, task_id)


def _id(request: ApiRequest, task_id: int) -> int:
    return task_of(request, task_id).pk


def _detail(request: ApiRequest, task_id: int) -> Any:
    return shown.detail(task_of(request, task_id), request.person)
