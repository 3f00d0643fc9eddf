"""The head of an indicator table in plain lines: all its cells on one line, or one cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lantu.compile.table_head import VALUE_ROLES, Column, Role, column, head_tokens
from lantu.model import Span
from lantu.text.document import Document, LineKind

# A head of fewer cells tells nothing; one of more is no head. Its line is a printed line or two.
_FEWEST = 3
_MOST = 14
_LONGEST = 100


class Head(NamedTuple):
    """``cells`` of the head whose first line is ``first``; the body begins at line ``body``. ``rows``: the body has one row a line."""

    first: int
    cells: tuple[Span, ...]
    body: int
    rows: bool


class HeadLines:
    """The lines of one document, asked for head cells; each line is looked at once."""

    __slots__ = ("_cells", "_heads", "document")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._cells: dict[int, Sequence[tuple[Span, Column]]] = {}
        self._heads: dict[tuple[int, int], Head | None] = {}

    def head_at(self, index: int, floor: int) -> Head | None:
        """The head on or around line ``index``, not above line ``floor``."""
        if (index, floor) not in self._heads:
            self._heads[index, floor] = self._head_at(index, floor)
        return self._heads[index, floor]

    def _head_at(self, index: int, floor: int) -> Head | None:
        first, after, count = index, index + 1, len(self._line(index))
        if count == 0:
            return None
        rows = count >= _FEWEST
        if not rows:
            first, after = self._cell_lines(index, floor)
        elif self._carries_on(after):
            after += 1
        cells = [cell for line in range(first, after) for cell in self._line(line)]
        roles = {item.role for _, item in cells}
        if len(cells) < _FEWEST or Role.NAME not in roles or VALUE_ROLES.isdisjoint(roles):
            return None
        return Head(first, tuple(span for span, _ in cells), after, rows)

    def _carries_on(self, index: int) -> bool:
        """Does a head that a page broke go on here: more years, the nature?"""
        return any(item.role is Role.NATURE or (item.role in VALUE_ROLES and item.year is not None) for _, item in self._line(index))

    def _cell_lines(self, index: int, floor: int) -> tuple[int, int]:
        """The lines [first, after) of a head of one cell a line; a caption (主要指标) above the column 指标 is not one of them."""
        first = after = index
        while first > max(floor, index - _MOST) and 0 < len(self._line(first - 1)) < _FEWEST:
            first -= 1
        while after < index + _MOST and 0 < len(self._line(after)) < _FEWEST:
            after += 1
        if self._line(after):
            return index, index
        names = [line for line in range(first, after) if any(item.role is Role.NAME for _, item in self._line(line))]
        return (names[-2] + 1 if len(names) > 1 else first), after

    def _line(self, index: int) -> Sequence[tuple[Span, Column]]:
        """The head cells of a line; none where anything else stands in it."""
        if index not in self._cells:
            self._cells[index] = self._read(index)
        return self._cells[index]

    def _read(self, index: int) -> Sequence[tuple[Span, Column]]:
        if index >= len(self.document.lines):
            return ()
        line, text = self.document.lines[index], self.document.text
        if line.kind is LineKind.CELL or line.end - line.start > _LONGEST:
            return ()
        return [(Span(start, end), column(text[start:end])) for start, end in head_tokens(text, line.start, line.end) or ()]
