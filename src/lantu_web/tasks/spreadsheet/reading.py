"""A workbook of tasks → its rows as clean texts, a row at a time: one that was exported here, or one of any other make.

Formulas count with the result that the file holds; merged cells say what the top one of their column says.
"""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from lantu_web.lib.cells import unescaped
from lantu_web.lib.errors import Invalid
from lantu_web.lib.workbooks import DAMAGE, MERGED, cells_of, damaged, opened
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.goals import tidied
from lantu_web.tasks.spreadsheet.cells import ERRORS, text_of
from lantu_web.tasks.spreadsheet.heads import Heads, own_heads
from lantu_web.tasks.spreadsheet.layout import SHEET, SIGNATURE, batch_of

FILE_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 300 * 1024 * 1024
ROWS = 25_000
HEAD_ROWS = 30  # a title and notes may stand above the headings
WIDTH = 80
_BLANK_ROWS = 2_000  # so many empty rows after each other are the end
_MOST_MERGED = 200_000  # cells
_CHUNK, _OVERLAP = 1 << 20, 4096
# A formula whose result the file does not hold: some programs write none, some an empty one. An empty text (t="str") is a result.
_BLIND = re.compile(
    rb"<(?:\w+:)?c(\s[^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v(?:\s[^>]*)?>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_ADDRESS = re.compile(rb"\sr=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_IS_TEXT = re.compile(rb"\st=[\"']str[\"']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one cell: its address, what it says, what to do."""

    cell: str
    value: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"cell": self.cell, "value": self.value[:200], "message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``texts`` by column (only columns that the file has), annual targets by their year; ``base`` None where the hidden cell is gone."""

    number: int
    task_id: int | None
    revision: int | None
    base: Mapping[str, str] | None
    texts: Mapping[str, str]
    cells: Mapping[str, str] = field(default_factory=dict)  # column → address
    faults: tuple[Fault, ...] = ()


def check(data: bytes) -> None:
    """Refuse what is no workbook or is too dangerous to open. Raises Invalid (field "file") with what to do."""
    opened(data, most=FILE_BYTES, unpacked=UNPACKED_BYTES).close()


class Workbook:
    """An open workbook of tasks. Raises Invalid (field "file") for one that cannot be read."""

    def __init__(self, path: Path, sheet: str = "") -> None:
        check(path.read_bytes())
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know
                self._book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
                self._page = self._book[sheet] if sheet in self.sheets else self._chosen_page()
            self._merged, self._blind = _peculiarities(path, str(getattr(self._page, "_worksheet_path", "")).lstrip("/"))
        except DAMAGE:
            raise damaged() from None

    def close(self) -> None:
        self._book.close()

    @property
    def sheets(self) -> list[str]:
        """Those that are to be seen."""
        pages = self._book.worksheets
        return [page.title for page in pages if getattr(page, "sheet_state", "visible") == "visible"] or [pages[0].title]

    @property
    def sheet(self) -> str:
        """That which is read."""
        return str(self._page.title)

    def _chosen_page(self) -> Any:
        """The sheet of the ledger; else the first that is to be seen."""
        if SHEET in self._book.sheetnames:
            return self._book[SHEET]
        pages = self._book.worksheets
        return next((page for page in pages if getattr(page, "sheet_state", "visible") == "visible"), pages[0])

    def count(self) -> int:
        """Rows as the file itself says, for the progress; may be wrong."""
        return int(self._page.max_row or 0)

    def raw_rows(self, width: int = WIDTH) -> Iterator[tuple[int, Sequence[Any]]]:
        """Number and cells of each row, until the sheet seems to be over."""
        self._page.reset_dimensions()  # what a file says of its own size may be wrong
        blank = 0
        try:
            for number, cells in enumerate(self._page.iter_rows(max_col=width), 1):
                if any(cell.value is not None for cell in cells):
                    blank = 0
                    yield number, cells
                else:
                    blank += 1
                    if blank > _BLANK_ROWS:
                        return
        except DAMAGE:
            raise damaged() from None

    def first_texts(self, rows: int) -> Iterator[tuple[int, list[str]]]:
        """The first rows as texts; a merged cell says what the top one of its column says."""
        above: dict[tuple[int, int], tuple[object, str]] = {}
        for number, cells in self.raw_rows():
            if number > rows:
                return
            yield number, [_head(self._value(number, at, cell, above)[0]) for at, cell in enumerate(cells)]

    def heads(self) -> Heads:
        """The heads of a ledger that was exported here. Raises Invalid where it is none."""
        rows = list(self.first_texts(HEAD_ROWS))
        for at, (_number, texts) in enumerate(rows):
            if any(map(batch_of, texts)):
                return own_heads(rows, at)
        message = _("This workbook was not exported from here, or its hidden columns are gone. Take it in as a ledger of another origin.")
        raise _refused(message)

    def other_ledgers(self) -> list[str]:
        """Names of the other sheets that were exported from here too; they are not read."""
        found = []
        for page in self._book.worksheets:
            page.reset_dimensions()
            if page.title != self._page.title and any(
                batch_of(str(value)) for row in page.iter_rows(max_row=HEAD_ROWS, max_col=WIDTH, values_only=True) for value in row if value
            ):  # fmt: skip
                found.append(page.title)
        return found

    def rows(self, heads: Heads) -> Iterator[Row]:
        """The rows under the heads. Raises Invalid where there are too many."""
        count = 0
        above: dict[tuple[int, int], tuple[object, str]] = {}
        for number, cells in self.raw_rows(heads.width):
            if number <= heads.row:
                continue
            values = [self._value(number, at, cell, above) for at, cell in enumerate(cells)]
            if not any(str(value if value is not None else "").strip() for value, _shape in values) or _is_signature(values):
                continue
            count += 1
            if count > ROWS:
                raise _refused(_("More than %(most)s rows. Split the file into several.") % {"most": ROWS})
            yield self._row(number, values, heads)

    def _value(self, number: int, at: int, cell: Any, above: dict[tuple[int, int], tuple[object, str]]) -> tuple[object, str]:
        """What the cell says and how it is shown; a merged one says what the top one of its column says."""
        value = cell.value
        shape = cell.number_format if isinstance(value, int | float) else "General"
        corner = self._merged.get((number, at + 1))
        if corner is None:
            return value, shape
        if corner == (number, at + 1):
            above[corner] = (value, shape)
        return above.get(corner, (value, shape))

    def _row(self, number: int, values: Sequence[tuple[object, str]], heads: Heads) -> Row:
        texts, addresses, faults = {}, {}, []
        for at, identifier in (*heads.columns.items(), *((at, str(year)) for at, year in heads.years.items())):
            value, shape = values[at] if at < len(values) else (None, "General")
            addresses[identifier] = address = f"{get_column_letter(at + 1)}{number}"
            is_year = at in heads.years
            texts[identifier] = _goal(value, shape) if is_year else text_of(value, heads.type_of(identifier), shape)
            if texts[identifier] in ERRORS:
                faults.append(Fault(cell=address, value=texts[identifier], message=_("The formula in this cell has no result.")))
            elif (number, at + 1) in self._blind and (is_year or identifier in FIELDS):
                told = _("The file holds a formula here without its result. Open it in a spreadsheet program and save it.")
                faults.append(Fault(cell=address, value="", message=told))
        return Row(
            number=number, task_id=_whole(values, heads.key), revision=_whole(values, heads.revision), base=_base(values, heads.base),
            texts=texts, cells=addresses, faults=tuple(faults),
        )  # fmt: skip


def _goal(value: object, shape: str) -> str:
    """Of a year: a number as such, words in their lines."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return text_of(value, Type.NUMBER, shape)
    return tidied(unescaped(value)) if isinstance(value, str) else text_of(value, Type.LINE, shape)


def _head(value: object) -> str:
    return " ".join(str(value if value is not None else "").replace("*", "").replace("＊", "").split())


def _is_signature(values: Sequence[tuple[object, str]]) -> bool:
    first = next((str(value) for value, _shape in values if value not in (None, "")), "")
    return first.startswith(SIGNATURE)


def _whole(values: Sequence[tuple[object, str]], at: int | None) -> int | None:
    if at is None or at >= len(values):
        return None
    text = text_of(values[at][0], Type.NUMBER)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _base(values: Sequence[tuple[object, str]], at: int | None) -> Mapping[str, str] | None:
    try:
        found = json.loads(unescaped(str(values[at][0]))) if at is not None and at < len(values) else None
    except ValueError:
        return None
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else None


def _peculiarities(path: Path, part: str) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Merged cells, each with the top one of its column, and cells with a formula but no result; the quick reader tells neither."""
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    blind: set[tuple[int, int]] = set()
    with zipfile.ZipFile(path) as package:
        if part not in package.namelist():
            return merged, blind
        before = b""
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                seen = before + chunk
                for area in MERGED.findall(seen):
                    _spread(area.decode(), merged)
                for about, result in _BLIND.findall(seen):
                    if (place := _ADDRESS.search(about)) and not (result and _IS_TEXT.search(about)):
                        left, top, _right, _bottom = range_boundaries(place[1].decode())
                        blind.add((int(top or 0), int(left or 0)))
                before = chunk[-_OVERLAP:]
    return merged, blind


def _spread(area: str, merged: dict[tuple[int, int], tuple[int, int]]) -> None:
    if len(merged) <= _MOST_MERGED:
        (top, _left), cells = cells_of(area, rows=ROWS, width=WIDTH)
        merged.update({(row, column): (top, column) for row, column in cells})


def _refused(message: str) -> Invalid:
    return Invalid(message, field="file")
