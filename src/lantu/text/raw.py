"""What a reader hands over: the text it took out of a file, and what the file itself says of the text's structure.

A paragraph is one line of ``text`` (lines end with "\\n"); a table is one line a row with its cells parted by tabs (or one line
a cell, where a cell holds several lines). ``blocks`` tell what mark-up told; a plain text file has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lantu.model import Source, Span


class BlockKind(StrEnum):
    HEADING = "heading"  # a paragraph in a heading style (docx), h1…h6 (html), #… (md); ``level`` as the file has it, 0 = title
    PARAGRAPH = "paragraph"
    TABLE = "table"  # ``rows`` hold its cells
    FURNITURE = "furniture"  # menu, header, footer, page number: dropped from the canonical text
    CONTINUED = "continued"  # a line that goes on from the line before (hard line break of a pdf): the break between is undone


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell; ``row``/``column`` are grid positions (0-based) of its top left corner."""

    row: int
    column: int
    row_span: int
    column_span: int
    span: Span


@dataclass(frozen=True, slots=True)
class RawBlock:
    kind: BlockKind
    span: Span
    level: int | None = None
    cells: tuple[RawCell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """``blocks`` in reading order, not overlapping, but that FURNITURE may stand inside a HEADING or TABLE.

    ``metadata`` is what the file says of itself (title, issuer, 索引号 …).
    """

    source: Source
    text: str
    blocks: tuple[RawBlock, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    page_starts: tuple[int, ...] = ()
