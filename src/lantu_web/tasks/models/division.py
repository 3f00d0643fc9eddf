"""分工方案: the breakdown of one plan, and the work lines that cross the tree of its tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import User, Zone
from lantu_web.plans.models import Plan
from lantu_web.tasks.enums import LineKind


class Division(models.Model):
    """One a plan. ``round`` counts how often something of it was sent out; ``sign_by`` is what was asked for with the last;
    each signature has its own."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="divisions")
    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="division")
    title = models.CharField(_("Title of the scheme"), max_length=200)
    document_number = models.CharField(_("Document number"), max_length=60, blank=True)
    sign_by = models.DateField(_("Sign by"), null=True, blank=True)
    round = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(round=0, sent_at=None) | Q(round__gt=0, sent_at__isnull=False), name="division_sent_when"),
        ]

    def __str__(self) -> str:
        return self.title


class WorkLine(models.Model):
    """工作线, 攻坚年, 主题: crosses the tree of tasks; a task may stand in several."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="work_lines")
    kind = models.CharField(_("Kind"), max_length=10, choices=LineKind.choices, default=LineKind.WORK_LINE)
    name = models.CharField(_("Name"), max_length=60)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)  # of a campaign that fills one year
    position = models.PositiveIntegerField(_("Position"), default=0)
    is_active = models.BooleanField(_("In use"), default=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["zone", "kind", "name"], name="work_line_name")]

    def __str__(self) -> str:
        return self.name
