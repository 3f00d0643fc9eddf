"""An amended text of a plan under review, as a list of differences that somebody decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lantu_web.accounts.models import User
from lantu_web.documents.models import Reading
from lantu_web.plans.enums import Choice, Difference, ItemKind
from lantu_web.plans.models.candidate import Candidate
from lantu_web.plans.models.plan import Plan


class Reimport(models.Model):
    """Open until it is applied or given up; nothing of the review changes before it is applied."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reimports")
    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="reimport")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(applied_at=None, given_up_at=None), name="reimport_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} ← {self.reading}"


class ReimportLine(models.Model):
    """``candidate`` is what is there (none for NEW); the other fields are what the amended text says (empty for DROPPED)."""

    reimport = models.ForeignKey(Reimport, on_delete=models.CASCADE, related_name="lines")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, null=True, blank=True, related_name="reimport_lines")
    candidate_revision = models.PositiveIntegerField(null=True, blank=True)  # of the candidate when it was compared
    difference = models.CharField(max_length=10, choices=Difference.choices)
    choice = models.CharField(max_length=6, choices=Choice.choices, default=Choice.OPEN)
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    label = models.CharField(max_length=300, blank=True)
    content = models.JSONField(null=True, blank=True)
    quote = models.TextField(blank=True)
    heading_title = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    doubt = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["reimport", "start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(difference=Difference.NEW, candidate=None) | (~Q(difference=Difference.NEW) & Q(candidate__isnull=False)),
                name="reimport_line_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_difference_display()} {self.label}"
