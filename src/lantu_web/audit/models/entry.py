"""One write, as it happened. Holds no foreign keys: what it tells must outlive what it tells of."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from lantu_web.audit.models.chain import Chain


class AppendOnly(models.QuerySet["Entry"]):
    """Reads and appends; anything else is a fault of the program."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("audit entries are append-only")

    def delete(self) -> NoReturn:
        raise TypeError("audit entries are append-only")


class Entry(models.Model):
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    user_id = models.PositiveBigIntegerField(null=True, blank=True)
    user_name = models.CharField(max_length=200)
    surface = models.CharField(max_length=10)
    address = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=300)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["chain_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_number")]
        indexes = [
            models.Index(fields=["chain", "object_type", "object_id"], name="audit_entry_object"),
            models.Index(fields=["chain", "user_id"], name="audit_entry_user"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("audit entries are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("audit entries are append-only")
