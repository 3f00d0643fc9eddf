"""Tables that go on over the end of a page: their parts known and made one."""

from __future__ import annotations

from dataclasses import replace

from lantu.readers.builder import GridCell
from lantu.readers.pdf_tables import PdfTable

_SAME_COLUMNS = 4.0  # points by which the columns of a table may move from page to page
_DEEPEST_HEAD = 3  # rows of a head that is printed again on the next page


def same_columns(first: PdfTable, second: PdfTable) -> bool:
    """May ``second``, on a later page, be ``first`` going on?"""
    return len(first.edges) == len(second.edges) and all(
        abs(a - b) <= _SAME_COLUMNS for a, b in zip(first.edges, second.edges, strict=True)
    )


def appended(first: PdfTable, second: PdfTable) -> PdfTable:
    """Both as one, without the head that the second prints again."""
    second = _shifted(second, -_repeated_rows(first, second))
    upper, lower = _healed(first, second)
    below = _shifted(replace(second, cells=lower), first.rows - (len(lower) < len(second.cells)))
    return replace(first, cells=upper + below.cells, open_columns=second.open_columns)


def _shifted(table: PdfTable, rows: int) -> PdfTable:
    """The table ``rows`` farther down; rows above the first are left out."""
    return replace(table, cells=tuple(cell._replace(row=cell.row + rows) for cell in table.cells if cell.row + rows >= 0))


def _repeated_rows(first: PdfTable, second: PdfTable) -> int:
    """How many rows at the top of ``second`` print the head of ``first`` again: one, and those under its merged cells."""
    for row in range(_DEEPEST_HEAD):
        head, again = ([(c.column, c.row_span, c.column_span, c.text) for c in t.cells if c.row == row] for t in (first, second))
        if not head or head != again:
            return 0
        if not any(
            cell.row + cell.row_span > row + 1 or (cell.row == row and cell.column_span > 1) for cell in second.cells if cell.row <= row
        ):
            return row + 1
    return 0


def _healed(first: PdfTable, second: PdfTable) -> tuple[tuple[GridCell, ...], tuple[GridCell, ...]]:
    """The cells of both, the rest of a row that the end of the page cut put back to the row it belongs to.

    Such a rest has words only under cells whose last line was full, and leaves most cells empty.
    """
    last = {cell.column: cell for cell in first.cells if cell.row + cell.row_span == first.rows}
    rest = {cell.column: cell for cell in second.cells if cell.row == 0}
    words = [column for column, cell in rest.items() if cell.text]
    alike = all(column in last and last[column].column_span == cell.column_span for column, cell in rest.items())
    if not alike or not words or 2 * len(words) > len(rest) or not first.open_columns.issuperset(words):
        return first.cells, second.cells
    grown = {last[column]: cell for column, cell in rest.items()}
    upper = tuple(
        cell._replace(text=cell.text + grown[cell].text, row_span=cell.row_span + grown[cell].row_span - 1) if cell in grown else cell
        for cell in first.cells
    )
    return upper, tuple(cell for cell in second.cells if cell.row > 0)
