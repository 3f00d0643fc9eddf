"""The kind of an indicator, told from how the plan says its target; with what told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lantu.model import Comparator, FigurePeriod, IndicatorKind, MeasureKind
from lantu.rulebooks.breakdown import breakdown
from lantu.rulebooks.review import review


class Because(StrEnum):
    """What told the kind; ``words`` of the plan beside it where it was words."""

    WORDS = "words"
    NO_NUMBER = "no_number"
    GROWTH = "growth"
    COMPARED = "compared"
    REDUCED_PERCENT = "reduced_percent"
    REDUCED_PIECES = "reduced_pieces"
    ADDED = "added"
    ADDED_EACH_YEAR = "added_each_year"
    KEPT = "kept"
    BELOW_BASELINE = "below_baseline"
    ABOVE_BASELINE = "above_baseline"
    FALLING_NAME = "falling_name"
    AT_MOST = "at_most"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    kind: IndicatorKind
    because: Because
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A target as the plan says it; ``quote`` is its sentence or cell."""

    subject: str
    value: Decimal | None
    unit: str = ""
    comparator: Comparator = Comparator.EQUAL
    measure: MeasureKind = MeasureKind.LEVEL
    period: FigurePeriod | None = None
    baseline: Decimal | None = None
    value_text: str = ""
    quote: str = ""
    value_high: Decimal | None = None


def tell(said: Statement) -> Told:
    """Words of the plan speak first, then the kind of change, then baseline and name."""
    return _by_words(said) or _by_change(said) or _by_level(said)


def is_counted(unit: str) -> bool:
    """Whether the unit of measure counts whole pieces (家, 个, 人)."""
    return unit in breakdown().kinds.countable


def is_percent(unit: str) -> bool:
    return unit in breakdown().kinds.percent


def _by_words(said: Statement) -> Told | None:
    words = breakdown().kinds
    told = f"{said.subject}{said.value_text}" if said.value is not None else f"{said.subject}{said.value_text}{said.quote}"
    for kind, known in ((IndicatorKind.EXTERNAL_TARGET, words.external), (IndicatorKind.SYNC, words.sync)):
        found = _first(known, told)
        if found and said.value is None:
            return Told(kind=kind, because=Because.WORDS, words=found)
    return Told(kind=IndicatorKind.MILESTONE, because=Because.NO_NUMBER) if said.value is None else None


def _by_change(said: Statement) -> Told | None:
    if _is_comparison(said):
        return Told(kind=IndicatorKind.LEVEL_UP, because=Because.COMPARED)
    match said.measure:
        case MeasureKind.GROWTH if is_percent(said.unit):
            return Told(kind=IndicatorKind.GROWTH_RATE, because=Because.GROWTH)
        case MeasureKind.REDUCE if is_percent(said.unit):
            return Told(kind=IndicatorKind.CUMULATIVE_REDUCTION, because=Because.REDUCED_PERCENT)
        case MeasureKind.REDUCE if said.period is not FigurePeriod.BY:
            return Told(kind=IndicatorKind.CUMULATIVE_COUNT, because=Because.REDUCED_PIECES)
        case MeasureKind.ADD | MeasureKind.GROWTH if said.period is FigurePeriod.PER_YEAR:
            return Told(kind=IndicatorKind.KEEP_FLOOR, because=Because.ADDED_EACH_YEAR)
        case MeasureKind.ADD | MeasureKind.GROWTH:
            return Told(kind=IndicatorKind.CUMULATIVE_COUNT, because=Because.ADDED)
        case MeasureKind.KEEP:
            is_cap = said.comparator in (Comparator.AT_MOST, Comparator.LESS)
            return Told(kind=IndicatorKind.KEEP_CAP if is_cap else IndicatorKind.KEEP_FLOOR, because=Because.KEPT)
        case _:
            return None


def _is_comparison(said: Statement) -> bool:
    """Twice as much, or half as much again at the end: a comparison with the beginning, which no sum of years is."""
    rises = said.measure in (MeasureKind.ADD, MeasureKind.GROWTH)
    over_the_period = said.period in (FigurePeriod.SPAN, FigurePeriod.BY)
    return rises and (said.unit in breakdown().kinds.multiples or (is_percent(said.unit) and over_the_period))


def _by_level(said: Statement) -> Told:
    """At most: a level that has to come down to it, or one that lies below it already and must not pass it (失业率 3.19 → 4.5 以内)."""
    is_bounded = said.comparator in (Comparator.AT_MOST, Comparator.LESS)
    if said.period is FigurePeriod.PER_YEAR:
        return Told(kind=IndicatorKind.KEEP_CAP if is_bounded else IndicatorKind.KEEP_FLOOR, because=Because.ADDED_EACH_YEAR)
    if said.baseline is not None and said.value is not None:
        if said.value < said.baseline:
            kind = IndicatorKind.KEEP_FLOOR if said.comparator in (Comparator.AT_LEAST, Comparator.MORE) else IndicatorKind.LEVEL_DOWN
            return Told(kind=kind, because=Because.BELOW_BASELINE)
        return Told(kind=IndicatorKind.KEEP_CAP if is_bounded else IndicatorKind.LEVEL_UP, because=Because.ABOVE_BASELINE)
    if is_bounded:
        return Told(kind=IndicatorKind.KEEP_CAP, because=Because.AT_MOST)
    falling = _first(review().indicators.falling, said.subject)
    if falling:
        return Told(kind=IndicatorKind.LEVEL_DOWN, because=Because.FALLING_NAME, words=falling)
    return Told(kind=IndicatorKind.LEVEL_UP, because=Because.LEVEL)


def _first(words: Iterable[str], text: str) -> str:
    """The longest of the words that stands in the text."""
    return max((word for word in words if word in text), key=len, default="")
