"""A plan's approval, its approved content, its versions, its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.plans.commands import approval as commands
from lantu_web.plans.enums import IN_FORCE
from lantu_web.plans.forms.life import ApprovalForm, ClosingForm, ItemFilter
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.approval import hurdles_of_approval, hurdles_of_closing, summary_of_approval
from lantu_web.plans.queries.items import counts_in_force, may_see_text, page_of_items
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.plans.queries.versions import versions_of
from lantu_web.plans.transitions import PlanAct, allows
from lantu_web.tasks.queries.page import tasks_of_items


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PLAN_APPROVE)
def approve(request: OfficeRequest, pk: int) -> HttpResponse:
    """What will be frozen, what stands in the way, and the papers of the approval."""
    plan = plan_or_404(request, pk)
    require_in_unit(request.person, Right.PLAN_APPROVE, plan.unit_id)
    if request.method != "POST" and not allows(plan.state, PlanAct.APPROVE):
        return redirect("office:plan", request.zone.slug, pk)
    form = ApprovalForm(request.POST or None, plan=plan)

    def act() -> str:
        given = form.cleaned_data
        commands.approve(
            by=request.person, plan_id=pk, expected=form.revision, approving_body=given["approving_body"],
            document_number=given["document_number"], approved_on=given["approved_on"],
        )  # fmt: skip
        messages.success(request, _("“%(plan)s” is approved. From now on it changes only by an adjustment.") % {"plan": plan.name})
        return reverse("office:items", args=[request.zone.slug, pk])

    context = {"plan": plan, "side": "overview", "hurdles": hurdles_of_approval(plan), "summary": summary_of_approval(plan)}
    return entry(request, form, act, context, template="office/life/approve.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PLAN_APPROVE)
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    require_in_unit(request.person, Right.PLAN_APPROVE, plan.unit_id)
    if request.method != "POST" and not allows(plan.state, PlanAct.CLOSE):
        return redirect("office:plan", request.zone.slug, pk)
    form = ClosingForm(request.POST or None, initial={"expected": plan.revision})

    def act() -> str:
        commands.close(by=request.person, plan_id=pk, expected=form.revision, closed_on=form.cleaned_data["closed_on"])
        messages.success(request, _("“%(plan)s” is closed; it stays readable.") % {"plan": plan.name})
        return reverse("office:plan", args=[request.zone.slug, pk])

    context = {"plan": plan, "side": "versions", "hurdles": hurdles_of_closing(plan)}
    return entry(request, form, act, context, template="office/life/close.html")


@require_safe
@screen(Right.PLAN_READ)
def items(request: OfficeRequest, pk: int) -> HttpResponse:
    """The approved content: each item with its sentence, original and revised side by side."""
    plan = plan_or_404(request, pk)
    form = ItemFilter(request.GET, plan=plan)
    may_look = may_see_text(request.person, plan)
    page, groups = page_of_items(plan, form.wanted(), request.GET.get("page", "1"), with_places=may_look)
    tasks = tasks_of_items(request.person, page.object_list)
    for item in (one.item for group in groups for one in group.items):
        item.in_ledger = tasks.get(item.pk)  # type: ignore[attr-defined]  # for the template
    return render(request, "office/life/items.html", {
        "plan": plan, "side": "items", "form": form, "page": page, "groups": groups, "counts": counts_in_force(plan),
    })  # fmt: skip


@require_safe
@screen(Right.PLAN_READ)
def versions(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    may_close = plan.state in IN_FORCE and request.person.may_in_unit(Right.PLAN_APPROVE, plan.unit_id)
    return render(request, "office/life/versions.html", {
        "plan": plan, "side": "versions", "versions": list(versions_of(plan)), "may_close": may_close,
    })  # fmt: skip


def plan_or_404(request: OfficeRequest, pk: int) -> Plan:
    return get_object_or_404(plans_visible_to(request.person), pk=pk)

