"""Reads of originals and readings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from lantu_web.documents.enums import UNFINISHED
from lantu_web.documents.models import Reading

REVIEW, REIMPORT = "review", "reimport"
OF_PLANS = (REVIEW, REIMPORT)


def readings_of_plan(plan_id: int) -> QuerySet[Reading]:
    """Newest first, with their originals and who asked for them."""
    readings = Reading.objects.filter(purpose__in=OF_PLANS, purpose_id=plan_id)
    return readings.select_related("original", "requested_by").order_by("-requested_at", "-pk")


def readings_of_plans(plan_ids: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Reading]:
    """``plan_ids``: numbers, or a query that gives them."""
    return Reading.objects.filter(purpose__in=OF_PLANS, purpose_id__in=plan_ids).select_related("original", "requested_by", "zone")


def unfinished_readings(plan_ids: Iterable[int]) -> QuerySet[Reading]:
    """Of those plans, what waits or is being read."""
    return readings_of_plans(plan_ids).filter(state__in=UNFINISHED)
