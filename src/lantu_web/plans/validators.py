"""What a value of a plan must be like, wherever it is typed in."""

from __future__ import annotations

from datetime import date

YEARS = range(1949, 2101)  # from the founding of the state to the horizon of the longest outlines
EARLIEST_YEAR, LATEST_YEAR = YEARS[0], YEARS[-1]
EARLIEST_DAY, LATEST_DAY = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
NOTE_LENGTH = 500  # characters of what somebody adds in a few words: a note, a reason
