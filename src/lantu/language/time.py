"""Time as plans tell it: years, five-year plans, spans, "every year", dates; and the relation a time stands in."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from lantu.language.lexicon import HANZI
from lantu.language.numerals import CHINESE_DIGIT, chinese_year, parse_chinese
from lantu.patterns import compiled, regex


class TimeKind(StrEnum):
    POINT = "point"  # a year, or its end: 到2025年, 2025年底前, 十四五末
    SPAN = "span"  # 十四五期间, 2021—2025年, 五年, 今后三年
    PER_YEAR = "per-year"  # 每年, 年均
    RELATIVE_YEAR = "relative"  # 今年, 去年: known only beside the document's own year
    DURATION = "duration"  # a bare "3年", "五年": a span where it stands as an adverbial


class TimeRelation(StrEnum):
    AT = "at"
    AGAINST = "against"  # 较2020年, 比“十三五”末: the base of a comparison
    SINCE = "since"  # 2016年以来


class TimeRef(NamedTuple):
    """``first``/``last`` are years where the words give them; a POINT has ``last`` only."""

    start: int
    end: int
    kind: TimeKind
    relation: TimeRelation = TimeRelation.AT
    first: int | None = None
    last: int | None = None
    offset: int = 0  # RELATIVE_YEAR: years from the document's own year
    future: bool | None = None  # 今后五年 True, 五年来 False, None where the words do not say


# The ordinal of a five-year plan → its first year. The tenth plan began in 2001 and each lasts five years.
_TENTH_BEGAN = 2001
_ORDINALS = "一二三四五六七八九十"

_DIGIT_YEAR = r"(?:(?:19|20)\d\d|二[〇零○][一二三四五六七八九〇零○]{2})"
_EDGE = r"(?:年底|年末|年终|底|末)?(?:之?前|以前)?"
PATTERN = (
    rf"(?P<years>{_DIGIT_YEAR}年?(?:[-—–~至到]{{1,2}}){_DIGIT_YEAR}年?(?:期间|间)?)"
    rf"|(?P<year>{_DIGIT_YEAR}年(?:度)?{_EDGE}(?:\d{{1,2}}月(?:底|末|份)?(?:\d{{1,2}}日)?(?:之?前|以前)?)?)"
    r"|(?P<plan>[“\"‘]?(?:第?十[一二三四五六七]?个?五年?(?:规划)?)(?![一二三四五六七八九十百千万亿个年项条大位号点])[”\"’]?(?:规划)?(?:末期?|期末|时期|期间|以来|前)?)"
    r"|(?P<percent_year>每年度?|每一?年|逐年|年均(?!浓度|气温|降[水雨]|径流|值|风速|日照|质量)|平均每年)"
    rf"|(?P<relyear>今年|本年度?|去年|上年度?(?!产|处理|加工)|明年|当年(?!产)|前年)"
    rf"|(?P<coming>(?:今后|未来|接下来|下一步)的?(?P<coming_n>[{CHINESE_DIGIT}\d]{{1,2}})?(?:至[{CHINESE_DIGIT}\d])?(?:个?年|一个时期)(?:内|里)?)"
    rf"|(?P<gone>(?:过去|近|最近|这)(?P<gone_n>[{CHINESE_DIGIT}\d]{{1,2}})?年(?:来|间|里)?|[{CHINESE_DIGIT}\d]{{1,2}}年来)"
    rf"|(?P<duration>(?:用|经过|通过|利用|力争|争取)?(?:[{CHINESE_DIGIT}]|\d{{1,2}})(?:到|至|-)?(?:[{CHINESE_DIGIT}]|\d)?年"
    rf"(?:左右|内|间|时间|之内|累计|共|(?={HANZI})(?![行计规期级制来前后以一攻大中长度份龄代轮限均底末初产])))"
)
# What stands before a time and says how it relates.
_BEFORE = compiled(r"(?:(?P<against>较|比|与|同|相比|相对于|对比|以)|(?P<at>到|至|截至|截止|在|于|自|从|由))$")
# 是2005年的2.2倍: the year is the base.
# 在2019年末基础上: the base of a comparison.
_BASE_OF = compiled(r"的?(?:基础上|水平上|基数)")
_VALUE_OF = regex(r"的?(?:不足|约|近)?[\d.]")
_TIMES_OF = regex(r"的[\d.]+倍")


def resolve(match: re.Match[str], text: str) -> TimeRef | None:
    """The time that a match of PATTERN tells, or None where it is a name (…规划 inside a title)."""
    kind = match.lastgroup or ""
    ref = _RESOLVERS[kind](match)
    before = text[max(0, match.start() - 3) : match.start()]
    relation = _BEFORE.search(before)
    if relation and relation["against"] and kind not in ("percent_year",):
        return _with(ref, TimeRelation.AGAINST)
    if _BASE_OF.match(text, match.end()):
        return _with(ref, TimeRelation.AGAINST)
    if before.endswith(("由", "从")) and _VALUE_OF.match(text, match.end()):
        return _with(ref, TimeRelation.AGAINST)
    if text.startswith("的", match.end()) and _TIMES_OF.match(text, match.end()) and before.endswith(("是", "为", "当于")):
        return _with(ref, TimeRelation.AGAINST)
    if text[match.end() : match.end() + 2] == "以来" or match[0].endswith("以来"):
        return _with(ref, TimeRelation.SINCE)
    return ref


def _with(ref: TimeRef, relation: TimeRelation) -> TimeRef:
    return TimeRef(ref.start, ref.end, ref.kind, relation, ref.first, ref.last, ref.offset, ref.future)


def plan_years(ordinal: str) -> tuple[int, int]:
    """"十四" → (2021, 2025): the years of that five-year plan."""
    number = int(parse_chinese(ordinal) or 0) if ordinal != "十" else 10
    first = _TENTH_BEGAN + 5 * (number - 10)
    return first, first + 4


def _years(match: re.Match[str]) -> TimeRef:
    found = re.findall(_DIGIT_YEAR, match["years"])
    return TimeRef(match.start(), match.end(), TimeKind.SPAN, first=chinese_year(found[0]), last=chinese_year(found[1]))


def _year(match: re.Match[str]) -> TimeRef:
    return TimeRef(match.start(), match.end(), TimeKind.POINT, last=chinese_year(match["year"][:4]))


_PLAN_ORDINAL = regex("十[一二三四五六七]?(?=个?五)")


def _plan(match: re.Match[str]) -> TimeRef:
    ordinal = _PLAN_ORDINAL.search(match["plan"])
    first, last = plan_years(ordinal[0]) if ordinal else (None, None)
    at_end = match["plan"].rstrip("期").endswith("末")
    return TimeRef(match.start(), match.end(), TimeKind.POINT if at_end else TimeKind.SPAN, first=None if at_end else first, last=last)


def _per_year(match: re.Match[str]) -> TimeRef:
    return TimeRef(match.start(), match.end(), TimeKind.PER_YEAR)


_RELATIVE = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "明": 1, "前": -2}


def _relative(match: re.Match[str]) -> TimeRef:
    return TimeRef(match.start(), match.end(), TimeKind.RELATIVE_YEAR, offset=_RELATIVE[match["relyear"][0]])


def _coming(match: re.Match[str]) -> TimeRef:
    return TimeRef(match.start(), match.end(), TimeKind.SPAN, future=True)


def _gone(match: re.Match[str]) -> TimeRef:
    return TimeRef(match.start(), match.end(), TimeKind.SPAN, future=False)


def _duration(match: re.Match[str]) -> TimeRef:
    return TimeRef(match.start(), match.end(), TimeKind.DURATION)


_RESOLVERS = {
    "years": _years, "year": _year, "plan": _plan, "percent_year": _per_year, "relyear": _relative, "coming": _coming, "gone": _gone,
    "duration": _duration,
}
# The groups of PATTERN that tell a time.
KINDS = frozenset(_RESOLVERS)
