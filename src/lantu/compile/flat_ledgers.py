"""Tables of tasks and works that reached the text without mark-up: one row a line, or one cell a line. Found by their head."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lantu.compile.indicator_rows import TableCell
from lantu.compile.ledger_fit import fitted
from lantu.compile.ledger_heads import LedgerColumn, LedgerRole, head_words, ledger_column, ledger_columns
from lantu.compile.ledger_rows import Cells, Slot
from lantu.compile.numbering import Form, read_number
from lantu.compile.printed_cells import printed_cells
from lantu.model import Span
from lantu.patterns import regex
from lantu.text.document import Document, LineKind

# One of these stands in every head; a colon after it makes it the label of a line of prose.
_ANCHORS = ("责任单位", "责任部门", "牵头单位", "牵头部门", "主办单位", "项目名称", "工程名称", "建设性质", "建设内容", "完成时")
_LONGEST_HEAD_LINE = 120
_MOST_HEADS = 16
_LONGEST_WORDS = 40
_LONGEST_CAPTION = 60
# Lines that are no rows between two rows: a group, the rest of a broken cell. More of them are the end of the table.
_MOST_WORDS_LINES = 2
_OUTLINE = frozenset((Form.PART, Form.CHAPTER, Form.SECTION, Form.BOX))
_ORDINAL = regex(r"\d{1,3}[.、]?$")
_CAPTION = regex(r"[表单]$|清单|任务|项目|分工|台账|一览")
_NOTE = regex(r"\*?(?:注|备注|说明)\s?\d?\s?[:：]")
_UNIT_LINE = regex(r"\(?单位[::]")


class FlatLedger(NamedTuple):
    """``span`` reaches from the caption, where there is one, to the last row; ``above`` are the words over the head."""

    span: Span
    above: str
    columns: tuple[LedgerColumn, ...]
    lines: tuple[Cells, ...]


def flat_ledgers(document: Document) -> tuple[FlatLedger, ...]:
    """The tables of tasks and works that stand in the text as plain lines."""
    places = sorted(_anchors(document.text))
    if not places:
        return ()
    starts, done = [line.start for line in document.lines], 0
    found: list[FlatLedger] = []
    for place in places:
        index = bisect_right(starts, place) - 1
        read = _ledger_at(document, index, done) if index >= done else None
        if read is not None:
            ledger, done = read
            found.append(ledger)
    return tuple(found)


def _anchors(text: str) -> Iterator[int]:
    for word in _ANCHORS:
        at = text.find(word)
        while at >= 0:
            if text[at + len(word) : at + len(word) + 1] != ":":
                yield at
            at = text.find(word, at + len(word))


def _ledger_at(document: Document, index: int, floor: int) -> tuple[FlatLedger, int] | None:
    """The table whose head stands on line ``index`` or around it, and the first line after it."""
    line = document.lines[index]
    if line.kind is LineKind.CELL or line.end - line.start > _LONGEST_HEAD_LINE:
        return None
    heads = _head_line(document, index)
    if heads is not None:
        first, body, lines = index, *_row_lines(document, index + 1, heads)
    else:
        first, after = _cell_lines(document, index, floor)
        cells = ledger_columns([_line_words(document, number) for number in range(first, after)])
        if cells is None:
            return None
        heads = cells
        body, lines = _cell_rows(document, after, heads)
    if not lines:
        return None
    while body < len(document.lines) and _NOTE.match(document.text, *_bounds(document, body)):
        body += 1
    top = caption_line(document, first, max(floor, 1))
    start, end = document.lines[top].start, document.lines[body - 1].end
    return FlatLedger(Span(start, end), document.text[start : document.lines[first].start].strip(), heads, tuple(lines)), body


def _line_words(document: Document, index: int) -> str:
    line = document.lines[index]
    return document.text[line.start : line.end].strip()


def caption_line(document: Document, first: int, floor: int) -> int:
    """Where the table whose head or mark-up begins at line ``first`` begins: with its caption, or its line of units.

    A numbered heading above is one of the outline, the first line of the text is its title.
    """
    index = first
    while index > max(floor, first - 2):
        words = _line_words(document, index - 1)
        line = document.lines[index - 1]
        unit = _UNIT_LINE.match(words) is not None
        if line.kind is not LineKind.TEXT or len(words) > _LONGEST_CAPTION or words[-1:] in "。;,:" or not (unit or _CAPTION.search(words)):
            break
        if read_number(document.text, line.start, line.end) is not None:
            break
        index -= 1
        if not unit:
            break
    return index


# -- one row a line ---------------------------------------------------------------------------------------------------------


def _head_line(document: Document, index: int) -> tuple[LedgerColumn, ...] | None:
    """The head whose cells all stand on this line, parted by blanks, tabs or bars, or known where the blanks are lost."""
    line = document.lines[index]
    cells = [cell.words for cell in printed_cells(document, Span(line.start, line.end))]
    if len(cells) < 2:
        cells = _known_words(cells[0]) if cells else []
    return ledger_columns(cells) if 2 < len(cells) <= _MOST_HEADS else None


def _known_words(words: str) -> list[str]:
    """Head words printed without blanks between them; none where anything else stands there."""
    found, at = [], 0
    while at < len(words):
        word = head_words().at(words, at)
        if not word:
            return []
        end = at + len(word)
        if words[end : end + 1] == "(" and (close := words.find(")", end)) >= 0:
            end = close + 1
        found.append(words[at:end])
        at = end
    return found


def _row_lines(document: Document, first: int, columns: Sequence[LedgerColumn]) -> tuple[int, list[Cells]]:
    """The rows from line ``first`` on, and the line after the last of them."""
    numbered = any(column.role is LedgerRole.ORDINAL for column in columns)
    rows: list[Cells] = []
    pending: list[Cells] = []
    stop = first
    for index in range(first, len(document.lines)):
        line = document.lines[index]
        cells = printed_cells(document, Span(line.start, line.end))
        if _ends(document, index, cells):
            break
        fit = fitted(cells, columns) if _is_row(cells, columns, numbered) else None
        if fit is not None:
            rows += [*pending, fit]
            pending, stop = [], index + 1
            continue
        if len(pending) >= _MOST_WORDS_LINES:
            break
        pending.append({0: Slot(TableCell(document.text[line.start : line.end], line.start, line.end))})
    return stop, rows


def _ends(document: Document, index: int, cells: Sequence[TableCell]) -> bool:
    """A line of mark-up, a heading of the outline, or a line of prose."""
    line = document.lines[index]
    if line.kind is not LineKind.TEXT:
        return True
    number = read_number(document.text, line.start, line.end)
    if number is not None and number.form in _OUTLINE:
        return True
    return len(cells) < 2 and (line.end - line.start > _LONGEST_WORDS or document.text[line.end - 1] in "。;:")


def _is_row(cells: Sequence[TableCell], columns: Sequence[LedgerColumn], numbered: bool) -> bool:
    filled = sum(bool(cell.words) for cell in cells)
    if filled < 2 or len(cells) > len(columns):
        return False
    return _ORDINAL.match(cells[0].words) is not None if numbered and cells[0].words else filled * 2 >= len(columns)


# -- one cell a line --------------------------------------------------------------------------------------------------------


def _cell_lines(document: Document, index: int, floor: int) -> tuple[int, int]:
    """The lines [first, after) around ``index`` that are head cells, one each; a caption above them is none."""
    first, after = index, index
    while after < min(len(document.lines), index + _MOST_HEADS) and _is_head_cell(document, after):
        after += 1
    while first > max(floor, index - _MOST_HEADS) and after > index and _is_head_cell(document, first - 1):
        first -= 1
    ordinals = [line for line in range(first, after) if _role(document, line) is LedgerRole.ORDINAL]
    return (ordinals[-1] if ordinals else first), after


def _is_head_cell(document: Document, index: int) -> bool:
    return document.lines[index].kind is not LineKind.CELL and _role(document, index) is not None


def _role(document: Document, index: int) -> LedgerRole | None:
    column = ledger_column(_line_words(document, index))
    return column.role if column else None


def _cell_rows(document: Document, first: int, columns: Sequence[LedgerColumn]) -> tuple[int, list[Cells]]:
    """Rows of one cell a line. With numbers a row reaches to the next number, without them it has as many cells as the head."""
    rows: list[Cells] = []
    stop, at, count = first, first, 0
    numbered = columns[0].role is LedgerRole.ORDINAL
    while at < len(document.lines):
        lead = at
        while numbered and at < min(len(document.lines), lead + _MOST_WORDS_LINES + 1) and not _counts(document, at, count + 1):
            at += 1
        end = _row_end(document, at, len(columns), count + 2 if numbered else 0)
        cells = [TableCell(_line_words(document, line), document.lines[line].start, document.lines[line].end) for line in range(at, end)]
        fit = fitted(cells, columns) if len(cells) > 1 else None
        if fit is None or (numbered and not _counts(document, at, count + 1)):
            break
        rows += [{0: Slot(TableCell(_line_words(document, line), *_bounds(document, line)))} for line in range(lead, at)]
        rows.append(fit)
        stop = at = end
        count += 1
    return stop, rows


def _bounds(document: Document, index: int) -> tuple[int, int]:
    return document.lines[index].start, document.lines[index].end


def _counts(document: Document, index: int, number: int) -> bool:
    """Does nothing but this number stand on the line?"""
    return index < len(document.lines) and _line_words(document, index).rstrip(".、") == str(number)


def _row_end(document: Document, first: int, width: int, following: int) -> int:
    """The line after a row: as many cells as the head, fewer where the next number or the outline comes before."""
    end = first
    while end < min(len(document.lines), first + width) and not (following and end > first and _counts(document, end, following)):
        line = document.lines[end]
        number = read_number(document.text, line.start, line.end)
        if line.kind is not LineKind.TEXT or (end > first and number is not None and number.form in _OUTLINE | {Form.CHINESE}):
            break
        end += 1
    return end
