"""Places in a text."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple


class Span(NamedTuple):
    """[start, end) in Unicode code points."""

    start: int
    end: int


class Anchor(NamedTuple):
    """One place, told in both texts."""

    span: Span
    raw_span: Span


# (start, end) → Span and (span, raw_span) → Anchor as ``_make`` does it, but without a call of Python: a plan has thousands of them.
as_span = partial(tuple.__new__, Span)
as_anchor = partial(tuple.__new__, Anchor)
