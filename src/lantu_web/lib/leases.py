"""How long a worker holds what it works on before another may take it up, and how often that happens."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from django.conf import settings

from lantu.rulebooks.loader import Entry, Rulebook, read_rulebook
from lantu_web.lib import clock


def lease() -> datetime:
    """The end of a lease that begins now."""
    return clock.now() + timedelta(seconds=settings.LANTU_LEASE_SECONDS)


@cache
def most_attempts() -> int:
    """How often a job is begun whose worker falls silent."""
    return read_attempts().entries[0]


def read_attempts(content: str | None = None) -> Rulebook[int]:
    """The one entry of ``leases.toml``, or of ``content``. Raises RulebookError."""
    text = files("lantu_web.lib").joinpath("leases.toml").read_text(encoding="utf-8") if content is None else content
    return read_rulebook("leases.toml", lambda top: (_most(top.table("attempts")),), text)


def _most(entry: Entry) -> int:
    most = int(entry.number("most", 1, 20))
    entry.close()
    return most
