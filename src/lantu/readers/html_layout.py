"""Writes an element of a page as paragraphs, headings and tables, in document order."""

from __future__ import annotations

from lxml import etree

from lantu.patterns import regex
from lantu.readers.builder import Layout
from lantu.readers.grid import MOST_COLUMNS, Piece, lay_grid
from lantu.readers.html_content import is_hidden, is_search_form
from lantu.text.raw import BlockKind

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLANKS = regex(r"[ \t\r\n\f]+")
_LONGEST_HEADING = 150  # characters; pages set whole paragraphs in h-elements for their size
_PROSE = 300  # characters in one cell: a cell that holds a document lays out the page
_TAGS_IN_FURNITURE = frozenset({"aside", "footer", "nav"})


class PageWriter:
    """``around`` writes what stands around that element, footers and asides too, tables as lines: for what they say of the document."""

    def __init__(self, layout: Layout, *, around: etree._Element | None = None) -> None:
        self._layout, self._around, self._all = layout, around, around is not None
        self._words: list[str] = []

    def write(self, top: etree._Element) -> None:
        """Everything inside ``top``; its own tail is outside."""
        heading: etree._Element | None = None
        walker = etree.iterwalk(top, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if element is not top and self._is_left_out(element):
                    walker.skip_subtree()
                elif tag == "table" and element is not top and not self._all and is_data_table(element):
                    self._flush()
                    self._table(element)
                    walker.skip_subtree()
                else:
                    if tag in _BLOCKS and heading is None and not (tag in ("td", "th") and self._joins(element)):
                        self._flush()
                    if tag in _HEADINGS and heading is None:
                        heading = element
                    self._add(element.text, pre=tag == "pre")
                continue
            if tag == "br":
                self._break(heading is not None)
            elif element is heading:
                self._flush(_HEADINGS[tag])
                heading = None
            elif tag in ("td", "th") and self._joins(element):
                self._words.append(" ")
            elif tag in _BLOCKS and heading is None:
                self._flush()
            if element is not top:
                self._add(element.tail)
        self._flush()

    def _joins(self, cell: etree._Element) -> bool:
        """A cell that shares its line with its neighbours: label and value of an index table."""
        return len(cell) == 0 or (self._all and next(cell.iterdescendants("p", "div", "br", "table"), None) is None)

    def _is_left_out(self, element: etree._Element) -> bool:
        tag = element.tag
        if self._all and (element is self._around or tag in _TAGS_IN_FURNITURE):
            return element is self._around
        if is_hidden(element):
            return True
        return (tag in _TAGS_IN_FURNITURE and not self._all) or (tag == "form" and is_search_form(element))

    def _add(self, text: str | None, *, pre: bool = False) -> None:
        if text:
            self._words.append(text.replace("\n", "\v") if pre else text)

    def _break(self, inside_heading: bool) -> None:
        self._words.append(" ") if inside_heading else self._flush()

    def _flush(self, level: int | None = None) -> None:
        if not self._words:
            return
        words, self._words = "".join(self._words), []
        for line in words.split("\v"):
            line = _BLANKS.sub(" ", line).strip(" ")
            is_heading = level is not None and len(line) <= _LONGEST_HEADING
            self._layout.line(line, BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH, level if is_heading else None)

    def _table(self, table: etree._Element) -> None:
        for caption in table.iterchildren("caption"):
            self._layout.line(_text_of(caption).replace("\n", " "))
        rows = [[_piece(cell) for cell in row.iterchildren("td", "th") if not is_hidden(cell)] for row in _rows(table)]
        self._layout.table(lay_grid(rows, self._layout.count_cells))


def is_data_table(table: etree._Element) -> bool:
    """Two rows and two columns at least, no table inside, no cell that holds a document: the others lay out the page."""
    rows = _rows(table)
    if len(rows) < 2 or table.get("role") == "presentation":
        return False
    widths = [sum(1 for _ in row.iterchildren("td", "th")) for row in rows]
    if max(widths) < 2 or next(table.iterdescendants("table"), None) is not None:
        return False
    cells = ["".join(cell.itertext()).strip() for row in rows for cell in row.iterchildren("td", "th")]
    if 4 * sum(cell.endswith((":", "：")) for cell in cells) >= len(cells):
        return False  # labels and their values: an index table
    longest = max(map(len, cells))
    return longest < _PROSE or 2 * longest < sum(map(len, cells))


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iterdescendants("tr") if next(row.iterancestors("table")) is table and not is_hidden(row)]


def _piece(cell: etree._Element) -> Piece:
    return Piece(_span(cell.get("rowspan")), _span(cell.get("colspan")), _text_of(cell))


def _span(value: str | None) -> int:
    """A row or column span; what is not a number of the size browsers take counts as 1."""
    digits = (value or "").strip()
    return max(1, min(int(digits), MOST_COLUMNS)) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else 1


def _text_of(element: etree._Element) -> str:
    """The words below ``element``, one line a paragraph."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walker:
        if event == "start" and inner is not element and is_hidden(inner):
            walker.skip_subtree()
        elif event == "start":
            parts.append("\v" if inner.tag in _BLOCKS else "")
            parts.append(inner.text or "")
        else:
            parts.append("\v" if inner.tag in _BLOCKS or inner.tag == "br" else "")
            parts.append((inner.tail or "") if inner is not element else "")
    return "\n".join(filter(None, (_BLANKS.sub(" ", line).strip(" ") for line in "".join(parts).split("\v"))))
