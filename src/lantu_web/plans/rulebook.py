"""Parameters of plans as dated data (``opinions.toml``, ``start.toml``)."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib.resources import files

from lantu.rulebooks.loader import Entry, Rulebook, read_rulebook


@cache
def sent_twice() -> timedelta:
    """Within that time the same words of the same person are one opinion."""
    return read_opinions().entries[0]


def read_opinions(content: str | None = None) -> Rulebook[timedelta]:
    """The one entry of ``opinions.toml``, or of ``content``. Raises RulebookError."""
    text = files("lantu_web.plans").joinpath("opinions.toml").read_text(encoding="utf-8") if content is None else content
    return read_rulebook("opinions.toml", lambda top: (_sent_twice(top.table("sent_twice")),), text)


def _sent_twice(entry: Entry) -> timedelta:
    minutes = entry.number("minutes", 0, 24 * 60)
    entry.close()
    return timedelta(minutes=minutes)


@cache
def failed_for() -> timedelta:
    """How long a reading that failed stands on the page on which the work begins."""
    return read_start().entries[0]


def read_start(content: str | None = None) -> Rulebook[timedelta]:
    """The one entry of ``start.toml``, or of ``content``. Raises RulebookError."""
    text = files("lantu_web.plans").joinpath("start.toml").read_text(encoding="utf-8") if content is None else content
    return read_rulebook("start.toml", lambda top: (_failed_for(top.table("failed_readings")),), text)


def _failed_for(entry: Entry) -> timedelta:
    days = entry.number("days", 1, 365)
    entry.close()
    return timedelta(days=days)
