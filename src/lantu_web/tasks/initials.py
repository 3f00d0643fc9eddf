"""Pinyin initials of Chinese words, for search: 做强主导产业 → zqzdcy."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

LONGEST = 300


def initials_of(text: str) -> str:
    """The first letter of each syllable, letters and digits as they are, all in lower case, the rest left out."""
    letters = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=lambda rest: "".join(filter(str.isalnum, rest)))
    return "".join(letters).lower()[:LONGEST]
