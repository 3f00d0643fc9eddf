"""Room on paper: line counts, row heights, and where pages end."""

from __future__ import annotations

import pytest

from lantu.interchange.ledger.table import Column
from lantu.interchange.print_layout import (
    A3_LANDSCAPE,
    MAX_ROW_HEIGHT,
    capacity,
    display_width,
    group_heights,
    line_count,
    page_breaks,
    page_room,
)  # fmt: skip


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("年月", 4), ("2025年", 6), ("，", 2), ("𠮷", 2.5), ("µ", 1.5)])
def test_display_width(text: str, width: float) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "lines", "why"),
    [
        ("", 1, "an empty cell has a line"),
        ("年" * 10, 1, "20 of the 21.75 half-width characters that fit"),
        ("年" * 11, 2, "22 do not"),
        ("年\n月", 2, "a line end"),
        ("年" * 11 + "\n\n月", 4, "each line wraps for itself"),
    ],
)
def test_line_count(text: str, lines: int, why: str) -> None:
    assert capacity(25) == 21.75
    assert line_count(text, 25) == lines, why


def test_rows_hold_their_own_cells_and_together_what_they_share() -> None:
    columns = (Column("重点任务", 25, shared=True), Column("具体举措", 25))
    assert group_heights((("短", "年" * 11), ("短", "短")), columns) == [34.0, 20.0]
    assert group_heights((("年" * 40, "短"), ("年" * 40, "短")), columns) == [31.0, 31.0]  # 4 lines are 62 points


def test_no_row_is_higher_than_the_format_allows() -> None:
    assert group_heights((("年" * 5000,),), (Column("原文", 25),)) == [MAX_ROW_HEIGHT]


BREAKS = [
    ([[20.0]] * 4, [], "all on one page"),
    ([[20.0]] * 5, [4], "the fifth does not fit under title and head"),
    ([[20.0]] * 10, [4, 9], "later pages have no title, so one more fits"),
    ([[20.0]] * 3 + [[15.0, 15.0]], [3], "a small group is kept whole, though its first row would fit"),
    ([[20.0]] * 2 + [[20.0, 20.0, 20.0]], [4], "a large one is torn between rows"),
    ([[300.0], [20.0]], [1], "a row higher than a page stands on its own"),
]


@pytest.mark.parametrize(("groups", "rows", "why"), BREAKS)
def test_page_breaks(groups: list[list[float]], rows: list[int], why: str) -> None:
    assert list(page_breaks(groups, top=20, head=10, room=110)) == rows, why


def test_the_room_of_a_page_grows_as_its_columns_shrink() -> None:
    narrow, wide = page_room(A3_LANDSCAPE, [100.0]), page_room(A3_LANDSCAPE, [450.0])
    assert (round(narrow), round(wide)) == (714, 1420)
