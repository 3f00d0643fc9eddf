"""Adjustments of a plan: the list, one of them, and the steps of its procedure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.audit.queries import entries_about
from lantu_web.audit.revisions import changed_meanwhile
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.trail import lines_of as lines_of_audit
from lantu_web.office.views.life import plan_or_404
from lantu_web.plans.commands import adjustments as commands
from lantu_web.plans.enums import IN_FORCE, AdjustmentState
from lantu_web.plans.forms.life import AdjustmentApprovalForm, AdjustmentForm, StepForm
from lantu_web.plans.models import Adjustment
from lantu_web.plans.queries.adjustments import UNDER_WAY, adjustments_of, adjustments_of_zone, lines_of, opinions_of

HISTORY = 50


@require_safe
@screen(Right.PLAN_READ)
def of_plan(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    may_draft = plan.state in IN_FORCE and request.person.may_in_unit(Right.ADJUSTMENT_WRITE, plan.unit_id)
    return render(request, "office/life/adjustments.html", {
        "plan": plan, "side": "adjustments", "adjustments": list(adjustments_of(plan)), "may_draft": may_draft,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ADJUSTMENT_WRITE)
def new(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    form = AdjustmentForm(request.POST or None)

    def act() -> str:
        made = commands.draft(by=request.person, plan_id=pk, **_words(form))
        return address(request, made)

    context = {
        "plan": plan, "side": "adjustments", "title": gettext_lazy("Prepare an adjustment"), "submit": gettext_lazy("Begin"),
        "back": reverse("office:adjustments", args=[request.zone.slug, pk]),
    }  # fmt: skip
    return entry(request, form, act, context, template="office/life/form.html")


@require_safe
@screen(Right.PLAN_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    """Lines with before and after, opinions, papers and history, and what the person may do next."""
    adjustment = adjustment_or_404(request, pk)
    lines = lines_of(adjustment)
    may_write = adjustment.state in UNDER_WAY and _may(request, adjustment, Right.ADJUSTMENT_WRITE)
    is_asked = adjustment.state == AdjustmentState.CONSULTATION
    return render(request, "office/life/adjustment.html", {
        "plan": adjustment.plan, "side": "adjustments", "adjustment": adjustment, "lines": lines, "may_write": may_write,
        "may_edit": may_write and adjustment.state == AdjustmentState.DRAFT, "is_asked": is_asked,
        "is_stale": any(line.is_stale for line in lines), "opinions": opinions_of(adjustment.plan, adjustment),
        "may_approve": is_asked and _may(request, adjustment, Right.ADJUSTMENT_APPROVE),
        "may_give": is_asked and request.person.may(Right.OPINION_GIVE), "history": _history(request, adjustment),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ADJUSTMENT_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    adjustment = adjustment_or_404(request, pk)
    initial = {"title": adjustment.title, "trigger": adjustment.trigger, "reason": adjustment.reason, "expected": adjustment.revision}
    form = AdjustmentForm(request.POST or None, initial=initial)

    def act() -> str:
        commands.rename(by=request.person, adjustment_id=pk, expected=form.revision, **_words(form))
        return address(request, adjustment)

    context = about(request, adjustment, gettext_lazy("Change title, trigger and reason"), gettext_lazy("Save"))
    return entry(request, form, act, context, template="office/life/form.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ADJUSTMENT_APPROVE)
def approve(request: OfficeRequest, pk: int) -> HttpResponse:
    """The papers of the approval; it makes the next version."""
    adjustment = adjustment_or_404(request, pk)
    if request.method != "POST" and adjustment.state != AdjustmentState.CONSULTATION:
        return redirect(address(request, adjustment))
    form = AdjustmentApprovalForm(request.POST or None, plan=adjustment.plan, initial={"expected": adjustment.revision})

    def act() -> str:
        given = {name: value for name, value in form.cleaned_data.items() if name != "expected"}
        version = commands.approve(by=request.person, adjustment_id=pk, expected=form.revision, **given)
        messages.success(request, _("The adjustment is approved; version %(number)s is made.") % {"number": version.number})
        return address(request, adjustment)

    lines, opinions = lines_of(adjustment), list(opinions_of(adjustment.plan, adjustment))
    context = about(request, adjustment, gettext_lazy("Record the approval"), gettext_lazy("Approve and make the next version")) | {
        "lines": lines, "opinions": opinions, "stale": [line for line in lines if line.is_stale],
        "objections": [one for one in opinions if one.position == "object"],
    }  # fmt: skip
    return entry(request, form, act, context, template="office/life/adjustment_approve.html")


@require_POST
@screen(Right.ADJUSTMENT_WRITE)
def consult(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.consult)


@require_POST
@screen(Right.ADJUSTMENT_WRITE)
def take_back(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.take_back)


@require_POST
@screen(Right.ADJUSTMENT_WRITE)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.withdraw)


def adjustment_or_404(request: OfficeRequest, pk: int) -> Adjustment:
    return get_object_or_404(adjustments_of_zone(request.person), pk=pk)


def address(request: OfficeRequest, adjustment: Adjustment) -> str:
    return reverse("office:adjustment", args=[request.zone.slug, adjustment.pk])


def about(request: OfficeRequest, adjustment: Adjustment, title: Any, submit: Any) -> dict[str, Any]:
    """What every page below an adjustment shows."""
    return {
        "plan": adjustment.plan, "side": "adjustments", "adjustment": adjustment, "title": title, "submit": submit,
        "back": address(request, adjustment),
    }  # fmt: skip


def seen(request: OfficeRequest) -> int:
    """The revision that the person saw. Raises Conflict where the form does not tell it."""
    form = StepForm(request.POST)
    if not form.is_valid() or not form.revision:
        raise changed_meanwhile(None)
    return form.revision


def _step(request: OfficeRequest, pk: int, act: Callable[..., Adjustment]) -> HttpResponse:
    adjustment = adjustment_or_404(request, pk)
    act(by=request.person, adjustment_id=pk, expected=seen(request))
    return redirect(address(request, adjustment))


def _may(request: OfficeRequest, adjustment: Adjustment, right: Right) -> bool:
    return adjustment.plan.state in IN_FORCE and request.person.may_in_unit(right, adjustment.plan.unit_id)


def _words(form: AdjustmentForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("title", "trigger", "reason")}


def _history(request: OfficeRequest, adjustment: Adjustment) -> Any:
    label = Adjustment._meta.label_lower
    return lines_of_audit(entries_about(zone_id=request.zone.pk, object_type=label, object_id=str(adjustment.pk))[:HISTORY])
