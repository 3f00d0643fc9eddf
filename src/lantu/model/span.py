"""Places in a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """[start, end) in Unicode code points."""

    start: int
    end: int


class Anchor(NamedTuple):
    """One place, told in both texts."""

    span: Span
    raw_span: Span
