"""How much room text needs on paper: widths in half-width characters of the body font, heights in points.

Spreadsheets do not fit the heights of wrapped or merged rows when they open a file, so the heights are written into it; each
estimate errs on the side of too much, as what does not fit is not printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from lantu.interchange.ledger.table import Cell, Column, Group

BODY_SIZE = 10  # points
LINE_HEIGHT = 1.4  # of the font size: 宋体 takes 1.28, what stands in for it on other systems up to 1.45
CELL_PADDING = 6  # points, above and below together
MAX_ROW_HEIGHT = 409  # points, of the file format
DEFAULT_FONT = {"font_name": "宋体", "font_size": 11}  # of the workbook: its digit is the unit of column widths in the file
COLUMN_UNIT = 6.0  # points: that digit
COLUMN_GUTTER = 4.3  # points: what every column has beside its width
POINTS_PER_INCH = 72
PAGE_RESERVE = 0.94  # of a page is planned for: fonts and printers differ, and a row that slips to the next page leaves it empty
WHOLE_SHARE = 0.3  # of a page: a larger group is torn between its rows rather than leave so much of a page empty
ROUNDING = 0.97  # of a line is left when a page is scaled and letters fall on whole dots
UNBREAKABLE_END = 2.5  # half-width characters that a line may lose because a mark cannot begin the next


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper lying on its long side, or standing: ``code`` of the file format, sides in points."""

    code: int
    width: float
    height: float


A3_LANDSCAPE = Paper(8, 1190.55, 841.89)
A4_LANDSCAPE = Paper(9, 841.89, 595.28)
A4_PORTRAIT = Paper(9, 595.28, 841.89)
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 0.4, 0.55, 0.6  # inches


def display_width(text: str) -> float:
    """Half-width characters that the text takes: an ASCII character one, a hanzi two (UTF-8 has 1 and 3 bytes for them)."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) / 2


def capacity(width: float, size: float = BODY_SIZE) -> float:
    """Half-width characters in a line of a column."""
    return max(2.0, (width * ROUNDING - UNBREAKABLE_END) * BODY_SIZE / size)


def file_width(width: float) -> float:
    """The width of a column as the file tells it."""
    return width * BODY_SIZE / 2 / COLUMN_UNIT


def line_count(text: str, width: float, size: float = BODY_SIZE) -> int:
    """Lines of the wrapped text in a column of this width."""
    room = capacity(width, size)
    return sum(max(1, ceil(display_width(line) / room)) for line in text.split("\n"))


def text_height(text: str, width: float, size: float = BODY_SIZE) -> float:
    """Points that the wrapped text needs, padding included."""
    return line_count(text, width, size) * size * LINE_HEIGHT + CELL_PADDING


def group_heights(group: Group, columns: Sequence[Column]) -> list[float]:
    """The row heights of a group: each row holds its own cells, all rows together the cells that they share."""
    own = [max((_height(cell, column) for cell, column in zip(row, columns, strict=True) if not column.shared), default=0) for row in group]
    shared = max((_height(cell, column) for cell, column in zip(group[0], columns, strict=True) if column.shared), default=0)
    missing = max(0.0, shared - sum(own)) / len(own)
    return [min(MAX_ROW_HEIGHT, round(height + missing, 1)) for height in own]


def page_room(paper: Paper, widths: Sequence[float]) -> float:
    """Points of row height on a page, when the columns are made to fit its width."""
    needed = sum(width * BODY_SIZE / 2 + COLUMN_GUTTER for width in widths)
    scale = min(1.0, (paper.width - 2 * MARGIN_SIDE * POINTS_PER_INCH) / needed)
    return (paper.height - (MARGIN_TOP + MARGIN_BOTTOM) * POINTS_PER_INCH) / scale * PAGE_RESERVE


def page_breaks(groups: Iterable[Sequence[float]], top: float, head: float, room: float) -> Iterator[int]:
    """The rows before which pages end: no group that is to be kept whole is torn, larger ones between two of their rows.

    ``groups`` are row heights; ``top`` stands on the first page only, ``head`` on every page.
    """
    used, row, first = top + head, 0, 0  # ``first`` is the first row of the page
    for heights in groups:
        if row > first and used + sum(heights) > room and is_kept_whole(heights, room):
            yield row
            used, first = head, row
        for height in heights:
            if row > first and used + height > room:
                yield row
                used, first = head, row
            used += height
            row += 1


def is_kept_whole(heights: Sequence[float], room: float) -> bool:
    """Whether a group is small enough that a page may end early for its sake."""
    return sum(heights) <= room * WHOLE_SHARE


def _height(cell: Cell, column: Column) -> float:
    return text_height(cell if isinstance(cell, str) else str(cell or ""), column.width)
