"""The register as an Excel sheet. Every text is written as a text: none becomes a formula, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from lantu_web.plans.queries.register import Row

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (44, 14, 14, 24, 24, 12, 10, 24, 12, 20, 12)


def register_sheet(rows: Iterable[Row]) -> bytes:
    """One row a plan, lower plans indented below their upper ones."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )  # fmt: skip
    sheet = book.add_worksheet(_("Register of plans")[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    for column, (title, width) in enumerate(zip(_titles(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    indents = [book.add_format({"indent": depth, "text_wrap": True, "valign": "top"}) for depth in range(16)]
    for line, row in enumerate(rows, 1):
        for column, text in enumerate(_texts(row)):
            sheet.write_string(line, column, text, indents[min(row.depth, 15) if column == 0 else 0])
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def _titles() -> tuple[str, ...]:
    return (
        _("Name of the plan"), _("Kind"), _("Level"), _("Drafting unit"), _("Approving body"), _("Period"), _("State"),
        _("Document number"), _("Issued on"), _("Filing number"), _("Filed on"),
    )  # fmt: skip


def _texts(row: Row) -> tuple[str, ...]:
    plan = row.plan
    period = f"{plan.period_start}—{plan.period_end}" if plan.period_start else ""
    return (
        plan.name, plan.get_kind_display(), plan.get_level_display(), plan.unit.name if plan.unit else "", plan.approving_body, period,
        plan.get_state_display(), plan.document_number, plan.issued_on.isoformat() if plan.issued_on else "", plan.filing_number,
        plan.filed_on.isoformat() if plan.filed_on else "",
    )  # fmt: skip
