"""Cell values as a spreadsheet prints them (ECMA-376, 18.8.30–31), for the formats that tables of plans use."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from lantu.patterns import regex

# Built-in formats by number that print something else than the plain value.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_QUOTED = regex(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DATE_LETTERS = regex(r"[ymdhsYMDHS]")
_NUMBER = regex(r"[#0?,.]*[#0?][#0?,.]*")
_DATE_TOKEN = regex(r'"([^"]*)"|\\(.)|\[[^\]]*\]|(y+|m+|d+|h+|s+)|(AM/PM|上午/下午)|([^"\\\[])', re.I)
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_DAY = 2_958_465  # 9999-12-31
_SIGNIFICANT = 15  # digits a double holds surely; the noise of binary fractions comes after them


def plain_number(value: float) -> str:
    """Without float noise and without an exponent: 0.1 + 0.2 → 0.3, 300.0 → 300."""
    text = f"{value:.{_SIGNIFICANT}g}"
    if "e" in text:
        text = f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.0f}"
    return text


def printed(value: float, code: str, *, since_1904: bool = False) -> str:
    """``value`` under a format code; a code that is not understood prints the plain number."""
    section = _section(value, code)
    bare = _QUOTED.sub("", section)
    if section and not bare.strip():
        return _QUOTED.sub(lambda found: found[1] or found[2] or "", section).strip()
    if not bare.strip() or "general" in bare.lower() or bare.strip() == "@":
        return plain_number(value)
    if _DATE_LETTERS.search(bare) and not _NUMBER.search(bare):
        return _date(value, section, _EPOCHS[since_1904])
    digits = _NUMBER.search(bare)
    if digits is None or "E+" in bare.upper():
        return plain_number(value)
    percent = "%" in bare
    words = _digits(abs(value) * (100 if percent else 1), digits[0])
    return ("-" if value < 0 else "") + _dressed(section, words)


def _section(value: float, code: str) -> str:
    """positive;negative;zero;text"""
    sections = code.split(";")
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _digits(value: float, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    least = fraction.count("0")
    words = f"{value:.{min(len(fraction), 30)}f}" if value < 1e15 else plain_number(value)
    head, _, tail = words.partition(".")
    if least < len(tail):
        tail = tail[:least] + tail[least:].rstrip("0")
    if "," in whole.strip(",") and head.isdigit():
        head = f"{int(head):,}"
    return f"{head}.{tail}" if tail else head


def _dressed(section: str, words: str) -> str:
    """The digits with the literal words that the format puts around them."""
    shown = _QUOTED.sub(lambda found: "".join(f"\0{c}" for c in found[1] or found[2] or ""), section)
    match = _NUMBER.search(re.sub(r"\0.", "\0\0", shown))
    if match is None:
        return words
    before, after = shown[: match.start()], shown[match.end() :]
    return (before + words + after).replace("\0", "").strip()


def _date(value: float, code: str, epoch: datetime) -> str:
    if not 0 <= value <= _LAST_DAY:
        return plain_number(value)
    moment = epoch + timedelta(days=value) + timedelta(microseconds=500)
    parts, hours = [], False
    for quoted, escaped, token, _, other in _DATE_TOKEN.findall(code):
        letters = token.lower()
        minutes = letters.startswith("m") and hours and len(letters) <= 2
        parts.append(quoted or escaped or other or (_minutes(moment, letters) if minutes else _moment(moment, letters)))
        hours = letters.startswith("h") or (hours and not letters)
    return "".join(parts).strip()


def _minutes(moment: datetime, letters: str) -> str:
    return f"{moment.minute:02d}" if len(letters) > 1 else str(moment.minute)


def _moment(moment: datetime, letters: str) -> str:
    if not letters:
        return ""
    number = {"y": moment.year, "m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}[letters[0]]
    if letters[0] == "y":
        return str(number) if len(letters) > 2 else f"{number % 100:02d}"
    return f"{number:02d}" if len(letters) == 2 else str(number)
