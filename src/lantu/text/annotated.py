"""Traditional pages with pinyin after some characters and text decoded on wrong bytes: put right where that can be told.

The damage, byte for byte: the page was GBK; ``(pinyin)`` was put after byte pairs even where they straddled two characters, and the text
was cut at the bytes of marks. From there to the next ASCII byte every character is read one byte late. Most of it is exact to undo;
where bytes are gone, the page's own language chooses, and a choice of more than one byte is marked as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lantu.model import Loss, Span
from lantu.patterns import regex
from lantu.text.document import Doubt
from lantu.text.offsets import Edit, OffsetMap, apply_edits
from lantu.text.tables import readings

PINYIN = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}"
ANNOTATED = regex(rf"\(({PINYIN})\)")

_FAMILY = 20  # annotations that make a page one of the family; an ordinary page has none
_TRUE_SHARE = 0.9  # of them that are readings of the character before


@dataclass(frozen=True, slots=True)
class Restored:
    """``doubts`` are places in ``text``; ``offsets`` leads from it to the raw text."""

    text: str
    offsets: OffsetMap
    untouched: bool
    doubts: tuple[Doubt, ...] = ()
    losses: tuple[Loss, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def restore_annotated(text: str) -> Restored:
    """The text without annotations, its damage undone; as it is, if it is not a page of this family."""
    found = _annotations(text)
    if not found:
        return Restored(text, OffsetMap.identity(len(text)), untouched=True)
    # Late: the search and its tables are wanted for the pages of this family only.
    from lantu.text.restoration import read_back

    repairs = read_back(text, found)
    taken = [repair.edit for repair in repairs if repair.edit.replacement]
    result, offsets = apply_edits(text, sorted([*taken, *_stripped(found, taken)]))
    doubtful = [(Span(repair.edit.start, repair.edit.end), repair.why) for repair in repairs if repair.why]
    return Restored(
        result,
        offsets,
        untouched=False,
        doubts=tuple(Doubt(offsets.to_target(*span), why) for span, why in doubtful),
        losses=tuple(Loss(raw_span=span, why=why) for span, why in doubtful),
        counts={
            "pinyin_annotations": len(found),
            "mojibake_restored": sum(repair.why is None for repair in repairs),
            "mojibake_lost": len(doubtful),
        },
    )


def _annotations(text: str) -> list[re.Match[str]]:
    """The annotations, if the page is of the family: many, and nearly all true to the character before them."""
    if text.count("(") < _FAMILY:
        return []
    found = [match for match in ANNOTATED.finditer(text, 1) if "㐀" <= text[match.start() - 1] <= "鿿"]
    if len(found) < _FAMILY:
        return []
    true = [match for match in found if text[match.start() - 1] in readings().get(match[1], "")]
    return true if len(true) >= _TRUE_SHARE * len(found) else []


def _stripped(found: list[re.Match[str]], taken: list[Edit]) -> Iterator[Edit]:
    """The deletions of annotations outside ``taken``."""
    index = 0
    for match in found:
        while index < len(taken) and taken[index].end <= match.start():
            index += 1
        if index == len(taken) or match.end() <= taken[index].start:
            yield Edit(match.start(), match.end(), "")
