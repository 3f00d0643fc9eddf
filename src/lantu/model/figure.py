"""Quantified statements: targets (about the future) and actuals (about the past or the present)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lantu.model.making import quickly_made
from lantu.model.span import Span


class Comparator(StrEnum):
    EQUAL = "="
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    ABOUT = "~"
    RANGE = "range"


class FigurePeriod(StrEnum):
    BY = "by"
    PER_YEAR = "per-year"
    SPAN = "span"


class MeasureKind(StrEnum):
    LEVEL = "level"
    GROWTH = "growth"
    ADD = "add"
    REDUCE = "reduce"
    KEEP = "keep"


class Nature(StrEnum):
    """指标属性: what government must reach itself (约束性), and what it expects of the market (预期性)."""

    ANTICIPATORY = "预期性"
    BINDING = "约束性"


class IndicatorKind(StrEnum):
    """指标类型: how the years lead from a baseline to a target, and when it counts as reached."""

    LEVEL_UP = "level_up"
    LEVEL_DOWN = "level_down"
    GROWTH_RATE = "growth_rate"
    CUMULATIVE_REDUCTION = "cumulative_reduction"
    CUMULATIVE_COUNT = "cumulative_count"
    KEEP_FLOOR = "keep_floor"
    KEEP_CAP = "keep_cap"
    SYNC = "sync"
    EXTERNAL_TARGET = "external_target"
    MILESTONE = "milestone"


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with what it measures. ``value`` is in the printed ``unit``; None where the cell is words (``value_text``).

    ``value_high`` for a range only. ``value_si``/``unit_si`` are the same in a base unit, None where that has no sense.
    ``doubt`` says why the words or the number lie in a damaged passage; None where nothing is wrong.
    """

    id: str
    section: str | None
    subject: str
    comparator: Comparator
    value: float | None
    value_high: float | None = None
    value_text: str | None = None
    unit: str
    value_si: float | None = None
    value_high_si: float | None = None
    unit_si: str | None = None
    year: int | None
    period: FigurePeriod | None
    measure: MeasureKind
    nature: Nature | None = None
    baseline: float | None = None
    baseline_year: int | None = None
    doubt: str | None = None
    quote: str
    span: Span
    raw_span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTable:
    """A table of main indicators; ``rows`` are ids of the targets read from it."""

    id: str
    section: str | None
    caption: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    span: Span
    raw_span: Span
