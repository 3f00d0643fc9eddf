"""Bytes → RawDocument: one file per format, the only home of parsers."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lantu.model import Source
from lantu.text.raw import RawDocument


def read(path: Path) -> RawDocument:
    """Provisional: UTF-8 text only."""
    data = path.read_bytes()
    text = data.decode("utf-8")
    source = Source(file=path.name, media_type="text/plain", sha256=hashlib.sha256(data).hexdigest(), encoding="utf-8", characters=len(text))
    return RawDocument(source=source, text=text)
