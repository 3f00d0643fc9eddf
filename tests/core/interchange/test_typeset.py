"""Full-width marks for Chinese readers, numbers and Latin words untouched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.interchange.typeset import typeset

CASES = [
    ("2025年,全区", "2025年，全区", "a comma after a hanzi"),
    ("到2025年,5家", "到2025年，5家", "one neighbour that is Chinese is enough"),
    ("投资3,000万元", "投资3,000万元", "thousands"),
    ("上午10:05开会", "上午10:05开会", "clock time"),
    ("三次产业比为2:48.2:49.8", "三次产业比为2:48.2:49.8", "a ratio of three"),
    ("达到25%,提高5个百分点", "达到25%，提高5个百分点", "a mark after a per cent sign ends a clause"),
    ("比重25%;30%以上", "比重25%；30%以上", "even before a digit"),
    ("(一)统筹片区", "（一）统筹片区", "a number in brackets"),
    ("(2021—2025年)", "（2021—2025年）", "brackets with Chinese inside"),
    ("地区生产总值(GDP)", "地区生产总值（GDP）", "Latin in brackets after Chinese: both brackets"),
    ("地区生产总值(GDP),增长8%", "地区生产总值（GDP），增长8%", "a mark after such a bracket"),
    ("R&D(研究与试验发展)", "R&D（研究与试验发展）", "Chinese in brackets after Latin"),
    ("含(含(一))年", "含（含（一））年", "brackets in brackets"),
    ("f(x) and g(x,y):中文", "f(x) and g(x,y)：中文", "Latin brackets stay; the colon touches Chinese"),
    ("网址:http://a.b/c?d=1", "网址：http://a.b/c?d=1", "an address keeps its own marks"),
    ("建成了吗?建成了!", "建成了吗？建成了！", "question and exclamation"),
    ("“三区”,一线;“两带”", "“三区”，一线；“两带”", "quotation marks are Chinese"),
    ("1)推进", "1）推进", "a bracket without partner"),
    ("如下:", "如下：", "at the end"),
    ("Hello, world (beta): 1,000?", "Hello, world (beta): 1,000?", "no Chinese at all"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("text", "expected"), [case[:2] for case in CASES], ids=[case[2] for case in CASES])
def test_typeset(text: str, expected: str) -> None:
    assert typeset(text) == expected


@given(st.text(st.sampled_from("年一,;:()!?0a %”、。\n\U00020000"), max_size=40))
def test_length_and_other_characters_stay(text: str) -> None:
    narrow = str.maketrans("，；：（）！？", ",;:()!?")
    assert typeset(text).translate(narrow) == text
    assert typeset(typeset(text)).translate(narrow) == text


def test_time_is_linear_in_open_brackets() -> None:
    """A megabyte of brackets that never close: quadratic behaviour would not end within the test run."""
    assert typeset("(年" * 500_000) == "（年" * 500_000
