"""The text of a plan cut into what a reviewer sees and covers: headings, sentences, cells.

Every character that is no white space belongs to exactly one piece. Headings and cells of tables in mark-up are whole pieces; what lies
between them is cut at line ends and after 。！？； with the closing marks that follow.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from lantu.model import Section, SectionKind, Span
from lantu_web.documents.models import ReadingResult
from lantu_web.plans.enums import Layout, Standing

_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)》]*|[^。！？；!?;]+")
_AFTER_RUN_IN = re.compile(r"[。．.：:、，,；;]+[”’」』）)》]*")
_LINE = re.compile(r"[^\r\n]+")
_start = attrgetter("start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """[start, end) of the canonical text. ``heading`` is an index into the sections, -1 before the first."""

    start: int
    end: int
    block: int
    layout: Layout
    standing: Standing
    heading: int
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class _Whole:
    """A stretch that is not cut: a heading (``table`` None) or a cell (row, column, row_span, column_span)."""

    start: int
    end: int
    table: int | None = None
    place: tuple[int, int, int, int] = (0, 0, 1, 1)


def pieces(result: ReadingResult, sections: Sequence[Section]) -> list[Piece]:
    """All pieces in the order of the text; ``block`` counts paragraphs and tables, a run-in heading shares that of its paragraph."""
    return list(_Cutter(result, sections).pieces())


def boxed(sections: Sequence[Section]) -> list[bool]:
    """For each section whether it is a box (专栏) or stands inside one."""
    inside: dict[str, bool] = {}
    for section in sections:
        inside[section.id] = section.kind is SectionKind.BOX or inside.get(section.parent or "", False)
    return [inside[section.id] for section in sections]


class _Cutter:
    def __init__(self, result: ReadingResult, sections: Sequence[Section]) -> None:
        self.text = result.text
        self.starts = [section.span.start for section in sections]
        self.boxed = boxed(sections)
        self.left_out = [Span(*span) for span in result.left_out]
        self.wholes = _in_order([*_cells(result.tables), *_headings(sections, self.text)])
        self.block = -1
        self.line_of_block, self.table_of_block = -1, -1

    def pieces(self) -> Iterator[Piece]:
        at = 0
        for whole in self.wholes:
            yield from self._between(at, whole.start)
            yield self._cell(whole) if whole.table is not None else self._heading(whole)
            at = whole.end
        yield from self._between(at, len(self.text))

    def _between(self, start: int, end: int) -> Iterator[Piece]:
        for line in _LINE.finditer(self.text, start, end):
            for match in _SENTENCE.finditer(self.text, line.start(), line.end()):
                span = _stripped(self.text, *match.span())
                if span is not None:
                    yield self._sentence(*span)

    def _sentence(self, start: int, end: int) -> Piece:
        heading = self._heading_at(start)
        is_out = any(span.start <= start < span.end for span in self.left_out)
        return Piece(
            start=start, end=end, block=self._block_of_line(start), heading=heading,
            layout=Layout.BOX if heading >= 0 and self.boxed[heading] else Layout.PARAGRAPH,
            standing=Standing.LEFT_OUT if is_out else Standing.OPEN,
        )  # fmt: skip

    def _heading(self, whole: _Whole) -> Piece:
        return Piece(
            start=whole.start, end=whole.end, block=self._block_of_line(whole.start), heading=self._heading_at(whole.start),
            layout=Layout.HEADING, standing=Standing.LEFT_OUT,
        )  # fmt: skip

    def _cell(self, whole: _Whole) -> Piece:
        assert whole.table is not None
        row, column, row_span, column_span = whole.place
        is_empty = not self.text[whole.start : whole.end].strip()
        return Piece(
            start=whole.start, end=whole.end, block=self._block_of_table(whole.table), heading=self._heading_at(whole.start),
            layout=Layout.CELL, standing=Standing.LEFT_OUT if is_empty else Standing.OPEN,
            row=row, column=column, row_span=row_span, column_span=column_span,
        )  # fmt: skip

    def _heading_at(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def _block_of_line(self, position: int) -> int:
        line = self.text.rfind("\n", 0, position)
        if line != self.line_of_block or self.table_of_block >= 0 or self.block < 0:
            self.block, self.line_of_block, self.table_of_block = self.block + 1, line, -1
        return self.block

    def _block_of_table(self, table: int) -> int:
        if table != self.table_of_block:
            self.block, self.table_of_block = self.block + 1, table
        return self.block


def _headings(sections: Iterable[Section], text: str) -> Iterator[_Whole]:
    """The headings; one that is run into its paragraph takes the mark that parts it from the text."""
    for section in sections:
        end = section.span.end
        after = _AFTER_RUN_IN.match(text, end) if section.kind is SectionKind.RUN_IN else None
        yield _Whole(section.span.start, after.end() if after else end)


def _cells(tables: Sequence[Sequence[Sequence[int]]]) -> Iterator[_Whole]:
    for number, table in enumerate(tables):
        for row, column, row_span, column_span, start, end in table:
            yield _Whole(start, end, number, (row, column, row_span, column_span))


def _in_order(wholes: list[_Whole]) -> list[_Whole]:
    """Sorted, without what begins inside of another: in a table, the cell stands for a heading in it."""
    kept: list[_Whole] = []
    at = 0
    for whole in sorted(wholes, key=lambda whole: (whole.start, whole.table is None)):
        if whole.start >= at:
            kept.append(whole)
            at = whole.end
    return kept


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without white space around; None where nothing is left."""
    words = text[start:end]
    if not words.strip():
        return None
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
