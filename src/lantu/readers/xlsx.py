"""Excel workbooks: each visible sheet as its title lines and one table, cells as printed.

Read from the XML cell by cell, so that a sheet whose two cells stand a million rows apart costs two cells.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from lantu.errors import UnreadableFile
from lantu.patterns import regex
from lantu.readers.archive import Package
from lantu.readers.builder import GridCell, Layout
from lantu.readers.docx import MACROS
from lantu.readers.limits import Limits
from lantu.readers.number_format import BUILT_IN, plain_number, printed
from lantu.readers.origin import origin
from lantu.readers.sheet_table import write_sheet
from lantu.readers.sniff import Format
from lantu.text.raw import RawDocument

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PLACE = regex(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_DEFAULT_NAME = regex(r"(?:sheet|工作表)\s*\d+", re.I)
_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}
_WORKBOOK = "xl/workbook.xml"


def read_xlsx(data: bytes, name: str, limits: Limits) -> RawDocument:
    """One workbook. Raises UnreadableFile (damaged, no text) and LimitExceeded."""
    package = Package(data, limits)
    book = _Book(package)
    layout = Layout(limits)
    for title, part in book.sheets():
        caption = None if _DEFAULT_NAME.fullmatch(title) else title
        write_sheet(layout, list(book.cells(part, limits)), caption=caption, place=f"sheet {title}")
    laid = layout.done()
    if not laid.text.strip():
        raise UnreadableFile("the workbook holds no text", remedy="check that its sheets are not hidden or empty (请检查工作表)")
    metadata = {MACROS: "文件含宏，未读取、未运行"} if package.has_macros else {}
    source = origin(data, name, Format.XLSX.value, laid.text)
    return RawDocument(source=source, text=laid.text, blocks=laid.blocks, metadata=metadata)


class _Book:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.xml(_WORKBOOK)
        self._strings = [_rich_text(item) for item in self._items("xl/sharedStrings.xml", "si")]
        self._codes = list(self._formats())
        properties = self._root.find(_S + "workbookPr")
        self._since_1904 = properties is not None and properties.get("date1904") in ("1", "true")

    def _items(self, part: str, tag: str) -> Iterator[etree._Element]:
        if part in self._package.names:
            yield from self._package.xml(part).iterchildren(_S + tag)

    def sheets(self) -> Iterator[tuple[str, str]]:
        """(name, part) of the sheets that are shown."""
        relations = self._package.xml("xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in self._package.names else ()
        targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations if relation.tag == _RELATION}
        for number, sheet in enumerate(self._root.iterfind(f"{_S}sheets/{_S}sheet"), 1):
            target = targets.get(sheet.get(_ID), f"worksheets/sheet{number}.xml")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            if sheet.get("state") not in ("hidden", "veryHidden") and part in self._package.names and "chartsheet" not in part:
                yield sheet.get("name") or f"Sheet{number}", part

    def _formats(self) -> Iterator[str]:
        """The format code of each cell style."""
        root = self._package.xml("xl/styles.xml") if "xl/styles.xml" in self._package.names else None
        if root is None:
            return
        own = {format.get("numFmtId"): format.get("formatCode") or "" for format in root.iterfind(f"{_S}numFmts/{_S}numFmt")}
        for style in root.iterfind(f"{_S}cellXfs/{_S}xf"):
            identity = style.get("numFmtId") or "0"
            yield own.get(identity) or BUILT_IN.get(_index(identity), "")

    def cells(self, part: str, limits: Limits) -> Iterator[GridCell]:
        """The cells with text, merged ones with their spans."""
        root = self._package.xml(part)
        merged = dict(_merged(root))
        row_number = count = 0
        for row in root.iterfind(f"{_S}sheetData/{_S}row"):
            row_number, column = row_number + 1, -1
            for cell in row.iterchildren(_S + "c"):
                place = _PLACE.fullmatch(cell.get("r") or "")
                column, row_number = (_column(place[1]), int(place[2])) if place else (column + 1, row_number)
                text = self._text(cell)
                if text:
                    count += 1
                    limits.check_cells(count, place=part)
                    height, width = merged.get((row_number, column), (1, 1))
                    yield GridCell(row_number, column, height, width, text)

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t")
        if kind == "inlineStr":
            inline = cell.find(_S + "is")
            return _rich_text(inline) if inline is not None else ""
        value = (cell.findtext(_S + "v") or "").strip()
        if kind == "s":
            return self._strings[_index(value)] if value and _index(value) < len(self._strings) else ""
        if kind in ("str", "e"):
            return "" if value in _ERRORS else _unescaped(value)
        return _BOOLEANS.get(value, value) if kind == "b" else self._number(value, cell.get("s"))

    def _number(self, value: str, style: str | None) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        index = _index(style or "")
        if number != number or abs(number) == float("inf"):
            return ""
        code = self._codes[index] if index < len(self._codes) else ""
        return printed(number, code, since_1904=self._since_1904) if code else plain_number(number)


def _index(digits: str) -> int:
    """A number in an attribute; 0 for damage."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0


def _rich_text(item: etree._Element) -> str:
    """The words of a string, phonetic guides left out."""
    runs = [item.findtext(_S + "t") or ""] + [run.findtext(_S + "t") or "" for run in item.iterchildren(_S + "r")]
    return _unescaped("".join(runs))


def _unescaped(text: str) -> str:
    """Without _x000D_ and the like, which are UTF-16 units: two may be one character, half of one is none."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _merged(root: etree._Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for merge in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        first, _, last = (merge.get("ref") or "").partition(":")
        start, stop = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if start and stop:
            top, left = int(start[2]), _column(start[1])
            yield (top, left), (max(1, int(stop[2]) - top + 1), max(1, _column(stop[1]) - left + 1))


def _column(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
