"""The kind of an indicator, told from how the plan says its target: one row per way of saying it, from plans of the trade."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lantu.breakdown.kinds import Because, Statement, Told, is_counted, tell
from lantu.model import Comparator, FigurePeriod, MeasureKind
from lantu.model import IndicatorKind as K

UP, DOWN, KEEP = Comparator.AT_LEAST, Comparator.AT_MOST, MeasureKind.KEEP


def said(subject: str, value: str | None, unit: str = "", **values: Any) -> Statement:
    baseline = values.pop("baseline", None)
    return Statement(
        subject=subject, value=Decimal(value) if value else None, unit=unit, baseline=Decimal(baseline) if baseline else None, **values
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (said("一般公共预算收入", "3", "亿元", baseline="2.24"), Told(kind=K.LEVEL_UP, because=Because.ABOVE_BASELINE)),
        (said("PM2.5浓度", "44", "微克/立方米", baseline="52"), Told(kind=K.LEVEL_DOWN, because=Because.BELOW_BASELINE)),
        (said("城镇登记失业率", "4.5", "%", comparator=DOWN, baseline="3.19"), Told(kind=K.KEEP_CAP, because=Because.ABOVE_BASELINE)),
        (said("耕地保有量", "9", "万亩", comparator=UP, baseline="9.6"), Told(kind=K.KEEP_FLOOR, because=Because.BELOW_BASELINE)),
        (said("地区生产总值", "9", "%", measure=MeasureKind.GROWTH), Told(kind=K.GROWTH_RATE, because=Because.GROWTH)),
        (said("机器人产业产值", "2", "倍", measure=MeasureKind.ADD), Told(kind=K.LEVEL_UP, because=Because.COMPARED)),
        (said("数字经济规模", "1", "番", measure=MeasureKind.GROWTH), Told(kind=K.LEVEL_UP, because=Because.COMPARED)),
        (said("货物吞吐量", "50", "%", measure=MeasureKind.GROWTH, period=FigurePeriod.SPAN),
         Told(kind=K.LEVEL_UP, because=Because.COMPARED)),
        (said("单位生产总值能耗", "20", "%", measure=MeasureKind.REDUCE), Told(kind=K.CUMULATIVE_REDUCTION, because=Because.REDUCED_PERCENT)),
        (said("煤炭消费量", "3", "万吨", measure=MeasureKind.REDUCE), Told(kind=K.CUMULATIVE_COUNT, because=Because.REDUCED_PIECES)),
        (said("创新平台", "15", "家", measure=MeasureKind.ADD), Told(kind=K.CUMULATIVE_COUNT, because=Because.ADDED)),
        (said("首台套产品", "5", "项", measure=MeasureKind.ADD, period=FigurePeriod.PER_YEAR),
         Told(kind=K.KEEP_FLOOR, because=Because.ADDED_EACH_YEAR)),
        (said("食品安全抽检合格率", "98", "%", measure=KEEP, comparator=UP), Told(kind=K.KEEP_FLOOR, because=Because.KEPT)),
        (said("债务率", "60", "%", measure=KEEP, comparator=DOWN), Told(kind=K.KEEP_CAP, because=Because.KEPT)),
        (said("居民人均可支配收入", None, value_text="与经济增长同步"), Told(kind=K.SYNC, because=Because.WORDS, words="同步")),
        (said("森林覆盖率", None, value_text="完成上级下达任务"), Told(kind=K.EXTERNAL_TARGET, because=Because.WORDS, words="上级下达")),
        (said("创建5A级景区", None), Told(kind=K.MILESTONE, because=Because.NO_NUMBER)),
        (said("生产安全事故死亡人数", "12", "人"), Told(kind=K.LEVEL_DOWN, because=Because.FALLING_NAME, words="事故")),
        (said("政府投资", "20", "亿元", comparator=DOWN), Told(kind=K.KEEP_CAP, because=Because.AT_MOST)),
        (said("规模以上企业", "30", "家"), Told(kind=K.LEVEL_UP, because=Because.LEVEL)),
    ],
    ids=lambda row: row.subject if isinstance(row, Statement) else row.kind.value,
)  # fmt: skip
def test_kinds(statement: Statement, told: Told) -> None:
    assert tell(statement) == told


def test_whole_pieces() -> None:
    assert [is_counted(unit) for unit in ("家", "个", "座", "%", "亿元", "万人次", "")] == [True, True, True, False, False, False, False]
