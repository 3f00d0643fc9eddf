"""One cell of a foreign workbook as clean text: full-width digits, stray blanks, dates and numbers that were meant as text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from openpyxl.utils.datetime import from_excel

from lantu_web.accounts.spreadsheet.columns import Kind

_BLANKS = re.compile(r"[\s\u3000\u200b\ufeff]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff·]) (?=[\u3400-\u9fff·])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ZEROS = re.compile(r"0{2,}")
FIRST_SERIAL, LAST_SERIAL = 10_000, 110_000  # 1927 to 2201: a number that Excel means as a day


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
    return _clean(str(value), kind)


def _number(value: float, kind: Kind, number_format: str) -> str:
    if kind is Kind.DATE and FIRST_SERIAL <= value <= LAST_SERIAL:
        found = from_excel(value)
        return found.date().isoformat() if isinstance(found, datetime) else str(value)
    text = str(int(value)) if float(value).is_integer() else str(value)
    zeros = _ZEROS.fullmatch(number_format or "")
    return text.zfill(len(number_format)) if zeros else text


def _clean(text: str, kind: Kind) -> str:
    text = _BLANKS.sub(" ", _CONTROL.sub("", text)).strip()
    if kind is Kind.CODE:
        return unicodedata.normalize("NFKC", text).strip()
    if kind is Kind.DATE:
        return _day(unicodedata.normalize("NFKC", text))
    if kind in (Kind.NAME, Kind.WORD):
        return _BETWEEN_CHINESE.sub("", text)
    return text


def _day(text: str) -> str:
    found = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    return "-".join(part.zfill(2) for part in found.groups()) if found else text
