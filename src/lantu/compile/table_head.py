"""What the columns of an indicator table are, told from the words of its head row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple

from lantu.language.time import plan_years
from lantu.model import PlanPeriod
from lantu.patterns import compiled, regex


class Role(Enum):
    """What a column holds."""

    ORDINAL = "ordinal"
    CATEGORY = "category"
    NAME = "name"
    UNIT = "unit"
    BASELINE = "baseline"
    TARGET = "target"
    GROWTH = "growth"  # a yearly rate; its bracketed values are sums over the period
    TOTAL = "total"  # a sum over the period
    NATURE = "nature"
    OTHER = "other"


VALUE_ROLES = frozenset((Role.BASELINE, Role.TARGET, Role.GROWTH, Role.TOTAL))


class Column(NamedTuple):
    """``year`` is the year the head names, None where it names none; ``unit`` one that the head prints for all rows."""

    role: Role
    words: str
    year: int | None = None
    unit: str | None = None


_PLAN = r"[“\"]?(?P<plan>十[一二三四五六七]?)五[”\"]?(?:末|期末|时期|期间)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\s?年?(?:底|末)?"
_WHEN = rf"(?:到?{_YEAR}|{_PLAN}|规划期?末?|计划)"
_ACTUAL = r"(?:实际|完成|现状|基期|基数|基准|基础|初步|预计完成|预计|快报|统计|实绩|达到)"
_GOAL = r"(?:目标|规划|预期|计划|规划目标|预期目标|目标任务|任务)"
_VALUE = r"(?:值|数|水平|情况|数据)?"
_BRACKET = r"(?:[(\[〔][^()\[\]〔〕]{1,12}[)\]〕])?"
_PATTERNS: tuple[tuple[Role, str], ...] = (
    (Role.ORDINAL, "序\\s?号|编号"),
    (Role.NATURE, "(?:指标)?(?:属性|性质|类型)"),
    (Role.CATEGORY, "(?:指标)?(?:类别|领域|分类|类目|维度|大类)|一级指标|目标类别"),
    (Role.UNIT, "(?:计量)?单\\s?位"),
    (
        Role.GROWTH,
        rf"{_BRACKET}(?:{_PLAN})?年(?:均|平均)(?:增长|增速|增幅|变化)?(?:率|速度)?(?:/?或?[\[〔(]?累计(?:数|增长)?[\]〕)]?)?{_BRACKET}",
    ),
    (Role.TOTAL, rf"(?:五年|三年|{_PLAN}|规划期)?(?:\[?累计\]?)(?:增长|新增|变化|提高)?{_VALUE}{_BRACKET}"),
    (Role.BASELINE, rf"{_WHEN}?{_ACTUAL}{_VALUE}{_BRACKET}"),
    (Role.TARGET, rf"{_WHEN}?{_GOAL}{_VALUE}{_BRACKET}"),
    (
        Role.NAME,
        "(?:主要|具体|二级|三级|核心|发展|预期|评价)?指标(?:名称|内容)?(?:及单位)?(?:\\(单位\\))?|指标\\s?名\\s?称"
        "|(?:项目|指标项)名?称?|名\\s?称",
    ),
    (Role.OTHER, "责任(?:单位|部门)|牵头(?:单位|部门)|备\\s?注|数据来源|说明|(?:主管|配合)(?:单位|部门)"),
    (Role.TARGET, rf"(?P<bare>{_WHEN}){_BRACKET}"),
)
_NAMED_GROUP = regex(r"\(\?P<\w+>")
_UNIT_IN_HEAD = regex(r"[(\[〔]([^()\[\]〔〕]{1,8})[)\]〕]$")
_UNIT_WORDS = regex(r"^(?:%|‰|[万亿]?[元人]|家|个|公顷|亩|平方公里)$")


@cache
def _token() -> re.Pattern[str]:
    """A head cell, with a blank, the end or another one behind it; compiled for the first line that may be a head."""
    any_ = "|".join(_NAMED_GROUP.sub("(?:", pattern) for _, pattern in _PATTERNS)
    return compiled(rf"(?:{any_})(?=\s|$|{any_})")


@cache
def _single() -> tuple[tuple[Role, re.Pattern[str]], ...]:
    return tuple((role, compiled(pattern)) for role, pattern in _PATTERNS)


def head_tokens(text: str, start: int, end: int) -> list[tuple[int, int]] | None:
    """The head cells printed in text[start:end), with or without blanks between them; None where anything else stands there."""
    found: list[tuple[int, int]] = []
    at = start
    while at < end:
        if text[at].isspace() or text[at] == "|":
            at += 1
            continue
        match = _token().match(text, at, end)
        if match is None:
            return None
        found.append(match.span())
        at = match.end()
    return found or None


def column(words: str) -> Column:
    """The column of one head cell; OTHER where its words tell nothing."""
    bare = "".join(words.split())
    for role, pattern in _single():
        match = pattern.fullmatch(bare)
        if match is not None:
            return Column(role, bare, _year(match), _unit(bare))
    return Column(Role.OTHER, bare)


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    return plan_years(groups["plan"])[1] if groups.get("plan") else None


def _unit(bare: str) -> str | None:
    match = _UNIT_IN_HEAD.search(bare)
    return match[1] if match and _UNIT_WORDS.match(match[1]) else None


@cache
def _bare_year() -> re.Pattern[str]:
    return compiled(_WHEN + _BRACKET)


def columns(heads: Sequence[str], caption: str, period: PlanPeriod | None) -> tuple[Column, ...] | None:
    """The columns of an indicator table, years that say neither "actual" nor "goal" told apart; None for any other table.

    A table is one of indicators where 指标 stands in its head or caption, a column is a goal, and something says that it looks ahead:
    a goal in words, a column 属性, the caption, or a year inside the plan's period.
    """
    found = [column(words) for words in heads]
    if not any(item.role is Role.NAME for item in found) or not ("指标" in caption or any("指标" in item.words for item in found)):
        return None
    settled = _settle_years(found, period)
    ahead = any(item.role is Role.NATURE or (item.role is Role.TARGET and not _bare_year().fullmatch(item.words)) for item in found)
    ahead = ahead or bool(re.search("目标|规划|预期|十[一二三四五六七]?五", caption)) or _within(settled, period)
    if not ahead or not any(item.role in (Role.TARGET, Role.GROWTH, Role.TOTAL) for item in settled):
        return None
    return tuple(settled)


def _within(found: Sequence[Column], period: PlanPeriod | None) -> bool:
    first = period.start if period else None
    return first is not None and any(item.role is Role.TARGET and item.year is not None and item.year >= first for item in found)


def _settle_years(found: Sequence[Column], period: PlanPeriod | None) -> list[Column]:
    """A bare year before the plan's first year is the base; without a period, all bare years but the last are."""
    bare = [item.year for item in found if item.role is Role.TARGET and item.year is not None and _bare_year().fullmatch(item.words)]
    goals = [item.year for item in found if item.role is Role.TARGET and item.year is not None]
    if not bare:
        return list(found)
    first = period.start if period and period.start else max(goals) if len(goals) > 1 else min(goals)
    if all(year < first for year in goals):
        first = max(goals)
    return [_as_base(item) if _is_bare(item) and (item.year or first) < first else item for item in found]


def _is_bare(item: Column) -> bool:
    return item.role is Role.TARGET and _bare_year().fullmatch(item.words) is not None


def _as_base(item: Column) -> Column:
    return Column(Role.BASELINE, item.words, item.year, item.unit)
