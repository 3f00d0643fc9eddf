"""The record of where a raw text came from."""

from __future__ import annotations

from hashlib import sha256

from lantu.model import Source


def origin(data: bytes, name: str, media_type: str, text: str, *, encoding: str | None = None, pages: int | None = None) -> Source:
    return Source(file=name, media_type=media_type, sha256=sha256(data).hexdigest(), encoding=encoding, characters=len(text), pages=pages)
