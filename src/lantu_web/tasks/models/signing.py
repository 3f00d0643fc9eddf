"""签收: what each unit said to the tasks that were sent to it, round by round; and later due dates that were asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import Unit, User
from lantu_web.tasks.enums import ExtensionState, Outcome, Part, SignatureState
from lantu_web.tasks.models.task import Task


class Signature(models.Model):
    """One a unit, task and round. ``content`` is what was sent out (``lantu_web.tasks.content.signed_content``), never changed.

    ``counter`` holds what the unit proposes instead, by field of the task; ``superseded`` tells that a later round took its place.
    ``sign_by`` is the day that was asked for when it was sent out: none where that was past when it was sent again.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="signatures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="signatures")
    part = models.CharField(max_length=12, choices=Part.choices)
    round = models.PositiveIntegerField()
    content = models.JSONField()
    state = models.CharField(max_length=10, choices=SignatureState.choices, default=SignatureState.WAITING)
    is_superseded = models.BooleanField(default=False)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    counter = models.JSONField(default=dict, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_note = models.CharField(_("Answer of the planning office"), max_length=500, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField()
    sign_by = models.DateField(_("Sign by"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["task", "-round", "part", "id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "round"], name="signature_once_a_round"),
            models.UniqueConstraint(
                fields=["task", "round"], condition=Q(part=Part.LEAD, is_superseded=False), name="signature_of_one_lead"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SignatureState.OBJECTED, SignatureState.SETTLED]) | ~Q(reason=""), name="objection_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=SignatureState.SETTLED) & ~Q(outcome="") | ~Q(state=SignatureState.SETTLED) & Q(outcome=""),
                name="settled_says_how",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "is_superseded"], name="signature_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.task}"


class Extension(models.Model):
    """延期: a later due date that a unit asks for and the planning office decides."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="extensions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("New due date"))
    reason = models.CharField(_("Reason"), max_length=500)
    state = models.CharField(max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("Answer"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["task", "-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(state=ExtensionState.ASKED), name="extension_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.task} → {self.due_on:%Y-%m-%d}"
