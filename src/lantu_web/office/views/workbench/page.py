"""The page of the workbench and its pane of candidates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.streams import streamed
from lantu_web.office.views.workbench import answers
from lantu_web.office.views.workbench.asked import optional_number
from lantu_web.office.views.workbench.folds import folded
from lantu_web.office.views.workbench.outline import OutlineHtml
from lantu_web.office.views.workbench.text import plan_html
from lantu_web.plans.enums import CandidateState, ItemKind
from lantu_web.plans.models import Finding, Plan
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE, Outline, outline

ANY = -1  # no heading's key: the first sheet with something open
NEAR = 8  # cards whose elements are made at once: more than a high screen has


@require_safe
@screen(Right.PLAN_DRAFT_READ)
def review(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The whole text, the candidates of one sheet, the findings. Readers of drafts see it, planning officers decide in it."""
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    bench = Bench(request, plan)
    context = {
        "plan": plan, "zone": request.zone, "may_decide": answers.may_decide(request, plan), "kinds": ItemKind, "side": "review",
        "has_text": queries.sentences_of(plan).exists(),
    }  # fmt: skip
    parts = {
        "coverage_bar": bench.coverage, "outline": bench.outline, "text": bench.text, "side_pane": bench.side, "findings": bench.findings,
    }  # fmt: skip
    return streamed(request, "office/workbench/review.html", context, parts)


@dataclass
class Bench:
    """The parts of the page as HTML. What several of them are made from is asked for once."""

    request: OfficeRequest
    plan: Plan

    def coverage(self) -> str:
        return answers.coverage_html(self.plan, self._outline)

    def outline(self) -> str:
        return OutlineHtml().items(self._outline, first=self._first)

    def text(self) -> str:
        return plan_html(queries.pieces_of(self.plan), self._outline, self._findings, first=self._first)

    def side(self) -> str:
        more = {"kinds": ItemKind, "states": filterable_states(), "is_swapped": False}
        return render_to_string("office/workbench/_side.html", {**self._sheet, **more})

    def findings(self) -> str:
        return folded(answers.findings_html(self.request, self.plan, self._findings))

    @cached_property
    def _outline(self) -> Outline:
        return outline(self.plan)

    @cached_property
    def _findings(self) -> list[Finding]:
        return list(queries.findings_of(self.plan))

    @cached_property
    def _key(self) -> int:
        """Of the sheet that is asked for."""
        key = optional_number(self.request, "section")
        return ANY if key is None else key

    @property
    def _first(self) -> int:
        """Of the heading that is shown first."""
        sheet = answers.sheet_of(self._outline, self._key)
        return sheet.section.key if sheet else BEFORE

    @cached_property
    def _sheet(self) -> dict[str, Any]:
        return answers.sheet_context(self.request, self.plan, self._outline, self._key, answers.filter_of(self.request), near=NEAR)


@require_safe
@screen(Right.PLAN_DRAFT_READ)
def sheet(request: OfficeRequest, pk: int, key: int) -> HttpResponse:
    """The pane of candidates for a heading."""
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    return HttpResponse(answers.sheet_html(request, plan, outline(plan), key, answers.filter_of(request)))


def filterable_states() -> tuple[CandidateState, ...]:
    """What one may filter by, replaced ones among it."""
    return (CandidateState.OPEN, CandidateState.ACCEPTED, CandidateState.REJECTED, CandidateState.REPLACED, CandidateState.DROPPED)
