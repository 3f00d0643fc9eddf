"""How alike is alike enough (``matching.toml``)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from lantu.rulebooks.loader import Entry, Rulebook, read_rulebook


class Likeness(NamedTuple):
    """Of two clauses, by the pairs of characters that they share and then closely."""

    least_alike: float
    section_bonus: float
    common_pair: int
    tried: int
    length: int


@cache
def likeness() -> Likeness:
    return read_likeness().entries[0]


def read_likeness(content: str | None = None) -> Rulebook[Likeness]:
    """The one entry of ``matching.toml``, or of ``content``. Raises RulebookError."""
    text = files("lantu_web.bridge").joinpath("matching.toml").read_text(encoding="utf-8") if content is None else content
    return read_rulebook("matching.toml", lambda top: (_likeness(top.table("likeness")),), text)


def _likeness(entry: Entry) -> Likeness:
    found = Likeness(
        least_alike=entry.number("least_alike", 0, 1),
        section_bonus=entry.number("section_bonus", 0, 1),
        common_pair=int(entry.number("common_pair", 1, 10_000)),
        tried=int(entry.number("tried", 1, 100)),
        length=int(entry.number("length", 1, 5_000)),
    )
    entry.close()
    return found
