"""Markdown: the decoded characters, with the marks told apart from the words.

Marks are FURNITURE; they may stand inside a HEADING or a TABLE block, nowhere else do blocks overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lantu.model import Span
from lantu.patterns import regex
from lantu.readers.limits import Limits
from lantu.readers.origin import origin
from lantu.readers.plain import damage, decode_checked
from lantu.readers.sniff import Format
from lantu.text.raw import BlockKind, RawBlock, RawCell, RawDocument

_LINE = regex(r"[^\r\n]+")
_HEADING = regex(r"[ ]{0,3}(#{1,6})(?:[ \t]+|(?=[^#\s]))(.*?)([ \t]+#+)?[ \t]*$")
_ROW = regex(r"[ \t]*\|?[^|\r\n]*\|[^\r\n]*$")
_RULER = regex(r"[ \t]*\|?(?:[ \t]*:?-{1,}:?[ \t]*\|)+(?:[ \t]*:?-{1,}:?[ \t]*)?$")
_EDGE = regex(r"^[ \t]*\|[ \t]*|[ \t]*(?<!\\)\|[ \t]*$")
_BAR = regex(r"(?<!\\)\|")
_FENCE = regex(r"[ ]{0,3}(?:`{3,}|~{3,})")
_RULE = regex(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
# Emphasis, a picture, the two ends of a link, an escape, an inline HTML tag.
_INLINE = regex(
    r"\*\*\*|\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`+|!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)"
    r"|\[(?=[^\]\n]{1,200}\]\([^)\n]{0,500}\))|(?<=[^\]\n])\]\([^)\n]{0,500}\)|\\(?=[\\`*_{}\[\]()#+.!|>~-])|</?(?:br|b|i|u|p|center|font|sup|sub)\b[^>\n]{0,100}>"
)
# Before a line a quotation mark or a bullet as well; in a cell > is "more than" and - a dash.
_MARK = regex(rf"^[ \t]*(?:>[ \t]?)+|^[ \t]*[-*+][ \t]+|{_INLINE.pattern}")


def read_markdown(data: bytes, name: str, limits: Limits) -> RawDocument:
    """# headings and pipe tables become blocks; raw offsets are those of the decoded file."""
    decoded = decode_checked(data, limits)
    blocks = tuple(_blocks(decoded.text, limits))
    return RawDocument(
        source=origin(data, name, Format.MARKDOWN.value, decoded.text, encoding=decoded.encoding),
        text=decoded.text,
        blocks=blocks,
        metadata=damage(decoded),
    )


def _blocks(text: str, limits: Limits) -> Iterator[RawBlock]:
    lines = [match.span() for match in _LINE.finditer(text)]
    index, cells = 0, 0
    while index < len(lines):
        start, end = lines[index]
        upto = _table_end(text, lines, index)
        if upto > index:
            table = list(_table(text, lines[index:upto]))
            cells += len(table[0].cells)
            limits.check_cells(cells)
            yield from table
            index = upto
            continue
        index += 1
        heading = _HEADING.match(text, start, end)
        if heading and heading.start(2) < heading.end(2):
            yield from _heading(text, heading)
        elif _FENCE.match(text, start, end) or _RULE.match(text, start, end):
            yield RawBlock(BlockKind.FURNITURE, Span(start, end))
        else:
            yield from _marks(text, start, end)


def _heading(text: str, heading: re.Match[str]) -> Iterator[RawBlock]:
    start, end = heading.span(2)
    yield RawBlock(BlockKind.FURNITURE, Span(heading.start(), start))
    yield RawBlock(BlockKind.HEADING, Span(start, end), len(heading[1]))
    yield from _marks(text, start, end)
    if heading.end() > end:
        yield RawBlock(BlockKind.FURNITURE, Span(end, heading.end()))


def _marks(text: str, start: int, end: int, pattern: re.Pattern[str] = _MARK) -> Iterator[RawBlock]:
    for mark in pattern.finditer(text[start:end]):
        yield RawBlock(BlockKind.FURNITURE, Span(start + mark.start(), start + mark.end()))


def _table_end(text: str, lines: list[tuple[int, int]], index: int) -> int:
    """One past the last row of a pipe table that begins at ``index``; ``index`` where none does."""
    if index + 1 >= len(lines) or not _RULER.match(text, *lines[index + 1]) or not _ROW.match(text, *lines[index]):
        return index
    upto = index + 2
    while upto < len(lines) and lines[upto][0] - lines[upto - 1][1] <= 2 and _ROW.match(text, *lines[upto]):
        upto += 1
    return upto


def _table(text: str, rows: list[tuple[int, int]]) -> Iterator[RawBlock]:
    """The table, then the marks in it: rulers, outer bars."""
    marks: list[RawBlock] = []
    cells: list[RawCell] = []
    for number, (start, end) in enumerate(rows):
        if number == 1:
            marks.append(RawBlock(BlockKind.FURNITURE, Span(start, end)))
            continue
        inner = [start, end]
        for edge in _EDGE.finditer(text[start:end]):
            if edge.end() > edge.start():
                marks.append(RawBlock(BlockKind.FURNITURE, Span(start + edge.start(), start + edge.end())))
                inner[edge.start() > 0] = start + (edge.start() if edge.start() else edge.end())
        row = list(_cells(text, max(0, number - 1), *inner))
        cells.extend(row)
        marks.extend(mark for cell in row for mark in _marks(text, *cell.span, _INLINE))
    yield RawBlock(BlockKind.TABLE, Span(rows[0][0], rows[-1][1]), None, tuple(cells))
    yield from sorted(marks, key=lambda mark: mark.span)


def _cells(text: str, row: int, start: int, end: int) -> Iterator[RawCell]:
    """The cells between the bars of one row, without the blanks around them."""
    line = text[start : max(start, end)]
    bars = [match.start() for match in _BAR.finditer(line)]
    for column, (low, high) in enumerate(pairwise([-1, *bars, len(line)])):
        part = line[low + 1 : high]
        words = part.strip(" \t")
        at = start + low + 1 + (len(part) - len(part.lstrip(" \t")) if words else 0)
        yield RawCell(row, column, 1, 1, Span(at, at + len(words)))
