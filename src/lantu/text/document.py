"""A document ready to be compiled: canonical text, its lines and tables, and the way back to the raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from lantu.model import Anchor, Repairs, Source, Span
from lantu.model.span import as_anchor, as_span
from lantu.text.offsets import OffsetMap


class LineKind(StrEnum):
    TEXT = "text"
    HEADING = "heading"  # the file's own mark-up says so; ``level`` as the mark-up has it (0 = title), None where it has none
    CELL = "cell"  # part of a table in mark-up: its words are in ``Document.tables``


class Line(NamedTuple):
    """[start, end) in the canonical text, without the line end; never empty."""

    start: int
    end: int
    kind: LineKind = LineKind.TEXT
    level: int | None = None


class Cell(NamedTuple):
    """A table cell at its top left grid position; ``span`` in the canonical text, empty for an empty cell."""

    row: int
    column: int
    row_span: int
    column_span: int
    span: Span


class Table(NamedTuple):
    span: Span
    cells: tuple[Cell, ...]


class Doubt(NamedTuple):
    """A stretch of the canonical text whose words are not certain."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The canonical text has one paragraph a line, no page furniture, no stray spaces, simplified characters, half-width
    letters, digits and ,;:()!?% — while 、。“”《》 stay full-width.
    """

    source: Source
    raw: str
    text: str
    offsets: OffsetMap
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    repairs: Repairs = field(default_factory=Repairs)
    doubts: tuple[Doubt, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    def anchor(self, start: int, end: int) -> Anchor:
        """The place of canonical [start, end) in both texts."""
        span: Span = as_span((start, end))
        return as_anchor((span, self.offsets.source_of(span)))

    def doubt_at(self, start: int, end: int) -> str | None:
        """Why the words in [start, end) are not certain, or None."""
        if not self.doubts:
            return None
        return next((doubt.why for doubt in self.doubts if doubt.span.start < end and start < doubt.span.end), None)
