"""Rows of a page, and the columns of text that they fall into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lantu.readers.pdf_page import Piece

Row = list[Piece]
_SAME_ROW = 0.5  # of the smaller height: middles nearer than this stand on one row
_GUTTER = (0.3, 0.7)  # of the width of the text: where the space between two columns may stand
_LEAST_SPLIT = 6  # rows with text on both sides: fewer are a signature or a table
_FULL = 0.6  # of a column's width that its lines fill on average: cells of a table are shorter
_MOST_CANDIDATES = 40
_SAME_GUTTER = 12.0  # points by which the gutters of two pages may differ
_LEAST_PAGES = 2  # with a gutter at the same place


def to_rows(pieces: Iterable[Piece]) -> list[Row]:
    """The pieces by height, each row from left to right, the top row first."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if rows and abs(rows[-1][0].middle - piece.middle) < _SAME_ROW * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def regions(rows: list[Row], usual: float | None = None) -> Iterator[list[Row]]:
    """The rows in reading order: where the page has two columns, the left one before the right one.

    ``usual`` is where the other pages have their gutter: a page with few rows, or above a table, is parted there too.
    """
    gutter = find_gutter(rows)
    if gutter is None and usual is not None and _parts(rows, usual):
        gutter = usual
    if gutter is None:
        if rows:
            yield rows
        return
    band: list[Row] = []
    whole: list[Row] = []
    for row in rows:
        if any(piece.x0 < gutter < piece.x1 for piece in row):
            yield from _sides(band, gutter)
            band = []
            whole.append(row)
        else:
            if whole:
                yield whole
                whole = []
            band.append(row)
    yield from _sides(band, gutter)
    if whole:
        yield whole


def _sides(band: list[Row], gutter: float) -> Iterator[list[Row]]:
    left = [[piece for piece in row if piece.x0 < gutter] for row in band]
    right = [[piece for piece in row if piece.x0 >= gutter] for row in band]
    for side in (left, right):
        kept = [row for row in side if row]
        if kept:
            yield kept


def find_gutter(rows: list[Row]) -> float | None:
    """The x between two columns of running text, or None."""
    if len(rows) < _LEAST_SPLIT:
        return None
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    low, high = (left + share * (right - left) for share in _GUTTER)
    gaps = [(a.x1 + b.x0) / 2 for row in rows for a, b in pairwise(row) if low < (a.x1 + b.x0) / 2 < high]
    if len(gaps) < _LEAST_SPLIT:
        return None
    step = max(1, len(gaps) // _MOST_CANDIDATES)
    best = max(sorted(gaps)[::step], key=lambda x: _split_rows(rows, x))
    return best if _split_rows(rows, best) >= _LEAST_SPLIT and _is_filled(rows, best, left, right) else None


def usual_gutter(pages: Iterable[list[Row]]) -> float | None:
    """Where at least two pages, and half of those with text, have their gutter; None where the text stands in one column."""
    gutters = [find_gutter(rows) for rows in pages if rows]
    found = sorted(gutter for gutter in gutters if gutter is not None)
    middle = found[len(found) // 2] if found else 0.0
    near = sum(abs(gutter - middle) <= _SAME_GUTTER for gutter in found)
    return middle if near >= _LEAST_PAGES and 2 * near >= len(gutters) else None


def _parts(rows: list[Row], x: float) -> bool:
    """Do more rows stand on both sides of ``x`` than across it?"""
    crossed = sum(any(p.x0 < x < p.x1 for p in row) for row in rows)
    return _split_rows(rows, x) > crossed


def _split_rows(rows: list[Row], x: float) -> int:
    return sum(row[0].x1 < x < row[-1].x0 and not any(p.x0 < x < p.x1 for p in row) for row in rows)


def _is_filled(rows: list[Row], x: float, left: float, right: float) -> bool:
    """Running text fills its column; the rows that the gutter crosses must be the fewer."""
    split = [row for row in rows if row[0].x1 < x < row[-1].x0 and not any(p.x0 < x < p.x1 for p in row)]
    crossed = sum(any(p.x0 < x < p.x1 for p in row) for row in rows)
    first = sum(p.x1 - p.x0 for row in split for p in row if p.x0 < x) / (len(split) * max(1.0, x - left))
    second = sum(p.x1 - p.x0 for row in split for p in row if p.x0 >= x) / (len(split) * max(1.0, right - x))
    return crossed < len(split) and min(first, second) >= _FULL
