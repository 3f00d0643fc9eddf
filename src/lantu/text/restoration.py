"""The damaged stretches of an annotated page, read back one by one (``annotated`` tells what such a page is)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lantu.patterns import regex
from lantu.text.annotated import ANNOTATED, PINYIN
from lantu.text.offsets import Edit
from lantu.text.pagemodel import PageModel
from lantu.text.realign import Emitted, Realigner, Token
from lantu.text.script import simplify
from lantu.text.tables import readings

_QUESTION = regex(rf"\?(?:({PINYIN})\))?")
_TOKEN = regex(rf"\?({PINYIN})\)|(.)(?:\({PINYIN}\))?")

_MOST_QUESTIONS = 1_000  # marks looked into on one page: a plan has some tens
_LOOK_BACK, _LOOK_AHEAD = 400, 400  # characters of the line around a mark that tell what brackets are open, and what follows
_NEVER_AFTER = frozenset("。,;!")  # no question mark of an author stands before one of these
_BEFORE = 3  # tokens before a "?" where a reading starts
_SPOILT = 40  # characters after a "?" that teach the page model nothing
_GAIN = 3.0  # nats by which a repair must beat leaving the text as it stands
_MARGIN = 1.5  # nats by which the best repair must beat the next to be text and not a guess
_SURE_UNKNOWN = 1  # bytes that a sure repair may have guessed

_CHOSEN_WHY = "原文有字节丢失,此处文字为推断,请核对原件"
_STANDING_WHY = "原文有字节丢失,此处未能恢复"


@dataclass(frozen=True, slots=True)
class Repair:
    """raw[edit.start:edit.end) was ``edit.replacement``; ``why`` it is doubtful, if it is."""

    edit: Edit
    why: str | None


def read_back(text: str, annotations: Sequence[re.Match[str]]) -> list[Repair]:
    """What is to stand in place of each damaged stretch, in order; an empty replacement where it is to be left as it is."""
    realigner = _realigner(text, annotations)
    repairs: list[Repair] = []
    at = 0
    for number, match in enumerate(_QUESTION.finditer(text)):
        if match.start() < at:
            continue
        at = match.end()
        repaired: list[Repair] = []
        if number < _MOST_QUESTIONS:
            tokens, first = _window(text, at=match.start(), after=repairs[-1].edit.end if repairs else 0)
            reading = realigner.read(tokens, first)
            at = max(at, tokens[reading.end - 1].end)
            if reading.gain >= _GAIN:
                repaired = list(_runs(tokens, reading.emitted, sure=reading.margin >= _MARGIN))
        if not repaired and (match[1] or text[match.end() : match.end() + 1] in _NEVER_AFTER):
            repaired = [Repair(Edit(match.start(), match.end(), ""), _STANDING_WHY)]
        repairs += repaired
    return repairs


def _window(text: str, at: int, after: int) -> tuple[list[Token], int]:
    """The tokens around a question mark in its line, none before ``after``, and the index of the token to start from."""
    start = max(text.rfind("\n", 0, at) + 1, after, at - _LOOK_BACK)
    line_end = text.find("\n", at)
    end = min(line_end if line_end >= 0 else len(text), at + _LOOK_AHEAD)
    tokens = list(_tokens(text, start, end))
    question = next(index for index, token in enumerate(tokens) if token.end > at)
    return tokens, max(0, question - _BEFORE)


def _realigner(text: str, annotations: Sequence[re.Match[str]]) -> Realigner:
    """A model of the page's sound text, and the keys that the page shows."""
    sound = re.sub(rf"\?.{{0,{_SPOILT}}}", "\n", ANNOTATED.sub("", text))
    own = frozenset(text[match.start() - 1] for match in annotations)
    return Realigner(PageModel(simplify(sound), sound), readings(), own)


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        yield Token("?" if match[1] else match[2], match.start(), match.end(), match[1])


def _runs(tokens: Sequence[Token], emitted: Sequence[Emitted], *, sure: bool) -> Iterator[Repair]:
    """One repair a stretch that was read shifted."""
    for shifted, group in groupby(emitted, key=lambda each: each.shifted):
        if shifted:
            run = list(group)
            unknown = sum(each.unknown for each in run)
            edit = Edit(tokens[run[0].first].start, tokens[run[-1].last - 1].end, "".join(each.text for each in run))
            yield Repair(edit, None if unknown == 0 or (sure and unknown <= _SURE_UNKNOWN) else _CHOSEN_WHY)
