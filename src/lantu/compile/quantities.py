"""Spotting: every time and every quantity of a text in one pass; names, ordinals and structure numbers told from both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lantu.language import time as times
from lantu.language.numerals import ARABIC, CHINESE_DIGIT, MAGNITUDE, parse_arabic, parse_chinese
from lantu.language.time import TimeRef
from lantu.language.units import unit_table


@dataclass(frozen=True, slots=True)
class Quantity:
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


@cache
def _pattern() -> re.Pattern[str]:
    unit = rf"(?:{unit_table().pattern}|/(?:10|十)?[万千])"
    ending = r"(?=[,;。、)!?]|$)"
    number = (
        rf"(?P<n1>{ARABIC})(?P<f1>[余多])?(?P<m1>{MAGNITUDE})?(?P<g1>[余多来](?!元化))?(?P<u1>{unit}|(?<=[万亿])[\u4e00-\u9fff]{ending})?"
        rf"(?:(?P<sep>[-—–~]{{1,2}}|至|到)(?!(?:19|20)\d\d年)(?P<n2>{ARABIC})(?P<m2>{MAGNITUDE})?(?P<u2>{unit})?)?"
    )
    big = (
        rf"(?P<c1>[{CHINESE_DIGIT}]?[百千][{CHINESE_DIGIT}十百]*|[{CHINESE_DIGIT}]?十[{CHINESE_DIGIT}]?|[{CHINESE_DIGIT}](?:点[{CHINESE_DIGIT}]+)?(?=[万亿]))"
        rf"(?P<cf>[余多来])?(?P<cm>万亿|亿|万)?(?P<cg>[余多])?(?!{_CHINESE_UNIT_NOT})(?P<cu>{unit})(?!万户|万家)"
    )
    return re.compile(
        r"(?=[\d“\"‘第十每逐平年今本去上明当前未接下过近最这用经通利力争零〇一二两三四五六七八九百千万翻约])(?:"
        rf"{times.PATTERN}"
        rf"|(?P<name>第[{CHINESE_DIGIT}十百\d]+|每(?:[{CHINESE_DIGIT}]?[十百千万]+|\d+)[名人户个公张平]?)"
        rf"|百分之(?P<pct>[{CHINESE_DIGIT}十百点]+|{ARABIC})(?P<pcts>个百分点)?"
        rf"|(?P<fd>[{CHINESE_DIGIT}十]+)分之(?P<fn>[{CHINESE_DIGIT}]+)"
        rf"|翻了?(?:近|超过?|约)?(?P<fan>[{CHINESE_DIGIT}]|\d+(?:\.\d+)?)番"
        rf"|(?<![\d.:])(?P<ratio>{ARABIC}(?:[:∶]{ARABIC})+)"
        rf"|(?<![A-Za-z\d.+\-/·×:∶*])(?:{number})"
        rf"|(?<=GDP)(?:{number.replace('?P<', '?P<g_')})"
        rf"|{big}"
        rf"|(?P<s1>[二两三四五六七八九])(?P<su>{_SMALL_UNIT})"
        rf"|(?P<s2>[二两三四五六七八九十])(?!{_CHINESE_UNIT_NOT})(?P<su2>{unit}){ending}"
        rf"|(?P<cheng>[二三四五六七八九])成(?=以上|左右|多|的|[,。;、)]|$)"
        r")"
    )


_MOST_DOUBLINGS = 9
_TIME_GROUPS = frozenset(("years", "year", "plan", "percent_year", "relyear", "coming", "gone", "duration"))


def spot(text: str, start: int = 0, end: int | None = None) -> Iterator[TimeRef | Quantity]:
    """Times and quantities of text[start:end) in order; not yet judged in their clauses."""
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        if match.end() == match.start():
            continue
        found = _read(match, text)
        if found is not None:
            yield found


def _read(match: re.Match[str], text: str) -> TimeRef | Quantity | None:
    if match["n1"]:
        return _arabic(match, "")
    group = match.lastgroup
    if match["name"]:
        return None
    if match["c1"]:
        return _chinese(match)
    if group in _TIME_GROUPS or any(match[name] for name in _TIME_GROUPS):
        return times.resolve(match, text)
    return _other(match)


def _arabic(match: re.Match[str], prefix: str) -> Quantity | None:
    def get(name: str) -> str:
        return match[prefix + name] or ""

    low, unit = parse_arabic(get("n1")), get("m1") + get("u1")
    fuzzy = bool(get("f1") or get("g1"))
    if not get("n2"):
        return Quantity(match.start(), match.end(), low, None, unit, fuzzy)
    high_unit = get("m2") + get("u2")
    if get("sep") in "至到" and unit and unit != high_unit:
        return Quantity(match.start(), match.end(prefix + ("u1" if get("u1") else "m1")), low, None, unit, fuzzy)
    return Quantity(match.start(), match.end(), low, parse_arabic(get("n2")), high_unit or unit, fuzzy)


def _chinese(match: re.Match[str]) -> Quantity | None:
    value = parse_chinese(match["c1"])
    if value is None:
        return None
    unit = (match["cm"] or "") + match["cu"]
    return Quantity(match.start(), match.end(), value, None, unit, bool(match["cf"] or match["cg"]), chinese=True, printed=match["c1"])


def _other(match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    if match["pct"]:
        value = _either(match["pct"])
        return None if value is None else Quantity(start, end, value, None, "%", chinese=True)
    if match["fd"]:
        below, above = parse_chinese(match["fd"]), parse_chinese(match["fn"])
        return Quantity(start, end, round(above / below, 4), None, "", chinese=True) if below and above else None
    if match["fan"]:
        times_doubled = _either(match["fan"])
        if times_doubled is None or times_doubled > _MOST_DOUBLINGS:
            return None
        return Quantity(start, end, float(2**times_doubled), None, "倍", chinese=True)
    if match["ratio"]:
        parts = tuple(parse_arabic(part) for part in match["ratio"].replace("∶", ":").split(":"))
        return Quantity(start, end, parts[0], None, "", parts=parts)
    if match["g_n1"]:
        return _arabic(match, "g_")
    if numeral := match["s1"] or match["s2"] or match["cheng"]:
        value = parse_chinese(numeral)
        return None if value is None else Quantity(start, end, value, None, match["su"] or match["su2"] or "成", chinese=True)
    return None


def _either(text: str) -> float | None:
    return parse_arabic(text) if text[0].isdigit() and text[0].isascii() else parse_chinese(text)
