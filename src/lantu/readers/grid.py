"""Cells with spans laid on a grid, as HTML and office tables print them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from lantu.readers.builder import GridCell

MOST_COLUMNS = 1_000  # what a span or a row may claim; HTML allows 1,000, no printed table has 50


class Piece(NamedTuple):
    """A cell in the order of the mark-up, before it has its column."""

    row_span: int
    column_span: int
    text: str


def lay_grid(rows: Iterable[Iterable[Piece]], count: Callable[[int], None]) -> list[GridCell]:
    """Give every piece its first free column, as browsers do. ``count`` is told of the places used, and may raise."""
    taken: dict[int, int] = {}  # column → first row that is free below a cell spanning rows
    cells: list[GridCell] = []
    for row, pieces in enumerate(rows):
        column = 0
        for piece in pieces:
            while taken.get(column, 0) > row:
                column += 1
            width, height = max(1, min(piece.column_span, MOST_COLUMNS)), max(1, piece.row_span)
            count(width)
            for place in range(column, column + width):
                taken[place] = row + height
            cells.append(GridCell(row, column, height, width, piece.text))
            column += width
    return _clipped(cells)


def _clipped(cells: list[GridCell]) -> list[GridCell]:
    """Row spans that reach below the last row end there."""
    rows = cells[-1].row + 1 if cells else 0
    return [cell._replace(row_span=min(cell.row_span, rows - cell.row)) for cell in cells]
