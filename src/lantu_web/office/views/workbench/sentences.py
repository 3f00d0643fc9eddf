"""Acts on one sentence."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Refused
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.workbench import answers
from lantu_web.office.views.workbench.answers import Touched
from lantu_web.office.views.workbench.asked import number
from lantu_web.plans.commands import review as commands
from lantu_web.plans.models import Plan, Sentence
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def not_a_task(request: OfficeRequest, pk: int, sentence: int) -> HttpResponse:
    """Why it is deliberately not a task (a dialog that tells who said so, where it is one already); then the sentence."""
    plan, row = _sentence(request, pk, sentence)
    if request.method == "GET":
        return HttpResponse(_asking(request, plan, row))
    reason = request.POST.get("reason", "")
    try:
        commands.mark_not_a_task(by=request.person, sentence=row, expected=number(request, "expected"), reason=reason)
    except Refused as refused:
        now = queries.sentences_of(plan).get(pk=row.pk)
        return HttpResponse(_asking(request, plan, now, reason=reason, problem=str(refused)), status=refused.status)
    return _done(request, plan, row)


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def reopen(request: OfficeRequest, pk: int, sentence: int) -> HttpResponse:
    plan, row = _sentence(request, pk, sentence)
    try:
        commands.reopen_sentence(by=request.person, sentence=row, expected=number(request, "expected"))
    except Refused as refused:
        now = queries.sentences_of(plan).get(pk=row.pk)
        return HttpResponse(_asking(request, plan, now, problem=str(refused)), status=refused.status)
    return _done(request, plan, row)


def _sentence(request: OfficeRequest, pk: int, sentence: int) -> tuple[Plan, Sentence]:
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    return plan, get_object_or_404(queries.sentences_of(plan), pk=sentence)


def _done(request: OfficeRequest, plan: Plan, row: Sentence) -> HttpResponse:
    """Everything is out of band: the dialog closes, the sentence has the focus."""
    touched = Touched(spans=[(row.start, row.end)], keys=[row.heading_id or BEFORE], focus=f"s{row.pk}")
    return answers.answer(request, plan, "", touched)


def _asking(request: OfficeRequest, plan: Plan, row: Sentence, *, reason: str = "", problem: str = "") -> str:
    context = {"row": row, "plan": plan, "zone": request.zone, "reason": reason, "problem": problem, "history": queries.history(row)}
    return render_to_string("office/workbench/_sentence.html", context)
