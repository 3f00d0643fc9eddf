"""One reading of an original: the job's durable state, and what it found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lantu_web.accounts.models import User, Zone
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.documents.models.original import Original


class Reading(models.Model):
    """The queue delivers its id; this row alone says how far it is, so that a killed worker loses and doubles nothing.

    ``purpose`` names who waits for it ("review" or "reimport"); ``purpose_id`` is the plan's id, without a key: plans come later in the
    order of apps.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="readings")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="readings")
    file_name = models.CharField(max_length=255)
    purpose = models.CharField(max_length=20)
    purpose_id = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.QUEUED)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)  # who claimed it last
    cancel_asked = models.BooleanField(default=False)
    problem = models.CharField(max_length=40, blank=True)  # the class of error that stopped it
    problem_detail = models.TextField(blank=True)  # place, value and remedy, as the library tells them
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="reading_percent"),
            models.CheckConstraint(
                condition=Q(state__in=[ReadingState.QUEUED, ReadingState.RUNNING], finished_at=None)
                | (~Q(state__in=[ReadingState.QUEUED, ReadingState.RUNNING]) & Q(finished_at__isnull=False)),
                name="reading_finished_when_over",
            ),
            models.UniqueConstraint(
                fields=["purpose", "purpose_id"], condition=Q(state__in=[ReadingState.QUEUED, ReadingState.RUNNING]),
                name="reading_one_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.file_name


class ReadingResult(models.Model):
    """What a reading found: the canonical text and the plan format (without its text), written once."""

    reading = models.OneToOneField(Reading, on_delete=models.CASCADE, related_name="result")
    text = models.TextField()
    plan = models.JSONField()
    tables = models.JSONField(default=list)  # [[row, column, row_span, column_span, start, end], …] per table in mark-up
    doubts = models.JSONField(default=list)  # [[start, end, why], …]: passages whose words are not certain
    left_out = models.JSONField(default=list)  # [[start, end], …]: lists of contents, which no one has to cover
    library_version = models.CharField(max_length=20)

    def __str__(self) -> str:
        return str(self.reading)
