"""One cell of a workbook of units and people as clean text, by the kind of its column."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from lantu_web.accounts.spreadsheet.columns import Kind
from lantu_web.lib.cells import day_of_serial, digits_of, iso_day, name, narrow, printable, tidy


def text_of(value: object, kind: Kind, number_format: str = "General") -> str:
    """The text that the writer of the cell meant; a date as 2026-01-31. What cannot be a date is left as it is, for the fault to show."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, kind, number_format)
    return _clean(printable(str(value)), kind)


def _number(value: float, kind: Kind, number_format: str) -> str:
    day = day_of_serial(value) if kind is Kind.DATE else None
    return day or digits_of(value, number_format)


def _clean(text: str, kind: Kind) -> str:
    if kind is Kind.CODE:
        return unicodedata.normalize("NFKC", tidy(text)).strip()
    if kind is Kind.DATE:
        return iso_day(narrow(text)) or narrow(text)
    return name(text) if kind in (Kind.NAME, Kind.WORD) else tidy(text)
