"""One cell of a foreign workbook as the text that its writer meant, by the type of the field: full-width digits, stray blanks, dates as
serial numbers or as words (2027年6月底), numbers with separators, lists with every kind of comma.

What cannot be understood is left as it is, for the message to show.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
import zlib
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from openpyxl.utils.datetime import from_excel

from lantu_web.tasks.content import Type
from lantu_web.tasks.queries.values import plain

ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
SEPARATOR = "、"
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 110_000  # 1927 to 2201: a number that a spreadsheet program means as a day
_BLANKS = re.compile(r"[\s\u3000\u200b\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff·、]) (?=[\u3400-\u9fff·、])")
_COMMAS = re.compile(r"\s*[、，,；;\n]\s*")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[ T]0?0:00(?::00)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s*(?:底|末|月底|月末|底前|末前)?")
_YEAR = re.compile(r"(\d{4})\s*年?度?")
_YEAR_END = re.compile(r"(\d{4})\s*年?\s*(?:底|末|年底|年末|底前|末前)")
_ZEROS = re.compile(r"0{2,}")


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
    return clean(str(value), type_)


@lru_cache(maxsize=20_000)  # names and days return row after row
def clean(text: str, type_: Type) -> str:
    """A text as it is compared: two that differ only in blanks, width of digits or way of writing a day are one."""
    text = _CONTROL.sub("", _ESCAPED.sub("_", text))
    match type_:
        case Type.DAY:
            return _day(_narrow(text))
        case Type.NUMBER:
            return number(_narrow(text))
        case Type.YEAR:
            found = _YEAR.fullmatch(_narrow(text))
            return found[1] if found else _narrow(text)
        case Type.UNITS | Type.LINES:
            parts = [_name(part) for part in _COMMAS.split(text)]
            return SEPARATOR.join(part for part in parts if part)
        case Type.UNIT | Type.SECTION | Type.PERSON | Type.CHOICE:
            return _name(text)
        case _:
            return _BLANKS.sub(" ", text).strip()


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


def key(text: str) -> str:
    """By which a name is looked up: brackets and letters of either width, no blanks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _narrow(text: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def _name(text: str) -> str:
    return _BETWEEN_CHINESE.sub("", _BLANKS.sub(" ", text).strip())


def _number_cell(value: float, type_: Type, number_format: str) -> str:
    if type_ is Type.DAY and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        found = from_excel(value)
        return found.date().isoformat() if isinstance(found, datetime) else str(value)
    if type_ is Type.NUMBER:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return number(format(exact * 100 if "%" in number_format else exact, "f"))
    text = str(int(value)) if float(value).is_integer() else str(value)
    return clean(text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else text, type_)


def _day(text: str) -> str:
    found = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return "-".join(part.zfill(2) for part in found.groups())
    if found := _YEAR_END.fullmatch(text):
        return f"{found[1]}-12-31"
    found = _MONTH.fullmatch(text)
    if found and 1 <= int(found[2]) <= 12:
        year, month = int(found[1]), int(found[2])
        return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    return text
