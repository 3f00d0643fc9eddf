"""How long a worker holds what it works on before another may take it up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from lantu_web.lib import clock


def lease() -> datetime:
    """The end of a lease that begins now."""
    return clock.now() + timedelta(seconds=settings.LANTU_LEASE_SECONDS)
