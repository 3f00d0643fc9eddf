"""Numbers that count nothing: names, slogans, ordinals, durations, articles, and sizes inside a subject."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from lantu.compile.clauses import Statement
from lantu.compile.quantities import Quantity
from lantu.compile.spotted import unit_of
from lantu.language.bounds import comparator
from lantu.language.change import first_verb, measure_of, verb_at_end
from lantu.language.lexicon import HANZI, alternation, lexicon
from lantu.language.units import Unit
from lantu.model import Comparator, MeasureKind
from lantu.patterns import compiled, regex


class _Signs(NamedTuple):
    """The patterns of the data file."""

    after: re.Pattern[str]
    before: re.Pattern[str]
    duration: re.Pattern[str]
    life: re.Pattern[str]
    sized: re.Pattern[str]
    size_mark: re.Pattern[str]
    frame: re.Pattern[str]
    counting: re.Pattern[str]


@cache
def _signs() -> _Signs:
    lists = lexicon("number_names")
    words = {key: alternation(value) for key, value in lists.items() if key != "after_patterns"}
    return _Signs(
        after=compiled("|".join((words["after"], *lists["after_patterns"]))),
        before=compiled(rf"(?:{words['before']}|(?<![底月年日末])前|[A-Za-z.·+])$"),
        duration=compiled(words["duration_subjects"]),
        life=compiled(words["life_subjects"]),
        sized=compiled(rf"(?:及?以[上下内]|左右|级)?的?[^\d、,;。:()“”]{{0,14}}?{words['sized']}"),
        size_mark=compiled(rf"{words['size_marks']}$"),
        frame=compiled(rf"以[^,;。]*为{words['frames']}"),
        counting=compiled(words["counting"]),
    )


# Quotations and titles up to so many characters are names; a longer quotation is speech.
_QUOTES = (("“", "”", 24), ("‘", "’", 24), ("《", "》", 200), ("【", "】", 200))
_LONGEST_QUOTE = max(longest for _, _, longest in _QUOTES)
_OPENING_MARK = regex("[“‘《【]")
_BARE_NAME_UNITS = "级型号届圈步"
# Kinds of units that size a thing; classifiers count it.
_SIZE_KINDS = frozenset(
    ("age", "money", "area", "mass", "length", "power", "volume", "energy", "people", "share", "times", "physics", "computing", "data")
)
_ALWAYS_COUNTS = frozenset(("share", "times", "points"))
_MEASURES = frozenset(("money", "area", "mass", "length"))
# A Chinese numeral from here on is no article and no slogan.
_LARGE = 20
# 千亩花海, 十里画廊, 百名专家: round words without a digit are names unless a bound stands with them.
_ROUND_NAME = regex(r"[十百千万][^一二两三四五六七八九十百千]?")
_NEAR = regex(r"[近超逾约上]$|超过$|突破$|达到$")
_AGE_GROUP = regex(rf"(?:及)?以[上下]|至|-|的(?={HANZI})")
# A clause or two back may stand what a duration is of: 优良天数301天,比上年增加9天.
_SUBJECT_WITHIN = 40
# 对年综合能耗1000吨标准煤以上的企业: whom a measure is for.
_FOR_WHOM = compiled(r"^(?:对|凡|支持|鼓励|引导|推动|面向|针对)")
_OF_THAT_SIZE = regex(r"[^,。;]*的(?:企业|单位|个人|项目|平台|机构|园区|团队|人才|合作社|农户)")
_BOUND_NOUN = regex("^(?:及其?|或)?以[上下](?:的)?")
_MARK = regex("[,、;:。()]")
_SHARE_IS = regex(r"(?:率|比例|比重|占比|程度)[^,、;。]{0,6}$")
# Kinds that size a thing even where nothing is counted: 30万千瓦及以上燃煤机组完成改造.
_STRICT_SIZES = frozenset(("money", "energy", "area", "mass", "length", "power", "volume"))
_TIGHT_MARKS = ("过", "超", "达", "逾", "以上")


def is_name(quantity: Quantity, statement: Statement, text: str) -> bool:
    """Whether the number belongs to a name, an ordinal, a slogan, a frame or a duration, and counts nothing."""
    signs = _signs()
    before, after = text[max(statement.start, quantity.start - 6) : quantity.start], text[quantity.end : quantity.end + 8]
    if signs.before.search(before) or (signs.after.match(after) and not _counted(quantity, after)):
        return True
    clause_start = statement.clause_start(quantity.start)
    if _in_name_quotes(quantity, statement, text):
        return True
    if signs.frame.match(text, clause_start, statement.clause_end(quantity.end, text)):
        return True
    unit, clause = unit_of(quantity), text[clause_start : quantity.start]
    if unit is not None and unit.kind == "duration":
        near = text[max(statement.start, quantity.start - _SUBJECT_WITHIN) : quantity.start]
        return before.endswith("月") or not (signs.life if unit.base == "年" else signs.duration).search(near)
    if unit is not None and _is_grade(unit, after):
        return True
    return quantity.chinese and not _chinese_counts(quantity, unit, clause, after)


def _is_grade(unit: Unit, after: str) -> bool:
    """110千伏变电站, 45班小学: the number is the class of one thing."""
    if unit.name == "班":
        return after.startswith(("小学", "初中", "中学", "学校", "幼儿", "九年"))
    return unit.base == "千伏" and after[:1] in "变输线电及等以"


def _counted(quantity: Quantity, after: str) -> bool:
    """A letter behind a full unit is the noun's (5家AAA级企业), and so is 月, 日 or 个."""
    return bool(quantity.unit) and after[0] not in _BARE_NAME_UNITS and not after.startswith("个")


def _in_name_quotes(quantity: Quantity, statement: Statement, text: str) -> bool:
    if _OPENING_MARK.search(text, max(statement.start, quantity.start - _LONGEST_QUOTE), quantity.start) is None:
        return False
    for opening, closing, longest in _QUOTES:
        opened = text.rfind(opening, max(statement.start, quantity.start - longest), quantity.start)
        if opened >= 0 and text.find(closing, opened, quantity.start) < 0 and text.find(closing, quantity.end - 1, opened + longest) >= 0:
            return True
    return False


def _chinese_counts(quantity: Quantity, unit: Unit | None, clause: str, after: str) -> bool:
    """A Chinese numeral counts when it measures, when it is large, or when something is done to so many."""
    if unit is None or unit.kind in _ALWAYS_COUNTS or quantity.unit in ("", "成"):
        return True
    if _ROUND_NAME.match(quantity.printed) and not (quantity.fuzzy or _NEAR.search(clause[-6:]) or after[:1] in ",;。"):
        return False
    if quantity.unit[0] in "万亿" or unit.kind in _MEASURES or quantity.value >= _LARGE or quantity.fuzzy:
        return True
    return quantity.value >= 2 and _signs().counting.search(clause) is not None


def is_size(quantity: Quantity, following: Quantity | None, statement: Statement, text: str) -> bool:
    """Whether the number sizes the thing that another number counts: 产值过10亿元企业达到10家."""
    unit = unit_of(quantity)
    if _counts_for_share(quantity, following, statement, text):
        return True
    if (unit is None and not quantity.unit) or (unit is not None and unit.kind not in _SIZE_KINDS and unit.name != "户"):
        return False
    if unit is not None and unit.kind == "age" and (quantity.high is not None or _AGE_GROUP.match(text, quantity.end)):
        return True
    if text.startswith("的", quantity.end) and following is not None and following.start == quantity.end + 1:
        return True
    limit = statement.clause_end(quantity.end, text)
    if _FOR_WHOM.match(text[statement.clause_start(quantity.start) : quantity.start]) and _OF_THAT_SIZE.match(text, quantity.end, limit):
        return unit is not None and unit.kind in _STRICT_SIZES
    if not _signs().sized.match(text, quantity.end, limit) or _is_attribute(quantity, statement, text):
        return False
    return _sizes(quantity, following, statement, text, limit)


def _counts_for_share(quantity: Quantity, following: Quantity | None, statement: Statement, text: str) -> bool:
    """3个国控断面水质优良比例为100%: how many there are is said by the way."""
    if following is None or following.unit not in ("%", "‰") or following.start - quantity.end > _SUBJECT_WITHIN:
        return False
    between = text[quantity.end : following.start]
    if quantity.unit in ("%", "‰") or _MARK.search(between) or _SHARE_IS.search(between) is None:
        return False
    before = text[statement.clause_start(quantity.start) : quantity.start]
    return verb_at_end(before) is None and first_verb(before) is None


def _is_attribute(quantity: Quantity, statement: Statement, text: str) -> bool:
    """总规模30亿元的基金: the number is the noun's attribute and a figure of its own."""
    close = text[max(statement.start, quantity.start - 2) : quantity.start]
    return text.startswith("的", quantity.end) and not close.endswith(_TIGHT_MARKS)


def _sizes(quantity: Quantity, following: Quantity | None, statement: Statement, text: str, limit: int) -> bool:
    before = text[statement.clause_start(quantity.start) : quantity.start]
    bounded = comparator(text, statement.start, quantity.start, quantity.end, limit, quantity.fuzzy)[0] is not Comparator.EQUAL
    counted = following is not None and following.start < limit and "、" not in text[quantity.end : following.start]
    if counted and (bounded or _signs().size_mark.search(before[-8:])):
        return bounded or verb_at_end(before.rstrip("过超近")) is None
    return bounded and (_counted_before(quantity, statement, text) or _sizes_noun(quantity, text, limit, before))


def _sizes_noun(quantity: Quantity, text: str, limit: int, before: str) -> bool:
    """The bound and its noun stand right behind the number, and no verb carries it."""
    unit = unit_of(quantity)
    noun = _signs().sized.match(text, quantity.end, limit)
    if unit is None or unit.kind not in _STRICT_SIZES or noun is None or not _BOUND_NOUN.match(noun[0]):
        return False
    found = verb_at_end(before)
    carried = found is not None and measure_of(found[0]) in (MeasureKind.LEVEL, MeasureKind.KEEP)
    return not carried and first_verb(_BOUND_NOUN.sub("", noun[0])) is None


def _counted_before(quantity: Quantity, statement: Statement, text: str) -> bool:
    """A count stands before in the same clause: 引进2-3家进出口总量过1000万美元企业."""
    clause = statement.clause_start(quantity.start)
    other = statement.quantity_before(quantity.start)
    if other is None or other.start < clause or "、" in text[other.end : quantity.start]:
        return False
    unit = unit_of(other)
    return unit is not None and unit.kind == "count"
