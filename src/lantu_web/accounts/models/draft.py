"""A file of units and people that was looked at and is not yet confirmed."""

from __future__ import annotations

from django.db import models

from lantu_web.accounts.models.person import User
from lantu_web.accounts.models.zone import Zone


class ImportDraft(models.Model):
    """The rows of an uploaded workbook between its dry run and its confirmation; gone once confirmed, or with the next upload."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="import_drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="import_drafts")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["zone", "user"], name="import_draft_of_person")]

    def __str__(self) -> str:
        return self.file_name
