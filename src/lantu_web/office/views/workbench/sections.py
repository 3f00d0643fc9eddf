"""Bulk acts on a section: what would be decided is shown first, and exactly that is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Refused
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.workbench import answers
from lantu_web.office.views.workbench.answers import Touched
from lantu_web.office.views.workbench.asked import seen_of
from lantu_web.plans.commands import review as commands
from lantu_web.plans.models import Heading, Plan
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE, Section, outline


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def accept(request: OfficeRequest, pk: int, key: int) -> HttpResponse:
    """All open candidates of a section (``own``: of its own text alone), those in doubt only if it is said."""
    plan, heading, section = _section(request, pk, key)
    if request.method == "GET":
        return HttpResponse(_asking(request, plan, section))
    seen, with_doubt = seen_of(request), bool(request.POST.get("with_doubt"))
    if with_doubt:
        seen += seen_of(request, "seen_doubt")
    try:
        rows = commands.accept_section(by=request.person, plan=plan, heading=heading, seen=seen, with_doubt=with_doubt)
    except Refused as refused:
        return HttpResponse(_asking(request, plan, section, problem=str(refused)), status=refused.status)
    touched = Touched(spans=[(row.start, row.end) for row in rows], keys=section.keys, focus="wb-sheet")
    return answers.with_sheet(request, plan, key, touched)


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def not_a_task(request: OfficeRequest, pk: int, key: int) -> HttpResponse:
    """All open sentences of a section, with one reason."""
    plan, heading, section = _section(request, pk, key)
    if request.method == "GET":
        return HttpResponse(_asking_why(request, plan, section))
    reason = request.POST.get("reason", "")
    try:
        rows = commands.mark_section_not_a_task(by=request.person, plan=plan, heading=heading, seen=seen_of(request), reason=reason)
    except Refused as refused:
        return HttpResponse(_asking_why(request, plan, section, reason=reason, problem=str(refused)), status=refused.status)
    touched = Touched(spans=[(row.start, row.end) for row in rows], keys=section.keys, focus="wb-sheet")
    return answers.with_sheet(request, plan, key, touched)


def _section(request: OfficeRequest, pk: int, key: int) -> tuple[Plan, Heading | None, Section]:
    """404 for what the person may not see, and for a heading of another plan."""
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    heading = get_object_or_404(queries.headings_of(plan), pk=key) if key != BEFORE else None
    section = outline(plan).by_key.get(key)
    if section is None:
        raise Http404
    return plan, heading, section


def _keys(request: OfficeRequest, section: Section) -> tuple[int, ...]:
    asked = request.GET if request.method == "GET" else request.POST
    return (section.key,) if asked.get("own") else section.keys


def _asking(request: OfficeRequest, plan: Plan, section: Section, *, problem: str = "") -> str:
    rows = list(queries.open_candidates_below(plan, _keys(request, section)))
    sure, doubtful = [row for row in rows if not row.doubt], [row for row in rows if row.doubt]
    context = {**_context(request, plan, section), "sure": sure, "doubtful": doubtful, "problem": problem}
    return render_to_string("office/workbench/_accept_section.html", {**context, "seen": _told(sure), "seen_doubt": _told(doubtful)})


def _asking_why(request: OfficeRequest, plan: Plan, section: Section, *, reason: str = "", problem: str = "") -> str:
    rows = list(queries.open_sentences_below(plan, _keys(request, section)))
    context = {**_context(request, plan, section), "rows": rows, "seen": _told(rows), "reason": reason, "problem": problem}
    return render_to_string("office/workbench/_section_not_a_task.html", context)


def _context(request: OfficeRequest, plan: Plan, section: Section) -> dict[str, Any]:
    asked = request.GET if request.method == "GET" else request.POST
    return {"plan": plan, "zone": request.zone, "section": section, "title": section.name, "own": "1" if asked.get("own") else ""}


def _told(rows: Sequence[Any]) -> str:
    return ",".join(f"{row.pk}:{row.revision}" for row in rows)
