"""Opinions on plans and on adjustments: appended, never changed."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import adjustment_of, plan_of
from lantu_web.api.schemas.adjustments import OpinionNew, OpinionOut
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.plans.commands import opinions
from lantu_web.plans.queries.adjustments import opinions_of

router = Router(tags=["Opinions"])


@router.get("/plans/{int:plan_id}/opinions")
@endpoint(Right.REGISTER_READ, Page[OpinionOut])
def list_opinions(request: ApiRequest, plan_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """All opinions on a plan and on its adjustments, the newest first."""
    return page_of(opinions_of(plan_of(request, plan_id)), paging)


@router.post("/plans/{int:plan_id}/opinions")
@endpoint(Right.OPINION_GIVE, OpinionOut, status=201)
def give_opinion(request: ApiRequest, plan_id: Id, opinion: OpinionNew) -> Any:
    """Say what one thinks of a plan."""
    return opinions.give(by=request.person, plan_id=plan_of(request, plan_id).pk, **opinion.model_dump())


@router.get("/adjustments/{int:adjustment_id}/opinions")
@endpoint(Right.PLAN_READ, Page[OpinionOut])
def list_adjustment_opinions(request: ApiRequest, adjustment_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """The opinions on an adjustment, the newest first."""
    adjustment = adjustment_of(request, adjustment_id)
    return page_of(opinions_of(adjustment.plan, adjustment), paging)


@router.post("/adjustments/{int:adjustment_id}/opinions")
@endpoint(Right.OPINION_GIVE, OpinionOut, status=201)
def give_adjustment_opinion(request: ApiRequest, adjustment_id: Id, opinion: OpinionNew) -> Any:
    """Say what one thinks of an adjustment, while opinions are collected."""
    adjustment = adjustment_of(request, adjustment_id)
    return opinions.give(by=request.person, plan_id=adjustment.plan_id, adjustment_id=adjustment.pk, **opinion.model_dump())
