"""Pages that are pictures, read by the optional extra ``lantu[ocr]`` (rapidocr with the models it ships)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from lantu.readers.pdf_page import Page, Piece

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_SCALE = 2.0  # pixels a point: 144 dpi, at which 三号 and 四号 text is read without a loss and small print still
_SURE = 0.5  # the engine's own score of a line, under which it is a smudge


def recogniser() -> Any | None:
    """The engine, or None where the extra is not installed. Loading takes about a second."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def recognise(engine: Any, document: pdfium.PdfDocument, number: int, page: Page) -> Page:
    """The page with the lines that the engine read off its picture."""
    with closing(document[number]) as source, closing(source.render(scale=_SCALE)) as bitmap:
        result = engine(bitmap.to_numpy())
    return replace(page, pieces=tuple(_pieces(result, page.height)))


def _pieces(result: Any, height: float) -> Iterator[Piece]:
    if result is None or result.boxes is None or result.txts is None:
        return
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score < _SURE or not text.strip():
            continue
        xs, ys = [float(x) / _SCALE for x, _ in box], [height - float(y) / _SCALE for _, y in box]
        left, right = min(xs), max(xs)
        places = tuple(left + (right - left) * index / len(text) for index in range(len(text)))
        yield Piece(text, left, min(ys), right, max(ys), places)
