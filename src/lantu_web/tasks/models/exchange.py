"""Files that go out and come in, as jobs with visible progress; nothing that came in counts before somebody takes it over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import User, Zone
from lantu_web.plans.models import Plan
from lantu_web.tasks.enums import Choice, ExchangeKind, ExchangeState, Paper, Verdict
from lantu_web.tasks.models.task import Task


class Exchange(models.Model):
    """``query``: the filters of an export; ``path`` under MEDIA_ROOT: the file made or received; ``told``: counts of the result.

    ``batch`` names an exported file within itself, and the changes that an imported one brought. The queue delivers the id; who works is
    told by the lease and by ``attempts``. ``is_wanted``: somebody said that what the file would change is to be taken over.
    """

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="exchanges")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=ExchangeKind.choices)
    state = models.CharField(max_length=10, choices=ExchangeState.choices, default=ExchangeState.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    query = models.CharField(max_length=2000, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    path = models.CharField(max_length=200, blank=True)
    paper = models.CharField(_("Paper"), max_length=2, choices=Paper.choices, default=Paper.A3)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)  # whose nodes are shown; on A4 the only annual target
    columns = models.JSONField(default=list, blank=True)  # identifiers of columns; empty: the usual ones
    batch = models.UUIDField(default=uuid4, unique=True, editable=False)
    is_wanted = models.BooleanField(default=False)
    mapping = models.JSONField(null=True, blank=True)  # column of a foreign file → field
    told = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="exchange_percent")]

    def __str__(self) -> str:
        return self.file_name or self.get_kind_display()


class ExchangeRow(models.Model):
    """One row of a file that came in: what it would change, what is wrong with it, what was changed here meanwhile."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()  # as the spreadsheet program counts it
    task = models.ForeignKey(Task, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    task_revision = models.PositiveIntegerField(null=True, blank=True)  # when it was compared
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    choice = models.CharField(max_length=5, choices=Choice.choices, default=Choice.OPEN)
    label = models.CharField(max_length=330, blank=True)
    changes = models.JSONField(default=dict)  # field → {"base", "here", "file"} as texts, "value" to be set, "choice" of a conflict
    messages = models.JSONField(default=list)  # [{"cell", "value", "message"}]
    taken_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["exchange", "row"]
        constraints = [models.UniqueConstraint(fields=["exchange", "row"], name="exchange_row_once")]
        indexes = [models.Index(fields=["exchange", "verdict"], name="exchange_row_verdict")]

    def __str__(self) -> str:
        return str(self.row)


def heads_key(heads: Sequence[str]) -> str:
    """By which the same heads are found again."""
    return sha256(json.dumps(list(heads), ensure_ascii=False).encode()).hexdigest()


class Mapping(models.Model):
    """How the columns of a foreign ledger were matched, kept for the next file with the same heads."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="ledger_mappings")
    name = models.CharField(_("Name"), max_length=60)
    heads = models.JSONField()
    heads_key = models.CharField(max_length=64)  # ``heads_key(heads)``: files of one name with other heads are kept beside each other
    fields = models.JSONField()  # column → field
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["zone", "heads_key", "name"], name="ledger_mapping_name")]

    def __str__(self) -> str:
        return self.name
