"""Raw text → canonical text: repair, simplify, normalise, drop furniture, undo stray spaces and hard line breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lantu.model import Loss, Repairs, Span
from lantu.patterns import regex
from lantu.text.annotated import restore_annotated
from lantu.text.document import Cell, Document, Doubt, Table
from lantu.text.forms import plain_forms
from lantu.text.furniture import find_furniture
from lantu.text.layout import lay_out, line_bounds
from lantu.text.marks import drop_marks, lead_back
from lantu.text.offsets import OffsetMap
from lantu.text.raw import BlockKind, RawBlock, RawDocument
from lantu.text.script import is_traditional, simplify

# What a failed decoding leaves behind: the replacement character, its bytes read as GBK, and fill bytes of memory read as GBK.
_LOST = regex("\ufffd+|(?:锟斤拷)+锟?|烫烫烫+|屯屯屯+")
_LOST_SIGNS = ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯")
_LOST_WHY = "字符编码已损坏,原文无法恢复"


def canonicalise(raw: RawDocument) -> Document:
    """The document to compile. Every canonical span leads back to its raw span through ``offsets``."""
    bare, marks = drop_marks(raw)
    document = _canonical(bare)
    return document if marks is None else lead_back(document, raw, marks)


def _canonical(raw: RawDocument) -> Document:
    restored = restore_annotated(raw.text)
    simple, traditional = _simplified(restored.text)
    plain, full_width = plain_forms(simple)
    blocks = raw.blocks if restored.untouched else tuple(_moved(block, restored.offsets) for block in raw.blocks)
    lines = line_bounds(plain)
    furniture = find_furniture(lines, plain)
    layout = lay_out(plain, lines, blocks, furniture.spans)
    offsets = layout.offsets if restored.untouched else restored.offsets.then(layout.offsets)
    doubts, losses = [Doubt(layout.offsets.to_target(*doubt.span), doubt.why) for doubt in restored.doubts], list(restored.losses)
    lost = _lost(layout.text)
    doubts += (Doubt(span, _LOST_WHY) for span in lost)
    losses += (Loss(raw_span=offsets.to_source(*span), why=_LOST_WHY) for span in lost)
    counts = {**restored.counts, "traditional": traditional, "full_width": full_width, **layout.counts}
    counts["mojibake_lost"] = counts.get("mojibake_lost", 0) + len(lost)
    return Document(
        source=raw.source,
        raw=raw.text,
        text=layout.text,
        offsets=offsets,
        lines=layout.lines,
        tables=tuple(_tables(raw, offsets)),
        repairs=Repairs(counts=_without_zeros(counts), losses=tuple(sorted(losses, key=lambda loss: loss.raw_span))),
        doubts=tuple(sorted(doubts, key=lambda doubt: doubt.span)),
        metadata={**furniture.metadata, **raw.metadata},
    )


def _simplified(text: str) -> tuple[str, int]:
    """The text in simplified script, and how many characters that changed."""
    if not is_traditional(text):
        return text, 0
    simple = simplify(text)
    return simple, sum(map(str.__ne__, text, simple))


def _lost(text: str) -> list[Span]:
    """Where a decoding failed and nothing tells what stood there."""
    if not any(sign in text for sign in _LOST_SIGNS):
        return []
    return [Span(*match.span()) for match in _LOST.finditer(text)]


def _moved(block: RawBlock, offsets: OffsetMap) -> RawBlock:
    return replace(block, span=offsets.to_target(*block.span))


def _tables(raw: RawDocument, offsets: OffsetMap) -> Iterator[Table]:
    for block in raw.blocks:
        if block.kind is BlockKind.TABLE:
            cells = (Cell(c.row, c.column, c.row_span, c.column_span, offsets.to_target(*c.span)) for c in block.cells)
            yield Table(offsets.to_target(*block.span), tuple(cells))


def _without_zeros(counts: Mapping[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count}
