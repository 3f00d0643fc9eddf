"""A district, county or functional zone: the border that nothing crosses."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import ZoneKind


class Zone(models.Model):
    slug = models.SlugField(_("Short name in addresses"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=100, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=ZoneKind.choices, default=ZoneKind.FUNCTIONAL_ZONE)
    division_code = models.CharField(
        _("Division code"), max_length=12, blank=True,
        validators=[RegexValidator(r"^\d{6}(\d{3}){0,2}$", _("Six, nine or twelve digits (GB/T 2260)."))],
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
