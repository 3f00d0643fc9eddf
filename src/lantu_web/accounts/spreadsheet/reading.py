"""A workbook of units and people → its rows as clean text. What the rows mean is asked later (``queries.organisation_import``)."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from lantu_web.accounts.spreadsheet.cells import text_of
from lantu_web.accounts.spreadsheet.columns import COLUMNS, EXAMPLE, Column, Sheet
from lantu_web.lib.errors import Invalid
from lantu_web.lib.workbooks import DAMAGE, MERGED, cells_of, damaged, opened

ROWS = 5_000
HEAD_ROWS = 10  # a title and notes may stand above the headings
WIDTH = 40


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` as Excel counts; ``values`` by field, empty where the cell is."""

    sheet: Sheet
    number: int
    values: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def row_of_json(stored: Mapping[str, Any]) -> Row:
    return Row(Sheet(stored["sheet"]), int(stored["number"]), dict(stored["values"]))


def rows_of_workbook(data: bytes) -> list[Row]:
    """The rows of both sheets, in their order. Raises Invalid (field "file") for what is no such workbook or too large."""
    package = opened(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            found = {sheet: book[sheet.value] for sheet in Sheet if sheet.value in book.sheetnames}
            if not found:
                raise _refused(_("The workbook has no sheet “单位” or “人员”. Use the template."))
            rows = [row for sheet, page in found.items() for row in _rows(sheet, page, _merged(package, page))]
            book.close()
    except DAMAGE:
        raise damaged() from None
    if not rows:
        raise _refused(_("There are no rows below the headings."))
    return rows


def _rows(sheet: Sheet, page: Any, merged: Mapping[tuple[int, int], tuple[int, int]]) -> Iterator[Row]:
    page.reset_dimensions()  # what a file says of its own size may be wrong
    fields: dict[int, Column] = {}
    above: dict[tuple[int, int], str] = {}
    corners, count = set(merged.values()), 0
    for number, cells in enumerate(page.iter_rows(max_col=WIDTH), 1):
        if not fields:
            fields = _headings(sheet, cells, number)
            continue
        values = {column.field: text_of(_value(cells, at), column.kind, _format(cells, at)) for at, column in fields.items()}
        for at, column in fields.items():
            place = (number, at + 1)
            if place in corners:
                above[place] = values[column.field]
            elif place in merged and not values[column.field]:
                values[column.field] = above.get(merged[place], "")
        if not any(values.values()) or next(iter(values.values())).lstrip("（(").startswith(EXAMPLE):
            continue
        count += 1
        if count > ROWS:
            message = _("More than %(most)s rows in the sheet “%(sheet)s”. Split it into several files.")
            raise _refused(message % {"most": ROWS, "sheet": sheet})
        yield Row(sheet, number, values)
    if not fields:
        raise _refused(_no_headings(sheet, ()))


def _headings(sheet: Sheet, cells: Sequence[Any], number: int) -> dict[int, Column]:
    """Which column stands where; nothing in a row that is no row of headings."""
    known = {name: column for column in COLUMNS[sheet] for name in (column.heading, *column.aliases)}
    told = {at: str(cell.value).replace("*", "").replace("＊", "").strip() for at, cell in enumerate(cells) if cell.value is not None}
    found = {at: known[name] for at, name in told.items() if name in known}
    first = COLUMNS[sheet][0]
    if first not in found.values():
        if number >= HEAD_ROWS:
            raise _refused(_no_headings(sheet, (first,)))
        return {}
    absent = [column for column in COLUMNS[sheet] if column.required and column not in found.values()]
    if absent:
        raise _refused(_no_headings(sheet, absent))
    return dict(sorted(found.items(), key=lambda pair: COLUMNS[sheet].index(pair[1])))


def _no_headings(sheet: Sheet, absent: Sequence[Column]) -> str:
    names = "、".join(column.heading for column in absent or COLUMNS[sheet] if column.required)
    return _("The sheet “%(sheet)s” lacks the columns: %(names)s. Use the headings of the template.") % {"sheet": sheet, "names": names}


def _value(cells: Sequence[Any], at: int) -> object:
    return cells[at].value if at < len(cells) else None


def _format(cells: Sequence[Any], at: int) -> str:
    return str(getattr(cells[at], "number_format", "General")) if at < len(cells) else "General"


def _merged(package: zipfile.ZipFile, page: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) → the corner that holds the value, for the cells of merged areas; the quick reader does not tell them."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    name = str(getattr(page, "_worksheet_path", "")).lstrip("/")
    for area in MERGED.findall(package.read(name)) if name in package.namelist() else ():
        if len(found) <= ROWS * WIDTH:
            corner, cells = cells_of(area.decode(), rows=ROWS, width=WIDTH)
            found.update(dict.fromkeys(cells, corner))
    return found


def _refused(message: str) -> Invalid:
    return Invalid(message, field="file")
