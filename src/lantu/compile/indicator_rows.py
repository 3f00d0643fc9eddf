"""The body of an indicator table, cell by cell, brought under the columns of its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lantu.compile.flat_tables import NATURE, FlatTable
from lantu.compile.indicator_cells import is_number_cell, is_unit, is_words_cell
from lantu.compile.table_head import VALUE_ROLES, Column, Role
from lantu.language.lexicon import HANZI
from lantu.model import Span
from lantu.patterns import regex
from lantu.text.document import Document, Table


class TableCell(NamedTuple):
    """The words of a cell and their place in the text."""

    words: str
    start: int
    end: int


class IndicatorRow(NamedTuple):
    """``values`` are pairs of a column's index and its cell; ``name`` still bears its number and unit."""

    name: TableCell
    unit: str
    nature: str | None
    values: tuple[tuple[int, TableCell], ...]
    start: int
    end: int


def flat_rows(document: Document, table: FlatTable, columns: Sequence[Column]) -> Iterator[IndicatorRow]:
    """The rows of a table without mark-up; lines and cells that fit no row are left out."""
    groups = _line_groups(document, table, columns) if table.rows else _cell_groups(document, table, columns)
    for cells in groups:
        row = _row(cells, columns)
        if row is not None:
            yield row


def _line_groups(document: Document, table: FlatTable, columns: Sequence[Column]) -> Iterator[list[TableCell]]:
    """One list of cells a row; a line of words alone before a row begins its name where the row has none."""
    pending: list[TableCell] = []
    for line in table.lines:
        cells = _cells(document, line, columns)
        if not any(is_number_cell(cell.words) or NATURE.search(cell.words) for cell in cells):
            pending = [*pending, *cells]
            continue
        nameless = not any(_is_name(cell.words) for cell in cells)
        yield [*_joined(pending), *cells] if nameless else cells
        pending = []


# A line of words this short before a row is the category that the row opens (经济发展), not the first half of its name.
_LONGEST_CATEGORY = 6


def _joined(pending: Sequence[TableCell]) -> list[TableCell]:
    """The lines of a broken name as one cell, a category above them left out."""
    parts = [cell for cell in pending[-3:] if len(pending) == 1 or cell is pending[-1] or len(cell.words) > _LONGEST_CATEGORY]
    return [TableCell("".join(cell.words for cell in parts), parts[0].start, parts[-1].end)] if parts else []


def _is_name(words: str) -> bool:
    return not is_number_cell(words) and not is_unit(words) and not NATURE.fullmatch(words)


def _cells(document: Document, line: Span, columns: Sequence[Column]) -> list[TableCell]:
    """The cells of a line: parted by blanks or bars as the text has them, else as the raw text had, else where marks prove them."""
    needed = 1 + sum(column.role in VALUE_ROLES for column in columns) + any(column.role is Role.NATURE for column in columns)
    cells = _split(document.text, line.start, line.end)
    if len(cells) >= needed:
        return cells
    raw = document.offsets.to_source(line.start, line.end)
    from_raw = [_from_raw(document, cell) for cell in _split(document.raw, raw.start, raw.end)]
    if len(from_raw) >= needed:
        return from_raw
    return [part for cell in cells for part in _burst(document.text, cell)]


def _split(text: str, start: int, end: int) -> list[TableCell]:
    return [TableCell(match[0], *match.span()) for match in _CELL_TEXT.finditer(text, start, end)]


_CELL_TEXT = regex(r"[^\s|　]+")


def _from_raw(document: Document, cell: TableCell) -> TableCell:
    span = document.offsets.to_target(cell.start, cell.end)
    return TableCell(document.text[span.start : span.end], span.start, span.end)


# Cells that run together are parted only at marks: a bracket, a dash, a bound, the closing bracket of the name's unit, the nature.
_ATOM = regex(
    rf"(?:预期性|约束性)\]?|[\[〔][^\]〕]*[\]〕]|[—–]+|[≥≤<>]\d+(?:\.\d+)?%?|(?:(?<=[)%])|(?<![\d.(])(?<!{HANZI}))\d+(?:\.\d+)?%?(?:以上|以内|以下|左右)?(?![\d.]|{HANZI})"
    r"|(?<=[)])\d+(?:\.\d+)?%?(?:以上|以内|以下|左右)?"
)


def _burst(text: str, cell: TableCell) -> Iterator[TableCell]:
    at = cell.start
    for match in _ATOM.finditer(text, cell.start, cell.end):
        if match.start() > at:
            yield TableCell(text[at : match.start()], at, match.start())
        yield TableCell(match[0], *match.span())
        at = match.end()
    if at < cell.end:
        yield TableCell(text[at : cell.end], at, cell.end)


def _cell_groups(document: Document, table: FlatTable, columns: Sequence[Column]) -> Iterator[list[TableCell]]:
    """Cells printed one a line, cut into rows: after the nature, or before the words that follow the last value."""
    has_nature = any(column.role is Role.NATURE for column in columns)
    width = sum(column.role in VALUE_ROLES for column in columns)
    group: list[TableCell] = []
    for line in table.lines:
        cell = TableCell(document.text[line.start : line.end].strip(), line.start, line.end)
        values = sum(is_number_cell(item.words) for item in group)
        if not has_nature and values and not is_number_cell(cell.words) and (values >= width or not is_words_cell(cell.words)):
            yield group
            group = []
        group.append(cell)
        if has_nature and NATURE.fullmatch(cell.words):
            yield group
            group = []
    if group:
        yield group


def _row(cells: Sequence[TableCell], columns: Sequence[Column]) -> IndicatorRow | None:
    """Read from the right: nature, values, unit; the last words left are the name, and what stands before them its category."""
    rest = list(cells)
    nature = _take_nature(rest)
    places = [index for index, column in enumerate(columns) if column.role in VALUE_ROLES]
    values: list[TableCell] = []
    while len(rest) > 1 and len(values) < len(places) and _is_value(rest):
        values.insert(0, rest.pop())
    unit = ""
    if len(rest) > 1 and any(column.role is Role.UNIT for column in columns) and is_unit(rest[-1].words):
        unit = rest.pop().words
    name = _whole_name(rest)
    if name is None or not values:
        return None
    before = [cell for cell in rest if cell.end <= name.start]
    first = before[-1] if before and before[-1].words.isdigit() else name
    aligned = tuple(zip(places[len(places) - len(values) :], values, strict=True))
    return IndicatorRow(name, unit, nature, aligned, first.start, cells[-1].end)


_ORDINAL = regex(rf"\(?\d{{1,2}}[).、]?(?={HANZI})")


def _whole_name(rest: Sequence[TableCell]) -> TableCell | None:
    """The words left in a row: the last are its name, together with a first half on the line above them.

    A line is such a half if it bears the number and the last does not, or is longer than a category's name.
    """
    words = [cell for cell in rest if _is_name(cell.words)]
    if not words:
        return None
    name = words[-1]
    if len(words) > 1 and not _ORDINAL.match(name.words):
        half = words[-2]
        if _ORDINAL.match(half.words) or len(half.words) > 2 * _LONGEST_CATEGORY:
            return TableCell(half.words + name.words, half.start, name.end)
    return name


def _is_value(rest: Sequence[TableCell]) -> bool:
    """Is the last cell a number, or words for one with the row's name before them?"""
    last = rest[-1].words
    return is_number_cell(last) or (is_words_cell(last) and any(_is_name(cell.words) for cell in rest[:-1]))


def _take_nature(rest: list[TableCell]) -> str | None:
    """The nature, taken off the row's end together with what stands after it (an office, a note)."""
    for index in range(len(rest) - 1, 0, -1):
        if NATURE.fullmatch(rest[index].words):
            nature = "约束性" if rest[index].words.startswith("约束") else "预期性"
            del rest[index:]
            return nature
    return None


def grid_rows(document: Document, table: Table, columns: Sequence[Column], first_row: int) -> Iterator[IndicatorRow]:
    """The rows of a table in mark-up; a merged cell belongs to every row and column that it covers."""
    grid = _grid(table)
    for number in sorted({row for row, _ in grid if row >= first_row}):
        row = _grid_row(document, [grid.get((number, index)) for index in range(len(columns))], columns)
        if row is not None:
            yield row


def _grid(table: Table) -> dict[tuple[int, int], Span]:
    last = max(cell.row for cell in table.cells)
    return {
        (row, column): cell.span
        for cell in table.cells
        for row in range(cell.row, min(last, cell.row + cell.row_span - 1) + 1)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def _grid_row(document: Document, spans: Sequence[Span | None], columns: Sequence[Column]) -> IndicatorRow | None:
    cells = [TableCell(document.text[span.start : span.end].strip(), *span) if span else None for span in spans]
    names = [cell for cell, column in zip(cells, columns, strict=True) if cell and column.role is Role.NAME and cell.words]
    if not names:
        return None
    name = names[-1]
    values = tuple((i, cell) for i, cell in enumerate(cells) if cell and cell.words and columns[i].role in VALUE_ROLES and cell != name)
    values = tuple(pair for place, pair in enumerate(values) if pair[1] not in [other for _, other in values[place + 1 :]])
    unit = _words_of(cells, columns, Role.UNIT)
    nature = _words_of(cells, columns, Role.NATURE)
    kind = "约束性" if "约束" in nature else "预期性" if "预期" in nature else None
    if not values:
        return None
    start, end = _extent(cells, columns, name)
    return IndicatorRow(name, unit, kind, values, start, end)


def _words_of(cells: Sequence[TableCell | None], columns: Sequence[Column], role: Role) -> str:
    return next((cell.words for cell, column in zip(cells, columns, strict=True) if cell and column.role is role), "")


def _extent(cells: Sequence[TableCell | None], columns: Sequence[Column], name: TableCell) -> tuple[int, int]:
    """The row from its number or name to its last cell; cells merged with rows above stand before it and are left out."""
    numbers = [cell for cell, column in zip(cells, columns, strict=True) if cell and column.role is Role.ORDINAL]
    start = next((cell.start for cell in numbers if cell.end + 1 == name.start), name.start)
    return start, max(cell.end for cell in cells if cell and cell.start >= name.start)
