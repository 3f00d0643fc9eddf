"""From a baseline and a target to the years between them, by the kind of the indicator; and whether given years reach the target.

What a year's value means follows from the kind: the level at the year's end (levels, reductions over the period), the year's addition
(counts), the year's growth in per cent, or what must hold in the year (kept at least or at most).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum

from lantu.model import IndicatorKind
from lantu.rulebooks.breakdown import breakdown

_HUNDRED, _ONE, _ZERO = Decimal(100), Decimal(1), Decimal(0)
_EXACT = Context(prec=34)
LEVELS = (IndicatorKind.LEVEL_UP, IndicatorKind.LEVEL_DOWN)
KEPT = (IndicatorKind.KEEP_FLOOR, IndicatorKind.KEEP_CAP)
WITHOUT_VALUES = (IndicatorKind.SYNC, IndicatorKind.EXTERNAL_TARGET, IndicatorKind.MILESTONE)


class Lack(StrEnum):
    """Why no full path can be proposed."""

    TARGET = "target"
    TARGET_YEAR = "target_year"
    BASELINE = "baseline"
    BASE_YEAR = "base_year"
    OUT_OF_RANGE = "out_of_range"
    SUPERIOR = "superior"


class Fault(StrEnum):
    """What is wrong with years that somebody set."""

    MISSING = "missing"  # the year has no value
    AFTER_TARGET = "after_target"  # the year lies after the target's
    BEFORE_BASE = "before_base"  # the year is not after the base year
    NOT_REACHED = "not_reached"  # the target is not reached at the end
    SUM_SHORT = "sum_short"  # the years do not add up to the target
    NOT_HELD = "not_held"  # the year does not keep what every year must keep
    GROWTH_SHORT = "growth_short"  # the average growth of the years is below the target


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is due in one year; ``formula`` says in figures how it was reckoned. ``value`` None: nothing to be measured that year."""

    year: int
    value: Decimal | None
    formula: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """``lacks`` names what is missing for more; the steps are then what can be said without it."""

    kind: IndicatorKind
    steps: tuple[Step, ...]
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """``year`` where one year is at fault; ``found`` and ``wanted`` in the target's unit of measure."""

    fault: Fault
    year: int | None = None
    found: Decimal | None = None
    wanted: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """``first_year`` is the first that is planned: the year after the base year, unless the work begins later."""

    kind: IndicatorKind
    target: Decimal | None
    target_year: int | None
    baseline: Decimal | None = None
    base_year: int | None = None
    first_year: int | None = None
    is_counted: bool = False  # in whole pieces

    @property
    def years(self) -> range:
        """The planned years; empty where the last or the first one is not known."""
        first = self.first_year if self.first_year is not None else self.base_year + 1 if self.base_year is not None else self.target_year
        if self.target_year is None or first is None:
            return range(0)
        return range(min(first, self.target_year), self.target_year + 1)


def propose(indicator: Indicator) -> Path:
    """A path that holds (see ``holds``), as far as the figures allow."""
    kind = indicator.kind
    if indicator.target_year is None:
        return Path(kind=kind, steps=(), lacks=(Lack.TARGET_YEAR,))
    if kind is IndicatorKind.MILESTONE:
        return Path(kind=kind, steps=(Step(year=indicator.target_year, value=None),))
    if kind in WITHOUT_VALUES:
        lacks = (Lack.SUPERIOR,) if kind is IndicatorKind.EXTERNAL_TARGET else ()
        return Path(kind=kind, steps=tuple(Step(year=year, value=None) for year in indicator.years), lacks=lacks)
    if indicator.target is None:
        return Path(kind=kind, steps=(), lacks=(Lack.TARGET,))
    match kind:
        case IndicatorKind.CUMULATIVE_COUNT:
            return _additions(indicator, indicator.target)
        case IndicatorKind.CUMULATIVE_REDUCTION:
            return _reductions(indicator, indicator.target)
        case IndicatorKind.LEVEL_UP | IndicatorKind.LEVEL_DOWN:
            return _levels(indicator, indicator.target, indicator.target_year)
        case _:
            return _every_year(indicator, indicator.target)


def holds(indicator: Indicator, values: Mapping[int, Decimal | None]) -> tuple[Problem, ...]:
    """What keeps the years from reaching the target; nothing where no year has a value or there is no target to reach."""
    target, last = indicator.target, indicator.target_year
    given = {year: value for year, value in values.items() if value is not None}
    if target is None or last is None or not given or indicator.kind in WITHOUT_VALUES:
        return ()
    return (*_misplaced(indicator, values, last), *_unreached(indicator, given, target, last))


def growth_levels(baseline: Decimal, rates: Iterable[tuple[int, Decimal]]) -> tuple[tuple[int, Decimal], ...]:
    """The level at each year's end when it grows by those per cent from the baseline: B(1+g)^n."""
    levels, level = [], baseline
    for year, rate in rates:
        level = _EXACT.multiply(level, _ONE + rate / _HUNDRED)
        levels.append((year, level))
    return tuple(levels)


def shown(number: Decimal) -> str:
    """A number as people write it, without exponent and trailing zeros."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _misplaced(indicator: Indicator, values: Mapping[int, Decimal | None], last: int) -> Iterable[Problem]:
    for year in sorted(values):
        if year > last:
            yield Problem(fault=Fault.AFTER_TARGET, year=year, found=values[year])
        elif indicator.base_year is not None and year <= indicator.base_year:
            yield Problem(fault=Fault.BEFORE_BASE, year=year, found=values[year])


def _unreached(indicator: Indicator, given: Mapping[int, Decimal], target: Decimal, last: int) -> Iterable[Problem]:
    within = {year: value for year, value in sorted(given.items()) if year <= last}
    slack = _slack(target)
    match indicator.kind:
        case IndicatorKind.CUMULATIVE_COUNT:
            total = sum(within.values(), _ZERO)
            if total < target:
                yield Problem(fault=Fault.SUM_SHORT, found=total, wanted=target)
        case IndicatorKind.GROWTH_RATE:
            yield from _slow(within, target, slack)
        case IndicatorKind.KEEP_FLOOR | IndicatorKind.KEEP_CAP:
            is_cap = indicator.kind is IndicatorKind.KEEP_CAP
            for year, value in within.items():
                if value > target if is_cap else value < target:
                    yield Problem(fault=Fault.NOT_HELD, year=year, found=value, wanted=target)
        case kind:
            yield from _short_at_the_end(within.get(last), target, last, downwards=kind is IndicatorKind.LEVEL_DOWN)


def _short_at_the_end(value: Decimal | None, target: Decimal, last: int, *, downwards: bool) -> Iterable[Problem]:
    if value is None:
        yield Problem(fault=Fault.MISSING, year=last, wanted=target)
    elif value > target if downwards else value < target:
        yield Problem(fault=Fault.NOT_REACHED, year=last, found=value, wanted=target)


def _slow(within: Mapping[int, Decimal], target: Decimal, slack: Decimal) -> Iterable[Problem]:
    """The geometric mean of the years' growth, as (A/B)^(1/n)−1 would tell it at the end."""
    if not within or any(rate <= -_HUNDRED for rate in within.values()):
        yield Problem(fault=Fault.GROWTH_SHORT, wanted=target)
        return
    grown = _ONE
    for rate in within.values():
        grown = _EXACT.multiply(grown, _ONE + rate / _HUNDRED)
    average = (_EXACT.power(grown, _ONE / Decimal(len(within))) - _ONE) * _HUNDRED
    if average < target - slack:
        yield Problem(fault=Fault.GROWTH_SHORT, found=average.quantize(Decimal("0.01")), wanted=target)


def _slack(target: Decimal) -> Decimal:
    return abs(target) * Decimal(str(breakdown().path.tolerance)) / _HUNDRED


def _every_year(indicator: Indicator, target: Decimal) -> Path:
    """The same in each year: what must hold, or the growth that keeps the average."""
    is_level = indicator.kind is IndicatorKind.GROWTH_RATE and indicator.baseline is not None and indicator.base_year is not None
    steps = []
    for year in indicator.years:
        formula = ""
        if is_level and indicator.baseline is not None and indicator.base_year is not None:
            formula = f"{shown(indicator.baseline)}×(1+{shown(target)}%)^{year - indicator.base_year}"
        steps.append(Step(year=year, value=target, formula=formula))
    lacks = () if indicator.first_year is not None or indicator.base_year is not None else (Lack.BASE_YEAR,)
    return Path(kind=indicator.kind, steps=tuple(steps), lacks=lacks)


def _additions(indicator: Indicator, target: Decimal) -> Path:
    """Even shares, rounded so that they add up exactly; what cannot be parted evenly falls to the later years."""
    years = indicator.years
    places = 0 if indicator.is_counted or _places(target) == 0 else max(_places(target), 1)
    unit, total = Decimal(1).scaleb(-places), len(years)
    steps, before = [], _ZERO
    for n, year in enumerate(years, 1):
        upto = target if n == total else (target * n / total).quantize(unit, ROUND_FLOOR)
        formula = f"{shown(target)}×{n}/{total}" + (f"−{shown(before)}" if before else "")
        steps.append(Step(year=year, value=upto - before, formula=formula))
        before = upto
    lacks = () if indicator.first_year is not None or indicator.base_year is not None else (Lack.BASE_YEAR,)
    return Path(kind=indicator.kind, steps=tuple(steps), lacks=lacks)


def _reductions(indicator: Indicator, target: Decimal) -> Path:
    """Equal yearly rates that reach the target together: by year n 1−(1−T)^(n/N)."""
    if indicator.target_year is None or not _ZERO < target < _HUNDRED:
        return Path(kind=indicator.kind, steps=(), lacks=(Lack.OUT_OF_RANGE,))
    years = indicator.years
    base = indicator.base_year if indicator.base_year is not None else years[0] - 1
    total, rest = indicator.target_year - base, _ONE - target / _HUNDRED
    unit = Decimal(1).scaleb(-max(_places(target), int(breakdown().path.most_decimals)))
    steps = []
    for year in years:
        n = year - base
        exact = (_ONE - _EXACT.power(rest, Decimal(n) / Decimal(total))) * _HUNDRED
        value = target if year == indicator.target_year else min(target, exact.quantize(unit, ROUND_HALF_EVEN))
        steps.append(Step(year=year, value=value, formula=f"1−(1−{shown(target)}%)^({n}/{total})"))
    lacks = () if indicator.first_year is not None or indicator.base_year is not None else (Lack.BASE_YEAR,)
    return Path(kind=indicator.kind, steps=tuple(steps), lacks=lacks)


def _levels(indicator: Indicator, target: Decimal, last: int) -> Path:
    """In equal steps from the baseline; without one only the last year can be told."""
    lacks = tuple(lack for lack, value in ((Lack.BASELINE, indicator.baseline), (Lack.BASE_YEAR, indicator.base_year)) if value is None)
    if indicator.baseline is None or indicator.base_year is None:
        return Path(kind=indicator.kind, steps=(Step(year=last, value=target),), lacks=lacks)
    total, way = last - indicator.base_year, target - indicator.baseline
    if total < 1:
        return Path(kind=indicator.kind, steps=(Step(year=last, value=target),), lacks=(Lack.OUT_OF_RANGE,))
    places = _level_places(indicator, target, way / total)
    steps = []
    for year in indicator.years:
        n = year - indicator.base_year
        exact = indicator.baseline + way * n / total
        value = target if year == last else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
        sign = "+" if way >= 0 else "−"
        formula = f"{shown(indicator.baseline)}{sign}{shown(abs(way))}×{n}/{total}" if year != last else ""
        steps.append(Step(year=year, value=value, formula=formula))
    return Path(kind=indicator.kind, steps=tuple(steps))


def _level_places(indicator: Indicator, target: Decimal, step: Decimal) -> int:
    """As fine as baseline and target are printed; finer where a year's step would not show, but whole pieces stay whole."""
    baseline = indicator.baseline if indicator.baseline is not None else _ZERO
    places = max(_places(target), _places(baseline))
    if indicator.is_counted:
        return places
    while places < breakdown().path.most_decimals and _ZERO < abs(step) < Decimal(1).scaleb(-places):
        places += 1
    return places


def _places(number: Decimal) -> int:
    """Decimals that are printed."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
