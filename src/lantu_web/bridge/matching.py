"""Which of what is there an amended text says again: sides matched one to one, from the surest sign to the weakest.

First the same words; then the same thing by its name, in the same section before anywhere; at last words that are much alike, found through
an index of pairs of characters, so that thousands on both sides stay quick.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from lantu_web.bridge.likeness import Likeness, likeness

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One thing on one side. ``name`` is what it is called, ``detail`` what tells two of one name apart (a year)."""

    kind: str
    quote: str
    name: str
    detail: str
    section: str
    start: int
    content: Any = None


def plain(text: str) -> str:
    """Without white space, one width, so that a reset line is no change."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def matched(old: Sequence[Side], new: Sequence[Side]) -> dict[int, int]:
    """Index in ``old`` → index in ``new``, each used once."""
    pairing = _Pairing(old, new)
    pairing.by(lambda side: (side.kind, plain(side.quote), side.section) if side.quote else None)
    pairing.by(lambda side: (side.kind, plain(side.quote)) if side.quote else None)
    pairing.by(lambda side: (side.kind, side.section, plain(side.name), side.detail))
    pairing.by(lambda side: (side.kind, side.section, plain(side.name)), alone=True)
    pairing.by(lambda side: (side.kind, plain(side.name), side.detail), alone=True)
    pairing.alike()
    return pairing.pairs


class _Pairing:
    def __init__(self, old: Sequence[Side], new: Sequence[Side]) -> None:
        self.old, self.new, self.bounds = old, new, likeness()
        self.pairs: dict[int, int] = {}
        self.free_old, self.free_new = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))

    def by(self, key: Callable[[Side], Hashable | None], *, alone: bool = False) -> None:
        """Pair those of one key, equal contents first, then in order; ``alone``: only where there is one on each side."""
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for which, (sides, free) in enumerate(((self.old, self.free_old), (self.new, self.free_new))):
            for index in free:
                found = key(sides[index])
                if found is not None:
                    groups[found][which].append(index)
        for olds, news in groups.values():
            if olds and news and not (alone and (len(olds), len(news)) != (1, 1)):
                self._pair_group(olds, news)

    def _pair_group(self, olds: list[int], news: list[int]) -> None:
        rest = list(news)
        for one in olds:
            same = next((other for other in rest if self.new[other].content == self.old[one].content), None)
            if same is not None:
                self._pair(one, same)
                rest.remove(same)
        for one, other in zip([one for one in olds if one in self.free_old], rest, strict=False):
            self._pair(one, other)

    def alike(self) -> None:
        """Pair what is left by likeness, the likest first."""
        kinds = {self.old[index].kind for index in self.free_old} & {self.new[index].kind for index in self.free_new}
        for kind in sorted(kinds):
            olds = [index for index in self.free_old if self.old[index].kind == kind]
            news = [index for index in self.free_new if self.new[index].kind == kind]
            for _likeness, one, other in sorted(self._likenesses(olds, news), key=lambda found: (-found[0], found[1], found[2])):
                if one in self.free_old and other in self.free_new:
                    self._pair(one, other)

    def _likenesses(self, olds: Sequence[int], news: Sequence[int]) -> Iterable[tuple[float, int, int]]:
        index: dict[str, list[int]] = defaultdict(list)
        bounds = self.bounds
        words = {other: _words(self.new[other], bounds) for other in news}
        for other, text in words.items():
            for pair in _pairs(text):
                index[pair].append(other)
        for one in olds:
            text = _words(self.old[one], bounds)
            telling = (index.get(pair, ()) for pair in _pairs(text))
            shared = Counter(other for others in telling if len(others) <= bounds.common_pair for other in others)
            for other, _count in shared.most_common(bounds.tried):
                alike = _alike(text, words[other], bounds)
                if alike >= bounds.least_alike:
                    yield alike + (bounds.section_bonus if self.old[one].section == self.new[other].section else 0), one, other

    def _pair(self, one: int, other: int) -> None:
        self.pairs[one] = other
        del self.free_old[one], self.free_new[other]


def _words(side: Side, bounds: Likeness) -> str:
    """What two of a kind are alike by: the name before the quote, since all figures of a sentence are quoted from its beginning."""
    return plain(side.name or side.quote)[: bounds.length]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _alike(first: str, second: str, bounds: Likeness) -> float:
    """0 to 1. The cheap bound first: most of what is tried falls there."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    least = bounds.least_alike
    return matcher.ratio() if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least else 0.0


def renamed(pairs: dict[int, int], old: Sequence[Side], new: Sequence[Side]) -> dict[str, str]:
    """Old section → the new one that most of its things went to, where that is a new name and not another section that was there."""
    known_old, known_new = {side.section for side in old}, {side.section for side in new}
    went: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other in pairs.items():
        went[old[one].section][new[other].section] += 1
    return {
        section: counts.most_common(1)[0][0] for section, counts in went.items()
        if section not in known_new and counts.most_common(1)[0][0] not in known_old
    }  # fmt: skip
