"""A line of the ledger says what its indicator shall do."""

from __future__ import annotations

import pytest

from lantu.breakdown.aims import aim
from lantu.model import FigurePeriod, MeasureKind

YEARLY, SPAN = FigurePeriod.PER_YEAR, FigurePeriod.SPAN


@pytest.mark.parametrize(
    ("subject", "value", "measure", "period", "told"),
    [
        ("地区生产总值", "≥500亿元", MeasureKind.LEVEL, None, "地区生产总值 ≥500亿元"),
        ("一般公共预算收入", "6%", MeasureKind.GROWTH, YEARLY, "一般公共预算收入年均增长6%"),
        ("粮食产量", "3%", MeasureKind.GROWTH, None, "粮食产量增长3%"),
        ("高新技术企业", "20家", MeasureKind.ADD, SPAN, "高新技术企业新增20家"),
        ("绿地", "≥5公顷", MeasureKind.ADD, YEARLY, "绿地每年新增≥5公顷"),
        ("单位地区生产总值能耗", "13%", MeasureKind.REDUCE, SPAN, "单位地区生产总值能耗降低13%"),
        ("煤炭消费量", "2%", MeasureKind.REDUCE, YEARLY, "煤炭消费量年均降低2%"),
        ("耕地保有量", "12万亩", MeasureKind.KEEP, YEARLY, "耕地保有量保持12万亩"),
        ("城镇新增就业", "5万人", MeasureKind.ADD, SPAN, "城镇新增就业 5万人"),
        ("地区生产总值增速", "6%", MeasureKind.GROWTH, YEARLY, "地区生产总值增速 6%"),
        ("主要污染物减排", "", MeasureKind.REDUCE, None, "主要污染物减排"),
    ],
)
def test_the_kind_of_change_is_said(subject: str, value: str, measure: MeasureKind, period: FigurePeriod | None, told: str) -> None:
    assert aim(subject, value, measure, period) == told
