"""规划调整: the due procedure by which an approved plan changes, and the opinions that were collected for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import Unit, User
from lantu_web.plans.enums import AdjustmentState, Change, ItemKind, Position, Trigger
from lantu_web.plans.models.plan import Plan
from lantu_web.plans.models.version import Item, Version
from lantu_web.plans.validators import NOTE_LENGTH


class Adjustment(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="adjustments")
    title = models.CharField(_("Title of the adjustment"), max_length=200)
    trigger = models.CharField(_("Trigger"), max_length=12, choices=Trigger.choices)
    reason = models.TextField(_("Reason"))
    state = models.CharField(max_length=12, choices=AdjustmentState.choices, default=AdjustmentState.DRAFT)
    approving_body = models.CharField(_("Approving body"), max_length=100, blank=True)
    upper_body = models.CharField(_("Upper party committee"), max_length=100, blank=True)
    document_number = models.CharField(_("Document number"), max_length=60, blank=True)
    approved_on = models.DateField(_("Approved on"), null=True, blank=True)
    effective_on = models.DateField(_("Effective on"), null=True, blank=True)
    version = models.OneToOneField(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="adjustment")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AdjustmentState.APPROVED)
                | (
                    Q(version__isnull=False) & Q(effective_on__isnull=False) & Q(approved_on__isnull=False)
                    & ~Q(approving_body="") & ~Q(document_number="")
                ),
                name="adjustment_approved_names_its_approval",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class AdjustmentItem(models.Model):
    """One change: ``before`` and ``after`` are contents of the item's kind; no ``item`` and no ``before`` for what is added."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.CASCADE, related_name="items")
    change = models.CharField(max_length=8, choices=Change.choices)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="adjustment_items")
    parent = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # the task of an added measure
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=NOTE_LENGTH, blank=True)

    class Meta:
        ordering = ["adjustment", "id"]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "item"], name="adjustment_item_once"),
            models.CheckConstraint(
                condition=Q(change=Change.ADD, item=None, before=None) | (~Q(change=Change.ADD) & Q(item__isnull=False)),
                name="adjustment_item_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_change_display()} {self.item or ''}"


class Opinion(models.Model):
    """What a body, a unit or an evaluator says of a plan or of an adjustment to it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="opinions")
    adjustment = models.ForeignKey(Adjustment, on_delete=models.CASCADE, null=True, blank=True, related_name="opinions")
    body = models.CharField(_("Who says so"), max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.CharField(_("Position"), max_length=20, choices=Position.choices)
    text = models.TextField(_("Text"), blank=True)
    given_on = models.DateField(_("Given on"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "given_on", "id"]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_position_display()}"
