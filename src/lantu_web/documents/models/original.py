"""The file as it came, byte for byte."""

from __future__ import annotations

from django.db import models

from lantu_web.accounts.models import User, Zone


class Original(models.Model):
    """``path`` under MEDIA_ROOT is told by zone and hash; the same bytes are kept once a zone. Never changed, never deleted.

    The one exception: bytes that turned out to be marked as a state secret must not stay. The row stays, ``removed_at`` tells when they
    went, and the same bytes are refused from then on.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="originals")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [models.UniqueConstraint(fields=["zone", "sha256"], name="original_once_a_zone")]

    def __str__(self) -> str:
        return self.file_name
