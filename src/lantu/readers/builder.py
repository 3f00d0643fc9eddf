"""Lays out what a reader takes from a marked-up file as raw text and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lantu.model import Span
from lantu.patterns import regex
from lantu.readers.limits import Limits
from lantu.text.raw import BlockKind, RawBlock, RawCell

# XML cannot hold them, pdf text can: characters that no text has. Line ends inside a paragraph are made spaces before.
_UNPRINTABLE = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = regex(r"\s*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+\s*")


class GridCell(NamedTuple):
    """A cell as the reader found it; ``text`` may have several lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class Laid:
    text: str
    blocks: tuple[RawBlock, ...]


class Layout:
    """Grows the raw text line by line; every line ends with one newline."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._blocks: list[RawBlock] = []
        self._cells = 0
        self.length = 0

    def line(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int | None = None) -> None:
        """One paragraph; line ends inside it become single spaces; an empty one is left out."""
        text = _one_line(text)
        if text:
            start = self.length
            self._add(text + "\n")
            if kind is not BlockKind.PARAGRAPH:
                self._blocks.append(RawBlock(kind, Span(start, self.length - 1), level))

    def lines(self, text: str) -> None:
        """Several paragraphs, parted by newlines."""
        for part in text.split("\n"):
            self.line(part)

    def count_cells(self, count: int, *, place: str | None = None) -> None:
        """Account for ``count`` more grid places; raises LimitExceeded."""
        self._cells += count
        self._limits.check_cells(self._cells, place=place)

    def table(self, cells: Iterable[GridCell]) -> None:
        """One table, its cells sorted by row, then column. An empty one is left out."""
        start = self.length
        laid: list[RawCell] = []
        for _, row in groupby(cells, key=lambda cell: cell.row):
            laid.extend(self._row(list(row)))
        if any(cell.span.end > cell.span.start for cell in laid):
            self._blocks.append(RawBlock(BlockKind.TABLE, Span(start, self.length - 1), None, tuple(laid)))
        else:
            self._undo(start)

    def _row(self, row: Sequence[GridCell]) -> Iterable[RawCell]:
        """A row on one line, its cells parted by tabs; one cell a line where a cell has several lines."""
        texts = ["\n".join(filter(None, map(_one_line, cell.text.split("\n")))) for cell in row]
        parting = "\n" if any("\n" in text for text in texts) else "\t"
        for index, (cell, text) in enumerate(zip(row, texts, strict=True)):
            start = self.length
            self._add(text + (parting if index + 1 < len(row) else "\n"))
            yield RawCell(cell.row, cell.column, cell.row_span, cell.column_span, Span(start, start + len(text)))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)
        self._limits.check_characters(self.length)

    def _undo(self, start: int) -> None:
        while self.length > start:
            self.length -= len(self._parts.pop())

    def done(self) -> Laid:
        return Laid("".join(self._parts), tuple(self._blocks))


def _one_line(text: str) -> str:
    return _LINE_ENDS.sub(" ", _UNPRINTABLE.sub("", text)).strip(" \t")
