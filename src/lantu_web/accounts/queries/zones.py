"""Reads of the zones of the installation."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Post, Unit, Zone
from lantu_web.accounts.queries.acting import posts_on
from lantu_web.accounts.rights import Reach, Right


def zones_with_counts(by: Person, *, on: date) -> QuerySet[Zone]:
    """Every zone with its living units (``units_now``) and its people of today (``people_now``), for those above all zones."""
    if by.reach(Right.ZONE_WRITE) is not Reach.INSTALLATION:
        return Zone.objects.none()
    units = Unit.objects.filter(zone=OuterRef("pk"), dissolved_on=None).order_by().values("zone").annotate(n=Count("pk"))
    posts = posts_on(Post.objects.filter(zone=OuterRef("pk"), user__is_active=True), on=on)
    people = posts.order_by().values("zone").annotate(n=Count("user_id", distinct=True))
    return Zone.objects.annotate(
        units_now=Coalesce(Subquery(units.values("n"), output_field=IntegerField()), 0),
        people_now=Coalesce(Subquery(people.values("n"), output_field=IntegerField()), 0),
    )
