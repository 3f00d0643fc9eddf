"""The first sheet: what the document is, what was found in it, and how the other sheets are to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lantu.interchange.ledger.overview import Overview
from lantu.interchange.ledger.table import Cell, ColumnKind
from lantu.interchange.print_layout import A4_PORTRAIT, file_width, text_height
from lantu.interchange.sheet_styles import Styles
from lantu.interchange.table_sheet import set_up_print, write_cell, write_top

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

OVERVIEW = "概览"
WIDTHS = [18.0, 26.0, 14.0, 14.0, 14.0]
NOTES = (
    "填写说明",
    "1. 白底各列摘自原文，黄色表头各列由填表单位填写；“建议牵头单位”括号内为原文依据，仅供分工时参考。",
    "2. “原文位置”为来源文件所含文字的字符序号，“校订文位置”为校订（删除页面杂项、统一繁简和全半角）后文字的字符序号；自0起，含首不含尾。",
    "3. “序号”依次为章、节和节内任务的顺序号。",
    "4. 标点按中文排版习惯显示为全角，其余文字与校订文一致。",
)
_ONE_PAGE_ROWS = 60  # up to here one page can be read
_ROW_HEIGHT = 20  # points, at least
_LAST = len(WIDTHS) - 1


def write_overview_sheet(sheet: Worksheet, overview: Overview, styles: Styles) -> None:
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, file_width(width))
    write_top(sheet, f"《{overview.title}》\n任务台账概览", WIDTHS, styles)
    row = _write_facts(sheet, 2, overview, styles)
    row = _write_counts(sheet, row + 1, overview, styles)
    row = _write_chapters(sheet, row + 1, overview, styles)
    row = _write_notes(sheet, row + 1, styles)
    set_up_print(sheet, A4_PORTRAIT, pages=1 if row <= _ONE_PAGE_ROWS else 0)
    sheet.print_area(0, 0, row - 1, _LAST)


def _write_facts(sheet: Worksheet, row: int, overview: Overview, styles: Styles) -> int:
    for name, value in overview.facts:
        sheet.set_row(row, max(_ROW_HEIGHT, text_height(value, sum(WIDTHS[1:]))))
        sheet.write_string(row, 0, name, styles.of("head"))
        _write_merged(sheet, row, 1, _LAST, value, ColumnKind.TEXT, styles)
        row += 1
    return row


def _write_counts(sheet: Worksheet, row: int, overview: Overview, styles: Styles) -> int:
    row = _write_section(sheet, row, ("分表", "条数"), [(0, 1), (2, _LAST)], "一、各分表条数", styles)
    for name, count in overview.counts:
        sheet.set_row(row, _ROW_HEIGHT)
        sheet.merge_range(row, 0, row, 1, "", styles.of("link"))
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.of("link"), name)
        _write_merged(sheet, row, 2, _LAST, count, ColumnKind.LABEL, styles)
        row += 1
    return row


def _write_chapters(sheet: Worksheet, row: int, overview: Overview, styles: Styles) -> int:
    row = _write_section(sheet, row, ("章节", "任务", "目标", "项目"), [(0, 1), (2, 2), (3, 3), (4, 4)], "二、各章条数", styles)
    for name, *counts in overview.chapters:
        sheet.set_row(row, max(_ROW_HEIGHT, text_height(name, WIDTHS[0] + WIDTHS[1])))
        _write_merged(sheet, row, 0, 1, name, ColumnKind.TEXT, styles)
        for index, count in enumerate(counts, start=2):
            write_cell(sheet, row, index, count, ColumnKind.LABEL, styles)
        row += 1
    return row


def _write_section(
    sheet: Worksheet, row: int, heads: tuple[str, ...], stretches: list[tuple[int, int]], title: str, styles: Styles
) -> int:
    """A subtitle and a head row; the row below them."""
    sheet.set_row(row, 24)
    sheet.merge_range(row, 0, row, _LAST, title, styles.of("subtitle"))
    for head, (first, last) in zip(heads, stretches, strict=True):
        _write_merged(sheet, row + 1, first, last, head, "head", styles)
    return row + 2


def _write_notes(sheet: Worksheet, row: int, styles: Styles) -> int:
    for note in NOTES:
        sheet.set_row(row, text_height(note, sum(WIDTHS), 9))
        sheet.merge_range(row, 0, row, _LAST, note, styles.of("note"))
        row += 1
    return row


def _write_merged(sheet: Worksheet, row: int, first: int, last: int, cell: Cell, look: str, styles: Styles) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, "", styles.of(look))
    write_cell(sheet, row, first, cell, look, styles)
