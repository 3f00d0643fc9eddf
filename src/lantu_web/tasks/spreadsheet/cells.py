"""One cell of a foreign workbook as the text that its writer meant, by the type of the field: full-width digits, stray blanks, dates as
serial numbers or as words (2027年6月底), numbers with separators, lists with every kind of comma.

What cannot be understood is left as it is, for the message to show.
"""

from __future__ import annotations

import calendar
import re
import zlib
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lantu_web.lib.cells import day_of_serial, digits_of, iso_day, name, narrow, printable, tidy, unescaped
from lantu_web.tasks.content import Type
from lantu_web.tasks.queries.values import plain

ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
SEPARATOR = "、"
AMBIGUOUS = re.compile(r"\d{4}\.1")  # January, or October without its zero
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')  # of a format: what is shown as it stands, and what only makes room
_DECIMALS = re.compile(r"\.(0+)")
_COMMAS = re.compile(r"\s*[、，,；;\n]\s*")
_UNTIL = r"\s*(?:(?:之|以)?前)?"
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s*[底末]?" + _UNTIL)
_YEAR = re.compile(r"(\d{4})\s*年?度?")
_YEAR_END = re.compile(r"(\d{4})\s*年?\s*[底末]" + _UNTIL)


def text_of(value: object, type_: Type, number_format: str = "General") -> str:
    """The clean text of a cell; a day as 2026-01-31, a number as people write it, a list with 、 between."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return str(day.year) if type_ is Type.YEAR else day.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_cell(value, type_, number_format or "General")
    return clean(unescaped(str(value)), type_)


@lru_cache(maxsize=20_000)  # names and days return row after row
def clean(text: str, type_: Type) -> str:
    """A text as it is compared: two that differ only in blanks, width of digits or way of writing a day are one."""
    text = printable(text)
    match type_:
        case Type.DAY:
            return _day(narrow(text))
        case Type.NUMBER:
            return number(narrow(text))
        case Type.YEAR:
            found = _YEAR.fullmatch(narrow(text))
            return found[1] if found else narrow(text)
        case Type.UNITS | Type.LINES:
            parts = [name(part) for part in _COMMAS.split(text)]
            return SEPARATOR.join(part for part in parts if part)
        case Type.UNIT | Type.SECTION | Type.PERSON | Type.CHOICE:
            return name(text)
        case _:
            return tidy(text)


def number(text: str) -> str:
    """A number without separators and without zeros that say nothing."""
    bare = re.sub(r"[,\s]", "", text).removesuffix("%")
    try:
        found = Decimal(bare)
    except InvalidOperation:
        return text
    return (plain(found) or "") if found.is_finite() and abs(found.adjusted()) < 30 else text


@lru_cache(maxsize=20_000)
def print_of(text: str) -> str:
    """By which it is told that a cell that cannot be changed says something else than it did."""
    return format(zlib.crc32(clean(text, Type.LINE).encode()), "x")


def _number_cell(value: float, type_: Type, number_format: str) -> str:
    if type_ is Type.DAY:
        return day_of_serial(value) or _month_cell(value, number_format)
    if type_ is Type.NUMBER:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number(format(exact * 100 if "%" in _LITERAL.sub("", number_format) else exact, "f"))
    return clean(digits_of(value, number_format), type_)


def _month_cell(value: float, number_format: str) -> str:
    """2027.1 with two digits shown is October, since somebody wrote 2027.10; with one it may be January too and is left for the message."""
    shown = _DECIMALS.search(_LITERAL.sub("", number_format))
    text = f"{value:.{len(shown[1])}f}" if shown else digits_of(value, number_format)
    return text if AMBIGUOUS.fullmatch(text) else clean(text, Type.DAY)


def _day(text: str) -> str:
    if day := iso_day(text):
        return day
    if found := _YEAR_END.fullmatch(text):
        return f"{found[1]}-12-31"
    found = _MONTH.fullmatch(text)
    if found and 1 <= int(found[2]) <= 12:
        year, month = int(found[1]), int(found[2])
        return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    return text
