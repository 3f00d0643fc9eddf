"""The numbers against each other, against the plan's period and against what such an indicator can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from lantu.compile.checks.report import Report
from lantu.compile.head_lines import HeadLines
from lantu.compile.passages import section_kinds
from lantu.model import Comparator, Figure, IndicatorTable, MeasureKind
from lantu.patterns import compiled, regex

_RATIO = regex(r"(?:三次产业|产业结构|一二三产)[^。;\d]{0,24}(\d+(?:\.\d+)?):(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)(?![:\d])")
_INDEX_NAME = regex(r"[A-Z]{2,}")
_WHOLE = 100.0
_LEVELS = (MeasureKind.LEVEL, MeasureKind.KEEP)
_SAID_TWICE = (MeasureKind.LEVEL, MeasureKind.KEEP, MeasureKind.GROWTH, MeasureKind.REDUCE)
_RISE = regex("提高|提升|增加|增长|上升|扩大|增至")
_DUE = (MeasureKind.LEVEL, MeasureKind.ADD)
_DATE = regex(r"(?:19|20)\d\d年|二〇[一二三四五六七八九〇]{2}年")
_GOALS = "goals"  # the kind of such passages in passages.toml
_BY_PLAN = "规划期末为{end}年,未另行写明的按此掌握;"
_STRIP = compiled(r"[的“”\"'()、,:\s]|全[区市县省]|(?:预计|力争)")


class Figures(NamedTuple):
    """The figures of a plan; ``in_table`` are the ids of targets that are rows of a table."""

    targets: Sequence[Figure]
    in_table: frozenset[str]

    @classmethod
    def of(cls, targets: Sequence[Figure], tables: Iterable[IndicatorTable]) -> Figures:
        return cls(targets, frozenset(row for table in tables for row in table.rows))


def check_figures(report: Report, figures: Figures) -> None:
    for target in figures.targets:
        _check_unit(report, target)
        _check_share(report, target)
        _check_baseline(report, target, figures)
        _check_year(report, target)
        _check_doubt(report, target)
    _check_deadlines(report, figures)
    _check_twice(report, figures.targets)
    _check_names(report, figures)
    _check_ratios(report)


def _check_unit(report: Report, target: Figure) -> None:
    """Shares written as fractions (三分之一) and indices (PUE) have none rightly."""
    if target.unit or target.value is None or target.value < 1 or _INDEX_NAME.search(target.subject):
        return
    if any(word in target.subject for word in report.indicators.unitless):
        return
    report.add("unit_missing", *target.span, subject=target.subject, target=shown(target))


def _check_share(report: Report, target: Figure) -> None:
    if target.unit != "%" or target.measure not in _LEVELS or (target.value or 0) <= _WHOLE:
        return
    words = report.indicators
    if any(word in target.subject for word in words.shares) and not any(word in target.subject for word in words.not_shares):
        report.add("percent_over_100", *target.span, subject=target.subject, target=shown(target))


def _check_baseline(report: Report, target: Figure, figures: Figures) -> None:
    """A level on the wrong side of its baseline. Caps (4.5以内 after 3.19) are told for falling indicators only."""
    if target.baseline is None or target.value is None or target.measure not in _LEVELS:
        return
    if target.id not in figures.in_table and _is_meant(report.text, target):
        return
    if any(word in target.subject for word in report.indicators.falling):
        code = "target_above_baseline" if target.value > target.baseline else None
    elif target.comparator in (Comparator.AT_MOST, Comparator.LESS):
        code = None
    else:
        code = "target_below_baseline" if max(target.value, target.value_high or target.value) < target.baseline else None
    if code:
        baseline = f"{target.baseline:g}{target.unit}"
        report.add(code, *target.span, subject=target.subject, target=shown(target), baseline=baseline)


def _is_meant(text: str, target: Figure) -> bool:
    """Does one clause say both numbers, and its verb not the contrary? 由28户调整至18户 is no slip, 由12%提高到8% is one."""
    clause = text[max(text.rfind(mark, 0, target.span.start) for mark in "。;\n") + 1 : target.span.end]
    return f"{target.baseline:g}" in clause and not _RISE.search(clause)


def _check_year(report: Report, target: Figure) -> None:
    period = report.reading.period
    if target.year is None or period is None or period.start is None or period.end is None:
        return
    last = max(period.end, period.horizon or 0) + report.limits.years_after_end
    if period.start <= target.year <= last:
        return
    report.add(
        "deadline_outside_period", *target.span, subject=target.subject, year=target.year, start=period.start, end=period.end,
        quote=report.quote(*target.span),
    )  # fmt: skip


def _check_doubt(report: Report, target: Figure) -> None:
    """A doubt is the code of a finding of its own, or the reason why the words around the number are not certain."""
    if target.doubt is None:
        return
    if target.doubt in report.rules:
        if not report.has_told(target.doubt, *target.span):
            report.add(target.doubt, *target.span, quote=report.quote(*target.span))
    else:
        report.add("figure_in_doubtful_text", *target.span, subject=target.subject, target=shown(target), why=target.doubt)


def _check_deadlines(report: Report, figures: Figures) -> None:
    """One finding a document for the levels and additions among the plan's goals that nothing dates: no words of their own or of
    their line, no head line, no heading. Rows of tables have the year of their column, a plan for one year has that year.
    """
    period = report.reading.period
    if period is not None and period.start is not None and period.start == period.end:
        return
    sections = report.reading.sections
    goals = {section.id for section, kind in zip(sections, section_kinds(sections), strict=True) if kind == _GOALS}
    bare = [target for target in figures.targets if target.section in goals and target.id not in figures.in_table and _is_undated(target)]
    dated = _Dates(report) if bare else None
    left = [target for target in bare if dated and not dated.govern(target)]
    if left:
        named = [f"{target.subject}{shown(target)}" for target in left[: int(report.limits.examples)]]
        horizon = _BY_PLAN.format(end=period.end) if period is not None and period.end is not None else ""
        report.add("target_without_deadline", *left[0].span, count=len(left), examples="、".join(named), horizon=horizon)


def _is_undated(target: Figure) -> bool:
    return target.year is None and target.period is None and target.measure in _DUE


class _Dates:
    """What dates a target besides its own sentence."""

    def __init__(self, report: Report) -> None:
        self.reading, self.text = report.reading, report.text
        self.heads = HeadLines(report.reading)

    def govern(self, target: Figure) -> bool:
        line = self.text.rfind("\n", 0, target.span.start) + 1
        if _DATE.search(self.text, line, target.span.end) or self.heads.leading_time(line):
            return True
        path = self.reading.section_path(self.reading.section_index(target.span.start))
        return any(_DATE.search(section.title) for section in path if section.level)


def _check_twice(report: Report, targets: Sequence[Figure]) -> None:
    """The same subject, year, unit and measure with another value, in another sentence."""
    first: dict[tuple[object, ...], Figure] = {}
    for target in targets:
        name = _STRIP.sub("", target.subject)
        if target.value is None or target.measure not in _SAID_TWICE or len(name) < report.limits.shortest_indicator:
            continue
        place = target.section if target.year is None else None  # without a year only its section tells when
        earlier = first.setdefault((name, target.year, place, target.unit, target.measure, target.period), target)
        if _differ(earlier, target) and not _one_sentence(report, earlier, target):
            report.add(
                "same_indicator_two_targets", *target.span, subject=target.subject, when=f"({target.year}年)" if target.year else "",
                first=shown(earlier), first_quote=report.quote(*earlier.span),
                second=shown(target), second_quote=report.quote(*target.span),
            )  # fmt: skip


def _check_names(report: Report, figures: Figures) -> None:
    """Targets of the prose that look like a row of a table and say another number."""
    rows: dict[tuple[object, ...], dict[str, tuple[frozenset[str], Figure]]] = defaultdict(dict)
    for target in figures.targets:
        if target.id in figures.in_table and target.value is not None:
            rows[target.year, target.unit, target.measure][target.subject] = (_pairs(target.subject), target)
    for target in figures.targets if rows else ():
        if target.id in figures.in_table or target.value is None or len(target.subject) < report.limits.shortest_indicator:
            continue
        pairs = _pairs(target.subject)
        for name, (row_pairs, row) in rows.get((target.year, target.unit, target.measure), {}).items():
            if name != target.subject and _differ(row, target) and _likeness(pairs, row_pairs) >= report.limits.name_likeness:
                report.add(
                    "indicator_name_differs", *target.span, table_name=name, table_value=shown(row),
                    text_name=target.subject, text_value=shown(target),
                )  # fmt: skip


def _check_ratios(report: Report) -> None:
    """Shares of the three sectors that do not make a hundred."""
    for match in _RATIO.finditer(report.text):
        total = sum(float(part) for part in match.groups())
        if abs(total - _WHOLE) > report.limits.percent_tolerance:
            report.add("sum_mismatch", *match.span(), parts=f"{total:g}", total=f"{_WHOLE:g}", quote=report.quote(*match.span()))


def shown(figure: Figure) -> str:
    """The value as a reader writes it: 96%, 10~12家, or its words."""
    if figure.value is None:
        return figure.value_text or ""
    high = f"~{figure.value_high:g}" if figure.value_high is not None else ""
    return f"{_plain(figure.value)}{high}{figure.unit}"


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _differ(one: Figure, other: Figure) -> bool:
    return (one.value, one.value_high) != (other.value, other.value_high)


def _one_sentence(report: Report, one: Figure, other: Figure) -> bool:
    """Do both stand between the same full stops? Then the sentence itself says what tells them apart."""
    low, high = sorted((one.span, other.span))
    return all(report.text.find(mark, low.end, high.start) < 0 for mark in "。;\n")


def _pairs(name: str) -> frozenset[str]:
    plain = _STRIP.sub("", name)
    return frozenset(map("".join, pairwise(plain)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two sets of character pairs."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
