"""Plain text as a reader would hand it over, made canonical."""

from __future__ import annotations

from lantu.model import Source
from lantu.text.canonical import canonicalise
from lantu.text.document import Document
from lantu.text.raw import RawBlock, RawDocument


def canonical(text: str, blocks: tuple[RawBlock, ...] = ()) -> Document:
    source = Source(file="plan.txt", media_type="text/plain", sha256="0" * 64, encoding="utf-8", characters=len(text))
    return canonicalise(RawDocument(source=source, text=text, blocks=blocks))
