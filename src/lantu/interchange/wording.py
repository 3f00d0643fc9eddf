"""The words that a planning officer reads for the closed values of the records."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from lantu.model import ActorRole, Comparator, Figure, FigurePeriod, MeasureKind, Section, Severity

COMPARATORS: Mapping[Comparator, str] = {
    Comparator.EQUAL: "等于", Comparator.AT_LEAST: "不低于", Comparator.MORE: "高于", Comparator.AT_MOST: "不高于", Comparator.LESS: "低于",
    Comparator.ABOUT: "约", Comparator.RANGE: "区间",
}  # fmt: skip
PERIODS: Mapping[FigurePeriod | None, str] = {
    FigurePeriod.BY: "到期末", FigurePeriod.PER_YEAR: "每年", FigurePeriod.SPAN: "期内累计", None: "",
}  # fmt: skip
MEASURES: Mapping[MeasureKind, str] = {
    MeasureKind.LEVEL: "达到", MeasureKind.GROWTH: "增长", MeasureKind.ADD: "新增（完成）", MeasureKind.REDUCE: "降低",
    MeasureKind.KEEP: "保持",
}  # fmt: skip
ROLES: Mapping[ActorRole, str] = {
    ActorRole.LEAD: "牵头", ActorRole.RESPONSIBLE: "责任", ActorRole.APPROVER: "审批", ActorRole.OTHER: "其他",
}  # fmt: skip
SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
REPAIRS: Mapping[str, str] = {
    "pinyin_annotations": "删除拼音注音", "traditional": "繁体转简体", "mojibake_restored": "还原乱码", "mojibake_lost": "未能还原的乱码",
    "full_width": "全角转半角", "furniture_lines": "删除网页页眉页脚等", "spaces": "删除多余空格", "hard_breaks": "接回断行",
}  # fmt: skip

# How a bound is said around "4.5%", by comparator.
_BOUNDS: Mapping[Comparator, tuple[str, str]] = {
    Comparator.EQUAL: ("", ""), Comparator.AT_LEAST: ("", "以上"), Comparator.MORE: ("超过", ""), Comparator.AT_MOST: ("", "以内"),
    Comparator.LESS: ("低于", ""), Comparator.ABOUT: ("", "左右"), Comparator.RANGE: ("", ""),
}  # fmt: skip
_DOUBLINGS: Mapping[float | Decimal, str] = {2: "翻一番", 4: "翻两番", 8: "翻三番"}  # by how many times as much it then is
_UPPER_BOUNDS = (Comparator.AT_MOST, Comparator.LESS)


class Said(Protocol):
    """What of a figure is said in words: a Figure, or what somebody made of one."""

    @property
    def value(self) -> float | Decimal | None: ...
    @property
    def value_high(self) -> float | Decimal | None: ...
    @property
    def value_text(self) -> str | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def comparator(self) -> Comparator: ...
    @property
    def measure(self) -> MeasureKind: ...
    @property
    def period(self) -> FigurePeriod | None: ...
    @property
    def quote(self) -> str: ...


def printed_number(value: float | Decimal) -> str:
    """30.0 → 30, 4.5 → 4.5, never with an exponent."""
    return str(int(value)) if value == int(value) else format(Decimal(str(value)), "f")


def amount(figure: Said) -> str:
    """The value with its bound and unit: 15家以上, 5—8家, 超过130亿元; the words of the cell where it has no number."""
    if figure.value is None:
        return figure.value_text or ""
    number = printed_number(figure.value)
    if figure.value_high is not None:
        number = f"{number}—{printed_number(figure.value_high)}"
    before, after = _BOUNDS[figure.comparator]
    return f"{before}{number}{figure.unit}{after}"


def statement(figure: Said) -> str:
    """What is asked, in words: 年均增长8.5%左右, 控制在4.5%以内, 达到9亿元, 每年5—8家."""
    said = amount(figure)
    if figure.value is None:
        return said
    yearly = figure.period is FigurePeriod.PER_YEAR
    match figure.measure:
        case MeasureKind.GROWTH if _is_doubling(figure):
            return _doubled(figure)
        case MeasureKind.GROWTH | MeasureKind.REDUCE:
            return f"{'年均' if yearly else ''}{MEASURES[figure.measure]}{said}"
        case MeasureKind.KEEP:
            return f"{'控制' if figure.comparator in _UPPER_BOUNDS else '保持'}在{said}"
        case MeasureKind.LEVEL if figure.comparator is Comparator.EQUAL:
            return f"{'每年' if yearly else ''}达到{said}"
        case _:
            return f"{'每年' if yearly else ''}{said}"


def _is_doubling(figure: Said) -> bool:
    """翻一番 and 增长2倍 are both growth by two times (倍), yet twice and three times as much: the words that end the quote tell which."""
    return figure.unit == "倍" and figure.quote.rfind("番") > figure.quote.rfind("倍")


def _doubled(figure: Said) -> str:
    before, after = _BOUNDS[figure.comparator]
    doubling = _DOUBLINGS.get(figure.value) if figure.value is not None and figure.value_high is None else None
    return f"{before}{doubling}{after}" if doubling else f"增长到{amount(figure)}"


def fact(figure: Figure) -> str:
    """What is or was so, in words: 3.19%, 年均增长7.2%, 新增12家 as 12家."""
    return amount(figure) if figure.measure in (MeasureKind.LEVEL, MeasureKind.KEEP) else statement(figure)


def target_line(figure: Figure, deadline: int | None = None) -> str:
    """One line of a 目标值 cell: 产值过亿元企业：15家以上（2025年）; without its year where that is the deadline told beside it."""
    year = f"（{figure.year}年）" if figure.year not in (None, deadline) else ""
    return f"{figure.subject}：{statement(figure)}{year}"


def heading(section: Section) -> str:
    """Number and words of a heading: 第三章 优化空间布局, (一)统筹三片联动, 专栏1 重点工程."""
    gap = " " if section.number and section.title and section.number[-1] not in "、.．)）" else ""
    return f"{section.number}{gap}{section.title}"
