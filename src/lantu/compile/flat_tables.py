"""Indicator tables that reached the text without mark-up: one cell a line, or one row a line.

Found by their head row, so that a list of works or a table of duties is never taken for one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from lantu.compile.flat_heads import HeadLines
from lantu.compile.numbering import Form, read_number
from lantu.model import Span
from lantu.patterns import compiled, regex
from lantu.text.document import Document, LineKind

# A cell is short; a row has a handful of cells.
_LONGEST_CELL = 48
_LONGEST_ROW = 140
_LONGEST_CAPTION = 60
# A name broken over lines, or a category, stands between two rows; more lines without a value are the end of the table.
_MOST_WORDS_LINES = 2
_MOST_WORDS_CELLS = 4

NATURE = compiled(r"(?:预期性?|约束性?)(?:指标)?\]?$")
_NUMBER = compiled(r"^[\[(〔≥≤><约]*\s?-?\d[\d,]*(?:\.\d+)?\s?[\])〕%‰]*[^\s\d]{0,6}[\])〕]?$|^[—\-–/]{1,3}$")
_ROW_END = regex(
    r"(?:预期性?|约束性?)(?:指标)?\]?$|\s[\[(〔≥≤><约]*-?\d[\d,]*(?:\.\d+)?[\])〕%‰]*(?:以上|以内|以下|左右)?[\])〕]?$|\s[—\-–]{1,3}$|\d\s?(?:以上|以内|左右|%)$"
)
_NOTE = regex(r"\*?(?:注|备注|说明)\s?\d?\s?[:：.、]|\[\s?\]|[①②③④]")
_OUTLINE = frozenset((Form.PART, Form.CHAPTER, Form.SECTION, Form.BOX))
_CATEGORY_FORMS = frozenset((Form.CHINESE, Form.CHINESE_PAREN))
_CAPTION = regex(r"指标|目标|表")


class FlatTable(NamedTuple):
    """``heads`` are head cells, ``lines`` the body's lines, all as spans of the text; ``rows`` tells one row a line from one cell a line.

    ``span`` reaches from the caption (unless that is the heading of a box) to the notes below.
    """

    span: Span
    caption: Span | None
    heads: tuple[Span, ...]
    lines: tuple[Span, ...]
    rows: bool


def flat_tables(document: Document) -> tuple[FlatTable, ...]:
    """The indicator tables that stand in the text as plain lines."""
    tables: list[FlatTable] = []
    starts = [line.start for line in document.lines]
    heads = HeadLines(document)
    done = at = 0
    while (at := document.text.find("指标", at)) >= 0:
        index = bisect_right(starts, at) - 1
        found = _table_near(heads, index, done) if index >= done else None
        if found is not None:
            table, done = found
            tables.append(table)
        at = max(at + 2, document.lines[index].end)
    return tuple(tables)


def _table_near(heads: HeadLines, index: int, floor: int) -> tuple[FlatTable, int] | None:
    """The table whose head, or whose caption, stands on line ``index``."""
    found = _table_at(heads, index, floor)
    line = heads.document.lines[index]
    if found is not None or line.end - line.start > _LONGEST_CAPTION or heads.document.text[line.end - 1] in "。;,:":
        return found
    return _table_at(heads, index + 1, floor) or _table_at(heads, index + 2, floor)


def _table_at(heads: HeadLines, index: int, floor: int) -> tuple[FlatTable, int] | None:
    """The table whose head begins on or just above line ``index``, and the first line after it; None where none begins."""
    head = heads.head_at(index, floor)
    if head is None:
        return None
    document = heads.document
    last = _last_row_line(document, head.body, head.rows)
    if last < head.body:
        return None
    stop = last + 1
    while stop < len(document.lines) and _NOTE.match(document.text, document.lines[stop].start, document.lines[stop].end):
        stop += 1
    caption, top = _caption(document, head.first, floor)
    span = Span(document.lines[top].start, document.lines[stop - 1].end)
    lines = tuple(Span(line.start, line.end) for line in document.lines[head.body : last + 1])
    return FlatTable(span, caption, head.cells, lines, head.rows), stop


def _last_row_line(document: Document, first: int, rows: bool) -> int:
    """The last line that bears a value, not more than a few lines of words after the one before it; ``first`` - 1 for none."""
    last, allowance = first - 1, _MOST_WORDS_LINES if rows else _MOST_WORDS_CELLS
    for index, words, form in _body(document, first, _LONGEST_ROW if rows else _LONGEST_CELL):
        if (_ROW_END.search(words) if rows else _NUMBER.match(words) or NATURE.search(words)) and form not in _CATEGORY_FORMS:
            last = index
        elif index - last > allowance:
            break
    return last


def _caption(document: Document, first: int, floor: int) -> tuple[Span | None, int]:
    """The caption above the head, and the first line that belongs to the table (a box's heading is one of the outline)."""
    index = first - 1
    while index >= max(floor, first - 2):
        line = document.lines[index]
        words = document.text[line.start : line.end]
        if words.startswith(("单位:", "(单位")):
            index -= 1
            continue
        if line.end - line.start > _LONGEST_CAPTION or words[-1] in "。;!?:,":
            break
        number = read_number(document.text, line.start, line.end)
        if number is not None:
            return (Span(line.start, line.end), index + 1) if "指标" in words or "目标" in words else (None, index + 1)
        return (Span(line.start, line.end), index) if _CAPTION.search(words) else (None, index + 1)
    return None, index + 1


def _body(document: Document, first: int, longest: int) -> Iterator[tuple[int, str, Form | None]]:
    """The lines that can belong to a table: short, no sentence, no heading of the outline."""
    for index in range(first, len(document.lines)):
        line = document.lines[index]
        if line.kind is not LineKind.TEXT or line.end - line.start > longest:
            return
        words = document.text[line.start : line.end]
        number = read_number(document.text, line.start, line.end)
        form = number.form if number else None
        if "。" in words or ";" in words or (words[:2] == "——" and len(words) > 3) or form in _OUTLINE:
            return
        yield index, words, form
