"""The end of each chain: one chain a zone and one for the installation."""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """``zone`` 0 is the installation. The end is kept apart so that cutting off the last entries is found too."""

    zone = models.PositiveBigIntegerField(unique=True)
    length = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="", blank=True)

    def __str__(self) -> str:
        return f"chain {self.zone}"
