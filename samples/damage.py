"""A forward model of one family of damaged pages: pinyin put after some characters, text cut and decoded on wrong bytes.

The page's text was held as GBK bytes of Traditional Chinese. A filter put ``(pinyin)`` after certain byte pairs, whether they were one
character or the end of one and the start of the next; the bytes were then cut at the pairs of 。，！？；, again wherever these stood;
each piece was decoded as PHP's mbstring decodes, its private characters were dropped, and full-width ASCII was folded to half width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

MARKS = "。，！？；、"
_TOKEN = re.compile(b"|".join(re.escape(mark.encode("gbk")) for mark in MARKS))
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def damage(text: str, readings: Mapping[str, str], cut: Callable[[int], bool] = lambda _number: True) -> str:
    """``text`` (traditional) as such a page shows it.

    ``readings`` gives the pinyin put after each annotated character; ``cut(n)`` tells whether the n-th pair of bytes that only looks like
    a mark is cut at.
    """
    return "\n".join(_line(line, readings, cut) for line in text.split("\n"))


def _line(line: str, readings: Mapping[str, str], cut: Callable[[int], bool]) -> str:
    raw = line.encode("gbk", errors="ignore")
    for character, reading in readings.items():
        key = character.encode("gbk")
        raw = raw.replace(key, key + f"({reading})".encode("gbk"))
    pieces = _pieces(raw, cut)
    return "".join(map(decode, pieces)).translate(_FOLD)


def _pieces(raw: bytes, cut: Callable[[int], bool]) -> list[bytes]:
    """The bytes between marks, and the marks, in order. An aligned 。or 、 is never cut in two from the left."""
    pieces: list[bytes] = []
    at = position = number = 0
    aligned = _character_starts(raw)
    while match := _TOKEN.search(raw, position):
        start = match.start()
        straddles = start not in aligned
        if straddles and (match.group() == "、".encode("gbk") or raw[start + 1 : start + 3] in ("。".encode("gbk"), "、".encode("gbk"))):
            position = start + 1
            continue
        number += straddles
        if straddles and not cut(number):
            position = start + 1
            continue
        if not straddles and _straddle_follows(raw, start) and cut(number + 1):
            number += 1
            match = _TOKEN.match(raw, start + 1) or match
        pieces += (raw[at : match.start()], match.group())
        at = position = match.end()
    return [*pieces, raw[at:]]


def _straddle_follows(raw: bytes, start: int) -> bool:
    """Whether the second byte of the mark at ``start`` makes another mark with the byte after it (。《 holds ！)."""
    follower = _TOKEN.match(raw, start + 1)
    return (
        follower is not None
        and follower.group() != "、".encode("gbk")
        and raw[start + 2 : start + 4] not in ("。".encode("gbk"), "、".encode("gbk"))
    )


def _character_starts(raw: bytes) -> set[int]:
    starts, at = set(), 0
    while at < len(raw):
        starts.add(at)
        at += 1 if raw[at] < 0x80 else 2
    return starts


def decode(piece: bytes) -> str:
    """GBK as mbstring reads it: a lead byte without its trail gives "?" and eats what follows; private characters vanish."""
    shown, at = [], 0
    while at < len(piece):
        lead = piece[at]
        if lead < 0x80:
            shown.append(chr(lead))
            at += 1
        elif at + 1 == len(piece) or not 0x40 <= piece[at + 1] <= 0xFE or piece[at + 1] == 0x7F or lead in (0x80, 0xFF):
            shown.append("?")
            at += 2
        else:
            shown.append(_pair(piece[at : at + 2]))
            at += 2
    return "".join(shown)


def _pair(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return ""
