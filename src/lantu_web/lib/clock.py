"""The one place that reads the clock."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The day in the zone of the installation, not in Greenwich."""
    return timezone.localdate()
