"""The years of a plan: from its title, else from what its text says of its own period."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lantu.language.lexicon import HANZI
from lantu.language.numerals import chinese_year, parse_chinese
from lantu.language.time import plan_years
from lantu.model import PlanPeriod, Section
from lantu.patterns import regex

_YEAR = r"(?:(?:19|20)\d\d|二[〇零○Oo]?[一二三四五六七八九〇零○]{2,3})"
_SPAN = regex(rf"(?P<first>{_YEAR})\s?年?\s?(?:[-—–~－―]{{1,2}}|至|到)\s?(?P<last>{_YEAR})\s?年?")
_PLAN = regex(rf"第?(?P<ordinal>十[一二三四五六七]?)(?:个五年|五(?=[”\"]|规划|计划|时期|期间|{HANZI}{{1,20}}规划))")
_HORIZON = regex(rf"(?P<year>{_YEAR})\s?年(?:远景|愿景)|(?:展望|远景目标)[^。,;]{{0,6}}?(?P<later>{_YEAR})\s?年")
_OWN_PERIOD = regex(
    r"(?:规划|实施|计划|行动|方案)(?:的)?(?:期限?|时限|年限|基期)[^。\n]{0,16}?"
    rf"(?P<first>{_YEAR})\s?年?\s?(?:[-—–~]{{1,2}}|至|到)\s?(?P<last>{_YEAR})\s?年"
)
_WORK_YEAR = regex(
    rf"(?P<year>20\d\d)年(?:{HANZI}{{0,12}})"
    r"(?:工作(?:安排|任务|部署|重点|要点|打算|思路)|目标任务|主要任务|重点工作|政府工作报告|经济社会发展|工作$)"
)
_MANY_YEARS = regex("(?P<many>[二三四五六七八十])年(?:行动|计划|规划|攻坚|滚动)")
_MANY_YEARS_OF = regex(rf"{_MANY_YEARS.pattern}{HANZI}{{0,8}}\((?P<first>{_YEAR})年?[-—–~]{{1,2}}(?P<last>{_YEAR})年?\)")
_REVIEW = regex("回顾|总结|情况|成效")
# The head of a text is where a plan says what years it is for.
_HEAD = 6000
# 十四五 named so often at the head, and no other plan oftener, is the plan's own.
_OFTEN = 3


def read_period(title: str, text: str, sections: Sequence[Section]) -> PlanPeriod | None:
    """First and last year and the long-range year; None where neither title nor text tell any."""
    years = _span(_SPAN.search(title)) or _plan(_PLAN.search(title)) or _work_year(title, sections)
    years = years or _span(_OWN_PERIOD.search(text, 0, _HEAD)) or _of_many_years(title, text) or _named_often(text[:_HEAD])
    horizon = _horizon(title, text, sections)
    if years is None:
        return PlanPeriod(horizon=horizon) if horizon else None
    return PlanPeriod(start=years[0], end=years[1], horizon=horizon if horizon and horizon > years[1] else None)


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    if match is None:
        return None
    first, last = _year(match["first"]), _year(match["last"])
    return (first, last) if first is not None and last is not None and first <= last else None


def _year(digits: str) -> int | None:
    bare = digits.replace("O", "〇").replace("o", "〇")
    return chinese_year(bare) if len(bare) == 4 else None


def _plan(match: re.Match[str] | None) -> tuple[int, int] | None:
    return plan_years(match["ordinal"]) if match else None


def _work_year(title: str, sections: Sequence[Section]) -> tuple[int, int] | None:
    """The year of a work report or a yearly plan, from its title or from the heading of what is to be done."""
    for words in (title, *(section.title for section in sections if section.level == 1)):
        match = _WORK_YEAR.search(words)
        if match and not _REVIEW.search(words):
            return int(match["year"]), int(match["year"])
    yearly = re.search(r"(20\d\d)年度?[^—-]{0,20}(?:计划|要点|报告|安排|方案)", title)
    return (int(yearly[1]), int(yearly[1])) if yearly else None


def _of_many_years(title: str, text: str) -> tuple[int, int] | None:
    """The years in brackets of a 三年行动 that the title is of (…三年行动(2020—2022年)), if they are that many."""
    many = _MANY_YEARS.search(title)
    if many is None:
        return None
    spans = (_span(match) for match in _MANY_YEARS_OF.finditer(text, 0, _HEAD) if match["many"] == many["many"])
    length = int(parse_chinese(many["many"]) or 0)
    return next((years for years in spans if years and years[1] - years[0] + 1 == length), None)


def _named_alone(head: str) -> tuple[int, int] | None:
    """The only five-year plan that is named, where something is due by its last year (“十二五” … 到2015年)."""
    named = set(_ANY_PLAN.findall(head))
    years = plan_years(named.pop()) if len(named) == 1 else None
    return years if years and f"到{years[1]}年" in head else None


def _named_often(head: str) -> tuple[int, int] | None:
    counts: dict[str, int] = {}
    for match in _QUOTED_PLAN.finditer(head):
        counts[match[1]] = counts.get(match[1], 0) + 1
    best = max(counts, key=lambda ordinal: (counts[ordinal], ordinal), default=None)
    return plan_years(best) if best is not None and counts[best] >= _OFTEN else _named_alone(head)


_ANY_PLAN = regex(r"“(十[一二三四五六七]?)五”")
_QUOTED_PLAN = regex(r"“(十[一二三四五六七]?)五”(?:时期|期间|规划)")


def _horizon(title: str, text: str, sections: Sequence[Section]) -> int | None:
    for words in (title, *(section.title for section in sections), text[:_HEAD]):
        match = _HORIZON.search(words)
        if match:
            return _year(match["year"] or match["later"])
    return None
