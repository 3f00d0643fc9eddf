"""One table of the ledger as a sheet that an office can print, fill in and filter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lantu.errors import LimitExceeded
from lantu.interchange.ledger.table import Cell, Column, ColumnKind, Group, Table
from lantu.interchange.print_layout import group_heights, text_height
from lantu.interchange.sheet_styles import STATUS_FILLS, TITLE_SIZE, Styles, is_formula_like, printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 2  # below the title and the line to be filled in
FILL_LINE = ("填表单位：", "填表人：", "审核人：", "填表日期：        年    月    日")
NOTHING_FOUND = "（原文中未发现）"
_A3, _A4 = 8, 9
_A4_WIDTH = 185  # column units that stay readable on A4 landscape; wider tables go on A3
_FILL_LINE_HEIGHT = 24
_MAX_ROWS = 1_048_576  # of the file format


def write_table_sheet(sheet: Worksheet, table: Table, title: str, styles: Styles) -> None:
    """``title`` stands over the table, across all columns."""
    if HEAD_ROW + 1 + len(table.rows) > _MAX_ROWS:
        raise LimitExceeded(f"工作表“{table.name}”超过{_MAX_ROWS}行", remedy="use --format json 请改用json格式")
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    last = len(table.columns) - 1
    write_top(sheet, title, [column.width for column in table.columns], styles)
    _write_head(sheet, table.columns, styles)
    row = HEAD_ROW + 1
    for group in table.groups:
        _write_group(sheet, row, group, table.columns, styles)
        row += len(group)
    if not table.groups:
        sheet.merge_range(row, 0, row, last, NOTHING_FOUND, styles.of(ColumnKind.LABEL))
        row += 1
    _add_choices(sheet, table, row - 1, styles)
    sheet.freeze_panes(HEAD_ROW + 1, table.frozen)
    sheet.autofilter(HEAD_ROW, 0, row - 1, last)
    set_up_print(sheet, _A4 if sum(column.width for column in table.columns) <= _A4_WIDTH else _A3, landscape=True)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, row - 1, last)


def write_top(sheet: Worksheet, title: str, widths: list[float], styles: Styles) -> None:
    """The title and, below it, the line that says who filled the form in."""
    last = len(widths) - 1
    sheet.set_row(0, text_height(title, sum(widths), TITLE_SIZE) + 8)
    sheet.merge_range(0, 0, 0, last, printable(title), styles.of("title"))
    sheet.set_row(1, _FILL_LINE_HEIGHT)
    for (start, end), words in zip(pairwise(_quarters(widths)), FILL_LINE, strict=True):
        if end - start > 1:
            sheet.merge_range(1, start, 1, end - 1, words, styles.of("line"))
        else:
            sheet.write_string(1, start, words, styles.of("line"))


def set_up_print(sheet: Worksheet, paper: int, *, landscape: bool) -> None:
    """One page wide, numbered, narrow margins."""
    sheet.set_paper(paper)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
    sheet.set_footer('&C&"宋体"&9第 &P 页  共 &N 页')


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, look: str, styles: Styles) -> None:
    """Numbers as numbers, everything else as text that never becomes a formula or a link."""
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, styles.of(look))
    elif isinstance(cell, str):
        sheet.write_string(row, column, printable(cell), styles.of(look, text_only=is_formula_like(cell)))
    else:
        sheet.write_number(row, column, cell, styles.of(look))


def _quarters(widths: list[float]) -> list[int]:
    """Column indexes that part the sheet into four stretches of about the same width."""
    bounds, reached, whole = [0], 0.0, sum(widths)
    for index, width in enumerate(widths):
        if len(bounds) < 4 and index > bounds[-1] and reached + width / 2 >= whole * len(bounds) / 4:
            bounds.append(index)
        reached += width
    return [*bounds, len(widths)]


def _write_head(sheet: Worksheet, columns: tuple[Column, ...], styles: Styles) -> None:
    sheet.set_row(HEAD_ROW, max(text_height(column.title, column.width) for column in columns) + 6)
    for index, column in enumerate(columns):
        sheet.write_string(HEAD_ROW, index, column.title, styles.of("head_blank" if column.kind is ColumnKind.BLANK else "head"))


def _write_group(sheet: Worksheet, first: int, group: Group, columns: tuple[Column, ...], styles: Styles) -> None:
    """Cells that a group shares are merged, and yet written in each row: a filter then shows the whole group."""
    last = first + len(group) - 1
    if last > first:
        for index, column in enumerate(columns):
            if column.shared:
                sheet.merge_range(first, index, last, index, "", styles.of(column.kind))
    for row, height in enumerate(group_heights(group, columns), start=first):
        sheet.set_row(row, height)
        for index, column in enumerate(columns):
            write_cell(sheet, row, index, group[row - first][index], column.kind, styles)


def _add_choices(sheet: Worksheet, table: Table, last: int, styles: Styles) -> None:
    """Drop-down lists, and a fill for each status, where a cell is to be chosen from."""
    for index, column in enumerate(table.columns):
        if not column.choices or not table.groups:
            continue
        message = {"error_title": column.title, "error_message": "请从下拉列表中选择。"}
        sheet.data_validation(HEAD_ROW + 1, index, last, index, {"validate": "list", "source": list(column.choices), **message})
        for choice in column.choices:
            if choice in STATUS_FILLS:
                rule = {"type": "cell", "criteria": "==", "value": f'"{choice}"', "format": styles.fill(STATUS_FILLS[choice])}
                sheet.conditional_format(HEAD_ROW + 1, index, last, index, rule)
