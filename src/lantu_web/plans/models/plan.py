"""One row of the register of plans (规划目录清单)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.documents.models import Reading
from lantu_web.plans.enums import IN_FORCE, PlanKind, PlanLevel, PlanState


class Plan(models.Model):
    """``reading`` is the text that is or was reviewed; none before the first upload was read."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(_("Name of the plan"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=12, choices=PlanKind.choices, default=PlanKind.DEVELOPMENT)
    level = models.CharField(_("Level"), max_length=12, choices=PlanLevel.choices, default=PlanLevel.ZONE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("Drafting unit"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Upper plan")
    )
    issuing_body = models.CharField(_("Issuing body"), max_length=100, blank=True)
    approving_body = models.CharField(_("Approving body"), max_length=100, blank=True)
    document_number = models.CharField(_("Document number"), max_length=60, blank=True)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    period_start = models.PositiveSmallIntegerField(_("First year"), null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(_("Last year"), null=True, blank=True)
    filing_number = models.CharField(_("Filing number"), max_length=60, blank=True)
    filed_on = models.DateField(_("Filed on"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    approved_on = models.DateField(_("Approved on"), null=True, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period_start", "name"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "name"], name="plan_name"),
            models.CheckConstraint(condition=Q(period_start=None) | Q(period_end__gte=F("period_start")), name="plan_period"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="plan_not_its_own_parent"),
            models.CheckConstraint(
                condition=~Q(state__in=[*IN_FORCE, PlanState.CLOSED])
                | (Q(approved_on__isnull=False) & ~Q(approving_body="") & ~Q(document_number="")),
                name="plan_in_force_names_its_approval",
            ),
        ]

    def __str__(self) -> str:
        return self.name
