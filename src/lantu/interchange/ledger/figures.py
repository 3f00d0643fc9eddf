"""指标目标 and 现状数据: one row per figure, its number as a number."""

from __future__ import annotations

from lantu.interchange.ledger.table import PLACES, Column, Row, Table, label
from lantu.interchange.places import Places, range_label
from lantu.interchange.typeset import typeset
from lantu.interchange.wording import COMPARATORS, MEASURES, PERIODS, fact, statement
from lantu.model import Figure, Plan

_HEAD = (label("序号", 6), Column("指标名称", 26))
_NUMBER = (label("要求", 7), label("数值", 9), label("上限", 7), label("单位", 9))
_KIND = (label("年份", 6), label("时间口径", 9), label("指标类型", 11))
_SOURCE = (Column("来源章节", 32), Column("原文", 46), Column("存疑", 10), *PLACES)
TARGET_COLUMNS = (
    *_HEAD, Column("目标表述", 20), *_NUMBER, *_KIND,
    label("属性", 8), label("基期值", 8), label("基期年份", 6), Column("所在指标表", 18), *_SOURCE,
)  # fmt: skip
ACTUAL_COLUMNS = (*_HEAD, Column("数据表述", 20), *_NUMBER, *_KIND, *_SOURCE)


def target_table(plan: Plan, places: Places) -> Table:
    captions = {row: typeset(table.caption) for table in plan.indicator_tables for row in table.rows}
    groups = tuple((_target(number, figure, captions.get(figure.id, ""), places),) for number, figure in enumerate(plan.targets, start=1))
    return Table("targets", "指标目标", TARGET_COLUMNS, groups)


def actual_table(plan: Plan, places: Places) -> Table:
    rows = ((*_head(number, figure, fact(figure)), *_source(figure, places)) for number, figure in enumerate(plan.actuals, start=1))
    return Table("actuals", "现状数据", ACTUAL_COLUMNS, tuple((row,) for row in rows))


def _target(number: int, figure: Figure, caption: str, places: Places) -> Row:
    nature = str(figure.nature) if figure.nature else ""
    return (*_head(number, figure, statement(figure)), nature, figure.baseline, figure.baseline_year, caption, *_source(figure, places))


def _head(number: int, figure: Figure, said: str) -> Row:
    asked = COMPARATORS[figure.comparator] if figure.value is not None else ""
    return (
        number, typeset(figure.subject), typeset(said),
        asked, figure.value, figure.value_high, figure.unit,
        figure.year, PERIODS[figure.period], MEASURES[figure.measure],
    )  # fmt: skip


def _source(figure: Figure, places: Places) -> Row:
    place = (range_label(figure.raw_span), range_label(figure.span))
    return (places.label(figure.section), typeset(figure.quote), figure.doubt or "", *place)
