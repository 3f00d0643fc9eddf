"""审读意见: what a careful reader would be told, and what was done about it."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import plan_in_review_of
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.review import CandidateOut, FigureFromPaper, FindingOut, FindingSettle, FindingWanted
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.plans.commands import review
from lantu_web.plans.models import Finding
from lantu_web.plans.queries.review import candidates_by_id, findings_of
from lantu_web.plans.queries.review_lists import findings_wanted

router = Router(tags=["Review"])


@router.get("/plans/{int:plan_id}/findings")
@endpoint(Right.PLAN_DRAFT_READ, Page[FindingOut])
def list_findings(request: ApiRequest, plan_id: Id, wanted: Query[FindingWanted], paging: Query[Paging]) -> dict[str, Any]:
    """Damaged passages, missing tables, doubtful numbers, in the order of the text."""
    return page_of(findings_wanted(plan_in_review_of(request, plan_id), state=wanted.state or ""), paging)


@router.post("/plans/{int:plan_id}/findings/{int:finding_id}/settle")
@endpoint(Right.CANDIDATE_REVIEW, FindingOut)
def settle_finding(request: ApiRequest, plan_id: Id, finding_id: Id, given: FindingSettle) -> Any:
    """Say what was done about it."""
    finding = _finding(request, plan_id, finding_id)
    return review.settle(by=request.person, finding=finding, expected=given.revision, settlement=given.settlement, note=given.note)


@router.post("/plans/{int:plan_id}/findings/{int:finding_id}/reopen")
@endpoint(Right.CANDIDATE_REVIEW, FindingOut)
def reopen_finding(request: ApiRequest, plan_id: Id, finding_id: Id, seen: Expected) -> Any:
    """It is open again; a figure that was typed in for it stays."""
    return review.reopen_finding(by=request.person, finding=_finding(request, plan_id, finding_id), expected=seen.revision)


@router.post("/plans/{int:plan_id}/findings/{int:finding_id}/figure")
@endpoint(Right.CANDIDATE_REVIEW, CandidateOut, status=201)
def add_figure_from_paper(request: ApiRequest, plan_id: Id, finding_id: Id, given: FigureFromPaper) -> Any:
    """Type in a figure that the text lost, as the paper original has it; the finding is settled by it."""
    finding = _finding(request, plan_id, finding_id)
    row = review.add_from_paper(by=request.person, finding=finding, expected=given.revision, kind=given.kind, values=given.content)
    return candidates_by_id(finding.plan, [row.pk]).get()


def _finding(request: ApiRequest, plan_id: int, finding_id: int) -> Finding:
    return get_object_or_404(findings_of(plan_in_review_of(request, plan_id)), pk=finding_id)
