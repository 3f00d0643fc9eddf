"""The page of the workbench and its pane of candidates."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.workbench import answers
from lantu_web.office.views.workbench.asked import optional_number
from lantu_web.office.views.workbench.outline import OutlineHtml
from lantu_web.office.views.workbench.text import plan_html
from lantu_web.plans.enums import CandidateState, ItemKind
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE, outline


@require_safe
@screen(Right.PLAN_DRAFT_READ)
def review(request: OfficeRequest, pk: int) -> HttpResponse:
    """The whole text, the candidates of one sheet, the findings. Readers of drafts see it, planning officers decide in it."""
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    found, findings, pieces = outline(plan), list(queries.findings_of(plan)), queries.pieces_of(plan)
    chosen = answers.filter_of(request)
    key = optional_number(request, "section")
    context = answers.sheet_context(request, plan, found, -1 if key is None else key, chosen)
    first = context["sheet"].section.key if context["sheet"] else BEFORE
    context |= {
        "outline": OutlineHtml().items(found, first=first), "has_text": bool(pieces),
        "text": plan_html(pieces, found, findings, first=first),
        "coverage_bar": SafeString(answers.coverage_html(plan, found)),
        "findings": SafeString(answers.findings_html(request, plan, findings)),
        "has_findings": bool(findings), "kinds": ItemKind, "states": filterable_states(), "is_swapped": False, "side": "review",
    }  # fmt: skip
    return render(request, "office/workbench/review.html", context)


@require_safe
@screen(Right.PLAN_DRAFT_READ)
def sheet(request: OfficeRequest, pk: int, key: int) -> HttpResponse:
    """The pane of candidates for a heading."""
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    return HttpResponse(answers.sheet_html(request, plan, outline(plan), key, answers.filter_of(request)))


def filterable_states() -> tuple[CandidateState, ...]:
    """What one may filter by, replaced ones among it."""
    return (CandidateState.OPEN, CandidateState.ACCEPTED, CandidateState.REJECTED, CandidateState.REPLACED, CandidateState.DROPPED)
