"""Tables of tasks and works in mark-up: their head of one or two rows, and their cells on the grid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lantu.compile.indicator_rows import TableCell
from lantu.compile.ledger_heads import LedgerColumn, LedgerRole, ledger_column, ledger_columns
from lantu.compile.ledger_rows import Cells, Slot
from lantu.text.document import Cell, Document, Table

# A title, a line of units and a head of two rows stand above the body at most.
_DEEPEST_HEAD = 4
_WIDEST = 40


class LedgerGrid(NamedTuple):
    """``above`` are the words of the rows over the head: a title, a unit; ``lines`` are the rows below it."""

    above: str
    columns: tuple[LedgerColumn, ...]
    lines: tuple[Cells, ...]


def ledger_grid(document: Document, table: Table) -> LedgerGrid | None:
    """The table brought under the columns of its head; None where the head is of no table of tasks or works."""
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    if not 2 < width <= _WIDEST:
        return None
    rows = _rows(table)
    for first in range(min(_DEEPEST_HEAD - 1, len(rows))):
        if len(rows[first][1]) < 2:
            continue
        for depth in (1, 2):
            columns = ledger_columns(_heads(document, rows[first : first + depth], width))
            if columns is not None and not _head_goes_on(document, rows, first, depth):
                above = "\n".join(_words(document, cell) for _, row in rows[:first] for cell in row.values())
                return LedgerGrid(above, columns, tuple(_line(document, row, number) for number, row in rows[first + depth :]))
    return None


_Row = tuple[int, dict[int, Cell]]


def _rows(table: Table) -> list[_Row]:
    """Each row of the grid with the cells that cover it, by their first column."""
    rows: dict[int, dict[int, Cell]] = defaultdict(dict)
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row][cell.column] = cell
    return sorted(rows.items())


def _words(document: Document, cell: Cell) -> str:
    return document.text[cell.span.start : cell.span.end].strip()


def _heads(document: Document, rows: Sequence[_Row], width: int) -> list[str]:
    """The words over each column: of the lower cell where they tell what it is, else of both, else of the upper."""
    stacks: list[list[str]] = [[] for _ in range(width)]
    for number, row in rows:
        for cell in row.values():
            for column in range(cell.column, min(width, cell.column + cell.column_span)):
                if cell.row == number and (words := _words(document, cell).replace("\n", "")):
                    stacks[column].append(words)
    return [_telling(words) for words in stacks]


def _telling(words: Sequence[str]) -> str:
    together = "".join(words)
    found = next((one for one in (*words[::-1], together) if ledger_column(one) is not None), together)
    column = ledger_column(found)
    unit = column is not None and column.role in (LedgerRole.INVESTMENT, LedgerRole.PART) and not column.unit
    return together if unit and ledger_column(together) is not None else found


def _head_goes_on(document: Document, rows: Sequence[_Row], first: int, depth: int) -> bool:
    """Does a cell of the head reach into the next row, or stand there only head cells?"""
    below = rows[first + depth : first + depth + 1]
    if not below:
        return True
    number, row = below[0]
    own = [_words(document, cell) for cell in row.values() if cell.row == number]
    return any(cell.row < number for cell in row.values()) or (len(own) > 1 and all(ledger_column(words) for words in own if words))


def _line(document: Document, row: dict[int, Cell], number: int) -> Cells:
    return dict(_slots(document, row, number))


def _slots(document: Document, row: dict[int, Cell], number: int) -> Iterator[tuple[int, Slot]]:
    for column, cell in row.items():
        words = _words(document, cell)
        if words:
            start = document.text.index(words, cell.span.start)
            yield column, Slot(TableCell(words, start, start + len(words)), cell.row == number)
