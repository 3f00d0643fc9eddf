"""Rows of the ledger as the mark-up of a worksheet, put into a workbook that is ready but for them.

Twenty thousand rows of thirty cells are written as they come; nothing of them is kept in memory.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.queries.exchange_lines import Line
from lantu_web.tasks.spreadsheet.cells import print_of
from lantu_web.tasks.spreadsheet.layout import HEAD_ROWS, Place

LONGEST = 32_000  # characters of a cell; a spreadsheet program holds 32,767
LEAST, LINE_HEIGHT, TALLEST = 20.0, 13.5, 400.0  # points of a row
EXACT_DIGITS = 15  # of a number that a spreadsheet program keeps as it is
PROBE = 1_000_000  # where the workbook without rows shows the looks of each column: usual, and marked as no formula
PART = "xl/worksheets/sheet1.xml"
_FIRST_DAY, _EPOCH = date(1900, 3, 1), date(1899, 12, 30)  # before the one the programs count days differently
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_STYLE = re.compile(r'<c r="([A-Z]+)\d+" s="(\d+)"/>')

Look = tuple[str, str]  # numbers of the usual and of the marked look


def fill(shell: Path, path: Path, places: Sequence[Place], portions: Iterable[Sequence[Line]], told: Callable[[int], None]) -> int:
    """Copy the workbook ``shell`` to ``path`` with the rows in it, under the heads; gives how many there were."""
    count = 0
    with zipfile.ZipFile(shell) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target:
        for info in source.infolist():
            if info.filename != PART:
                target.writestr(info.filename, source.read(info))
                continue
            above, looks, below = _opened_up(source.read(info).decode(), len(places))
            with target.open(info.filename, "w", force_zip64=True) as stream:
                stream.write(above.encode())
                for portion in portions:
                    stream.write("".join(_rows(portion, HEAD_ROWS + count + 1, places, looks)).encode())
                    count += len(portion)
                    told(count)
                stream.write(below.encode())
    return count


def _opened_up(text: str, width: int) -> tuple[str, list[Look], str]:
    """What stands above the rows, the looks of the columns, and what stands below them."""
    probes = [re.search(rf'<row r="{PROBE + at}".*?</row>', text) for at in (1, 2)]
    usual, marked = (dict(_STYLE.findall(probe[0])) for probe in probes if probe)
    looks = [(usual[xl_col_to_name(at)], marked[xl_col_to_name(at)]) for at in range(width)]
    for probe in probes:
        text = text.replace(probe[0], "") if probe else text
    end = max(int(number) for number in re.findall(r'<row r="(\d+)"', text))
    text = re.sub(r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{xl_col_to_name(width + 2)}{end}"/>', text)
    at = text.index(f'<row r="{end}"')
    return text[:at], looks, text[at:]


def _rows(lines: Sequence[Line], first: int, places: Sequence[Place], looks: Sequence[Look]) -> Iterator[str]:
    letters = [xl_col_to_name(at) for at in range(len(places) + 3)]
    writers = [_WRITERS.get(place.type, _text) for place in places]
    for number, line in enumerate(lines, first):
        base: dict[str, str] = {}
        yield f'<row r="{number}" ht="{_height(line, places)}" customHeight="1">'
        for at, place in enumerate(places):
            text = _said(line, place)
            if place.identifier not in FIELDS and place.year is None:
                base[place.mark] = print_of(text)
            elif text:
                base[place.name] = text
            yield writers[at](f"{letters[at]}{number}", looks[at], text) if text else f'<c r="{letters[at]}{number}" s="{looks[at][0]}"/>'
        yield f'<c r="{letters[-3]}{number}"><v>{line.task_id}</v></c><c r="{letters[-2]}{number}"><v>{line.revision}</v></c>'
        told = json.dumps(base, ensure_ascii=False, separators=(",", ":"))
        yield f'<c r="{letters[-1]}{number}" t="inlineStr"><is><t>{_safe(told)}</t></is></c></row>'


def _height(line: Line, places: Sequence[Place]) -> float:
    """Points that the row needs, since not every program finds that out by itself when it opens the file."""
    most = 1
    for place in places:
        text = _said(line, place)
        if len(text) * 2 > place.width - 1:
            room = max(2, place.width - 1)
            most = max(most, sum(-(-_width(part) // room) or 1 for part in text.split("\n")))
    return min(TALLEST, max(LEAST, most * LINE_HEIGHT + 5))


def _said(line: Line, place: Place) -> str:
    return line.targets.get(place.year, "") if place.year is not None else line.texts[place.identifier]


def _width(text: str) -> int:
    """In narrow characters: one of Chinese takes two."""
    return len(text) + sum(letter > "\u2e7f" for letter in text)


def _text(place: str, look: Look, text: str) -> str:
    """Always a text; one that begins like a formula is marked as none, so that it stays one when somebody works in the cell."""
    style = look[1] if text.startswith(_DANGEROUS) else look[0]
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_safe(text)}</t></is></c>'


def _day(place: str, look: Look, text: str) -> str:
    day = date.fromisoformat(text)
    return _text(place, look, text) if day < _FIRST_DAY else f'<c r="{place}" s="{look[0]}"><v>{(day - _EPOCH).days}</v></c>'


def _number(place: str, look: Look, text: str) -> str:
    is_exact = sum(letter.isdigit() for letter in text) <= EXACT_DIGITS
    return f'<c r="{place}" s="{look[0]}"><v>{text}</v></c>' if is_exact else _text(place, look, text)


def _safe(text: str) -> str:
    return escape(_CONTROL.sub("", _ESCAPED.sub("_x005F_", text))[:LONGEST])


_WRITERS: Mapping[Any, Callable[[str, Look, str], str]] = {Type.DAY: _day, Type.NUMBER: _number, Type.YEAR: _number}
