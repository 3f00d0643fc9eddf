"""Views of the ledger that somebody kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import User, Zone


class SavedView(models.Model):
    """``query`` is what stands behind the question mark of the address."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="ledger_views")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ledger_views")
    name = models.CharField(_("Name"), max_length=60)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(_("For everybody in the zone"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_shared", "name"]
        constraints = [models.UniqueConstraint(fields=["zone", "owner", "name"], name="saved_view_name")]

    def __str__(self) -> str:
        return self.name
