"""The register of plans (规划目录清单), and the two ends of a plan's life: approval and closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ninja import Query, Router

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import plan_of
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.plans import (
    ApprovalOut,
    OfferOut,
    PlanApproval,
    PlanBranch,
    PlanChange,
    PlanClosing,
    PlanFiling,
    PlanNew,
    PlanOut,
    PlanWanted,
)
from lantu_web.api.schemas.versions import VersionOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.plans.commands import approval
from lantu_web.plans.commands import register as commands
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.approval import hurdles_of_approval, summary_of_approval
from lantu_web.plans.queries.offers import offers_of
from lantu_web.plans.queries.register import Row, Wanted, as_tree, parents_seen, register

router = Router(tags=["Plans"])


@router.get("/plans")
@endpoint(Right.REGISTER_READ, Page[PlanOut])
def list_plans(request: ApiRequest, wanted: Query[PlanWanted], paging: Query[Paging]) -> dict[str, Any]:
    """The register: plans in force for all who may read it, drafts as far as the caller's right reaches."""
    found = page_of(register(request.person, _wanted(wanted)), paging)
    return {**found, "items": _shown(request.person, found["items"])}


@router.get("/plans/tree")
@endpoint(Right.REGISTER_READ, Page[PlanBranch])
def get_plan_tree(request: ApiRequest, wanted: Query[PlanWanted], paging: Query[Paging]) -> dict[str, Any]:
    """The same plans, each below its upper plan (1+4+16+N)."""
    found = page_of(as_tree(register(request.person, _wanted(wanted))), paging)
    rows: list[Row] = found["items"]
    plans = _shown(request.person, [row.plan for row in rows])
    items = [{"plan": plan, "depth": row.depth, "children": row.children} for plan, row in zip(plans, rows, strict=True)]
    return {**found, "items": items}


@router.get("/plans/{int:plan_id}")
@endpoint(Right.REGISTER_READ, PlanOut)
def get_plan(request: ApiRequest, plan_id: Id) -> Any:
    """One plan."""
    return _shown(request.person, [plan_of(request, plan_id)])[0]


@router.post("/plans")
@endpoint(Right.PLAN_WRITE, PlanOut, status=201)
def create_plan(request: ApiRequest, plan: PlanNew) -> Any:
    """Enter a plan into the register, as a draft."""
    return commands.enter(by=request.person, entry=plan.entry())


@router.put("/plans/{int:plan_id}")
@endpoint(Right.PLAN_WRITE, PlanOut)
def change_plan(request: ApiRequest, plan_id: Id, change: PlanChange) -> Any:
    """Change the entry of a plan before its approval."""
    return commands.edit(by=request.person, plan_id=plan_of(request, plan_id).pk, expected=change.revision, entry=change.entry())


@router.post("/plans/{int:plan_id}/filing")
@endpoint(Right.PLAN_WRITE, PlanOut)
def file_plan(request: ApiRequest, plan_id: Id, filing: PlanFiling) -> Any:
    """备案: its number and day, in any state of the plan."""
    return commands.file(
        by=request.person, plan_id=plan_of(request, plan_id).pk, expected=filing.revision, filing_number=filing.filing_number,
        filed_on=filing.filed_on,
    )  # fmt: skip


@router.get("/plans/{int:plan_id}/offers")
@endpoint(Right.PLAN_WRITE, list[OfferOut])
def list_offers(request: ApiRequest, plan_id: Id) -> Any:
    """What was found in the text for fields of the register that are still empty."""
    offers = offers_of(plan_of(request, plan_id))
    return [{"field": offer.field, "label": str(offer.label), "value": offer.shown} for offer in offers]


@router.post("/plans/{int:plan_id}/offers")
@endpoint(Right.PLAN_WRITE, PlanOut)
def take_offers(request: ApiRequest, plan_id: Id, seen: Expected) -> Any:
    """Take these over; what somebody typed stays."""
    return commands.take_offers(by=request.person, plan_id=plan_of(request, plan_id).pk, expected=seen.revision)


@router.get("/plans/{int:plan_id}/approval")
@endpoint(Right.PLAN_APPROVE, ApprovalOut)
def get_approval(request: ApiRequest, plan_id: Id) -> dict[str, Any]:
    """What an approval would freeze, and what stands in its way."""
    plan = plan_of(request, plan_id)
    summary = summary_of_approval(plan)
    names = ("kinds", "total", "open_sentences", "open_findings", "covered_percent")
    return {"hurdles": list(hurdles_of_approval(plan)), **{name: getattr(summary, name) for name in names}}


@router.post("/plans/{int:plan_id}/approval")
@endpoint(Right.PLAN_APPROVE, VersionOut, status=201)
def approve_plan(request: ApiRequest, plan_id: Id, given: PlanApproval) -> Any:
    """Record the approval: what was accepted becomes version 1, and changes only by an adjustment from then on."""
    values = given.model_dump(exclude={"revision"})
    return approval.approve(by=request.person, plan_id=plan_of(request, plan_id).pk, expected=given.revision, **values)


@router.post("/plans/{int:plan_id}/closing")
@endpoint(Right.PLAN_APPROVE, PlanOut)
def close_plan(request: ApiRequest, plan_id: Id, closing: PlanClosing) -> Any:
    """The end of a plan's life: it stays readable, nothing of it changes any more."""
    plan = plan_of(request, plan_id)
    return approval.close(by=request.person, plan_id=plan.pk, expected=closing.revision, closed_on=closing.closed_on)


def _shown(by: Person, plans: Sequence[Plan]) -> list[dict[str, Any]]:
    """As rows of the register, without the ids of upper plans that the caller does not see."""
    above = parents_seen(by, plans)
    rows = [{name: getattr(plan, name) for name in PlanOut.model_fields} for plan in plans]
    return [{**row, "parent_id": row["parent_id"] if row["parent_id"] in above else None} for row in rows]


def _wanted(wanted: PlanWanted) -> Wanted:
    return Wanted(
        text=wanted.text, state=wanted.state or "", kind=wanted.kind or "", level=wanted.level or "", year=wanted.year,
        sort=wanted.sort or "",
    )  # fmt: skip
