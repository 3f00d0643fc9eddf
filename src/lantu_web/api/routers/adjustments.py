"""规划调整: the one way in which an approved plan changes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import adjustment_of, plan_of
from lantu_web.api.schemas.adjustments import (
    AdjustmentApproval,
    AdjustmentChange,
    AdjustmentDetail,
    AdjustmentNew,
    AdjustmentOut,
    LineChange,
    LineNew,
)
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.versions import VersionOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.lib.errors import Invalid
from lantu_web.plans.commands import adjustment_lines, adjustments
from lantu_web.plans.enums import Change
from lantu_web.plans.models import Adjustment
from lantu_web.plans.queries.adjustments import Line, adjustments_of, lines_of

router = Router(tags=["Adjustments"])


@router.get("/plans/{int:plan_id}/adjustments")
@endpoint(Right.PLAN_READ, Page[AdjustmentOut])
def list_adjustments(request: ApiRequest, plan_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """The adjustments of a plan, the newest first."""
    return page_of(adjustments_of(plan_of(request, plan_id)), paging, _shown)


@router.post("/plans/{int:plan_id}/adjustments")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentOut, status=201)
def draft_adjustment(request: ApiRequest, plan_id: Id, given: AdjustmentNew) -> Any:
    """Begin to prepare an adjustment of an approved plan."""
    return _shown(adjustments.draft(by=request.person, plan_id=plan_of(request, plan_id).pk, **given.model_dump()))


@router.get("/adjustments/{int:adjustment_id}")
@endpoint(Right.PLAN_READ, AdjustmentDetail)
def get_adjustment(request: ApiRequest, adjustment_id: Id) -> Any:
    """One adjustment with its lines: each item before and after."""
    return _detail(request, adjustment_id)


@router.put("/adjustments/{int:adjustment_id}")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentOut)
def change_adjustment(request: ApiRequest, adjustment_id: Id, change: AdjustmentChange) -> Any:
    """Say otherwise what it is called, why it comes and what for."""
    values = change.model_dump(exclude={"revision"})
    return _shown(adjustments.rename(by=request.person, adjustment_id=_id(request, adjustment_id), expected=change.revision, **values))


@router.post("/adjustments/{int:adjustment_id}/lines")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentDetail, status=201)
def add_line(request: ApiRequest, adjustment_id: Id, line: LineNew) -> Any:
    """Change, add or remove an item; a task that is removed takes its measures with it."""
    _write_line(request, _id(request, adjustment_id), line)
    return _detail(request, adjustment_id)


@router.put("/adjustments/{int:adjustment_id}/lines/{int:line_id}")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentDetail)
def rewrite_line(request: ApiRequest, adjustment_id: Id, line_id: Id, change: LineChange) -> Any:
    """Say otherwise what a change or an addition comes to."""
    adjustment_lines.rewrite_line(
        by=request.person, adjustment_id=_id(request, adjustment_id), expected=change.revision, line_id=line_id, after=change.content,
        reason=change.reason,
    )  # fmt: skip
    return _detail(request, adjustment_id)


@router.post("/adjustments/{int:adjustment_id}/lines/{int:line_id}/renew")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentDetail)
def renew_line(request: ApiRequest, adjustment_id: Id, line_id: Id, seen: Expected) -> Any:
    """Start a stale line from what is in force now."""
    adjustment_lines.renew_line(by=request.person, adjustment_id=_id(request, adjustment_id), expected=seen.revision, line_id=line_id)
    return _detail(request, adjustment_id)


@router.post("/adjustments/{int:adjustment_id}/lines/{int:line_id}/drop")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentDetail)
def drop_line(request: ApiRequest, adjustment_id: Id, line_id: Id, seen: Expected) -> Any:
    """The item stays as it is after all."""
    adjustment_lines.drop_line(by=request.person, adjustment_id=_id(request, adjustment_id), expected=seen.revision, line_id=line_id)
    return _detail(request, adjustment_id)


@router.post("/adjustments/{int:adjustment_id}/consult")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentOut)
def submit_adjustment(request: ApiRequest, adjustment_id: Id, seen: Expected) -> Any:
    """Ask for opinions: from now on the lines stand."""
    return _shown(adjustments.consult(by=request.person, adjustment_id=_id(request, adjustment_id), expected=seen.revision))


@router.post("/adjustments/{int:adjustment_id}/take-back")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentOut)
def take_adjustment_back(request: ApiRequest, adjustment_id: Id, seen: Expected) -> Any:
    """Back to the desk, to change lines after what was said; the opinions are kept."""
    return _shown(adjustments.take_back(by=request.person, adjustment_id=_id(request, adjustment_id), expected=seen.revision))


@router.post("/adjustments/{int:adjustment_id}/withdraw")
@endpoint(Right.ADJUSTMENT_WRITE, AdjustmentOut)
def withdraw_adjustment(request: ApiRequest, adjustment_id: Id, seen: Expected) -> Any:
    """It will not come; it stays readable."""
    return _shown(adjustments.withdraw(by=request.person, adjustment_id=_id(request, adjustment_id), expected=seen.revision))


@router.post("/adjustments/{int:adjustment_id}/approval")
@endpoint(Right.ADJUSTMENT_APPROVE, VersionOut, status=201)
def approve_adjustment(request: ApiRequest, adjustment_id: Id, given: AdjustmentApproval) -> Any:
    """Record its approval: the next version of the plan."""
    values = given.model_dump(exclude={"revision"})
    return adjustments.approve(by=request.person, adjustment_id=_id(request, adjustment_id), expected=given.revision, **values)


def _id(request: ApiRequest, adjustment_id: int) -> int:
    return adjustment_of(request, adjustment_id).pk


def _write_line(request: ApiRequest, adjustment_id: int, line: LineNew) -> None:
    given: dict[str, Any] = {"by": request.person, "adjustment_id": adjustment_id, "expected": line.revision, "reason": line.reason}
    if line.change is Change.ADD:
        kind, content = _needed(line.kind, "kind"), _needed(line.content, "content")
        adjustment_lines.add_item(kind=kind, after=content, parent_id=line.parent_id, **given)
    elif line.change is Change.CHANGE:
        adjustment_lines.change_item(item_id=_needed(line.item_id, "item_id"), after=_needed(line.content, "content"), **given)
    else:
        adjustment_lines.remove_item(item_id=_needed(line.item_id, "item_id"), **given)


def _needed(value: Any, field: str) -> Any:
    if value is None:
        raise Invalid(_("%(field)s must not be empty.") % {"field": field}, field=field)
    return value


def _detail(request: ApiRequest, adjustment_id: int) -> dict[str, Any]:
    adjustment = adjustment_of(request, adjustment_id)
    return {"adjustment": _shown(adjustment), "lines": [_line(line) for line in lines_of(adjustment)]}


def _shown(row: Adjustment) -> dict[str, Any]:
    names = (
        "id", "plan_id", "title", "trigger", "reason", "state", "approving_body", "upper_body", "document_number", "approved_on",
        "effective_on", "created_by", "created_at", "revision",
    )  # fmt: skip
    return {**{name: getattr(row, name) for name in names}, "version": row.version.number if row.version else None}


def _line(line: Line) -> dict[str, Any]:
    of_row = ("id", "change", "item_id", "parent_id", "kind", "before", "after", "reason")
    shown = ("code", "label", "heading_title", "quote", "is_stale")
    fields = [{"name": pair.name, "label": str(pair.label), "before": pair.before, "after": pair.after} for pair in line.fields]
    return {**{name: getattr(line.row, name) for name in of_row}, **{name: getattr(line, name) for name in shown}, "fields": fields}
