"""What was found in a plan and is to be decided, who decided what, and what a careful reader is told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lantu_web.accounts.models import User
from lantu_web.plans.enums import Act, CandidateState, FindingState, ItemKind, Origin, RejectReason, Settlement
from lantu_web.plans.models.plan import Plan
from lantu_web.plans.models.text import Heading, Sentence
from lantu_web.plans.validators import NOTE_LENGTH


class Candidate(models.Model):
    """``content`` holds the fields of its kind (lantu_web.plans.content); ``revision`` grows with every decision.

    A ``parent`` is the task of a measure, or what this was split from or merged into, told by state and origin.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="candidates")
    heading = models.ForeignKey(Heading, on_delete=models.SET_NULL, null=True, blank=True, related_name="candidates")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.FOUND)
    state = models.CharField(max_length=10, choices=CandidateState.choices, default=CandidateState.OPEN)
    label = models.CharField(max_length=300)  # one line for lists, told from the content
    content = models.JSONField()
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    doubt = models.CharField(max_length=300, blank=True)  # why its words are not certain
    reject_reason = models.CharField(max_length=20, choices=RejectReason.choices, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "start", "end", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="candidate_span"),
            models.CheckConstraint(
                condition=~Q(state=CandidateState.REJECTED) | ~Q(reject_reason=""), name="candidate_rejected_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "start"], name="candidate_start"),
            models.Index(fields=["plan", "state", "heading"], name="candidate_state"),
        ]

    def __str__(self) -> str:
        return self.label


class Finding(models.Model):
    """审读意见: what a careful reader would be told, and what was done about it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="findings")
    heading = models.ForeignKey(Heading, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings")
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    message = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    settlement = models.CharField(max_length=20, choices=Settlement.choices, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings")  # typed from paper
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state=FindingState.OPEN) | ~Q(settlement=""), name="finding_settled_says_how"),
        ]

    def __str__(self) -> str:
        return self.message[:60]


class Decision(models.Model):
    """Who decided what, and when; never changed. Of one of candidate, sentence, finding, unless an amended text did away with that."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions")
    sentence = models.ForeignKey(Sentence, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    finding = models.ForeignKey(Finding, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    act = models.CharField(max_length=12, choices=Act.choices)
    reason = models.CharField(max_length=NOTE_LENGTH, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "-at", "-id"]
        indexes = [models.Index(fields=["candidate", "-at"], name="decision_of_candidate")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d %H:%M}"
