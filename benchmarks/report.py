"""Measured rows → a table in Markdown."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``bound`` is what it must reach (``at_least``) or must not exceed, None where nothing is asked of it."""

    what: str
    value: float | None
    unit: str
    bound: float | None = None
    at_least: bool = False
    remark: str = ""

    @property
    def missed(self) -> bool:
        if self.bound is None or self.value is None:
            return False
        return self.value < self.bound if self.at_least else self.value > self.bound


def table(title: str, rows: Sequence[Row]) -> str:
    lines = [f"### {title}", "", "| what | measured | asked | |", "| --- | ---: | ---: | --- |"]
    return "\n".join([*lines, *(_line(row) for row in rows), ""])


def _line(row: Row) -> str:
    asked = "" if row.bound is None else f"{'≥' if row.at_least else '≤'} {_number(row.bound)} {row.unit}"
    measured = "not measured" if row.value is None else f"{_number(row.value)} {row.unit}"
    return f"| {row.what} | {measured} | {asked} | {'**missed** ' if row.missed else ''}{row.remark} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def median_seconds(action: Callable[[], object], *, times: int = 5, warm_up: int = 1) -> float:
    """Wall seconds of one call, the median of ``times`` after ``warm_up`` calls that do not count."""
    return _median(action, time.perf_counter, times, warm_up)


def median_core_seconds(action: Callable[[], object], *, times: int = 5, warm_up: int = 1) -> float:
    """Seconds that one call kept the processor busy: what it takes on a core of its own, whatever else the machine does."""
    return _median(action, time.process_time, times, warm_up)


def _median(action: Callable[[], object], clock: Callable[[], float], times: int, warm_up: int) -> float:
    for _ in range(warm_up):
        action()
    return statistics.median(_seconds(action, clock) for _ in range(times))


def _seconds(action: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    action()
    return clock() - started
