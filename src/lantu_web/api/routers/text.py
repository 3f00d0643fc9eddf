"""The text of a plan under review: headings, sentences with what was decided of them, coverage."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import heading_of, plan_in_review_of, section_keys
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.review import CoverageOut, HeadingOut, SectionMark, SentenceMark, SentenceOut, SentenceWanted
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.plans.commands import review
from lantu_web.plans.models import Sentence
from lantu_web.plans.queries.review import coverage, headings_of, sentences_of
from lantu_web.plans.queries.review_lists import sentences_by_id, sentences_wanted

router = Router(tags=["Review"])


@router.get("/plans/{int:plan_id}/headings")
@endpoint(Right.PLAN_DRAFT_READ, Page[HeadingOut])
def list_headings(request: ApiRequest, plan_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """The headings of the text, in order."""
    return page_of(headings_of(plan_in_review_of(request, plan_id)), paging)


@router.get("/plans/{int:plan_id}/sentences")
@endpoint(Right.PLAN_DRAFT_READ, Page[SentenceOut])
def list_sentences(request: ApiRequest, plan_id: Id, wanted: Query[SentenceWanted], paging: Query[Paging]) -> dict[str, Any]:
    """The whole text, sentence by sentence, each with its standing: covered, deliberately not a task, open, or a heading."""
    plan = plan_in_review_of(request, plan_id)
    keys = None if wanted.section is None else section_keys(plan, wanted.section)
    return page_of(sentences_wanted(plan, keys=keys, standing=wanted.standing or ""), paging)


@router.get("/plans/{int:plan_id}/coverage")
@endpoint(Right.PLAN_DRAFT_READ, CoverageOut)
def get_coverage(request: ApiRequest, plan_id: Id) -> Any:
    """How much of the text is decided, and what is left."""
    return coverage(plan_in_review_of(request, plan_id))


@router.post("/plans/{int:plan_id}/sentences/{int:sentence_id}/not-a-task")
@endpoint(Right.CANDIDATE_REVIEW, SentenceOut)
def mark_not_a_task(request: ApiRequest, plan_id: Id, sentence_id: Id, mark: SentenceMark) -> Any:
    """A sentence is deliberately not a task; the reason is kept."""
    sentence = _sentence(request, plan_id, sentence_id)
    return review.mark_not_a_task(by=request.person, sentence=sentence, expected=mark.revision, reason=mark.reason)


@router.post("/plans/{int:plan_id}/sentences/{int:sentence_id}/reopen")
@endpoint(Right.CANDIDATE_REVIEW, SentenceOut)
def reopen_sentence(request: ApiRequest, plan_id: Id, sentence_id: Id, seen: Expected) -> Any:
    """Take the reason back; the sentence is open again."""
    return review.reopen_sentence(by=request.person, sentence=_sentence(request, plan_id, sentence_id), expected=seen.revision)


@router.post("/plans/{int:plan_id}/sentences/not-a-task")
@endpoint(Right.CANDIDATE_REVIEW, list[SentenceOut])
def mark_section_not_a_task(request: ApiRequest, plan_id: Id, mark: SectionMark) -> Any:
    """Exactly the open sentences that were seen in a section, all or none."""
    plan = plan_in_review_of(request, plan_id)
    seen = [review.Seen(one.id, one.revision) for one in mark.seen]
    rows = review.mark_section_not_a_task(
        by=request.person, plan=plan, heading=heading_of(plan, mark.section), seen=seen, reason=mark.reason
    )
    return list(sentences_by_id(plan, [row.pk for row in rows]))


def _sentence(request: ApiRequest, plan_id: int, sentence_id: int) -> Sentence:
    return get_object_or_404(sentences_of(plan_in_review_of(request, plan_id)), pk=sentence_id)
