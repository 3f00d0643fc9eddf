"""The words for closed values: complete, and figures said as an office says them."""

from __future__ import annotations

from typing import Any

import pytest

from lantu.interchange.wording import (
    COMPARATORS,
    MEASURES,
    PERIODS,
    ROLES,
    SEVERITIES,
    fact,
    heading,
    printed_number,
    statement,
    target_line,
)
from lantu.model import ActorRole, Comparator, Figure, FigurePeriod, MeasureKind, Section, SectionKind, Severity, Span


def figure(value: float | None, unit: str = "家", **more: Any) -> Figure:
    facts: dict[str, Any] = {"comparator": Comparator.EQUAL, "measure": MeasureKind.LEVEL, "period": None, "year": None}
    place = {"quote": "", "span": Span(0, 0), "raw_span": Span(0, 0)}
    return Figure(id="t", section=None, subject="企业", value=value, unit=unit, **(facts | place | more))


@pytest.mark.parametrize(
    ("words", "kinds"),
    [(COMPARATORS, Comparator), (MEASURES, MeasureKind), (PERIODS, [*FigurePeriod, None]), (ROLES, ActorRole), (SEVERITIES, Severity)],
    ids=["comparators", "measures", "periods", "roles", "severities"],
)
def test_every_value_has_its_word(words: Any, kinds: Any) -> None:
    assert list(words) == list(kinds)


STATEMENTS = [
    (figure(9, "亿元"), "达到9亿元"),
    (figure(130, "亿元", comparator=Comparator.MORE), "超过130亿元"),
    (figure(8.5, "%", comparator=Comparator.ABOUT, measure=MeasureKind.GROWTH, period=FigurePeriod.PER_YEAR), "年均增长8.5%左右"),
    (figure(15, "%", measure=MeasureKind.REDUCE, period=FigurePeriod.SPAN), "降低15%"),
    (figure(4.5, "%", comparator=Comparator.AT_MOST, measure=MeasureKind.KEEP), "控制在4.5%以内"),
    (figure(98, "%", comparator=Comparator.AT_LEAST, measure=MeasureKind.KEEP), "保持在98%以上"),
    (figure(15, comparator=Comparator.AT_LEAST, measure=MeasureKind.ADD), "15家以上"),
    (figure(5, comparator=Comparator.RANGE, value_high=8, measure=MeasureKind.ADD, period=FigurePeriod.PER_YEAR), "每年5—8家"),
    (figure(60, "分", comparator=Comparator.LESS), "低于60分"),
    (figure(2, "倍", measure=MeasureKind.GROWTH, quote="产值增长2倍"), "增长2倍"),
    (figure(2, "倍", measure=MeasureKind.GROWTH, quote="企业增长3倍,产值翻一番"), "翻一番"),
    (figure(2, "倍", measure=MeasureKind.GROWTH, quote="产值翻一番,企业增长2倍"), "增长2倍"),
    (figure(4, "倍", comparator=Comparator.AT_LEAST, measure=MeasureKind.GROWTH, quote="产值翻两番以上"), "翻两番以上"),
    (figure(3, "倍", measure=MeasureKind.GROWTH, quote="产值翻一番半"), "增长到3倍"),
    (figure(None, value_text="完成上级下达任务"), "完成上级下达任务"),
    (figure(None), ""),
]


@pytest.mark.parametrize(("asked", "expected"), STATEMENTS, ids=[f"{asked.quote or expected or 'nothing'}" for asked, expected in STATEMENTS])
def test_statement(asked: Figure, expected: str) -> None:
    assert statement(asked) == expected


def test_a_fact_is_not_asked_for() -> None:
    """An unemployment rate of 3.19 % was not 达到."""
    assert fact(figure(3.19, "%")) == "3.19%"
    assert fact(figure(7.2, "%", measure=MeasureKind.GROWTH, period=FigurePeriod.PER_YEAR)) == "年均增长7.2%"


def test_target_line_names_subject_and_year() -> None:
    assert target_line(figure(15, comparator=Comparator.AT_LEAST, year=2025)) == "企业：15家以上（2025年）"
    assert target_line(figure(15)) == "企业：达到15家"


def test_the_deadline_told_beside_a_target_is_not_told_twice() -> None:
    assert target_line(figure(15, year=2025), 2025) == "企业：达到15家"
    assert target_line(figure(15, year=2023), 2025) == "企业：达到15家（2023年）"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(30.0, "30"), (4.5, "4.5"), (0.00001, "0.00001"), (1e22, "1" + "0" * 22), (-0.0, "0"), (-2.5, "-2.5")],
)
def test_printed_number(value: float, expected: str) -> None:
    assert printed_number(value) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [("第一章", "第一章 标题"), ("(二)", "(二)标题"), ("1.", "1.标题"), ("一、", "一、标题"), ("专栏1", "专栏1 标题"), ("", "标题")],
)
def test_heading(number: str, expected: str) -> None:
    facts = {"id": "s", "parent": None, "level": 1, "title": "标题", "raw_title": "", "kind": SectionKind.HEADING}
    assert heading(Section(**facts, number=number, span=Span(0, 1), raw_span=Span(0, 1))) == expected
