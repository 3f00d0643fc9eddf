"""What every workbook that comes in has in common, cell by cell: stray blanks, full-width digits, days as words or as serial numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from openpyxl.utils.datetime import from_excel

_BLANKS = re.compile(r"[\s\u3000\u200b\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff·、]) (?=[\u3400-\u9fff·、])")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[ T]+\d{1,2}:\d\d(?::\d\d)?)?"
    r"\s*(?:(?:之|以)?前)?"  # until a day is due on it
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile(r"0{2,}")
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 110_000  # 1927 to 2201: a number that a spreadsheet program means as a day


def unescaped(text: str) -> str:
    """What a workbook means by _x000D_: a character that XML cannot hold; _x005F_ stands before one that is just that."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def printable(text: str) -> str:
    """Without control characters; line ends stay."""
    return _CONTROL.sub("", text)


def tidy(text: str) -> str:
    """One blank where there are several of any kind, none at the ends."""
    return _BLANKS.sub(" ", text).strip()


def narrow(text: str) -> str:
    """The same, digits and letters of half width."""
    return tidy(unicodedata.normalize("NFKC", text))


def name(text: str) -> str:
    """A Chinese name without the blanks that spread its characters."""
    return _BETWEEN_CHINESE.sub("", tidy(text))


def key(text: str) -> str:
    """By which a name is looked up: brackets and letters of either width, no blanks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def iso_day(text: str) -> str | None:
    """2027年6月30日, 2027/6/30, 20270630 → 2027-06-30, of narrow text; None: no day in digits (that it exists is not checked)."""
    found = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    return "-".join(part.zfill(2) for part in found.groups()) if found else None


def day_of_serial(value: float) -> str | None:
    """The day that a spreadsheet program means by a number; None where it means none."""
    if not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return None
    found = from_excel(value)
    return found.date().isoformat() if isinstance(found, datetime) else None


def digits_of(value: float, number_format: str) -> str:
    """A number that stands for a word, such as a code: without “.0”, with the zeros that its format shows in front."""
    text = str(int(value)) if float(value).is_integer() else str(value)
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format or "") else text


def _character(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return "" if "\ud800" <= letter <= "\udfff" else letter
