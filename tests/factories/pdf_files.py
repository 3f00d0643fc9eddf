"""Pdf files drawn line by line with a font that every pdf reader has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Drawn = tuple[float, float, float, str]  # x, y from the foot of the page, size, words
Stroke = tuple[float, float, float, float]


def pdf(pages: Iterable[Sequence[Drawn]], *, strokes: Iterable[Stroke] = (), password: str | None = None) -> bytes:
    """Pages of words at places; ``strokes`` are drawn on each."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=password)
    drawn = list(strokes)
    for words in pages:
        for x, y, size, text in words:
            canvas.setFont(FONT, size)
            canvas.drawString(x, y, text)
        for stroke in drawn:
            canvas.line(*stroke)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def column(lines: Sequence[str], *, x: float = 90, top: float = 700, size: float = 14, leading: float = 26) -> list[Drawn]:
    """Lines one below the other; a line that begins with two ideographic spaces is indented."""
    return [
        (x + (2 * size if line.startswith("　　") else 0), top - number * leading, size, line.removeprefix("　　"))
        for number, line in enumerate(lines)
    ]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Stroke]:
    """The rules of a full grid."""
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
