"""Comma-, tab- and semicolon-separated text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from lantu.errors import UnreadableFile
from lantu.readers.builder import GridCell, Layout
from lantu.readers.limits import Limits
from lantu.readers.origin import origin
from lantu.readers.plain import damage, decode_checked
from lantu.readers.sheet_table import write_sheet
from lantu.readers.sniff import Format
from lantu.text.raw import RawDocument

_DELIMITERS = "\t,;|，；"  # the last two: typed by hand under a Chinese keyboard
_SAMPLE_LINES = 30


def read_delimited(data: bytes, name: str, limits: Limits) -> RawDocument:
    """One table. Raises UnreadableFile where quotes are broken, LimitExceeded for too many cells."""
    decoded = decode_checked(data, limits)
    text = decoded.text.removeprefix("\ufeff")
    layout = Layout(limits)
    write_sheet(layout, list(_cells(text, _delimiter(text), limits)))
    laid = layout.done()
    return RawDocument(
        source=origin(data, name, Format.CSV.value, laid.text, encoding=decoded.encoding),
        text=laid.text,
        blocks=laid.blocks,
        metadata=damage(decoded),
    )


def _delimiter(text: str) -> str:
    """The character that parts the sample's lines into the same number of cells most often; a comma where none does."""
    sample = [line for line in text[: 1 << 16].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [sum(1 for _ in _row(line, delimiter)) for line in sample]
        widths = [count for count in counts if count > 1]
        usual = max(set(widths), key=widths.count, default=0)
        return (widths.count(usual), usual)

    return max(_DELIMITERS, key=agreement) if sample and max(map(agreement, _DELIMITERS))[0] else ","


def _row(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line]


def _cells(text: str, delimiter: str, limits: Limits) -> Iterator[GridCell]:
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    count = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise UnreadableFile(
                f"the quotation marks of the table do not close ({error})",
                place=f"line {rows.line_num}",
                remedy="save it again from Excel or WPS as CSV UTF-8 (请重新另存为 CSV UTF-8)",
            ) from None
        if row is None:
            return
        number = rows.line_num
        for column, words in enumerate(row):
            count += 1
            limits.check_cells(count, place=f"line {number}")
            yield GridCell(number, column, 1, 1, words)
