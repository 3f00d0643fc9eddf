"""One table of the ledger as a sheet that an office can print, fill in and filter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from lantu.errors import LimitExceeded
from lantu.interchange.ledger.table import Cell, Column, ColumnKind, Group, Table
from lantu.interchange.print_layout import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    MARGIN_BOTTOM,
    MARGIN_SIDE,
    MARGIN_TOP,
    MAX_ROW_HEIGHT,
    Paper,
    file_width,
    group_heights,
    is_kept_whole,
    page_breaks,
    page_room,
    text_height,
)  # fmt: skip
from lantu.interchange.sheet_styles import STATUS_FILLS, TITLE_SIZE, Fit, Styles, is_formula_like, printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 2  # below the title and the line to be filled in
FIRST_ROW = 3
FILL_LINE = ("填表单位：", "填表人：", "审核人：", "填表日期：     年   月   日")
NOTHING_FOUND = "（原文中未发现）"
_A4_WIDTH = 170  # column units that stay readable on A4 landscape; wider tables go on A3
_TITLE_AIR, _FILL_LINE_HEIGHT, _HEAD_AIR = 8, 24, 6  # points
_MAX_ROWS = 1_048_576  # of the file format
_MAX_BREAKS = 1023  # of the file format


def write_table_sheet(sheet: Worksheet, table: Table, title: str, styles: Styles) -> None:
    """``title`` stands over the table, across all columns."""
    if FIRST_ROW + len(table.rows) > _MAX_ROWS:
        raise LimitExceeded(f"工作表“{table.name}”超过{_MAX_ROWS}行", remedy="use --format json 请改用json格式")
    widths = [column.width for column in table.columns]
    for index, width in enumerate(widths):
        sheet.set_column(index, index, file_width(width))
    paper = A4_LANDSCAPE if sum(widths) <= _A4_WIDTH else A3_LANDSCAPE
    top = write_top(sheet, title, widths, styles)
    head = _write_head(sheet, table.columns, styles)
    room = page_room(paper, widths)
    heights = [group_heights(group, table.columns) for group in table.groups]
    last = _write_body(sheet, table, heights, room, styles) - 1
    _add_choices(sheet, table, last, styles)
    sheet.freeze_panes(FIRST_ROW, table.frozen)
    sheet.autofilter(HEAD_ROW, 0, last, len(widths) - 1)
    set_up_print(sheet, paper)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, last, len(widths) - 1)
    breaks = [FIRST_ROW + row for row in page_breaks(heights, top, head, room)]
    sheet.set_h_pagebreaks(breaks[:_MAX_BREAKS])


def write_top(sheet: Worksheet, title: str, widths: list[float], styles: Styles) -> float:
    """The title and, below it, the line that says who filled the form in; the points that both take."""
    height = text_height(title, sum(widths), TITLE_SIZE) + _TITLE_AIR
    sheet.set_row(0, height)
    sheet.merge_range(0, 0, 0, len(widths) - 1, printable(title), styles.of("title"))
    sheet.set_row(1, _FILL_LINE_HEIGHT)
    for (start, end), words in zip(pairwise(_quarters(widths)), FILL_LINE, strict=True):
        if end - start > 1:
            sheet.merge_range(1, start, 1, end - 1, words, styles.of("line"))
        else:
            sheet.write_string(1, start, words, styles.of("line"))
    return height + _FILL_LINE_HEIGHT


def set_up_print(sheet: Worksheet, paper: Paper, pages: int = 0) -> None:
    """One page wide, ``pages`` long (0: as many as it takes), numbered, narrow margins."""
    sheet.set_paper(paper.code)
    if paper.width > paper.height:
        sheet.set_landscape()
    sheet.fit_to_pages(1, pages)
    sheet.center_horizontally()
    sheet.set_margins(left=MARGIN_SIDE, right=MARGIN_SIDE, top=MARGIN_TOP, bottom=MARGIN_BOTTOM)
    sheet.set_footer('&C&"宋体"&9第 &P 页  共 &N 页')


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, look: str, styles: Styles, fit: Fit = Fit.WHOLE) -> None:
    """Numbers as numbers, everything else as text that never becomes a formula or a link."""
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, styles.of(look, fit))
    elif isinstance(cell, str):
        sheet.write_string(row, column, printable(cell), styles.of(look, fit, text_only=is_formula_like(cell)))
    else:
        sheet.write_number(row, column, cell, styles.of(look, fit))


def _quarters(widths: list[float]) -> list[int]:
    """Column indexes that part the sheet into four stretches of about the same width."""
    bounds, reached, whole = [0], 0.0, sum(widths)
    for index, width in enumerate(widths):
        if len(bounds) < 4 and index > bounds[-1] and reached + width / 2 >= whole * len(bounds) / 4:
            bounds.append(index)
        reached += width
    return [*bounds, len(widths)]


def _write_head(sheet: Worksheet, columns: tuple[Column, ...], styles: Styles) -> float:
    """The head row; its height in points."""
    height = max(text_height(column.title, column.width) for column in columns) + _HEAD_AIR
    sheet.set_row(HEAD_ROW, height)
    for index, column in enumerate(columns):
        sheet.write_string(HEAD_ROW, index, column.title, styles.of("head_blank" if column.kind is ColumnKind.BLANK else "head"))
    return height


def _write_body(sheet: Worksheet, table: Table, heights: list[list[float]], room: float, styles: Styles) -> int:
    """The rows, or one that says that there are none; the row after the last."""
    row = FIRST_ROW
    if not table.groups:
        sheet.merge_range(row, 0, row, len(table.columns) - 1, NOTHING_FOUND, styles.of(ColumnKind.LABEL))
        return row + 1
    for group, group_height in zip(table.groups, heights, strict=True):
        shared_fit = Fit.WHOLE if is_kept_whole(group_height, room) else Fit.TORN
        _write_group(sheet, row, group, group_height, table.columns, styles, shared_fit)
        row += len(group)
    return row


def _write_group(
    sheet: Worksheet, first: int, group: Group, heights: list[float], columns: tuple[Column, ...], styles: Styles, shared_fit: Fit
) -> None:
    """Cells that a group shares are merged, and yet written in each row: a filter then shows the whole group."""
    last = first + len(group) - 1
    shared = [column.shared and last > first for column in columns]
    for index, column in enumerate(columns):
        if shared[index]:
            sheet.merge_range(first, index, last, index, "", styles.of(column.kind, shared_fit))
    for row, cells, height in zip(range(first, last + 1), group, heights, strict=True):
        sheet.set_row(row, height)
        for index, column in enumerate(columns):
            fit = shared_fit if shared[index] else _own_fit(cells[index], column, height)
            write_cell(sheet, row, index, cells[index], column.kind, styles, fit)


def _own_fit(cell: Cell, column: Column, height: float) -> Fit:
    too_high = height >= MAX_ROW_HEIGHT and isinstance(cell, str) and text_height(cell, column.width) > height
    return Fit.DENSE if too_high else Fit.WHOLE


def _add_choices(sheet: Worksheet, table: Table, last: int, styles: Styles) -> None:
    """Drop-down lists, and a fill for each status, where a cell is to be chosen from."""
    for index, column in enumerate(table.columns):
        if not column.choices or not table.groups:
            continue
        message = {"error_title": column.title, "error_message": "请从下拉列表中选择。"}
        sheet.data_validation(FIRST_ROW, index, last, index, {"validate": "list", "source": list(column.choices), **message})
        for choice in column.choices:
            if choice in STATUS_FILLS:
                rule = {"type": "cell", "criteria": "==", "value": f'"{choice}"', "format": styles.fill(STATUS_FILLS[choice])}
                sheet.conditional_format(FIRST_ROW, index, last, index, rule)
