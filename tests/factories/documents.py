"""Canonical documents built by hand: the text is what the repair would hand over, its map to the raw text the identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lantu.model import Source, Span
from lantu.text.document import Cell, Document, Line, LineKind, Table
from lantu.text.offsets import OffsetMap


def document(
    text: str,
    *,
    headings: Mapping[str, int | None] | None = None,
    table: Sequence[Sequence[str | None]] = (),
    merged: Mapping[str, tuple[int, int]] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Document:
    """``text`` with a paragraph a line. ``headings``: which lines the mark-up calls headings, and their levels.

    ``table``: rows of cells put at the end of the text as mark-up; an empty string is an empty cell, None no cell at all (covered by a
    merged one). ``merged``: how many rows and columns the cell with these words covers.
    """
    lines = list(_lines(text, headings or {}))
    cells: list[Cell] = []
    body = text if text.endswith("\n") or not table else text + "\n"
    start = len(body)
    for row, words in enumerate(table):
        at = len(body)
        for column, word in enumerate(words):
            if word is not None:
                rows, columns = (merged or {}).get(word, (1, 1))
                cells.append(Cell(row, column, rows, columns, Span(len(body), len(body) + len(word))))
                body += word
            body += "\t"
        body = body[:-1]
        if len(body) > at:
            lines.append(Line(at, len(body), LineKind.CELL))
        body += "\n"
    return Document(
        source=Source(file="plan.txt", media_type="text/plain", sha256="0" * 64, encoding="utf-8", characters=len(body)),
        raw=body, text=body, offsets=OffsetMap.identity(len(body)), lines=tuple(lines), metadata=dict(metadata or {}),
        tables=(Table(Span(start, len(body) - 1), tuple(cells)),) if cells else (),
    )  # fmt: skip


def _lines(text: str, headings: Mapping[str, int | None]) -> Sequence[Line]:
    found: list[Line] = []
    at = 0
    for words in text.split("\n"):
        if words:
            kind = LineKind.HEADING if words in headings else LineKind.TEXT
            found.append(Line(at, at + len(words), kind, headings.get(words)))
        at += len(words) + 1
    return found
