"""密级 marks (GB/T 9704): what carries one does not belong into this system and is refused.

A mark is 秘密, 机密 or 绝密 with its star anywhere, or alone on one of the first lines (with 密级 before it or a term behind it).
A text that speaks of 国家秘密 or 商业秘密 is not marked by that.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

_LEVEL = r"(绝\s*密|机\s*密|秘\s*密)"
_STARRED = re.compile(_LEVEL + r"[ \t\u3000]*[★☆※]")
_ALONE = re.compile(
    r"(?:密\s*级\s*[:：]?\s*)?" + _LEVEL + r"\s*(?:级|件|文件|[（(][^（）()]{1,12}[）)])?"
    r"\s*(?:[\d一二三四五六七八九十]+\s*(?:年|个月)|长期)?"
)
_FIRST_LINES = 40
# In a name the mark stands in brackets, between separators, or before or behind the words. It is none where it is half of an ordinary
# word: 商业秘密 and 国家秘密 are spoken of, 机密计算 is a trade.
_TERM = r"(?:级|件|文件)?\s*(?:[\d一二三四五六七八九十]+\s*(?:年|个月)|长期)?"
_MARK = rf"(?:密\s*级\s*[:：]?\s*)?{_LEVEL}{_TERM}"
_IN_BRACKETS = re.compile(rf"[【\[（(〔《〈「『{{<]\s*{_MARK}\s*[】\]）)〕》〉」』}}>]")
_BEFORE = re.compile(rf"{_MARK}(?!计算|性|保护|战线)")
_BEHIND = re.compile(rf"(?<!国家)(?<!商业)(?<!工作)(?<!技术)(?<!企业)(?<!个人)(?<!的){_MARK}$")
_SEPARATORS = re.compile(r"[\s._\-—–·、，,;；+&~]+")


def mark_in(text: str) -> str | None:
    """The mark as printed, or None."""
    starred = _STARRED.search(text)
    if starred:
        return starred[0].strip()
    lines = (line.strip() for line in text.splitlines()[: _FIRST_LINES * 2])
    first = [line for line in lines if line][:_FIRST_LINES]
    return next((line for line in first if _ALONE.fullmatch(line)), None)


def mark_in_name(name: str) -> str | None:
    """The mark that the name of a file carries, or None: it is one, begins or ends with one, or has one in brackets or with a star."""
    stem = unicodedata.normalize("NFKC", name).strip()
    stem = stem.removesuffix(PurePosixPath(stem).suffix) or stem
    if any(star in stem for star in "★☆※"):
        return mark_in(stem) or stem
    parts = [part for part in _SEPARATORS.split(stem) if part]
    found = (_IN_BRACKETS.search(stem), *(_BEFORE.match(part) or _BEHIND.search(part) for part in (stem, *parts)))
    return next((one[0] for one in found if one), None)
