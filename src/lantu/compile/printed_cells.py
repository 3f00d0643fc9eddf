"""The cells of a printed row: parted as the raw text parts them, for repaired text has lost blanks between hanzi."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lantu.compile.indicator_rows import TableCell
from lantu.model import Span
from lantu.patterns import regex
from lantu.text.document import Document

# Tabs and bars keep empty cells, blanks do not.
_TABS = regex(r"[^\t]*")
_BARS = regex(r"[^|]*")
_BLANKS = regex(r"\S+")


def printed_cells(document: Document, line: Span) -> list[TableCell]:
    """The cells of text[line], empty ones included where tabs or bars show them."""
    start, end = document.offsets.to_source(*line)
    printed = document.raw[start:end]
    pattern = _TABS if "\t" in printed else _BARS if "|" in printed else _BLANKS
    cells = list(_cells(document, pattern, start, end))
    if pattern is _BARS:
        cells = cells[not cells[0].words : len(cells) - (len(cells) > 1 and not cells[-1].words)]
    return cells


def _cells(document: Document, pattern: re.Pattern[str], start: int, end: int) -> Iterator[TableCell]:
    at = start
    while at <= end:
        match = pattern.search(document.raw, at, end)
        if match is None:
            return
        words = match[0].strip()
        low = match.start() + len(match[0]) - len(match[0].lstrip())
        span = document.offsets.to_target(low, low + len(words))
        text = document.text[span.start : span.end].strip() if words else ""
        first = document.text.index(text, span.start) if text else span.start
        yield TableCell(text, first, first + len(text))
        at = match.end() + 1
