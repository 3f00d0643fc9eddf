"""Acts on one finding, each answered with it as it stands in the list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from lantu_web.accounts.rights import Right
from lantu_web.bridge.drafts import FIGURES
from lantu_web.lib.errors import Refused
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.refusals import tell
from lantu_web.office.views.workbench import answers
from lantu_web.office.views.workbench.answers import Touched
from lantu_web.office.views.workbench.asked import number
from lantu_web.plans.commands import review as commands
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.forms.review import ContentForm, content_form
from lantu_web.plans.models import Finding, Plan
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def settle(request: OfficeRequest, pk: int, finding: int) -> HttpResponse:
    """The choice is the button that was pressed."""
    plan, row = _finding(request, pk, finding)
    settlement, note = request.POST.get("settlement", ""), request.POST.get("note", "")
    try:
        commands.settle(by=request.person, finding=row, expected=number(request, "expected"), settlement=settlement, note=note)
    except Refused as refused:
        return _refused(request, plan, row, refused)
    return _done(request, plan, row)


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def reopen(request: OfficeRequest, pk: int, finding: int) -> HttpResponse:
    plan, row = _finding(request, pk, finding)
    try:
        commands.reopen_finding(by=request.person, finding=row, expected=number(request, "expected"))
    except Refused as refused:
        return _refused(request, plan, row, refused)
    return _done(request, plan, row)


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def from_paper(request: OfficeRequest, pk: int, finding: int) -> HttpResponse:
    """The fields of a figure, to be typed in from the paper original; then the sheet in which it stands."""
    plan, row = _finding(request, pk, finding)
    asked = request.GET if request.method == "GET" else request.POST
    kind = ItemKind.ACTUAL if asked.get("kind") == ItemKind.ACTUAL else ItemKind.TARGET
    if request.method == "GET":
        form = content_form(kind, initial={"comparator": "=", "measure": "level"}, prefix="paper")
        return HttpResponse(_typing(request, plan, row, form))
    form = content_form(kind, request.POST, prefix="paper")
    try:
        made = commands.add_from_paper(
            by=request.person, finding=row, expected=number(request, "expected"), kind=kind, values=form.values()
        )
    except Refused as refused:
        tell(form, refused)
        return HttpResponse(_typing(request, plan, row, form), status=refused.status)
    key = made.heading_id or BEFORE
    touched = Touched(spans=[(made.start, made.end)], keys=[key], findings=[_now(plan, row)], focus=f"c{made.pk}")
    return answers.with_sheet(request, plan, key, touched)


def _finding(request: OfficeRequest, pk: int, finding: int) -> tuple[Plan, Finding]:
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    return plan, get_object_or_404(queries.findings_of(plan), pk=finding)


def _now(plan: Plan, row: Finding) -> Finding:
    now = queries.findings_of(plan).get(pk=row.pk)
    now.plan = plan
    return now


def _done(request: OfficeRequest, plan: Plan, row: Finding) -> HttpResponse:
    now = _now(plan, row)
    touched = Touched(keys=[row.heading_id or BEFORE], marks=[now], focus=f"f{row.pk}")
    return answers.answer(request, plan, answers.finding_html(request, now), touched)


def _refused(request: OfficeRequest, plan: Plan, row: Finding, refused: Refused) -> HttpResponse:
    """The finding as it stands now, with what was typed."""
    now = _now(plan, row)
    html = answers.finding_html(request, now, notice=str(refused), note=request.POST.get("note", ""))
    return answers.answer(request, plan, html, Touched(keys=[row.heading_id or BEFORE]), status=refused.status)


def _typing(request: OfficeRequest, plan: Plan, row: Finding, form: ContentForm) -> str:
    context = {"finding": row, "plan": plan, "zone": request.zone, "form": form, "kind": form.kind, "kinds": FIGURES}
    return render_to_string("office/workbench/_from_paper.html", context)
