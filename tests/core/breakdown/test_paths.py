"""From baseline and target to the years between them: formulas with known figures, and what every path must hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.breakdown.paths import Fault, Indicator, Lack, Problem, growth_levels, holds, propose, shown
from lantu.model import IndicatorKind as K

D = Decimal


def indicator(kind: K, target: str | None, **values: Any) -> Indicator:
    numbers: dict[str, Any] = {name: D(value) if name == "baseline" else value for name, value in values.items()}
    return Indicator(kind=kind, target=D(target) if target is not None else None, **{"target_year": 2030, **numbers})


def values_of(of: Indicator) -> list[tuple[int, str | None]]:
    return [(step.year, None if step.value is None else shown(step.value)) for step in propose(of).steps]


@pytest.mark.parametrize(
    ("of", "values", "reason"),
    [
        (indicator(K.LEVEL_UP, "3", baseline="2.24", base_year=2025),
         ["2.39", "2.54", "2.7", "2.85", "3"], "equal steps, as fine as the baseline is printed"),
        (indicator(K.LEVEL_UP, "12", baseline="10", base_year=2025),
         ["10.4", "10.8", "11.2", "11.6", "12"], "finer than printed where a year's step would not show"),
        (indicator(K.LEVEL_UP, "12", baseline="10", base_year=2025, is_counted=True),
         ["10", "11", "11", "12", "12"], "whole pieces stay whole"),
        (indicator(K.LEVEL_DOWN, "44", baseline="52", base_year=2025),
         ["50", "49", "47", "46", "44"], "PM2.5 comes down"),
        (indicator(K.CUMULATIVE_REDUCTION, "20", base_year=2025),
         ["4.36", "8.54", "12.53", "16.35", "20"], "12.53 % after three of five years, not 12 %"),
        (indicator(K.CUMULATIVE_COUNT, "15", base_year=2025, is_counted=True), ["3", "3", "3", "3", "3"], "even shares"),
        (indicator(K.CUMULATIVE_COUNT, "17", base_year=2025, is_counted=True), ["3", "3", "4", "3", "4"], "what is over falls later"),
        (indicator(K.CUMULATIVE_COUNT, "2", base_year=2025, is_counted=True), ["0", "0", "1", "0", "1"], "fewer than years"),
        (indicator(K.CUMULATIVE_COUNT, "2.5", base_year=2025), ["0.5", "0.5", "0.5", "0.5", "0.5"], "what is not counted in pieces"),
        (indicator(K.GROWTH_RATE, "9", base_year=2025), ["9", "9", "9", "9", "9"], "the same growth each year"),
        (indicator(K.KEEP_CAP, "4.5", baseline="3.19", base_year=2025), ["4.5"] * 5, "unemployment may rise, but not above"),
        (indicator(K.KEEP_FLOOR, "98", base_year=2025), ["98"] * 5, "held in every year"),
    ],
)  # fmt: skip
def test_five_years(of: Indicator, values: list[str], reason: str) -> None:
    assert values_of(of) == list(zip(range(2026, 2031), values, strict=True)), reason
    assert propose(of).lacks == ()


@pytest.mark.parametrize(
    ("of", "values", "lacks"),
    [
        (indicator(K.LEVEL_UP, "3"), [(2030, "3")], (Lack.BASELINE, Lack.BASE_YEAR)),
        (indicator(K.LEVEL_UP, "3", baseline="2", base_year=2030), [(2030, "3")], (Lack.OUT_OF_RANGE,)),
        (indicator(K.LEVEL_UP, None, baseline="2", base_year=2025), [], (Lack.TARGET,)),
        (indicator(K.LEVEL_UP, "3", target_year=None), [], (Lack.TARGET_YEAR,)),
        (indicator(K.CUMULATIVE_REDUCTION, "120", base_year=2025), [], (Lack.OUT_OF_RANGE,)),
        (indicator(K.CUMULATIVE_COUNT, "5"), [(2030, "5")], (Lack.BASE_YEAR,)),
        (indicator(K.MILESTONE, None, base_year=2025), [(2030, None)], ()),
        (indicator(K.SYNC, None, base_year=2028), [(2029, None), (2030, None)], ()),
        (indicator(K.EXTERNAL_TARGET, None, base_year=2029), [(2030, None)], (Lack.SUPERIOR,)),
        (indicator(K.CUMULATIVE_COUNT, "4", base_year=2025, first_year=2029), [(2029, "2"), (2030, "2")], ()),
        (indicator(K.LEVEL_UP, "20", baseline="10", base_year=2020, first_year=2029), [(2029, "19"), (2030, "20")], ()),
    ],
)  # fmt: skip
def test_what_can_be_said_without_all_figures(of: Indicator, values: list[tuple[int, str | None]], lacks: tuple[Lack, ...]) -> None:
    assert values_of(of) == values
    assert propose(of).lacks == lacks


def test_formulas_say_how_a_year_was_reckoned() -> None:
    def formulas(of: Indicator) -> list[str]:
        return [step.formula for step in propose(of).steps]

    assert formulas(indicator(K.LEVEL_DOWN, "44", baseline="52", base_year=2028)) == ["52−8×1/2", ""]
    assert formulas(indicator(K.CUMULATIVE_REDUCTION, "20", base_year=2028)) == ["1−(1−20%)^(1/2)", "1−(1−20%)^(2/2)"]
    assert formulas(indicator(K.CUMULATIVE_COUNT, "5", base_year=2028)) == ["5×1/2", "5×2/2−2"]
    assert formulas(indicator(K.GROWTH_RATE, "9", baseline="100", base_year=2028)) == ["100×(1+9%)^1", "100×(1+9%)^2"]


def test_nine_per_cent_for_five_years_is_more_than_half_as_much_again() -> None:
    levels = growth_levels(D(100), [(year, D(9)) for year in range(2017, 2022)])
    assert [(year, round(level, 2)) for year, level in levels][-1] == (2021, D("153.86"))


@pytest.mark.parametrize(
    ("of", "years", "problems", "reason"),
    [
        (indicator(K.LEVEL_UP, "3", base_year=2025), {2030: "2.9"},
         [Problem(fault=Fault.NOT_REACHED, year=2030, found=D("2.9"), wanted=D(3))], "the level at the end counts"),
        (indicator(K.LEVEL_UP, "3", base_year=2025), {2026: "3.5", 2030: "3"}, [], "more in between is no fault"),
        (indicator(K.LEVEL_DOWN, "44", base_year=2025), {2030: "45"},
         [Problem(fault=Fault.NOT_REACHED, year=2030, found=D(45), wanted=D(44))], "downwards"),
        (indicator(K.LEVEL_UP, "3", base_year=2025), {2029: "3"}, [Problem(fault=Fault.MISSING, year=2030, wanted=D(3))], "no last year"),
        (indicator(K.CUMULATIVE_COUNT, "15", base_year=2025), {2026: "7", 2027: "7"},
         [Problem(fault=Fault.SUM_SHORT, found=D(14), wanted=D(15))], "the years add up"),
        (indicator(K.CUMULATIVE_COUNT, "15", base_year=2025), {2026: "16"}, [], "more is no fault"),
        (indicator(K.CUMULATIVE_REDUCTION, "20", base_year=2025), {2030: "19.9"},
         [Problem(fault=Fault.NOT_REACHED, year=2030, found=D("19.9"), wanted=D(20))], "reductions"),
        (indicator(K.KEEP_CAP, "4.5", base_year=2025), {2026: "4.6", 2027: "4.5"},
         [Problem(fault=Fault.NOT_HELD, year=2026, found=D("4.6"), wanted=D("4.5"))], "every year"),
        (indicator(K.KEEP_FLOOR, "98", base_year=2025), {2026: "97", 2027: "99"},
         [Problem(fault=Fault.NOT_HELD, year=2026, found=D(97), wanted=D(98))], "every year"),
        (indicator(K.GROWTH_RATE, "9", base_year=2025), {2026: "8", 2027: "10"},
         [Problem(fault=Fault.GROWTH_SHORT, found=D("9.00"), wanted=D(9))], "the geometric mean of 8 and 10 is 8.995"),
        (indicator(K.GROWTH_RATE, "9", base_year=2025), {2026: "8", 2027: "10.01"}, [], "one made good by the other"),
        (indicator(K.GROWTH_RATE, "9", base_year=2025), {2026: "-100"}, [Problem(fault=Fault.GROWTH_SHORT, wanted=D(9))], "all lost"),
        (indicator(K.LEVEL_UP, "3", base_year=2025), {2025: "2", 2030: "3", 2031: "4"},
         [Problem(fault=Fault.BEFORE_BASE, year=2025, found=D(2)), Problem(fault=Fault.AFTER_TARGET, year=2031, found=D(4))], "outside"),
        (indicator(K.MILESTONE, "3", base_year=2025), {2026: "1"}, [], "nothing to reckon"),
        (indicator(K.LEVEL_UP, None, base_year=2025), {2026: "1"}, [], "nothing to reach"),
        (indicator(K.LEVEL_UP, "3", base_year=2025), {}, [], "nothing said yet"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_years(of: Indicator, years: dict[int, str], problems: list[Problem], reason: str) -> None:
    assert list(holds(of, {year: D(value) for year, value in years.items()})) == problems, reason


NUMBERS = st.decimals(min_value=D("-99999"), max_value=D("99999"), places=2, allow_nan=False, allow_infinity=False)
POSITIVE = st.decimals(min_value=D("0.01"), max_value=D("99999"), places=2, allow_nan=False, allow_infinity=False)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    kind = draw(st.sampled_from(list(K)))
    base_year = draw(st.integers(2015, 2030))
    is_share = kind in (K.CUMULATIVE_REDUCTION, K.GROWTH_RATE)
    is_counted = draw(st.booleans()) and not is_share
    target = draw(st.decimals(min_value=D("0.1"), max_value=D("99.9"), places=1)) if is_share else draw(POSITIVE)
    baseline = draw(st.none() | NUMBERS)
    if kind in (K.LEVEL_UP, K.LEVEL_DOWN) and baseline is not None:
        low, high = min(target, baseline), max(target, baseline)
        target, baseline = (high, low) if kind is K.LEVEL_UP else (low, high)
    return Indicator(
        kind=kind, target=D(round(target)) if is_counted and round(target) else target, target_year=base_year + draw(st.integers(1, 12)),
        baseline=baseline, base_year=base_year, is_counted=is_counted,
    )  # fmt: skip


@given(indicators())
def test_a_proposed_path_always_holds(of: Indicator) -> None:
    values = {step.year: step.value for step in propose(of).steps}
    assert holds(of, values) == ()


@given(indicators())
def test_a_path_has_each_year_once_in_order_and_ends_with_the_target(of: Indicator) -> None:
    years = [step.year for step in propose(of).steps]
    assert years == sorted(set(years))
    assert not years or years[-1] == of.target_year


@given(indicators())
def test_additions_add_up_exactly_and_levels_go_one_way(of: Indicator) -> None:
    values = [step.value for step in propose(of).steps if step.value is not None]
    if of.kind is K.CUMULATIVE_COUNT:
        assert sum(values) == of.target
        assert all(value >= 0 for value in values)
        if of.is_counted and of.target == round(of.target or 0):
            assert all(value == round(value) for value in values)
            assert max(values) - min(values) <= 1
    elif of.kind in (K.LEVEL_UP, K.CUMULATIVE_REDUCTION):
        assert values == sorted(values)
    elif of.kind is K.LEVEL_DOWN:
        assert values == sorted(values, reverse=True)


@given(indicators(), st.integers(0, 11), st.decimals(min_value=D("0.5"), max_value=D(50), places=1))
def test_less_than_the_path_in_a_year_that_counts_is_told(of: Indicator, at: int, less: Decimal) -> None:
    steps = propose(of).steps
    if not steps or steps[0].value is None:
        return
    counts_each = of.kind in (K.CUMULATIVE_COUNT, K.KEEP_FLOOR, K.KEEP_CAP, K.GROWTH_RATE)
    place = at % len(steps) if counts_each else len(steps) - 1
    worse = less if of.kind in (K.LEVEL_DOWN, K.KEEP_CAP) else -less
    values = {step.year: (step.value + worse if n == place else step.value) for n, step in enumerate(steps) if step.value is not None}
    assert len(holds(of, values)) == 1
