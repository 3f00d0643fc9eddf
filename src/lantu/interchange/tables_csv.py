"""Plan → one CSV file per kind of thing, as spreadsheets of Chinese offices open it: UTF-8 with BOM, CRLF, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from lantu.interchange.ledger import ledger
from lantu.interchange.ledger.table import Cell, Table
from lantu.interchange.sheet_styles import is_formula_like
from lantu.interchange.wording import printed_number
from lantu.model import Plan


def csv_files(plan: Plan) -> Mapping[str, bytes]:
    """File name (``tasks.csv``) → its bytes, for every table of the ledger; a table without rows has its head alone."""
    return {f"{table.key}.csv": _encoded(table) for table in ledger(plan).tables}


def _encoded(table: Table) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(column.title for column in table.columns)
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return target.getvalue().encode("utf-8-sig", "backslashreplace")


def _cell(cell: Cell) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return printed_number(cell)
    return f"'{cell}" if is_formula_like(cell) else cell
