"""Head lines: what a line that ends in a colon governs, and the time it gives."""

from __future__ import annotations

import pytest
from tests.factories.readings import place, reading

from lantu.compile.head_lines import HeadLines


@pytest.mark.parametrize(
    ("text", "item", "year", "reason"),
    [
        ("到2010年主要预期目标:\n——经济总量。\n——民生。\n", "——民生", 2010, "every item of the list"),
        ("主要目标:\n——经济总量。\n", "——经济", None, "a head without a time"),
        ("到2010年主要目标:\n——经济总量。\n坚持改革。\n——民生。\n", "——民生", None, "the list has ended"),
        ("到2010年主要目标:\n1.经济总量。\n(1)农业。\n", "(1)农业", None, "another kind of item"),
        ("较2005年提高的目标:\n——经济总量。\n", "——经济", None, "a year to compare with dates nothing"),
        ("“十四五”时期主要目标:\n●经济总量。\n", "●经济", 2025, "a span has its last year"),
    ],
)
def test_the_time_of_a_head_line(text: str, item: str, year: int | None, reason: str) -> None:
    read = reading(text)
    time = HeadLines(read).leading_time(place(read, item).start)
    assert (time.last if time else None) == year, reason
