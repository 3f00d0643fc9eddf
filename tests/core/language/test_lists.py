"""Clauses and enumerations: where text is cut, and what brackets and quotes keep whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.language.lists import clauses, enumerate_items, mask, match_end, split_at
from lantu.model import Span


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("建路,修桥;办学。", ["建路", "修桥", "办学"], id="every mark cuts"),
        pytest.param("设窗口(人才,企业),办事", ["设窗口(人才,企业)", "办事"], id="not inside brackets"),
        pytest.param("推行“受理,办结”制", ["推行“受理,办结”制"], id="not inside quotes"),
        pytest.param("各县(市、区(含新区)),各部门", ["各县(市、区(含新区))", "各部门"], id="brackets in brackets"),
        pytest.param("左(未完,右", ["左(未完", "右"], id="a bracket that never closes holds nothing"),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@pytest.mark.parametrize(
    ("text", "items", "tail"),
    [
        pytest.param("甲路、乙路、丙桥", ["甲路", "乙路", "丙桥"], None, id="no 等, no tail"),
        pytest.param("甲路、乙路等道路", ["甲路", "乙路"], "道路", id="等 ends the items"),
        pytest.param("均等化、平等、高等教育", ["均等化", "平等", "高等教育"], None, id="等 inside a word"),
        pytest.param("甲、“乙、丙”等", ["甲", "“乙、丙”"], "", id="a quote is one item; 等 may end the phrase"),
        pytest.param("甲路(东段、西段)、乙路", ["甲路(东段、西段)", "乙路"], None, id="a bracket belongs to its item"),
    ],
)
def test_enumerations(text: str, items: list[str], tail: str | None) -> None:
    found = enumerate_items(text, 0, len(text))
    assert [text[start:end] for start, end in found.items] == items
    assert (text[slice(*found.tail)] if found.tail else None) == tail


def test_a_conjunction_cuts_only_after_a_head() -> None:
    headed = re.compile(r"(?:库|路)$").search
    parts = list(split_at("信息库和综合平台", Span(0, 8), re.compile("和"), headed))
    assert parts == [Span(0, 3), Span(4, 8)]
    assert list(split_at("平和与安宁库", Span(0, 6), re.compile("和"), headed)) == [Span(0, 6)]


def test_mask_keeps_the_length_and_hides_what_is_held() -> None:
    assert mask("推行“一窗”(试点)制") == "推行\x00\x00\x00\x00\x00\x00\x00\x00制"
    assert mask("没有引号") == "没有引号"


def test_match_end() -> None:
    assert (match_end(re.compile("重点"), "重点项目"), match_end(re.compile("重点"), "项目")) == (2, 0)


@given(st.text(alphabet="甲乙、,;。“”()《》等和", max_size=60))
def test_clauses_never_overlap_and_hold_only_the_text(text: str) -> None:
    at = 0
    for start, end in clauses(text, 0, len(text)):
        assert at <= start < end <= len(text)
        at = end
