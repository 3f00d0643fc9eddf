"""Raw text → canonical text: repair, simplify, normalise, drop furniture, undo stray spaces and hard line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lantu.model import Repairs
from lantu.text.document import Document, Line
from lantu.text.offsets import Edit, OffsetMap, apply_edits
from lantu.text.raw import RawDocument

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x09: 0x20}
_ANNOTATION = re.compile(r"(?<=[一-鿿])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
_BLANK = re.compile(r"(?m)^\s+|[ \r]+$|(?<=[^!-~]) +| +(?=[^!-~\n])|(?<=\n)\n+")


def canonicalise(raw: RawDocument) -> Document:
    """Provisional: to be replaced stage by stage."""
    text, offsets = raw.text, OffsetMap.identity(len(raw.text))
    matches = list(_ANNOTATION.finditer(text))
    if len(matches) > 20:
        text, step = apply_edits(text, (Edit(m.start(), m.end(), "") for m in matches))
        offsets = offsets.then(step)
        import opencc

        text = opencc.OpenCC("t2s").convert(text).replace("著", "着").replace("显着", "显著")
    text = text.translate(_HALF_WIDTH)
    text, step = apply_edits(text, (Edit(m.start(), m.end(), "") for m in _BLANK.finditer(text)))
    offsets = offsets.then(step)
    return Document(
        source=raw.source, raw=raw.text, text=text, offsets=offsets, lines=tuple(_lines(text)), repairs=Repairs(), metadata=raw.metadata
    )


def _lines(text: str) -> Iterator[Line]:
    for match in re.finditer(r"[^\n]+", text):
        yield Line(match.start(), match.end())
