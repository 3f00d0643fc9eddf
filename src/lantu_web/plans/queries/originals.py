"""Originals and readings of the plans that a person sees."""

from __future__ import annotations

from django.db.models import QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.documents.models import Original, Reading
from lantu_web.documents.queries import OF_PLANS, readings_of_plans
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.plans.queries.review import plans_to_look_into


def readings_visible_to(by: Person) -> QuerySet[Reading]:
    """Readings of files of the plans that the person sees."""
    return readings_of_plans(plans_visible_to(by).order_by().values("pk")).filter(zone_id=by.zone_id or 0)


def readings_to_follow(by: Person) -> QuerySet[Reading]:
    """How far they are and what they stumbled over: for those who may read these plans before their approval."""
    return readings_of_plans(plans_to_look_into(by).order_by().values("pk")).filter(zone_id=by.zone_id or 0)


def originals_visible_to(by: Person) -> QuerySet[Original]:
    """Files of the plans that the person sees; whether they may be fetched is told by ``plans_of_original``."""
    return Original.objects.filter(zone_id=by.zone_id or 0, readings__in=readings_visible_to(by).order_by()).distinct().order_by("pk")


def plans_of_original(by: Person, original: Original) -> QuerySet[Plan]:
    """The plans that the person sees whose file it is."""
    purposes = Reading.objects.filter(original=original, purpose__in=OF_PLANS).order_by().values("purpose_id")
    return plans_visible_to(by).filter(pk__in=purposes)
