"""Spotting: every time and every quantity of a text in one pass; names, ordinals and structure numbers told from both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lantu.language import time as times
from lantu.language.lexicon import HANZI
from lantu.language.numerals import ARABIC, CHINESE_DIGIT, MAGNITUDE, parse_arabic, parse_chinese
from lantu.language.time import TimeRef
from lantu.language.units import unit_table
from lantu.patterns import compiled, regex


class Quantity(NamedTuple):
    """A number with its unit at [start, end); ``high`` for a range; ``fuzzy`` for 余/多 inside; ``chinese`` for a Chinese numeral.

    ``parts`` holds the numbers of a ratio (2:48.2:49.8), empty otherwise.
    """

    start: int
    end: int
    value: float
    high: float | None
    unit: str
    fuzzy: bool = False
    chinese: bool = False
    parts: tuple[float, ...] = ()
    printed: str = ""  # a Chinese numeral as printed


# Chinese numerals stand in many names (三农, 千家万户, 十九大), so they count only with these units behind them.
_SMALL_UNIT = "(?:家|所|座|处|户|公里|倍|万亩|亿元|万元|个百分点)"
_CHINESE_UNIT_NOT = "(?:届|期|个一|件套|年|天|日|级|口之|条心|面|头|门|点|分(?!之)|方|位一体|号|起|手|片|段式)"


_NUMBER = rf"(?P<n1>{ARABIC})(?P<f1>[余多])?(?P<m1>{MAGNITUDE}(?![瓦赫焦伏]))?(?P<g1>[余多来](?!元化))?"
_BIG = (
    rf"(?<![\d.万亿])(?P<c1>[{CHINESE_DIGIT}]?[百千][{CHINESE_DIGIT}十百]*|[{CHINESE_DIGIT}]?十[{CHINESE_DIGIT}]?|"
    rf"[{CHINESE_DIGIT}](?:点[{CHINESE_DIGIT}]+)?(?=[万亿]))(?P<cf>[余多来])?(?P<cm>万亿|亿|万)?(?P<cg>[余多])?"
)
_TOKEN = compiled(
    r"(?=[\d“\"‘第十每逐平年今本去上明当前未接下过近最这用经通利力争零〇一二两三四五六七八九百千万翻约])(?:"
    rf"{times.PATTERN}"
    rf"|(?P<name>第[{CHINESE_DIGIT}十百\d]+|每(?:[{CHINESE_DIGIT}]?[十百千万]+|\d+)[名人户个公张平]?)"
    rf"|百分之(?P<pct>[{CHINESE_DIGIT}十百点]+|{ARABIC})"
    rf"|(?P<fd>[{CHINESE_DIGIT}十]+)分之(?P<fn>[{CHINESE_DIGIT}]+)"
    rf"|翻了?(?:近|超过?|约)?(?P<fan>[{CHINESE_DIGIT}]|\d+(?:\.\d+)?)番(?P<half>半)?"
    rf"|(?<![\d.:])(?P<ratio>{ARABIC}(?:[:∶]{ARABIC})+)"
    rf"|(?:(?<![A-Za-z\d.+\-/·×:∶*])|(?<=GDP)){_NUMBER}"
    rf"|{_BIG}"
    rf"|(?P<s1>[二两三四五六七八九])(?={_SMALL_UNIT})"
    rf"|(?P<cheng>[二三四五六七八九])成(?=以上|左右|多|的|[,。;、)]|$)"
    rf"|(?P<s2>[二两三四五六七八九])"
    r")"
)
# The second number of a range, right behind the first or its unit.
_UPTO = compiled(rf"(?P<sep>[-—–~]{{1,2}}|至|到)(?!(?:19|20)\d\d年)(?P<n2>{ARABIC})(?P<m2>{MAGNITUDE})?")
_ITEM_END = regex(r"[,;。、)!?]|$")
_NOT_CHINESE_UNIT = regex(_CHINESE_UNIT_NOT)
_HANZI = regex(HANZI)


_MOST_DOUBLINGS = 9
# The groups of which the last that took part (an outer one closes after those inside) tells what was found.
_ARABIC_GROUPS = frozenset(("n1", "f1", "m1", "g1"))
_CHINESE_GROUPS = frozenset(("c1", "cf", "cm", "cg"))
_SMALL_GROUPS = frozenset(("s1", "s2", "cheng"))


def spot(text: str, start: int = 0, end: int | None = None) -> Iterator[TimeRef | Quantity]:
    """Times and quantities of text[start:end) in order; not yet judged in their clauses."""
    at, stop = start, len(text) if end is None else end
    while (match := _TOKEN.search(text, at, stop)) is not None:
        found = _read(match, text, stop)
        at = max(match.end(), found.end if found is not None else 0)
        if found is not None:
            yield found


def _read(match: re.Match[str], text: str, stop: int) -> TimeRef | Quantity | None:
    kind = match.lastgroup or ""
    if kind in _ARABIC_GROUPS:
        return _arabic(match, text, stop)
    if kind in times.KINDS:
        return times.resolve(match, text)
    if kind in _CHINESE_GROUPS:
        return _chinese(match, text)
    if kind == "name":
        return None
    return _small(match, text) if kind in _SMALL_GROUPS else _other(match)


def _unit(text: str, position: int, magnitude: str, stop: int) -> str:
    """The unit at ``position``; a bare magnitude may be followed by one hanzi that only this trade counts by (2000万棒。)."""
    unit = unit_table().at(text, position)
    if unit and position + len(unit) <= stop:
        return unit
    if magnitude and _HANZI.match(text, position, stop) and _ITEM_END.match(text, position + 1):
        return text[position]
    return ""


def _arabic(match: re.Match[str], text: str, stop: int) -> Quantity:
    magnitude = match["m1"] or ""
    end = match.end()
    unit = magnitude + (bare := _unit(text, end, magnitude, stop))
    end += len(bare)
    quantity = Quantity(match.start(), end, parse_arabic(match["n1"]), None, unit, bool(match["f1"] or match["g1"]))
    upto = _UPTO.match(text, end, stop)
    return quantity if upto is None else _range(quantity, upto, text, stop)


def _range(low: Quantity, upto: re.Match[str], text: str, stop: int) -> Quantity:
    """2-3家, 5%-8%, 3至5家; 由30%到45% is none."""
    magnitude = upto["m2"] or ""
    bare = _unit(text, upto.end(), magnitude, stop)
    unit = magnitude + bare
    if upto["sep"] in "至到" and low.unit and low.unit != unit:
        return low
    return Quantity(low.start, upto.end() + len(bare), low.value, parse_arabic(upto["n2"]), unit or low.unit, low.fuzzy)


def _chinese(match: re.Match[str], text: str) -> Quantity | None:
    value = parse_chinese(match["c1"])
    bare = "" if value is None or _NOT_CHINESE_UNIT.match(text, match.end()) else unit_table().at(text, match.end())
    end = match.end() + len(bare)
    if value is None or not bare or text.startswith(("万户", "万家"), end):
        return None
    fuzzy = bool(match["cf"] or match["cg"])
    return Quantity(match.start(), end, value, None, (match["cm"] or "") + bare, fuzzy, chinese=True, printed=match["c1"])


def _small(match: re.Match[str], text: str) -> Quantity | None:
    """两所学校 with a unit that counts, 学校两所 at the end of its item, 三成."""
    value = parse_chinese(match["s1"] or match["s2"] or match["cheng"])
    if value is None or match["cheng"]:
        return None if value is None else Quantity(match.start(), match.end(), value, None, "成", chinese=True)
    unit = "" if _NOT_CHINESE_UNIT.match(text, match.end()) else unit_table().at(text, match.end())
    end = match.end() + len(unit)
    if not unit or not (match["s1"] or _ITEM_END.match(text, end)):
        return None
    return Quantity(match.start(), end, value, None, unit, chinese=True)


def _other(match: re.Match[str]) -> Quantity | None:
    """百分之三十, 三分之二, 翻一番, 2:48:50."""
    start, end = match.span()
    if match["pct"]:
        value = _either(match["pct"])
        return None if value is None else Quantity(start, end, value, None, "%", chinese=True)
    if match["fd"]:
        below, above = parse_chinese(match["fd"]), parse_chinese(match["fn"])
        return Quantity(start, end, round(above / below, 4), None, "", chinese=True) if below and above else None
    if match["fan"]:
        doublings = _either(match["fan"])
        if doublings is None or doublings > _MOST_DOUBLINGS:
            return None
        return Quantity(start, end, 2.0**doublings * (1.5 if match["half"] else 1.0), None, "倍", chinese=True)
    parts = tuple(parse_arabic(part) for part in match["ratio"].replace("∶", ":").split(":"))
    return Quantity(start, end, parts[0], None, "", parts=parts)


def _either(text: str) -> float | None:
    return parse_arabic(text) if text[0].isdigit() and text[0].isascii() else parse_chinese(text)
