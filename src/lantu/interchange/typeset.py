"""Canonical text as a Chinese reader expects it in print: full-width marks in Chinese, half-width ones in numbers and Latin words.

Canonical text writes ``, ; : ( ) ! ?`` half-width everywhere. Here 2025年,全区 becomes 2025年，全区, while 3,000, 10:05, 2:48.2
and Q&A (beta) stay. One character stands for one character, so that spans still fit.
"""

from __future__ import annotations

import re

from lantu.patterns import regex

_WIDE = dict(zip(",;:()!?", "，；：（）！？", strict=True))
_CHINESE = "⺀-〿぀-ヿ㇀-䶿一-鿿豈-﫿！-｠“”‘’…—·\U00020000-\U0003ffff"  # hanzi, their punctuation, full-width forms
_AFTER_NUMBER = "%‰℃°²³"  # a mark after one of these ends a clause, it does not part digits
_INNER = r"[^()\n]*"
_PAIR = regex(
    rf"\((?={_INNER}[{_CHINESE}]{_INNER}\)){_INNER}\)|(?<=[{_CHINESE}])\({_INNER}\)|\({_INNER}\)(?=[{_CHINESE}])"
)
_MARK = regex(rf"(?<=[{_CHINESE}])[,;:()!?]|(?<=[{_AFTER_NUMBER}])[,;:!?](?!\s)|[,;:()!?](?=[{_CHINESE}])")


# What would steer a terminal, or hide in a line or turn it round. The text of a plan has none of these any more; the name of its
# file and what the file says of itself may have.
_STEERING = regex("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text with � for every control character and mark of direction."""
    return _STEERING.sub("\ufffd", text)


def typeset(text: str) -> str:
    """The text with full-width marks wherever they touch Chinese; a bracket and its partner are changed together."""
    if text.isascii():
        return text
    paired = _PAIR.sub(_wide_pair, text)
    return _MARK.sub(_wide_mark, paired)


def _wide_pair(match: re.Match[str]) -> str:
    return f"（{match[0][1:-1]}）"


def _wide_mark(match: re.Match[str]) -> str:
    return _WIDE[match[0]]
