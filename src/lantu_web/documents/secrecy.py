"""密级 marks (GB/T 9704): what carries one does not belong into this system and is refused.

A mark is 秘密, 机密 or 绝密 with its star anywhere, or alone on one of the first lines (with 密级 before it or a term behind it).
A text that speaks of 国家秘密 or 商业秘密 is not marked by that.
"""

from __future__ import annotations

import re

_LEVEL = r"(绝\s*密|机\s*密|秘\s*密)"
_STARRED = re.compile(_LEVEL + r"[ \t\u3000]*[★☆※]")
_ALONE = re.compile(
    r"(?:密\s*级\s*[:：]?\s*)?" + _LEVEL + r"\s*(?:级|件|文件|[（(][^（）()]{1,12}[）)])?"
    r"\s*(?:[\d一二三四五六七八九十]+\s*(?:年|个月)|长期)?"
)
_FIRST_LINES = 40


def mark_in(text: str) -> str | None:
    """The mark as printed, or None."""
    starred = _STARRED.search(text)
    if starred:
        return starred[0].strip()
    lines = (line.strip() for line in text.splitlines()[: _FIRST_LINES * 2])
    first = [line for line in lines if line][:_FIRST_LINES]
    return next((line for line in first if _ALONE.fullmatch(line)), None)
