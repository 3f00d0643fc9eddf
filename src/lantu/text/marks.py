"""Marks inside a line (``**``, ``|``, ``#`` of Markdown): taken out first, so that none stands between two words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lantu.model import Span
from lantu.text.document import Document
from lantu.text.offsets import Edit, OffsetMap, apply_edits
from lantu.text.raw import BlockKind, RawBlock, RawDocument

_LINE_ENDS = "\r\n"


def drop_marks(raw: RawDocument) -> tuple[RawDocument, OffsetMap | None]:
    """The document without furniture that is part of a line only, and the map from it to the raw text; None where there is no such."""
    edits = [Edit(*block.span, "") for block in raw.blocks if _is_mark(block, raw.text)]
    if not edits:
        return raw, None
    text, offsets = apply_edits(raw.text, edits)
    return replace(raw, text=text, blocks=tuple(_moved(raw.blocks, offsets))), offsets


def _is_mark(block: RawBlock, text: str) -> bool:
    start, end = block.span
    if block.kind is not BlockKind.FURNITURE or start == end:
        return False
    return (start > 0 and text[start - 1] not in _LINE_ENDS) or (end < len(text) and text[end] not in _LINE_ENDS)


def _moved(blocks: tuple[RawBlock, ...], offsets: OffsetMap) -> Iterator[RawBlock]:
    for block in blocks:
        span = offsets.to_target(*block.span)
        if span.start < span.end:
            cells = tuple(replace(cell, span=_within(offsets.to_target(*cell.span), span)) for cell in block.cells)
            yield replace(block, span=span, cells=cells)


def _within(span: Span, outer: Span) -> Span:
    """An empty cell at the edge of its table stays inside."""
    start = min(max(span.start, outer.start), outer.end)
    return Span(start, min(max(span.end, start), outer.end))


def lead_back(document: Document, raw: RawDocument, offsets: OffsetMap) -> Document:
    """A document made of the bare text, as one of the raw text."""
    losses = tuple(replace(loss, raw_span=offsets.to_source(*loss.raw_span)) for loss in document.repairs.losses)
    return replace(
        document,
        source=raw.source,
        raw=raw.text,
        offsets=offsets.then(document.offsets),
        repairs=replace(document.repairs, losses=losses),
    )
