"""Units: the longest one at a place, and what it is in base units."""

import pytest

from lantu.language.units import split_magnitude, to_base, unit_table


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("平方公里的湿地", "平方公里"),
        ("个百分点以上", "个百分点"),
        ("微克/立方米", "微克/立方米"),
        ("吨标准煤/万元", "吨标准煤/万元"),
        ("人次", "人次"),
        ("家企业", "家"),
        ("千瓦时", "千瓦时"),
        ("张床位", "张床位"),
    ],
)
def test_longest_unit_wins(text: str, unit: str) -> None:
    assert unit_table().at(text, 0) == unit


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [("/10万以内", "/10万", "a rate without a unit above"), ("件/万人", "件/万人", "per so many"), ("企业", "", "a noun"), ("", "", "nothing")],
)
def test_units_that_are_none_or_rates(text: str, unit: str, why: str) -> None:
    assert unit_table().at(text, 0) == unit, why


@pytest.mark.parametrize(
    ("value", "printed", "base", "why"),
    [
        (30, "万人", (300000.0, "人"), "the magnitude is part of the printed unit"),
        (7, "万亩", (46666666.666667, "平方米"), "an old unit of area"),
        (1.3, "亿斤", (65000000.0, "千克"), "half a kilogram"),
        (55, "%", (0.55, "1"), "a share has the base 1"),
        (2, "千瓦", (2.0, "千瓦"), "千 of 千瓦 is no magnitude"),
        (300, "万元/亩", (3000000.0, "元/亩"), "a compound keeps its name"),
        (5, "", None, "no unit, no base"),
    ],
)
def test_base_units(value: float, printed: str, base: tuple[float, str] | None, why: str) -> None:
    assert to_base(value, printed) == base, why


def test_magnitudes() -> None:
    assert [split_magnitude(unit) for unit in ("万亿元", "百万吨", "千米", "家")] == [(1e12, "元"), (1e6, "吨"), (1.0, "千米"), (1.0, "家")]
