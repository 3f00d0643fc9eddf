"""What was found in a plan: accepted, edited, split, merged, rejected, reopened, added."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import heading_of, plan_in_review_of, section_keys
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.review import (
    CandidateDetail,
    CandidateEdit,
    CandidateMerge,
    CandidateNew,
    CandidateOut,
    CandidateReject,
    CandidateSplit,
    CandidateWanted,
    SectionAccept,
)
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.plans.commands import review
from lantu_web.plans.models import Candidate, Plan
from lantu_web.plans.queries.review import candidates_by_id, history
from lantu_web.plans.queries.review_lists import candidates_wanted

router = Router(tags=["Review"])


@router.get("/plans/{int:plan_id}/candidates")
@endpoint(Right.PLAN_DRAFT_READ, Page[CandidateOut])
def list_candidates(request: ApiRequest, plan_id: Id, wanted: Query[CandidateWanted], paging: Query[Paging]) -> dict[str, Any]:
    """What was found, in the order of the text."""
    plan = plan_in_review_of(request, plan_id)
    keys = None if wanted.section is None else section_keys(plan, wanted.section)
    return page_of(candidates_wanted(plan, keys=keys, kind=wanted.kind or "", state=wanted.state or "", in_doubt=wanted.doubt), paging)


@router.get("/plans/{int:plan_id}/candidates/{int:candidate_id}")
@endpoint(Right.PLAN_DRAFT_READ, CandidateDetail)
def get_candidate(request: ApiRequest, plan_id: Id, candidate_id: Id) -> Any:
    """One candidate with every decision on it, the last first."""
    row = _candidate(request, plan_id, candidate_id)
    return {"candidate": row, "history": list(history(row))}


@router.post("/plans/{int:plan_id}/candidates")
@endpoint(Right.CANDIDATE_REVIEW, CandidateOut, status=201)
def add_candidate(request: ApiRequest, plan_id: Id, given: CandidateNew) -> Any:
    """Add what was not found, for words of the text; it is accepted at once."""
    plan = plan_in_review_of(request, plan_id)
    row = review.add(by=request.person, plan=plan, kind=given.kind, values=given.content, span=given.stretch())
    return _shown(plan, row)


@router.post("/plans/{int:plan_id}/candidates/{int:candidate_id}/accept")
@endpoint(Right.CANDIDATE_REVIEW, CandidateOut)
def accept_candidate(request: ApiRequest, plan_id: Id, candidate_id: Id, seen: Expected) -> Any:
    """It becomes part of the plan as it stands."""
    row = _candidate(request, plan_id, candidate_id)
    return _shown(row.plan, review.accept(by=request.person, candidate=row, expected=seen.revision))


@router.put("/plans/{int:plan_id}/candidates/{int:candidate_id}")
@endpoint(Right.CANDIDATE_REVIEW, CandidateOut)
def edit_candidate(request: ApiRequest, plan_id: Id, candidate_id: Id, change: CandidateEdit) -> Any:
    """Other content, kind or place."""
    row = _candidate(request, plan_id, candidate_id)
    edited = review.edit(
        by=request.person, candidate=row, expected=change.revision, values=change.content, kind=change.kind,
        span=change.span.stretch() if change.span else None, accept=change.accept,
    )  # fmt: skip
    return _shown(row.plan, edited)


@router.post("/plans/{int:plan_id}/candidates/{int:candidate_id}/reject")
@endpoint(Right.CANDIDATE_REVIEW, CandidateOut)
def reject_candidate(request: ApiRequest, plan_id: Id, candidate_id: Id, given: CandidateReject) -> Any:
    """It stays out of the plan, and the reason with it."""
    row = _candidate(request, plan_id, candidate_id)
    rejected = review.reject(by=request.person, candidate=row, expected=given.revision, reason=given.reason, note=given.note)
    return _shown(row.plan, rejected)


@router.post("/plans/{int:plan_id}/candidates/{int:candidate_id}/reopen")
@endpoint(Right.CANDIDATE_REVIEW, CandidateOut)
def reopen_candidate(request: ApiRequest, plan_id: Id, candidate_id: Id, seen: Expected) -> Any:
    """Undo the last decision; what was split or merged stands as it was before."""
    row = _candidate(request, plan_id, candidate_id)
    return _shown(row.plan, review.reopen(by=request.person, candidate=row, expected=seen.revision))


@router.post("/plans/{int:plan_id}/candidates/{int:candidate_id}/split")
@endpoint(Right.CANDIDATE_REVIEW, list[CandidateOut])
def split_candidate(request: ApiRequest, plan_id: Id, candidate_id: Id, given: CandidateSplit) -> Any:
    """Several in place of one; gives the parts."""
    row = _candidate(request, plan_id, candidate_id)
    parts = [review.Part(start=part.start, end=part.end, values=part.content) for part in given.parts]
    made = review.split(by=request.person, candidate=row, expected=given.revision, parts=parts, accept=given.accept)
    return list(candidates_by_id(row.plan, [one.pk for one in made]))


@router.post("/plans/{int:plan_id}/candidates/merge")
@endpoint(Right.CANDIDATE_REVIEW, CandidateOut, status=201)
def merge_candidates(request: ApiRequest, plan_id: Id, given: CandidateMerge) -> Any:
    """One in place of two or more of one kind."""
    plan = plan_in_review_of(request, plan_id)
    seen = [review.Seen(one.id, one.revision) for one in given.seen]
    return _shown(plan, review.merge(by=request.person, plan=plan, seen=seen, values=given.content, accept=given.accept))


@router.post("/plans/{int:plan_id}/candidates/accept")
@endpoint(Right.CANDIDATE_REVIEW, list[CandidateOut])
def accept_section(request: ApiRequest, plan_id: Id, given: SectionAccept) -> Any:
    """Accept exactly the open candidates that were seen in a section, all or none."""
    plan = plan_in_review_of(request, plan_id)
    seen = [review.Seen(one.id, one.revision) for one in given.seen]
    rows = review.accept_section(
        by=request.person, plan=plan, heading=heading_of(plan, given.section), seen=seen, with_doubt=given.with_doubt
    )
    return list(candidates_by_id(plan, [row.pk for row in rows]))


def _candidate(request: ApiRequest, plan_id: int, candidate_id: int) -> Candidate:
    plan = plan_in_review_of(request, plan_id)
    row = get_object_or_404(candidates_by_id(plan, [candidate_id]))
    row.plan = plan
    return row


def _shown(plan: Plan, row: Candidate) -> Candidate:
    """The row as it stands now, with who decided."""
    return candidates_by_id(plan, [row.pk]).get()
