"""An amended file of a plan in review: what differs from what was accepted, decided line by line."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import plan_in_review_of, reimport_of
from lantu_web.api.schemas.adjustments import (
    ChoiceForAll,
    LineChoice,
    LinesWanted,
    ReimportDetail,
    ReimportLineOut,
    ReimportOut,
)
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.bridge import reimport as bridge
from lantu_web.plans.commands import reimport as commands
from lantu_web.plans.queries.reimports import is_outdated, lines_wanted, reimport_lines, reimports_of, tallies_of

router = Router(tags=["Amended files"])


@router.get("/plans/{int:plan_id}/reimports")
@endpoint(Right.PLAN_DRAFT_READ, Page[ReimportOut])
def list_reimports(request: ApiRequest, plan_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """The amended files of a plan, the newest first."""
    return page_of(reimports_of(plan_in_review_of(request, plan_id)), paging)


@router.get("/reimports/{int:reimport_id}")
@endpoint(Right.PLAN_DRAFT_READ, ReimportDetail)
def get_reimport(request: ApiRequest, reimport_id: Id) -> Any:
    """One amended file, with how many lines differ in which way, and how many are undecided."""
    return _detail(request, reimport_id)


@router.get("/reimports/{int:reimport_id}/lines")
@endpoint(Right.PLAN_DRAFT_READ, Page[ReimportLineOut])
def list_reimport_lines(request: ApiRequest, reimport_id: Id, wanted: Query[LinesWanted], paging: Query[Paging]) -> dict[str, Any]:
    """New, changed, dropped and moved lines, in the order of the amended text."""
    found = reimport_of(request, reimport_id)
    return page_of(lines_wanted(found, difference=wanted.difference or "", only_open=wanted.only_open), paging)


@router.post("/reimports/{int:reimport_id}/lines/{int:line_id}/choose")
@endpoint(Right.CANDIDATE_REVIEW, ReimportLineOut)
def choose_line(request: ApiRequest, reimport_id: Id, line_id: Id, given: LineChoice) -> Any:
    """Take one difference over, or keep what is there."""
    found = reimport_of(request, reimport_id)
    line = get_object_or_404(reimport_lines(found), pk=line_id)
    return commands.choose(by=request.person, reimport_id=found.pk, line_id=line.pk, expected=given.revision, choice=given.choice)


@router.post("/reimports/{int:reimport_id}/choose")
@endpoint(Right.CANDIDATE_REVIEW, ReimportDetail)
def choose_all_lines(request: ApiRequest, reimport_id: Id, given: ChoiceForAll) -> Any:
    """The same for every undecided line of one difference."""
    found = reimport_of(request, reimport_id)
    commands.choose_all(
        by=request.person, reimport_id=found.pk, expected=given.revision, difference=given.difference, choice=given.choice
    )
    return _detail(request, reimport_id)


@router.post("/reimports/{int:reimport_id}/compare-again")
@endpoint(Right.CANDIDATE_REVIEW, ReimportDetail)
def compare_again(request: ApiRequest, reimport_id: Id, seen: Expected) -> Any:
    """After the review went on: the lines anew, with the choices that still fit."""
    bridge.compare_again(by=request.person, reimport_id=reimport_of(request, reimport_id).pk, expected=seen.revision)
    return _detail(request, reimport_id)


@router.post("/reimports/{int:reimport_id}/apply")
@endpoint(Right.CANDIDATE_REVIEW, ReimportDetail)
def apply_reimport(request: ApiRequest, reimport_id: Id, seen: Expected) -> Any:
    """Take the amended text over, with the decisions of its lines."""
    bridge.apply(by=request.person, reimport_id=reimport_of(request, reimport_id).pk, expected=seen.revision)
    return _detail(request, reimport_id)


@router.post("/reimports/{int:reimport_id}/give-up")
@endpoint(Right.CANDIDATE_REVIEW, ReimportDetail)
def give_reimport_up(request: ApiRequest, reimport_id: Id, seen: Expected) -> Any:
    """Leave the review as it is."""
    commands.give_up(by=request.person, reimport_id=reimport_of(request, reimport_id).pk, expected=seen.revision)
    return _detail(request, reimport_id)


def _detail(request: ApiRequest, reimport_id: int) -> dict[str, Any]:
    found = reimport_of(request, reimport_id)
    is_open = found.applied_at is None and found.given_up_at is None
    return {"reimport": found, "tallies": list(tallies_of(found)), "is_outdated": is_open and is_outdated(found)}
