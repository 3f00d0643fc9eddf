"""Objects that a call names, fetched through the caller's right: what the caller may not see is not there (404)."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from lantu_web.api.security import ApiRequest
from lantu_web.plans.models import Adjustment, Heading, Plan, Reimport
from lantu_web.plans.queries.adjustments import adjustments_of_zone
from lantu_web.plans.queries.outline import BEFORE, keys_below
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.plans.queries.reimports import reimports_visible_to
from lantu_web.plans.queries.review import headings_of, plans_to_look_into


def plan_of(request: ApiRequest, plan_id: int) -> Plan:
    return get_object_or_404(plans_visible_to(request.person), pk=plan_id)


def plan_in_review_of(request: ApiRequest, plan_id: int) -> Plan:
    """A plan whose review the caller may look into."""
    return get_object_or_404(plans_to_look_into(request.person), pk=plan_id)


def adjustment_of(request: ApiRequest, adjustment_id: int) -> Adjustment:
    return get_object_or_404(adjustments_of_zone(request.person), pk=adjustment_id)


def reimport_of(request: ApiRequest, reimport_id: int) -> Reimport:
    return get_object_or_404(reimports_visible_to(request.person), pk=reimport_id)


def heading_of(plan: Plan, section: int) -> Heading | None:
    """The heading; None for 0, which is what stands before the first."""
    return get_object_or_404(headings_of(plan), pk=section) if section else None


def section_keys(plan: Plan, section: int) -> frozenset[int]:
    """The section and all below it, as the queries of the review name them."""
    return frozenset(key or BEFORE for key in keys_below(plan, heading_of(plan, section)))
