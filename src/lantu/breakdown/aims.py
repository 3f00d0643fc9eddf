"""What an indicator shall do, in one line of a ledger: 一般公共预算收入年均增长6%."""

from __future__ import annotations

from lantu.model import FigurePeriod, MeasureKind
from lantu.rulebooks.breakdown import breakdown


def aim(subject: str, value: str, measure: MeasureKind, period: FigurePeriod | None) -> str:
    """``value`` with its sign and unit. Without the kind of change a growth of 6% would read as a level."""
    words = breakdown().aims
    if measure is MeasureKind.LEVEL or not value or any(word in subject for word in words.said):
        return f"{subject} {value}".strip()
    yearly = period is FigurePeriod.PER_YEAR and measure is not MeasureKind.KEEP
    pattern: str = getattr(words, f"{measure.value}_a_year" if yearly else measure.value)
    return subject + pattern.format(value=value)
