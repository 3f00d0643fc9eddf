"""What one cell of an indicator table says: a number with its bound and unit, words, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lantu.language.numerals import ARABIC, parse_arabic
from lantu.language.units import split_magnitude, unit_table
from lantu.model import Comparator, MeasureKind
from lantu.patterns import compiled, regex

_BEFORE = {
    **dict.fromkeys(("≥", "不低于", "不少于", "不小于", "大于等于"), Comparator.AT_LEAST),
    **dict.fromkeys(("≤", "不超过", "不高于", "不大于", "小于等于", "控制在"), Comparator.AT_MOST),
    **dict.fromkeys((">", "大于", "高于", "超过", "突破"), Comparator.MORE),
    **dict.fromkeys(("<", "小于", "低于"), Comparator.LESS),
    **dict.fromkeys(("约", "≈"), Comparator.ABOUT),
}
_AFTER = {
    **dict.fromkeys(("以上", "及以上"), Comparator.AT_LEAST),
    **dict.fromkeys(("以内", "之内", "内", "以下"), Comparator.AT_MOST),
    "左右": Comparator.ABOUT,
    "余": Comparator.MORE,
}
_CHANGES = {
    **dict.fromkeys(("下降", "降低", "减少", "压减", "削减"), MeasureKind.REDUCE),
    **dict.fromkeys(("提高", "增长", "增加", "上升", "提升"), MeasureKind.GROWTH),
    "新增": MeasureKind.ADD,
}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_CELL = compiled(
    rf"(?P<open>[\[〔【(]?)(?:[较比](?:\d{{4}}年|上年|“?十[一二三四五六]五”?末?))?(?P<total>五年累计|累计)?(?P<yearly>年均|平均每年|每年)?(?P<change>{_any(_CHANGES)})?(?P<to>达到|达|到|至|为|力争)?"
    rf"(?P<kept>保持在?|稳定在?|维持在?)?(?P<before>{_any(_BEFORE)})?(?P<sign>[-−]?)(?P<number>{ARABIC})(?:%?(?:-|—|–|~|至)(?P<high>{ARABIC}))?"
    rf"(?P<inner>[\]〕】)]?)(?P<unit>[^\d\s()\[\]〔〕【】,。;]{{0,8}}?)(?P<after>{_any(_AFTER)})?[\]〕】)]?\*?"
)
_NOTHING = compiled(r"[—\-–/－―\s]*|无|空")
# Words that stand for a value: what a higher office will set, or how the indicator is to move.
_WORDS = regex(
    r"(?:完成|达到|控制|保持|稳定|不断|持续|逐步|逐年|稳步|稳中|进一步|明显|显著|大幅|高于|低于|优于|不低于|不高于|按照?|力争|只增不减|不增加|不降低|"
    r"基本(?:保持|稳定|持平|实现|完成|消除)|(?:省|市|国家|上级|以(?:省|市|国家|上级)).{0,4}(?:下达|要求|考核|任务|平均|为准)|全面(?:完成|达到|消除)|"
    r"下降|提高|提升|上升|改善|增长|待|不下降|超过|不超过|继续|全覆盖)|.*(?:同步|下达|任务|要求|核定|确定|为准|前列)$"
)


class CellValue(NamedTuple):
    """A cell with a number, or with ``words`` instead of one. ``unit`` only where the cell prints its own."""

    value: float | None
    high: float | None = None
    comparator: Comparator = Comparator.EQUAL
    unit: str = ""
    total: bool = False  # in brackets, or 累计: a sum over the period
    yearly: bool = False
    change: MeasureKind | None = None
    kept: bool = False  # 保持在, 控制在, 以内
    words: str | None = None


def read_cell(words: str) -> CellValue | None:
    """The value of a cell; None where it is empty, or holds only a dash."""
    bare = "".join(words.split())
    if _NOTHING.fullmatch(bare):
        return None
    match = _CELL.fullmatch(bare)
    if match is None or not _is_unit(match["unit"]):
        return CellValue(None, words=words)
    bound = _AFTER.get(match["after"] or "") or _BEFORE.get(match["before"] or "") or Comparator.EQUAL
    negative = bool(match["sign"])
    return CellValue(
        value=parse_arabic(match["number"]),
        high=parse_arabic(match["high"]) if match["high"] else None,
        comparator=Comparator.RANGE if match["high"] else bound,
        unit=match["unit"],
        total=bool(match["total"]) or match["open"] in ("[", "〔", "【"),
        yearly=bool(match["yearly"]),
        change=MeasureKind.REDUCE if negative else None if match["to"] else _CHANGES.get(match["change"] or ""),
        kept=bool(match["kept"]) or match["before"] == "控制在" or match["after"] in ("以内", "之内", "内"),
    )


def is_number_cell(words: str) -> bool:
    """Is it a number, or the dash that stands for none?"""
    bare = "".join(words.split())
    if not bare or len(bare) > 24:
        return False
    match = _CELL.fullmatch(bare)
    return bool(_NOTHING.fullmatch(bare)) or (match is not None and _is_unit(match["unit"]))


def is_words_cell(words: str) -> bool:
    """Could these words stand where a value is expected?"""
    return bool(_WORDS.match(words)) and not words.endswith((")", "%"))


def _is_unit(words: str) -> bool:
    return not words or is_unit(words)


def is_unit(words: str) -> bool:
    """Is it a unit of measure, alone or with its magnitude (万人, 微克/立方米, 1/10万)?"""
    if words in ("%", "‰", "-", "—", "无量纲") or re.fullmatch(r"1?/\d*[十百千万]+", words):
        return True
    units = unit_table().units
    return bool(words) and all(split_magnitude(part)[1] in units or part in ("万", "亿") for part in words.split("/"))
