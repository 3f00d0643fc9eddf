"""Traditional pages with pinyin after some characters and text decoded on wrong bytes: put right where that can be told.

The damage, byte for byte: the page was GBK; ``(pinyin)`` was put after byte pairs even where they straddled two characters, and the text
was cut at the bytes of marks. From there to the next ASCII byte every character is read one byte late. Most of it is exact to undo;
where bytes are gone, the page's own language chooses, and a choice of more than one byte is marked as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lantu.model import Loss, Span
from lantu.text.document import Doubt
from lantu.text.offsets import Edit, OffsetMap, apply_edits
from lantu.text.pagemodel import PageModel
from lantu.text.realign import Emitted, Realigner, Token
from lantu.text.script import simplify
from lantu.text.tables import readings

_PINYIN = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}"
_ANNOTATED = re.compile(rf"\(({_PINYIN})\)")
_QUESTION = re.compile(rf"\?(?:({_PINYIN})\))?")
_TOKEN = re.compile(rf"\?({_PINYIN})\)|(.)(?:\({_PINYIN}\))?")

_FAMILY = 20  # annotations that make a page one of the family; an ordinary page has none
_TRUE_SHARE = 0.9  # of them that are readings of the character before
_SPOILT = 40  # characters after a "?" that teach the page model nothing
_BEFORE = 3  # tokens before a "?" where a reading starts
_GAIN = 3.0  # nats by which a repair must beat leaving the text as it stands
_MARGIN = 1.5  # nats by which the best repair must beat the next to be text and not a guess
_SURE_UNKNOWN = 1  # bytes that a sure repair may have guessed

_CHOSEN_WHY = "原文有字节丢失,此处文字为推断,请核对原件"
_STANDING_WHY = "原文有字节丢失,此处未能恢复"


@dataclass(frozen=True, slots=True)
class Restored:
    """``doubts`` are places in ``text``; ``offsets`` leads from it to the raw text."""

    text: str
    offsets: OffsetMap
    untouched: bool
    doubts: tuple[Doubt, ...] = ()
    losses: tuple[Loss, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Repair:
    """raw[start:end) was ``text``; ``why`` it is doubtful, if it is."""

    edit: Edit
    why: str | None


def restore_annotated(text: str) -> Restored:
    """The text without annotations, its damage undone; as it is, if it is not a page of this family."""
    found = _annotations(text)
    if not found:
        return Restored(text, OffsetMap.identity(len(text)), untouched=True)
    repairs, standing = _repairs(text, found)
    edits = sorted([*(repair.edit for repair in repairs), *_stripped(text, found, [repair.edit for repair in repairs])])
    result, offsets = apply_edits(text, edits)
    doubtful = [(Span(*repair.edit[:2]), repair.why) for repair in repairs if repair.why] + [(span, _STANDING_WHY) for span in standing]
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
    found = [match for match in _ANNOTATED.finditer(text, 1) if "㐀" <= text[match.start() - 1] <= "鿿"]
    if len(found) < _FAMILY:
        return []
    true = [match for match in found if text[match.start() - 1] in readings().get(match[1], "")]
    return true if len(true) >= _TRUE_SHARE * len(found) else []


def _repairs(text: str, found: list[re.Match[str]]) -> tuple[list[_Repair], list[Span]]:
    """What is to be put in place of damaged stretches, and the places left standing."""
    repairs: list[_Repair] = []
    standing: list[Span] = []
    realigner = None
    at = 0
    for match in _QUESTION.finditer(text):
        if match.start() < at:
            continue
        realigner = realigner or _realigner(text, found)
        line_start, line_end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.start())
        tokens = list(_tokens(text, max(line_start, at), line_end if line_end >= 0 else len(text)))
        first = next(index for index, token in enumerate(tokens) if token.start >= match.start())
        reading = realigner.read(tokens, max(0, first - _BEFORE))
        at = tokens[reading.end - 1].end if reading.end else match.end()
        if reading.gain >= _GAIN:
            repairs += _runs(tokens, reading.emitted, sure=reading.margin >= _MARGIN)
        if reading.gain < _GAIN and match[1]:
            standing.append(Span(match.start(), match.end()))
    return repairs, standing


def _realigner(text: str, found: list[re.Match[str]]) -> Realigner:
    """A model of the page's sound text, and the keys that the page shows."""
    sound = re.sub(rf"\?.{{0,{_SPOILT}}}", "\n", _ANNOTATED.sub("", text))
    own = frozenset(text[match.start() - 1] for match in found)
    return Realigner(PageModel(simplify(sound), sound), readings(), own)


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        yield Token("?" if match[1] else match[2], match.start(), match.end(), match[1])


def _runs(tokens: Sequence[Token], emitted: Sequence[Emitted], *, sure: bool) -> Iterator[_Repair]:
    """One repair a stretch that was read shifted."""
    for shifted, group in groupby(emitted, key=lambda each: each.shifted):
        if shifted:
            run = list(group)
            unknown = sum(each.unknown for each in run)
            edit = Edit(tokens[run[0].first].start, tokens[run[-1].last - 1].end, "".join(each.text for each in run))
            yield _Repair(edit, None if unknown == 0 or (sure and unknown <= _SURE_UNKNOWN) else _CHOSEN_WHY)


def _stripped(text: str, found: list[re.Match[str]], taken: list[Edit]) -> Iterator[Edit]:
    """The deletions of annotations outside ``taken``."""
    index, taken = 0, sorted(taken)
    for match in found:
        while index < len(taken) and taken[index].end <= match.start():
            index += 1
        if index == len(taken) or match.end() <= taken[index].start:
            yield Edit(match.start(), match.end(), "")
