"""Plan → the ledger workbook, as an office prints it: an overview and one sheet per kind of thing.

The same plan gives the same bytes: no clock, fixed dates.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from lantu.interchange.ledger import ledger
from lantu.interchange.ledger.table import Table
from lantu.interchange.overview_sheet import OVERVIEW, write_overview_sheet
from lantu.interchange.print_layout import DEFAULT_FONT
from lantu.interchange.sheet_styles import Styles, printable
from lantu.interchange.table_sheet import write_table_sheet
from lantu.model import Plan

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_CREATED = datetime(2000, 1, 1)  # a fixed date: when a ledger was made is the file system's to say
_PROPERTY_LIMIT = 200  # characters of a document property (the format ends at 255)
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_format_properties": DEFAULT_FONT,
}  # fmt: skip


def workbook_bytes(plan: Plan) -> bytes:
    """The workbook as .xlsx. Raises LimitExceeded where a sheet would have more rows than the format can hold."""
    from xlsxwriter.workbook import Workbook

    target = io.BytesIO()
    book = Workbook(target, _OPTIONS)
    told = ledger(plan)
    _describe(book, told.overview.title)
    styles = Styles(book)
    write_overview_sheet(book.add_worksheet(OVERVIEW), told.overview, styles)
    for table in told.tables:
        write_table_sheet(book.add_worksheet(table.name), table, _sheet_title(plan, told.overview.title, table), styles)
    book.close()
    return target.getvalue()


def _describe(book: Workbook, title: str) -> None:
    book.set_properties({"title": printable(title)[:_PROPERTY_LIMIT], "subject": "规划任务台账", "created": _CREATED})
    book.set_size(2400, 1400)


def _sheet_title(plan: Plan, title: str, table: Table) -> str:
    return f"《{title}》{table.name}" if plan.title else f"{title} {table.name}"
