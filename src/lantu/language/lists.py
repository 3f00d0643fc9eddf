"""Clauses and enumerations: how Chinese running text is cut at , and 、 outside brackets and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lantu.model import Span
from lantu.model.span import as_span
from lantu.patterns import compiled, regex

_CLAUSE = regex(
    r"(?:[^,;:。!?\n“”()《》]+|“[^”\n]{0,200}”|\([^()\n]{0,400}(?:\([^()\n]{0,200}\)[^()\n]{0,200})*\)"
    r"|《[^》\n]{0,200}》|[“”()《》])+"
)
_PLAIN_CLAUSE = compiled(r"[^,;:。!?\n”)》]+")
_ITEM = compiled(r"(?:[^、“”()《》]+|“[^”]{0,200}”|\([^()]*(?:\([^()]*\)[^()]*)*\)|《[^》]{0,200}》|[“”()《》])+")
# 等 that closes an enumeration, not the 等 of 等级, 均等, 平等, 高等, 等于, 等待.
ET_CETERA = compiled(r"等(?<![均平对同中高初优一二三上不相]等)(?![级待于候效额价同高距])")
_MASKED = compiled(r"“[^”]{0,200}”|\([^()]*(?:\([^()]*\)[^()]*)*\)|《[^》]{0,200}》")

# A clause longer than this is no prose: the readers of clauses leave it alone, so that their work stays linear.
LONGEST_CLAUSE = 600


class Enumeration(NamedTuple):
    """``items`` before 等 (or all of them where there is none); ``tail`` the words after 等, None without 等."""

    items: tuple[Span, ...]
    tail: Span | None


def clauses(text: str, start: int, end: int) -> list[Span]:
    """The stretches between , ; : 。 ! ? in text[start:end); what brackets, quotes and 《》 hold stays whole.

    A stretch longer than LONGEST_CLAUSE is left out.
    """
    sentence = text[start:end]
    pattern = _CLAUSE if "“" in sentence or "(" in sentence or "《" in sentence else _PLAIN_CLAUSE
    found = list(map(as_span, map(re.Match.span, pattern.finditer(text, start, end))))
    return found if end - start <= LONGEST_CLAUSE else [clause for clause in found if clause.end - clause.start <= LONGEST_CLAUSE]


class Endings(NamedTuple):
    """``tails`` are letters, or pairs of them, that something may end in; ``letters`` the last of each."""

    tails: frozenset[str]
    letters: frozenset[str]

    @classmethod
    def of(cls, tails: frozenset[str]) -> Endings:
        return cls(tails, frozenset(tail[-1] for tail in tails))

    def among(self, pairs: Iterable[str]) -> frozenset[str]:
        """Those of the pairs of letters that are one of the tails, or whose last letter is one."""
        tails, letters = self
        return frozenset(pair for pair in pairs if (last := pair[-1]) in letters and (last in tails or pair in tails))


def mask(phrase: str) -> str:
    """The phrase with everything inside brackets, quotes and 《》 blanked, of the same length."""
    if "“" not in phrase and "(" not in phrase and "《" not in phrase:
        return phrase
    return _MASKED.sub(lambda match: "\x00" * len(match.group()), phrase)


def enumerate_items(text: str, start: int, end: int) -> Enumeration:
    """text[start:end) cut at 、 up to its first 等; conjunctions are left to ``split_at``, which knows heads."""
    shown = mask(text[start:end])
    stop = ET_CETERA.search(shown)
    last = start + stop.start() if stop else end
    items = tuple(Span(match.start(), match.end()) for match in _ITEM.finditer(text, start, last))
    return Enumeration(items, Span(start + stop.end(), end) if stop else None)


def split_at(text: str, item: Span, conjunction: re.Pattern[str], headed: Callable[[str], object]) -> Iterator[Span]:
    """Cut an item at a conjunction where a noun that ``headed`` knows ends on its left: A库和B平台 → A库, B平台."""
    shown = mask(text[item.start : item.end])
    at = 0
    for match in conjunction.finditer(shown):
        if match.start() - at >= 2 and match.end() < len(shown) and headed(text[item.start + at : item.start + match.start()]):
            yield Span(item.start + at, item.start + match.start())
            at = match.end()
    yield Span(item.start + at, item.end)


def match_end(pattern: re.Pattern[str], words: str) -> int:
    """How many letters at the beginning of ``words`` the pattern takes; 0 where it takes none."""
    match = pattern.match(words)
    return match.end() if match else 0
