"""Doors to other programs: calendars that subscribe, addresses that are told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import User, Zone
from lantu_web.tasks.enums import DeliveryState, Event


class CalendarFeed(models.Model):
    """Of a person in a zone; only the hash of the secret is kept, the address is shown once. One at a time."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="calendar_feeds")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["zone", "user"], condition=Q(revoked_at=None), name="calendar_feed_one")]

    def __str__(self) -> str:
        return f"{self.user} · {self.zone}"


class Webhook(models.Model):
    """``secret`` signs every delivery (HMAC-SHA256); it is needed in the clear for that and shown once."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(_("Receiver's address"), max_length=300)
    events = models.JSONField(_("Events"), default=list)
    secret = models.CharField(max_length=80)
    is_active = models.BooleanField(_("In use"), default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["zone", "url"], name="webhook_address")]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One event for one webhook, sent until it is taken or given up.

    Whoever sends it holds it by a lease and by the number of its attempt; ``next_at`` says when it is tried (again).
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=30, choices=Event.choices)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # of the last answer
    problem = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=DeliveryState.DELIVERED) & Q(delivered_at=None)),
                name="delivery_delivered_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook}"
