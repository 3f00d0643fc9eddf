"""The workbook as it goes out: the template with an example, or what stands in the zone today. Every cell is written as text, marked so
that Excel never takes one for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from lantu_web.accounts.spreadsheet.columns import COLUMNS, KINDS, ROLES, Column, Sheet
from lantu_web.accounts.spreadsheet.reading import ROWS

Values = Mapping[str, str]
NOTES = {
    Sheet.UNITS: "每行一个单位，按单位编码识别：已有的修改，没有的新增。留空的单元格不改动原有内容；本表不撤销单位。带 * 的列必填。",
    Sheet.PEOPLE: "每行一个任职，按用户名识别人员；一人多职写多行。留空的单元格不改动原有内容；本表不免去任职。带 * 的列必填。",
}
WORDS = {"kind": KINDS, "role": ROLES}


def workbook(rows: Mapping[Sheet, Iterable[Values]], *, with_example: bool) -> bytes:
    """The sheets named in ``rows`` with their columns, choices and rows."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    styles = {
        "note": book.add_format({"font_color": "#5b6470", "text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "bg_color": "#e8eef4", "border": 1, "border_color": "#c3ccd6"}),
        "example": book.add_format({"italic": True, "font_color": "#8a929c", "quote_prefix": True}),
        "text": book.add_format({"num_format": "@", "quote_prefix": True}),
        "column": book.add_format({"num_format": "@"}),
    }
    for sheet, lines in rows.items():
        _sheet(book.add_worksheet(sheet.value), sheet, list(lines), styles, with_example=with_example)
    book.close()
    return buffer.getvalue()


def _sheet(page: Any, sheet: Sheet, lines: Sequence[Values], styles: Mapping[str, Any], *, with_example: bool) -> None:
    columns = COLUMNS[sheet]
    page.merge_range(0, 0, 0, len(columns) - 1, NOTES[sheet], styles["note"])
    page.set_row(0, 34)
    page.freeze_panes(2, 2)
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width, styles["column"])
        page.write_string(1, at, column.heading + ("*" if column.required else ""), styles["head"])
        if column.words:
            page.data_validation(2, at, ROWS + 2, at, _choice(column))
    first = 2
    if with_example:
        for at, column in enumerate(columns):
            page.write_string(first, at, column.example, styles["example"])
        first += 1
    for number, line in enumerate(lines, first):
        for at, column in enumerate(columns):
            if text := line.get(column.field, ""):
                page.write_string(number, at, text, styles["text"])


def _choice(column: Column) -> dict[str, object]:
    told = f"请从下拉列表中选择{column.heading}。"
    return {"validate": "list", "source": list(column.words), "error_title": column.heading, "error_message": told}
