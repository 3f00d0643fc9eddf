"""Writes the body of a Word file in reading order: paragraphs with their numbers, tables, boxes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from lantu.patterns import regex
from lantu.readers.builder import GridCell, Layout
from lantu.readers.docx_numbering import Numbering
from lantu.readers.docx_styles import VAL, Look, NumberRef, Styles, W, number_ref, outline_level
from lantu.readers.grid import MOST_COLUMNS
from lantu.text.raw import BlockKind

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_P, _TBL, _TR, _TC, _T = W + "p", W + "tbl", W + "tr", W + "tc", W + "t"
_WORDS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BOX = W + "txbxContent"
# Not printed as part of the paragraph: deletions, moved-away text, field codes, phonetic guides, the marks of notes, properties.
_SKIPPED = frozenset({
    W + "del", W + "moveFrom", W + "delText", W + "instrText", W + "delInstrText", W + "rt", W + "pPr", W + "rPr", W + "footnoteReference",
    W + "endnoteReference", W + "commentReference", W + "annotationRef", _MC + "Fallback",
})  # fmt: skip
# Where none of these stands in a paragraph, its words are simply those of its w:t.
_SPECIAL = (W + "del", W + "moveFrom", _BOX, _MC + "AlternateContent", W + "vanish", W + "rt", _MATH_TEXT)
_THROUGH = frozenset({W + "ins", W + "moveTo", W + "smartTag", W + "customXml", W + "sdtContent", W + "hyperlink", W + "fldSimple"})
# An unfinished line of running text; and what begins a line of its own although the line before has no final mark.
_PROSE = regex("(?=.{15,})[^，、。；,;]*[，、。；,;].*[^。！？；：.!?;:…”》]")
_BEGINS = regex(
    r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|第[一二三四五六七八九十百\d]+[章节条篇编]|——|[●■◆▪•·①-⑳]|专栏|附件|附表|注[:：]"
)
_LONGEST_HEADING = 120  # characters; a heading style on a whole paragraph was chosen for its looks


class BodyWriter:
    def __init__(self, layout: Layout, styles: Styles, numbering: Numbering) -> None:
        self._layout, self._styles, self._numbering = layout, styles, numbering

    def write(self, container: etree._Element) -> None:
        """The paragraphs and tables of a body, cell or box."""
        for element in _blocks(container):
            if element.tag == _P:
                self._paragraph(element)
            else:
                self._table(element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(W + "pPr")
        look = self._look(properties)
        text, boxes = _text(paragraph)
        if text.strip():
            self._lines(self._number(properties, look) + text, look)
        for box in boxes:
            self.write(box)

    def _lines(self, text: str, look: Look) -> None:
        if look.contents:
            for line in text.split("\n"):
                self._layout.line(line, BlockKind.FURNITURE)
        elif look.level is not None and len(text) <= _LONGEST_HEADING and "。" not in text.rstrip("。 "):
            self._layout.line(text.replace("\n", " "), BlockKind.HEADING, look.level)
        else:
            self._layout.lines(_unbroken(text))

    def _look(self, properties: etree._Element | None) -> Look:
        style = properties.find(W + "pStyle") if properties is not None else None
        look = self._styles.look(style.get(VAL) if style is not None else None)
        level, told = outline_level(properties)
        return look._replace(level=level) if told and not look.contents else look

    def _number(self, properties: etree._Element | None, look: Look) -> str:
        own = number_ref(properties)
        if own is None and look.number is None:
            return ""
        inherited = look.number or NumberRef("", None)
        ref = NumberRef(own.number or inherited.number, own.level if own.level is not None else inherited.level) if own else inherited
        return self._numbering.next(ref) if ref.number not in ("", "0") else ""

    def _table(self, table: etree._Element) -> None:
        rows = [list(_cells(row)) for row in _rows(table)]
        columns = max((sum(width for width, _ in row) for row in rows), default=0)
        if columns <= 1 or sum(map(len, rows)) == 1 or max(map(len, rows)) == 1:
            for row in rows:
                for _, cell in row:
                    self.write(cell)  # a frame around text: 专栏 stand in tables of one cell
        else:
            self._layout.table(self._grid(rows))

    def _grid(self, rows: list[list[tuple[int, etree._Element]]]) -> list[GridCell]:
        """The cells, vertically merged ones grown over those that continue them."""
        cells: list[GridCell] = []
        above: dict[int, int] = {}  # column → index of the cell that a continuation below would belong to
        for number, row in enumerate(rows):
            column = 0
            for width, element in row:
                merge = _merge(element)
                if merge == "continue" and column in above:
                    owner = cells[above[column]]
                    cells[above[column]] = owner._replace(row_span=number + 1 - owner.row)
                elif element.tag == _TC:
                    self._layout.count_cells(width)
                    above[column] = len(cells)
                    cells.append(GridCell(number, column, 1, width, self._cell_text(element)))
                column += width
        return cells

    def _cell_text(self, cell: etree._Element) -> str:
        """The paragraphs of a cell, one a line; a table inside gives a line a row."""
        lines: list[str] = []
        for element in _blocks(cell):
            if element.tag == _P:
                properties = element.find(W + "pPr")
                text, boxes = _text(element)
                number = self._number(properties, self._look(properties)) if text.strip() else ""
                lines.append(number + text)
                lines.extend(self._cell_text(box) for box in boxes)
            else:
                lines.extend(" ".join(self._cell_text(inner) for _, inner in _cells(row) if inner.tag == _TC) for row in _rows(element))
        return "\n".join(lines)


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables directly in a container, seen through insertions, tags and content controls."""
    for element in container:
        tag = element.tag
        if tag in (_P, _TBL):
            yield element
        elif tag == W + "sdt" or tag in _THROUGH:
            yield from _blocks(element)
        elif tag == _MC + "AlternateContent":
            for choice in element.iterchildren(_MC + "Choice"):
                yield from _blocks(choice)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == _TR:
            properties = element.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield element
        elif element.tag == W + "sdt" or element.tag in _THROUGH:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """(width in grid columns, cell); columns left free at the start of a row come as (width, trPr)."""
    properties = row.find(W + "trPr")
    before = properties.find(W + "gridBefore") if properties is not None else None
    if before is not None and properties is not None:
        yield _count(before.get(VAL)), properties
    for element in row:
        if element.tag == _TC:
            span = element.find(f"{W}tcPr/{W}gridSpan")
            yield (_count(span.get(VAL)) if span is not None else 1), element
        elif element.tag == W + "sdt" or element.tag in _THROUGH:
            yield from _cells(element)


def _merge(cell: etree._Element) -> str | None:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return None if merge is None else merge.get(VAL) or "continue"


def _count(value: str | None) -> int:
    return max(1, min(int(value), MOST_COLUMNS)) if value and value.isascii() and value.isdigit() and len(value) < 8 else 1


def _text(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """The printed words of a paragraph and the text boxes anchored in it."""
    if next(paragraph.iter(*_SPECIAL), None) is None:
        words = (e for e in paragraph.iter(_T, *_WORDS) if e.getparent().tag != W + "tabs")
        return "".join([(e.text or "") if e.tag == _T else _break(e) for e in words]), []
    parts: list[str] = []
    boxes: list[etree._Element] = []
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        tag = element.tag
        if tag in _SKIPPED or (tag == W + "r" and _is_hidden(element)):
            walker.skip_subtree()
        elif tag == _BOX:
            boxes.append(element)
            walker.skip_subtree()
        elif tag in (_T, _MATH_TEXT):
            parts.append(element.text or "")
        elif tag in _WORDS:
            parts.append(_break(element))
    return "".join(parts), boxes


def _unbroken(text: str) -> str:
    """A paragraph without the line breaks that were set, or came with pasted words, in the middle of a sentence."""
    if "\n" not in text:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _PROSE.fullmatch(lines[-1]) and line[:1].strip() and not _BEGINS.match(line):
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


def _break(element: etree._Element) -> str:
    """A line break; breaks of page and column print nothing here."""
    return "" if element.get(W + "type") in ("page", "column") else _WORDS[element.tag]


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(VAL) not in ("0", "false", "off")
