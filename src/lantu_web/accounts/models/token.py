"""Keys by which programs act as a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models.person import User
from lantu_web.accounts.models.zone import Zone


class ApiToken(models.Model):
    """Only the hash is kept: the token itself is shown once, when it is made. It acts in one zone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    name = models.CharField(_("Name"), max_length=60)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(_("May write"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("Valid until"))
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
