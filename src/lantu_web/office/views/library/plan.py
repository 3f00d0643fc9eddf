"""A plan's own page, and its entry in the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.audit.queries import entries_about
from lantu_web.documents.enums import UNFINISHED, ReadingState
from lantu_web.documents.models import Reading
from lantu_web.documents.problems import problem_of
from lantu_web.documents.queries import readings_of_plan
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.refusals import status_of, tell
from lantu_web.office.views.library.history import Event, events
from lantu_web.plans.commands import lay_out
from lantu_web.plans.commands import register as commands
from lantu_web.plans.enums import BEFORE_APPROVAL, PlanState
from lantu_web.plans.forms.register import FilingForm, PlanForm
from lantu_web.plans.models import Plan, Reimport
from lantu_web.plans.queries.approval import hurdles_of_taking_back
from lantu_web.plans.queries.offers import offers_of
from lantu_web.plans.queries.register import coverage_of, left_of, parents_seen, plans_below, plans_visible_to
from lantu_web.plans.queries.reimports import open_reimport_of
from lantu_web.plans.transitions import PlanAct, allows

HISTORY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Can:
    """What the person may do with this plan, so that the page offers nothing that would be refused."""

    edit: bool
    file: bool
    upload: bool
    review: bool
    download: bool
    approve: bool
    adjust: bool
    take_back: bool


@require_safe
@screen(Right.REGISTER_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    readings = list(readings_of_plan(plan.pk))
    can = can_do(request, plan)
    return render(request, "office/library/plan.html", {
        "plan": plan, "side": "overview", "can": can, "coverage": coverage_of(plan), "left": left_of(plan),
        "parent": parents_seen(request.person, [plan]).get(plan.parent_id or 0),
        "children": list(plans_below(request.person, plan)), "offers": offers_of(plan) if can.edit else (),
        "history": _history(request, plan), "amended": _amended(request, plan), **_files(readings),
    })  # fmt: skip


def _amended(request: OfficeRequest, plan: Plan) -> Reimport | None:
    """The comparison with an amended file that waits for who may decide it."""
    may = plan.state == PlanState.IN_REVIEW and request.person.may_in_unit(Right.CANDIDATE_REVIEW, plan.unit_id)
    return open_reimport_of(plan) if may else None


def _files(readings: list[Reading]) -> dict[str, Any]:
    """The last reading tells what is under way or what went wrong; a success afterwards makes an old fault no news."""
    last = readings[0] if readings else None
    return {
        "readings": readings,
        "under_way": last if last is not None and last.state in UNFINISHED else None,
        "failed": last if last is not None and last.state == ReadingState.FAILED else None,
        "problem": problem_of(last.problem) if last is not None and last.state == ReadingState.FAILED else None,
    }


def _history(request: OfficeRequest, plan: Plan) -> Iterable[Event]:
    if not request.person.may_in_unit(Right.PLAN_DRAFT_READ, plan.unit_id):
        return ()
    entries = entries_about(zone_id=request.zone.pk, object_type=Plan._meta.label_lower, object_id=str(plan.pk))
    return events(entries[:HISTORY])


def can_do(request: OfficeRequest, plan: Plan) -> Can:
    may = {right: request.person.may_in_unit(right, plan.unit_id) for right in Right}
    is_open = plan.state in BEFORE_APPROVAL
    return Can(
        edit=may[Right.PLAN_WRITE] and is_open, file=may[Right.PLAN_WRITE] and not is_open,
        upload=may[Right.ORIGINAL_UPLOAD] and is_open, review=may[Right.PLAN_DRAFT_READ] and plan.reading_id is not None,
        download=may[Right.ORIGINAL_DOWNLOAD], approve=may[Right.PLAN_APPROVE] and plan.state == PlanState.IN_REVIEW,
        adjust=may[Right.ADJUSTMENT_WRITE] and plan.state in (PlanState.APPROVED, PlanState.ADJUSTED),
        take_back=may[Right.PLAN_WRITE] and allows(plan.state, PlanAct.TAKE_BACK) and not hurdles_of_taking_back(plan),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PLAN_WRITE)
def new(request: OfficeRequest) -> HttpResponse:
    form = PlanForm(request.POST or None, by=request.person)
    if form.is_valid():
        try:
            plan = commands.enter(by=request.person, entry=form.entry())
        except (Conflict, Invalid) as problem:
            tell(form, problem)
        else:
            messages.success(request, _("“%(plan)s” is entered in the register. Upload its text now.") % {"plan": plan.name})
            return redirect("office:plan", request.zone.slug, plan.pk)
    return render(request, "office/library/entry.html", {"form": form, "plan": None}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PLAN_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """All fields before the approval, only the filing after it."""
    plan = _plan(request, pk)
    require_in_unit(request.person, Right.PLAN_WRITE, plan.unit_id)
    form = _entry_form(request, plan)
    if form.is_valid():
        try:
            _save(request, plan, form)
        except (Conflict, Invalid) as problem:
            tell(form, problem)
        else:
            messages.success(request, _("The entry is saved."))
            return redirect("office:plan", request.zone.slug, plan.pk)
    return render(request, "office/library/entry.html", {"form": form, "plan": plan}, status=status_of(form))


def _entry_form(request: OfficeRequest, plan: Plan) -> PlanForm | FilingForm:
    if plan.state in BEFORE_APPROVAL:
        return PlanForm(request.POST or None, by=request.person, plan=plan)
    return FilingForm(
        request.POST or None, initial={"filing_number": plan.filing_number, "filed_on": plan.filed_on, "expected": plan.revision}
    )  # fmt: skip


def _save(request: OfficeRequest, plan: Plan, form: PlanForm | FilingForm) -> None:
    expected = form.cleaned_data["expected"] or 0
    if isinstance(form, PlanForm):
        commands.edit(by=request.person, plan_id=plan.pk, expected=expected, entry=form.entry())
    else:
        given = form.cleaned_data
        commands.file(
            by=request.person, plan_id=plan.pk, expected=expected, filing_number=given["filing_number"], filed_on=given["filed_on"]
        )  # fmt: skip


@require_POST
@screen(Right.PLAN_WRITE)
def take_offers(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    commands.take_offers(by=request.person, plan_id=plan.pk, expected=whole(request.POST.get("revision", "")) or 0)
    messages.success(request, _("What was empty is filled from the text."))
    return redirect("office:plan", request.zone.slug, plan.pk)


@require_POST
@screen(Right.PLAN_WRITE)
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """The way back for who chose the wrong file."""
    plan = _plan(request, pk)
    lay_out.take_back(by=request.person, plan_id=plan.pk, expected=whole(request.POST.get("revision", "")) or 0)
    messages.success(request, _("The text is taken back. Upload the right file now."))
    return redirect("office:plan", request.zone.slug, plan.pk)


def _plan(request: OfficeRequest, pk: int) -> Plan:
    return get_object_or_404(plans_visible_to(request.person).select_related("reading__result", "created_by"), pk=pk)
