"""Whole numbers out of what strangers sent: no other digits than 0-9, and never more of them than a column holds."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[0-9]{1,18}")
REVISION = 9  # digits of what an integer column holds; ids have twice as many


def whole(text: str, *, digits: int = REVISION) -> int | None:
    """The number, or None where the text is none or has more digits than that (at most 18)."""
    return int(text) if len(text) <= digits and _DIGITS.fullmatch(text) else None


def id_of(text: str) -> int | None:
    """The id of a row, or None where it can be none."""
    return whole(text, digits=2 * REVISION)
