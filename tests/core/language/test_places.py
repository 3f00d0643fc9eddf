"""Heads of works, and one work told from a kind of works."""

from __future__ import annotations

import pytest

from lantu.language.places import Head, bare, head_of, is_category, is_discrete, may_name_works, names_place


@pytest.mark.parametrize(
    ("name", "head"),
    [
        pytest.param("健康产业园", (Head.UNIQUE, "健康"), id="the longest head wins"),
        pytest.param("望湖苑四期", None, id="a name may have no head we know"),
        pytest.param("云谷数据中心二期", (Head.UNIQUE, "云谷"), id="a phase follows the head"),
        pytest.param("云岭村改造项目(一期)", (Head.WORKS, "云岭村改造"), id="a bracket follows the head"),
        pytest.param("青川河治理", (Head.ACTION, "青川河"), id="an action"),
    ],
)
def test_head(name: str, head: tuple[Head, str] | None) -> None:
    assert head_of(name) == head


@pytest.mark.parametrize(
    "name",
    [
        "石门路",
        "新华路",
        "县第三中学",
        "县中医院迁建",
        "中央商务区",
        "城区水系贯通工程",
        "G309云溪段改建工程",
        "引青入云工程",
        "望湖污水处理厂一期",
        "云溪至青川高速公路",
    ],
)
def test_one_work(name: str) -> None:
    assert is_discrete(name)


@pytest.mark.parametrize(
    "name", ["农村道路", "公共停车场", "高品质幼儿园", "惠民工程", "农村电网改造工程", "研发中心", "小公园", "特色街区", "现代化产业体系"]
)
def test_a_kind_of_works(name: str) -> None:
    assert not is_discrete(name)


def test_places_in_words() -> None:
    assert names_place("云溪区到青川区道路亮化")
    assert names_place("S223改线")
    assert not names_place("老旧小区改造")


def test_small_questions() -> None:
    assert bare("西苑四期") == "西苑"
    assert is_category("重点项目")
    assert not is_category("生态环境")
    assert may_name_works("推进云溪港建设")
    assert not may_name_works("优化营商环境")
