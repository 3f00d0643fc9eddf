"""How likely a character is after two others, by the page's own sound text and a general word list. In simplified script."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from itertools import pairwise

from lantu.text.tables import followers, script

# How much the shorter context counts, per distinct successor that the longer one has shown (Witten and Bell's smoothing).
_TRUST_BIGRAM, _TRUST_TRIGRAM = 1.0, 1.0
_WORD_SHARE = 0.75  # of the guess that knows no context on the page: what the word list says follows the character before
# A character that neither page nor word list has seen, by its class in GB 2312: common, less common, none.
_COMMON, _LESS_COMMON, _RARE = 2e-5, 2e-6, 2e-8
_FIRST_LESS_COMMON = 0xD8  # lead byte of the second class
_UNSEEN = 2.0  # nats against a printed form that the page never uses (its script is one to one)


class PageModel:
    """``score(a, b, c)``: log-probability of traditional ``c`` after simplified ``a``, ``b``."""

    def __init__(self, sound: str, printed: str) -> None:
        """``sound``: the page's undamaged text, simplified; ``printed``: the same as printed."""
        self.printed = frozenset(printed)
        self._ones = dict(Counter(sound))
        self._twos = dict(Counter(map("".join, pairwise(sound))))
        self._threes = dict(Counter(map("".join, zip(sound, sound[1:], sound[2:], strict=False))))
        self._successors = dict(Counter(each[0] for each in self._twos))
        self._pair_successors = dict(Counter(each[:2] for each in self._threes))
        self._total = len(sound) + 1
        self._known: dict[tuple[str, str, str], float] = {}
        self._pairs: dict[str, float] = {}

    def score(self, before: str, last: str, shown: str) -> float:
        key = (before, last, shown)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._score(before, last, shown)
        return known

    def follows(self, last: str, shown: str) -> float:
        """The probability of traditional ``shown`` after ``last`` alone: cheaper than ``score``, and enough for a shortlist."""
        key = last + shown
        known = self._pairs.get(key)
        if known is None:
            known = self._pairs[key] = self._after_one(last, simplified(shown))
        return known

    def _score(self, before: str, last: str, shown: str) -> float:
        simple = simplified(shown)
        pair = before + last
        back = _TRUST_TRIGRAM * (self._pair_successors.get(pair, 0) + 1)
        three = (self._threes.get(pair + simple, 0) + back * self.follows(last, shown)) / (self._twos.get(pair, 0) + back)
        return math.log(three) - (0.0 if shown in self.printed or shown.isascii() else _UNSEEN)

    def _after_one(self, last: str, simple: str) -> float:
        """The probability after the character before alone."""
        follows = _followers(last).get(simple, 0.0)
        guess = (1 - _WORD_SHARE) * self._ones.get(simple, 0) / self._total + _WORD_SHARE * follows + _floor(simple)
        back = _TRUST_BIGRAM * (self._successors.get(last, 0) + 1)
        return (self._twos.get(last + simple, 0) + back * guess) / (self._ones.get(last, 0) + back)


@cache
def simplified(shown: str) -> str:
    return script().get(ord(shown), shown)


@cache
def _floor(simple: str) -> float:
    try:
        lead = simple.encode("gb2312")[0]
    except UnicodeEncodeError:
        return _RARE
    return _COMMON if lead < _FIRST_LESS_COMMON else _LESS_COMMON


@cache
def _followers(first: str) -> dict[str, float]:
    """What follows ``first`` inside words → its share."""
    bands = [band.split(":") for band in followers().get(first, "").split()]
    counts = {second: float(1 << int(band)) for band, seconds in bands for second in seconds}
    total = sum(counts.values())
    return {second: count / total for second, count in counts.items()}
