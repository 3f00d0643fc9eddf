"""Webhooks of the acting zone and what became of their messages."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.tasks.enums import DeliveryState
from lantu_web.tasks.models import Delivery, Webhook


def webhooks_of_zone(by: Person) -> QuerySet[Webhook]:
    """Each with ``waiting`` and ``lost``: how many of its messages are on their way, and were given up."""
    if by.zone_id is None or not by.may(Right.WEBHOOK_WRITE):
        return Webhook.objects.none()
    on_the_way = Q(deliveries__state__in=[DeliveryState.WAITING, DeliveryState.SENDING])
    return Webhook.objects.filter(zone_id=by.zone_id).select_related("created_by").annotate(
        waiting=Count("deliveries", filter=on_the_way), lost=Count("deliveries", filter=Q(deliveries__state=DeliveryState.GIVEN_UP))
    ).order_by("-is_active", "url")  # fmt: skip


def deliveries_of(hook: Webhook, *, state: str = "") -> QuerySet[Delivery]:
    """The newest first."""
    rows = Delivery.objects.filter(webhook=hook)
    return rows.filter(state=state) if state else rows
