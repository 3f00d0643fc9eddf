"""Tables of a pdf page: cells between drawn rules, or words that stand in columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lantu.readers.builder import GridCell
from lantu.readers.pdf_page import Page, Piece, Rule

_TOUCH = 3.0  # points: rules that come this near meet, and stand for one where parallel
_MOST_RULES = 1_500  # of one direction on a page: beyond this it is a drawing
_COVER = 0.6  # of a cell's side that a rule must cover to close it
_LEAST_COLUMNS = 3  # of a table without rules: two columns may be a signature and its date
_LEAST_ROWS = 3
_COLUMN_GAP = 0.8  # em of clear space between the columns of a table without rules
_ROOM = 4.0  # em: both margins of a cell, and a unit in brackets that went to the next line whole
_NEXT_ROW = 1.15  # of the usual distance of lines: a wrapped line of a cell stands nearer


@dataclass(frozen=True, slots=True)
class PdfTable:
    """``cells`` on a grid; ``edges`` the x of its columns, by which its continuation on the next page is known.

    ``open_columns``: the columns whose cell in the last row ends with a full line, so that its words may go on on the next page.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    edges: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_columns: frozenset[int] = frozenset()

    @property
    def rows(self) -> int:
        return max((cell.row for cell in self.cells), default=-1) + 1


def ruled_tables(page: Page) -> tuple[list[PdfTable], list[Piece]]:
    """The tables between rules, and the pieces that stand in none."""
    free = list(page.pieces)
    tables: list[PdfTable] = []
    for horizontal, vertical in _connected(_merged(page.horizontal), _merged(page.vertical)):
        xs, ys = _positions(vertical), _positions(horizontal)
        if len(xs) < 3 or len(ys) < 3:
            continue
        inside = [piece for piece in free if xs[0] - _TOUCH < (piece.x0 + piece.x1) / 2 < xs[-1] + _TOUCH and ys[0] < piece.middle < ys[-1]]
        if inside:
            free = [piece for piece in free if piece not in set(inside)]
            tables.append(_filled(xs, ys, horizontal, vertical, inside))
    return tables, free


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Collinear rules that touch, made one: borders are often drawn cell by cell, and as bars with two edges."""
    merged: list[Rule] = []
    if len(rules) > 4 * _MOST_RULES:
        return merged
    lanes: list[list[Rule]] = []
    for rule in sorted(rules):
        if lanes and rule.at - lanes[-1][0].at <= _TOUCH:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    for lane in lanes:
        at = sum(rule.at for rule in lane) / len(lane)
        low = high = None
        for rule in sorted(lane, key=lambda rule: rule.low):
            if high is not None and low is not None and rule.low <= high + _TOUCH:
                high = max(high, rule.high)
                continue
            if high is not None and low is not None:
                merged.append(Rule(at, low, high))
            low, high = rule.low, rule.high
        if high is not None and low is not None:
            merged.append(Rule(at, low, high))
    return merged


def _connected(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross or touch."""
    if not 3 <= len(horizontal) <= _MOST_RULES or not 3 <= len(vertical) <= _MOST_RULES:
        return []
    group = list(range(len(horizontal) + len(vertical)))

    def root(member: int) -> int:
        while group[member] != member:
            group[member] = group[group[member]]
            member = group[member]
        return member

    for j, wall in enumerate(vertical):
        for i, floor in enumerate(horizontal):
            if floor.low - _TOUCH <= wall.at <= floor.high + _TOUCH and wall.low - _TOUCH <= floor.at <= wall.high + _TOUCH:
                group[root(i)] = root(len(horizontal) + j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for member in range(len(group)):
        pair = found.setdefault(root(member), ([], []))
        if member < len(horizontal):
            pair[0].append(horizontal[member])
        else:
            pair[1].append(vertical[member - len(horizontal)])
    return [pair for pair in found.values() if len(pair[0]) >= 3 and len(pair[1]) >= 2]


def _positions(rules: Iterable[Rule]) -> list[float]:
    places: list[float] = []
    for rule in sorted(rules):
        if not places or rule.at - places[-1] > _TOUCH:
            places.append(rule.at)
    return places


def _filled(xs: list[float], ys: list[float], horizontal: list[Rule], vertical: list[Rule], pieces: list[Piece]) -> PdfTable:
    """Grid places that no rule parts, made cells, with the words that stand in them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], int] = {}
    corners: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            right = column + 1
            while right < columns and (row, right) not in owner and not _closed(vertical, xs[right], *_side(ys, rows - 1 - row)):
                right += 1
            below = row + 1
            while below < rows and not any(_closed(horizontal, ys[rows - below], xs[c], xs[c + 1]) for c in range(column, right)):
                below += 1
            owner.update({(r, c): len(corners) for r in range(row, below) for c in range(column, right)})
            corners.append((row, column, below - row, right - column))
    words: list[list[Piece]] = [[] for _ in corners]
    for piece in pieces:
        row = rows - 1 - max(0, min(bisect_right(ys, piece.middle) - 1, rows - 1))
        for part in _cut_at(piece, xs):
            column = max(0, min(bisect_right(xs, (part.x0 + part.x1) / 2) - 1, columns - 1))
            words[owner[row, column]].append(part)
    cells = tuple(GridCell(*corner, cell_text(found)) for corner, found in zip(corners, words, strict=True))
    last = ((cell, found) for cell, found in zip(cells, words, strict=True) if cell.row + cell.row_span == rows)
    full = frozenset(cell.column for cell, found in last if _fills(found, cell, xs))
    return PdfTable(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), cells, full)


def _fills(found: Sequence[Piece], cell: GridCell, xs: Sequence[float]) -> bool:
    """Does the last line of a cell leave no room for a word more?"""
    if not found:
        return False
    low = min(found, key=lambda piece: piece.middle)
    width = sum(piece.x1 - piece.x0 for piece in found if abs(piece.middle - low.middle) < _TOUCH)
    return xs[cell.column + cell.column_span] - xs[cell.column] - width < _ROOM * low.size


def _side(places: list[float], index: int) -> tuple[float, float]:
    return places[index], places[index + 1]


def _closed(rules: list[Rule], at: float, low: float, high: float) -> bool:
    """Does a rule at ``at`` cover most of [low, high]?"""
    return any(abs(r.at - at) <= _TOUCH and min(r.high, high) - max(r.low, low) >= _COVER * (high - low) for r in rules)


def _cut_at(piece: Piece, xs: list[float]) -> list[Piece]:
    """The piece, parted where a wall stands between two of its characters."""
    inner = [x for x in xs[bisect_left(xs, piece.x0 + _TOUCH) :] if x < piece.x1 - _TOUCH]
    cuts = sorted({bisect_left(piece.places, x - _TOUCH / 2) for x in inner} - {0, len(piece.places)})
    bounds = [0, *cuts, len(piece.text)]
    return [piece.cut(start, end) for start, end in pairwise(bounds) if end > start]


def cell_text(pieces: Iterable[Piece]) -> str:
    """The words of a cell on one line: its line breaks are those of its width."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if rows and abs(rows[-1][0].middle - piece.middle) <= 0.5 * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    text = ""
    for row in rows:
        line = " ".join(piece.text.strip() for piece in sorted(row, key=lambda piece: piece.x0))
        between = " " if text and text[-1].isascii() and text[-1].isalpha() and line[:1].isascii() and line[:1].isalpha() else ""
        text += between + line
    return text


def aligned_table(rows: Sequence[Sequence[Piece]]) -> PdfTable | None:
    """A table of consecutive rows whose words stand in at least three clear columns; None where they do not."""
    full = [row for row in rows if len(row) >= _LEAST_COLUMNS]
    if len(full) < _LEAST_ROWS:
        return None
    columns = _bands([piece for row in full for piece in row])
    if len(columns) < _LEAST_COLUMNS or any(len(row) * 2 < len(columns) for row in full):
        return None
    lows = [low for low, _ in columns]
    cells: dict[tuple[int, int], list[Piece]] = {}
    number, above = -1, None
    for row in rows:
        middle = row[0].middle
        wraps = above is not None and 2 * len(row) < len(columns) and above - middle < _NEXT_ROW * _usual(rows)
        number += not wraps
        above = middle
        for piece in row:
            column = max(0, bisect_right(lows, piece.x0 + 1.0) - 1)
            cells.setdefault((number, column), []).append(piece)
    laid = tuple(GridCell(*place, 1, 1, cell_text(found)) for place, found in sorted(cells.items()))
    pieces = [piece for row in rows for piece in row]
    return PdfTable(columns[0][0], min(p.y0 for p in pieces), columns[-1][1], max(p.y1 for p in pieces), tuple(lows), laid)


def _usual(rows: Sequence[Sequence[Piece]]) -> float:
    steps = sorted(above[0].middle - below[0].middle for above, below in pairwise(rows))
    return steps[len(steps) // 4] if steps else 0.0


def _bands(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """The x-ranges that words cover, parted by clear space."""
    bands: list[tuple[float, float]] = []
    em = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if bands and piece.x0 - bands[-1][1] < _COLUMN_GAP * em:
            bands[-1] = (bands[-1][0], max(bands[-1][1], piece.x1))
        else:
            bands.append((piece.x0, piece.x1))
    return bands
