"""One page of a pdf: its characters gathered into pieces of lines, its drawn lines into rules."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from lantu.readers.limits import Limits

_JOIN = 0.8  # em: characters farther apart on a line belong to different pieces (columns, cells, a signature and its date)
_BACK = 0.5  # em: a character that begins farther left than this begins a new piece
_SPACE = 0.2  # em: a gap between a letter or digit and its neighbour that is printed as a space
_LEAST_EM = 1.0  # points: smaller letters are not print
_BELOW = 0.12  # of the size of hanzi that hangs below the line they are set on
_LEVEL = 0.05  # slope up to which characters stand level
_OFF_LINE = 0.5  # of the height: characters whose middles are farther apart stand on different lines
_STRAIGHT = 1.0  # points: what a drawn line may deviate
_LEAST_RULE = 4.0  # points: shorter strokes are parts of letters and logos
_MOST_PATHS = 20_000  # on one page; a map or a drawing has more, a table has not
_FORM_DEPTH = 3  # forms within forms
_MOVE, _LINE = pdfium_c.FPDF_SEGMENT_MOVETO, pdfium_c.FPDF_SEGMENT_LINETO


class Piece(NamedTuple):
    """Characters that stand together on one line; ``places`` are the left edges of each; y grows upwards, unit point."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    places: tuple[float, ...]

    @property
    def size(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    def cut(self, start: int, end: int) -> Piece:
        """The characters [start, end) alone."""
        right = self.places[end] if end < len(self.places) else self.x1
        return Piece(self.text[start:end], self.places[start], self.y0, right, self.y1, self.places[start:end])


class Rule(NamedTuple):
    """A straight drawn line: at ``at`` on one axis, from ``low`` to ``high`` on the other."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Page:
    width: float
    height: float
    pieces: tuple[Piece, ...]
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()
    characters: int = field(default=0)

    @property
    def has_text(self) -> bool:
        return any(piece.text.strip() for piece in self.pieces)


Turn = Callable[[float, float], tuple[float, float]]


def read_page(page: pdfium.PdfPage, text: pdfium.PdfTextPage, limits: Limits, before: int) -> Page:
    """``before``: characters of the pages before, counted against the limit."""
    count = text.count_chars()
    limits.check_characters(before + count)
    turn, width, height = _turn(page)
    pieces = tuple(_pieces(_characters(text, count, turn)))
    horizontal, vertical = _rules(page, turn)
    return Page(width, height, pieces, horizontal, vertical, count)


def _turn(page: pdfium.PdfPage) -> tuple[Turn, float, float]:
    """From the page's own coordinates to those of the page as shown, which may be turned (tables on landscape pages)."""
    rotation = page.get_rotation() % 360
    width, height = page.get_size()  # as shown
    turns: dict[int, Turn] = {
        0: lambda x, y: (x, y),
        90: lambda x, y: (y, height - x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (width - y, x),
    }
    return turns.get(rotation, turns[0]), width, height


class Glyph(NamedTuple):
    character: str
    x0: float
    y0: float
    x1: float
    y1: float


def _characters(text: pdfium.PdfTextPage, count: int, turn: Turn) -> Iterator[Glyph]:
    box = pdfium_c.FS_RECTF()
    pointer = ctypes.byref(box)
    measure = _Measure(text.raw)
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(text.raw, index)
        if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF, 0xFEFF) or code > 0x10FFFF:
            continue
        if code == 0x20 and pdfium_c.FPDFText_IsGenerated(text.raw, index) == 1:
            continue  # no blank of the file: where letters stand apart, their places say so
        if not pdfium_c.FPDFText_GetLooseCharBox(text.raw, index, pointer):
            continue
        bottom, top = measure.height(index, box.bottom, box.top)
        xa, ya = turn(box.left, bottom)
        xb, yb = turn(box.right, top)
        if xa == xa and xb == xb and ya == ya and yb == yb:  # a broken matrix gives NaN
            xa, xb = (xa, xb) if xa <= xb else (xb, xa)
            ya, yb = (ya, yb) if ya <= yb else (yb, ya)
            yield Glyph(chr(code), xa, ya, xb, yb)


class _Measure:
    """Bottom and top of characters from the line they are set on and the size of their letters.

    The box that the font states will not do: where a font states none, every character has the box of its own ink, and a full stop
    or a dash stands on a line of its own.
    """

    def __init__(self, text: Any) -> None:
        self._text = text
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = pdfium_c.FS_MATRIX()
        self._stated, self._em = -1.0, 0.0  # of the last character: most have the box and the size of their neighbour

    def height(self, index: int, bottom: float, top: float) -> tuple[float, float]:
        """(bottom, top) of a character, on the page as written; those of its stated box where it stands upright on no line."""
        if top - bottom != self._stated:
            self._stated, self._em = top - bottom, self._size(index)
        if not self._em or not pdfium_c.FPDFText_GetCharOrigin(self._text, index, self._x, self._y):
            return bottom, top
        return self._y.value - _BELOW * self._em, self._y.value + (1 - _BELOW) * self._em

    def _size(self, index: int) -> float:
        """The size as printed, in points; 0 for characters that are turned, slanted or of no size."""
        matrix = self._matrix
        if not pdfium_c.FPDFText_GetMatrix(self._text, index, matrix) or matrix.d <= 0 or abs(matrix.b) > _LEVEL * abs(matrix.a):
            return 0.0
        return float(pdfium_c.FPDFText_GetFontSize(self._text, index) * matrix.d)


def _pieces(glyphs: Iterator[Glyph]) -> Iterator[Piece]:
    """Runs of glyphs on one line without a wide gap; blanks part words and end nothing."""
    run: list[Glyph] = []
    blank = False
    for glyph in glyphs:
        if glyph.character.isspace():
            blank = True
            continue
        if run and not _joins(run[-1], glyph):
            yield _piece(run)
            run = []
        elif run and (blank or _is_spaced(run[-1], glyph)):
            run.append(Glyph(" ", run[-1].x1, glyph.y0, glyph.x0, glyph.y1))
        run.append(glyph)
        blank = False
    if run:
        yield _piece(run)


def _joins(last: Glyph, glyph: Glyph) -> bool:
    _, x0, y0, _, y1 = glyph
    em = y1 - y0
    if last.y1 - last.y0 < em:
        em = last.y1 - last.y0
    if em < _LEAST_EM:
        em = _LEAST_EM
    if abs(last.y0 + last.y1 - y0 - y1) > 2 * _OFF_LINE * em:
        return False
    return -_BACK * em <= x0 - last.x1 <= _JOIN * em


def _is_spaced(last: Glyph, glyph: Glyph) -> bool:
    """A gap without a blank is a space only between letters and digits: between hanzi it is spacing."""
    return last.character.isascii() and glyph.character.isascii() and glyph.x0 - last.x1 > _SPACE * (glyph.y1 - glyph.y0)


def _piece(run: Sequence[Glyph]) -> Piece:
    return Piece(
        "".join(glyph.character for glyph in run),
        min(glyph.x0 for glyph in run),
        min(glyph.y0 for glyph in run),
        max(glyph.x1 for glyph in run),
        max(glyph.y1 for glyph in run),
        tuple(glyph.x0 for glyph in run),
    )


def _rules(page: pdfium.PdfPage, turn: Turn) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """(horizontal, vertical) strokes and thin bars of the page."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for number, item in enumerate(_paths(page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject)):
        if number > _MOST_PATHS:
            return (), ()
        for (xa, ya), (xb, yb) in _edges(item, turn):
            if abs(ya - yb) <= _STRAIGHT and abs(xa - xb) >= _LEAST_RULE:
                horizontal.append(Rule((ya + yb) / 2, min(xa, xb), max(xa, xb)))
            elif abs(xa - xb) <= _STRAIGHT and abs(ya - yb) >= _LEAST_RULE:
                vertical.append(Rule((xa + xb) / 2, min(ya, yb), max(ya, yb)))
    return tuple(horizontal), tuple(vertical)


def _paths(holder: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int = 0) -> Iterator[Any]:
    """The path objects of a page, and of the forms drawn on it."""
    for index in range(count(holder)):
        item = get(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            yield item
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            yield from _paths(item, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, depth + 1)


def _edges(item: Any, turn: Turn) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight edges of a path, on the page as shown."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, matrix):
        return
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    x, y = ctypes.c_float(), ctypes.c_float()
    last = first = None
    for index in range(min(pdfium_c.FPDFPath_CountSegments(item), _MOST_PATHS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == _MOVE:
            first = point
        elif kind == _LINE and last is not None:
            yield last, point
        if pdfium_c.FPDFPathSegment_GetClose(segment) and first is not None:
            yield point, first
        last = point
