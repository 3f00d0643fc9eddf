"""Level, growth, reduction, addition or keeping: what a verb says of its number, mended by the number's unit and subject."""

from __future__ import annotations

from lantu.compile.quantities import Quantity
from lantu.compile.spotted import unit_of
from lantu.language.change import measure_of
from lantu.model import Comparator, MeasureKind
from lantu.patterns import compiled, regex

_RATE_OF_GROWTH = compiled(r"增速|增长率|增幅|年均增长$")
# 完成地区生产总值500亿元 tells what it came to.
_TOTAL = regex("(?:总值|增加值|收入|总额|销售额)$")
# 提高3个百分点, 提高1岁 is growth; 增加88天, 增加500家 adds so many.
_GROWS = frozenset(("share", "points", "times", "age", "duration"))


def measure_kind(text: str, quantity: Quantity, verb: str, subject: str, comparator: Comparator) -> MeasureKind:
    """``verb`` is "" where the clause has none: the subject simply is at that number."""
    if text.startswith("翻", quantity.start):
        return MeasureKind.GROWTH
    if _RATE_OF_GROWTH.search(subject) and (not verb or measure_of(verb) is not MeasureKind.KEEP):
        return MeasureKind.GROWTH
    if verb == "完成" and _TOTAL.search(subject):
        return MeasureKind.LEVEL
    measure = measure_of(verb) if verb else MeasureKind.LEVEL
    unit = unit_of(quantity)
    kind = unit.kind if unit else None
    if measure is MeasureKind.GROWTH and kind is not None and kind not in _GROWS:
        return MeasureKind.ADD
    if measure is MeasureKind.ADD and (comparator is Comparator.AT_MOST or (kind in ("share", "points") and "率" in subject)):
        return MeasureKind.LEVEL
    return measure
