"""Opinions on a plan, with those on its adjustments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.views.life import plan_or_404
from lantu_web.plans.commands.opinions import give
from lantu_web.plans.enums import AdjustmentState, PlanState
from lantu_web.plans.forms.life import OpinionForm
from lantu_web.plans.models import Adjustment, Plan
from lantu_web.plans.queries.adjustments import adjustments_of_zone, opinions_of


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.REGISTER_READ)
def of_plan(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    may_give = request.person.may(Right.OPINION_GIVE) and plan.state != PlanState.CLOSED
    context = {"plan": plan, "side": "opinions", "opinions": opinions_of(plan), "may_give": may_give, "adjustment": None}
    return _page(request, plan, None, context, reverse("office:opinions", args=[request.zone.slug, pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.OPINION_GIVE)
def of_adjustment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say what one thinks of an adjustment on which opinions are collected."""
    adjustment = get_object_or_404(adjustments_of_zone(request.person), pk=pk)
    context = {
        "plan": adjustment.plan, "side": "adjustments", "opinions": opinions_of(adjustment.plan, adjustment), "adjustment": adjustment,
        "may_give": adjustment.state == AdjustmentState.CONSULTATION,
    }  # fmt: skip
    back = reverse("office:adjustment", args=[request.zone.slug, pk])
    return _page(request, adjustment.plan, adjustment, context, f"{back}#opinions")


def _page(request: OfficeRequest, plan: Plan, adjustment: Adjustment | None, context: dict[str, Any], back: str) -> HttpResponse:
    if request.method == "POST":
        require(request.person, Right.OPINION_GIVE)
    form = OpinionForm(request.POST or None, by=request.person)

    def act() -> str:
        give(by=request.person, plan_id=plan.pk, adjustment_id=adjustment.pk if adjustment else None, **form.values())
        messages.success(request, _("The opinion is kept."))
        return back

    return entry(request, form, act, context, template="office/life/opinions.html")
