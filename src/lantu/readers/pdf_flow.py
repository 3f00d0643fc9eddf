"""Pages → one text: headers and footers left out, columns read one after the other, lines joined to paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from lantu.patterns import regex
from lantu.readers.builder import Laid, Layout
from lantu.readers.limits import Limits
from lantu.readers.pdf_page import Page, Piece
from lantu.readers.pdf_regions import Row, regions, to_rows, usual_gutter
from lantu.readers.pdf_table_pages import appended, same_columns
from lantu.readers.pdf_tables import PdfTable, aligned_table, ruled_tables
from lantu.text.raw import BlockKind

_EDGE = 0.12  # of the page's height, above and below: where headers, footers and page numbers stand (GB/T 9704: 37 of 297 mm)
_REPEATED = 3  # pages with the same words at the same height: a running header; odd and even pages may differ
_SAME_HEIGHT = 6.0  # points
_SHORT = 1.5  # em: a line that ends farther from the right margin than this ends its paragraph
_INDENT = 1.2  # em: a line that begins farther in than this begins a paragraph (the rule is 2)
_INDENTED = 0.05  # share of lines with an indent in a document whose paragraphs begin with one
_RAGGED = 0.25  # of the column: where paragraphs are indented, an unfinished line this much short was broken, not ended
_LEAST_RAGGED = 5.0  # em: so much even in a narrow column
_LEADING = 1.6  # of the usual distance between lines: more is the space between paragraphs
_SAME_SIZE = 0.12  # share by which the sizes of two lines of one paragraph may differ
_CENTRED = 2.0  # em: free space on both sides of a centred line
_LATIN = 0.55  # em, the width of a letter or digit: a word that does not fit goes to the next line whole
_NOTE_SIZE = 0.85  # of the size of the body: footnotes are smaller
_TITLE_SHARE, _HEADING_SHARE = 0.4, 0.6  # of the column that the first line of a title, of a centred heading fills
_TITLE_SIZE = 1.1  # of the size of the body

_PAGE_NUMBER = regex(
    r"[\s·•]*(?:[-—–―－_~]{0,3}\s*(?:\d{1,4}|[IVXLivxl]{1,6})\s*[-—–―－_~]{0,3}"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})[\s·•]*"
)
_NUMBERED = regex(
    r"\s*(?:第[一二三四五六七八九十百〇零\d]+[章节篇编部条]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[、.．](?!\d)|[①-⑳]|——|专栏|附件|附表|表\s*\d|[●■◆▪•·]\s*)"
)
_DECIMAL = regex(r"\s*\d{1,2}(?:\.\d{1,2})+\s*[一-鿿]")  # the number of a heading: 3.1
# Never within a paragraph, whatever stands before.
_APART = regex(r"\s*(?:第[一二三四五六七八九十百\d]+[章节篇编]\s|专栏\s*\d|附件\s*[:：\d]|附表|表\s*\d+\s)")
_HANGING = "，。、；：！？”’）》」』,.;:!?)"
_CONTENTS = regex(r"目\s*(?:录|次)")
_NOTE = regex(r"\s*(?:[①-⑳*＊]|[\[〔]?\d{1,2}[\]〕]?\s*\D|注)")
_LEADERS = regex(r"(?:[.．·…]\s*){5,}\s*(?:\d{1,4}|[IVXivx]{1,6})\s*$")  # a line of a contents list: dots up to a page number
_TIED = regex(r"[，、（《“‘]\n|\d[-—–~～]\n\d|\n[，。、；：！？”’）》％%]")  # marks that end no paragraph, and that begin none
_FINAL = regex(r"[。！？；：!?;:](?:[”’」』）)》])?$")
_LEADING_WORD = regex(r"[（《“]?[!-~]+[）》”]?")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line with the margins of its column; ``page`` and ``column`` tell which that is."""

    text: str
    x0: float
    x1: float
    middle: float
    size: float
    left: float
    right: float
    page: int
    column: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How the document is set: size of its body, usual distance of lines, whether paragraphs begin with an indent."""

    body: float
    leading: float
    indents: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Habits:
        indented = sum(_INDENT * line.size <= line.x0 - line.left <= 3 * _INDENT * line.size for line in lines)
        return cls(_body_size(lines), _usual_leading(lines), indented >= max(2, _INDENTED * len(lines)))


def lay_pages(pages: Sequence[Page], limits: Limits) -> tuple[Laid, tuple[int, ...]]:
    """The raw text with its blocks, and where each page starts in it."""
    layout = Layout(limits)
    items = list(_joined_tables(_items(pages)))
    lines = [item for item in items if isinstance(item, Line)]
    habits = Habits.of(lines)
    items = list(_notes_later(items, habits))
    starts: list[int] = []
    last: Line | None = None
    for item, after in zip_longest(items, items[1:]):
        while len(starts) <= item.page:
            starts.append(layout.length)
        if isinstance(item, Line):
            kind = _kind(last, item, after, habits)
            layout.line(item.text, kind)
            last = None if kind is BlockKind.FURNITURE else item
        else:
            layout.count_cells(len(item.table.cells))
            layout.table(item.table.cells)
            last = None
    starts.extend([layout.length] * (len(pages) - len(starts)))
    return layout.done(), tuple(starts)


def _notes_later(items: Sequence[Line | Placed], habits: Habits) -> Iterator[Line | Placed]:
    """Footnotes after the paragraph that goes on over the page, in which they would stand otherwise."""
    ends = {item.page: index for index, item in enumerate(items) if not _is_small(item, habits)}  # of the text on each page
    held: list[Line | Placed] = []
    last: Line | None = None
    for index, item in enumerate(items):
        if index > ends.get(item.page, index) and (held or (isinstance(item, Line) and _NOTE.match(item.text))):
            held.append(item)
            continue
        if held and not (isinstance(item, Line) and last is not None and continues(last, item, habits)):
            yield from held
            held = []
        last = item if isinstance(item, Line) else None
        yield item
    yield from held


def _is_small(item: Line | Placed, habits: Habits) -> bool:
    return isinstance(item, Line) and item.size <= _NOTE_SIZE * habits.body


def _kind(last: Line | None, line: Line, after: Line | Placed | None, habits: Habits) -> BlockKind:
    heads_contents = isinstance(after, Line) and _LEADERS.search(after.text) and _CONTENTS.fullmatch(line.text)
    if heads_contents or _LEADERS.search(line.text):
        return BlockKind.FURNITURE
    return BlockKind.CONTINUED if last is not None and continues(last, line, habits) else BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Placed:
    """A table and its page."""

    table: PdfTable
    page: int


def _items(pages: Sequence[Page]) -> Iterator[Line | Placed]:
    furniture = _furniture(pages)
    read: list[tuple[list[Row], list[PdfTable]]] = []
    for number, page in enumerate(pages):
        kept = tuple(piece for piece in page.pieces if (number, piece) not in furniture)
        tables, free = ruled_tables(replace(page, pieces=kept))
        read.append((to_rows(free), tables))
    gutter = usual_gutter(rows for rows, _ in read)
    for number, (rows, tables) in enumerate(read):
        yield from _page_items(number, rows, tables, gutter)


def _page_items(number: int, rows: list[Row], tables: list[PdfTable], gutter: float | None) -> Iterator[Line | Placed]:
    """Tables and the text between them, from the top down; where each table stands in a column, one column after the other."""
    if gutter is not None and tables and not _crossed(gutter, rows, tables):
        for left in (True, False):
            side = [[piece for piece in row if (piece.x1 <= gutter) == left] for row in rows]
            yield from _page_items(number, list(filter(None, side)), [table for table in tables if (table.x1 <= gutter) == left], None)
        return
    column = 0
    for table in [*sorted(tables, key=lambda table: -table.y1), None]:
        above = [row for row in rows if table is None or row[0].middle > table.y1]
        rows = [row for row in rows if table is not None and row[0].middle <= table.y1]
        for region in regions(above, gutter):
            yield from _region(number, column, region)
            column += 1
        if table is not None:
            yield Placed(table, number)


def _crossed(x: float, rows: list[Row], tables: list[PdfTable]) -> bool:
    return any(table.x0 < x < table.x1 for table in tables) or any(piece.x0 < x < piece.x1 for row in rows for piece in row)


def _region(page: int, column: int, rows: list[Row]) -> Iterator[Line | Placed]:
    """One column of text: runs of rows that stand in columns of their own are tables without rules."""
    left, right = min(row[0].x0 for row in rows), max(map(_ends_at, rows))
    at = 0
    while at < len(rows):
        upto = at
        while upto < len(rows) and (len(rows[upto]) >= 3 or (upto > at and len(rows[upto]) == 2)):
            upto += 1
        table = aligned_table(rows[at:upto]) if upto - at >= 3 else None
        if table is not None:
            yield Placed(table, page)
            at = upto
            continue
        yield _line(rows[at], left, right, page, column)
        at += 1


def _ends_at(row: Row) -> float:
    """Where a row ends, marks left out that may hang over the margin."""
    last = row[-1]
    hanging = len(last.text) - len(last.text.rstrip(_HANGING))
    return last.places[-hanging] if 0 < hanging < len(last.text) else last.x1


def _line(row: Row, left: float, right: float, page: int, column: int) -> Line:
    size = max(piece.size for piece in row)
    text = " ".join(piece.text for piece in row)
    return Line(text, row[0].x0, max(p.x1 for p in row), row[0].middle, size, left, right, page, column)


def _furniture(pages: Sequence[Page]) -> set[tuple[int, Piece]]:
    """Page numbers, and what stands at the edge of several pages with the same words at the same height."""
    edges: list[tuple[int, Row, tuple[str, int]]] = []
    for number, page in enumerate(pages):
        for row in to_rows(page.pieces):
            middle = row[0].middle
            if middle > (1 - _EDGE) * page.height or middle < _EDGE * page.height:
                words = re.sub(r"\d+", "#", re.sub(r"\s+", "", "".join(piece.text for piece in row)))
                away = middle if middle < page.height / 2 else middle - page.height  # from the edge: landscape pages are less high
                edges.append((number, row, (words, round(away / _SAME_HEIGHT))))
    said = Counter(key for _, _, key in edges)
    found: set[tuple[int, Piece]] = set()
    for number, row, (words, height) in edges:
        text = " ".join(piece.text for piece in row)
        near = sum(said[words, height + step] for step in (-1, 0, 1))
        if _PAGE_NUMBER.fullmatch(text) or near >= min(_REPEATED, max(2, len(pages))):
            found.update((number, piece) for piece in row)
    return found


def continues(last: Line, line: Line, habits: Habits) -> bool:
    """Does ``line`` go on with the paragraph of ``last``?"""
    em = line.size
    if _TIED.search(f"{last.text[-1:]}\n{line.text[:1]}"):
        return True
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size) or _APART.match(line.text):
        return False
    same_column = last.page == line.page and last.column == line.column
    if same_column and last.middle - line.middle > _LEADING * max(habits.leading, em):
        return False
    if _NUMBERED.match(line.text) and (
        _FINAL.search(last.text)
        or _is_short(last, line)
        or line.x0 - line.left >= _INDENT * em
        or (_is_large(line, habits) and not _is_large(last, habits))
    ):
        return False
    if _is_centred(last) or _is_centred(line) or (_is_large(last, habits) and _is_large(line, habits) and _is_even(line)):
        return _is_title_turned(last, line, habits.body)
    if line.x0 - line.left >= _INDENT * em:
        return False
    if (
        habits.indents
        and not _FINAL.search(last.text)
        and last.right - last.x1 < max(_RAGGED * (last.right - last.left), _LEAST_RAGGED * em)
    ):
        return True
    return not _is_short(last, line)


def _is_short(last: Line, line: Line) -> bool:
    """The line ended although the next word would have fitted."""
    word = _LEADING_WORD.match(line.text)
    room = _SHORT + (_LATIN * len(word[0]) if word else 0.0)
    return last.right - last.x1 > room * last.size


def _is_centred(line: Line) -> bool:
    return min(line.x0 - line.left, line.right - line.x1) > _CENTRED * line.size and _is_even(line)


def _is_even(line: Line) -> bool:
    """As much free space before as after, be it little."""
    return abs((line.x0 - line.left) - (line.right - line.x1)) < _CENTRED * line.size


def _is_large(line: Line, habits: Habits) -> bool:
    return line.size >= _TITLE_SIZE * habits.body


def _is_title_turned(last: Line, line: Line, body: float) -> bool:
    """A title, or a centred heading, of two lines: the second neither numbered nor in brackets."""
    if _FINAL.search(last.text) or last.page != line.page or _DECIMAL.match(line.text):
        return False
    share = (last.x1 - last.x0) / max(1.0, last.right - last.left)
    large = line.size >= _TITLE_SIZE * body and share >= _TITLE_SHARE and _is_even(line)
    heading = _APART.match(last.text) is not None and share >= _HEADING_SHARE and _is_centred(line)
    return (large or heading) and not re.match(r"[(（【《]|(?:19|20)\d\d", line.text) and not _NUMBERED.match(line.text)


def _body_size(lines: Sequence[Line]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _usual_leading(lines: Sequence[Line]) -> float:
    steps = sorted(a.middle - b.middle for a, b in pairwise(lines) if a.page == b.page and a.column == b.column)
    return steps[len(steps) // 2] if steps else 0.0


def _joined_tables(items: Iterator[Line | Placed]) -> Iterator[Line | Placed]:
    """A table that goes on at the top of the next page becomes one with its beginning, its repeated head left out."""
    held: Placed | None = None
    for item in items:
        if held is not None and isinstance(item, Placed) and item.page > held.page and same_columns(held.table, item.table):
            held = Placed(appended(held.table, item.table), held.page)
            continue
        if held is not None:
            yield held
        held = None
        if isinstance(item, Placed):
            held = item
        else:
            yield item
    if held is not None:
        yield held
