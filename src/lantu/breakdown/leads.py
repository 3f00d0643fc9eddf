"""Which unit could lead, learnt from what was decided before, with the words that led there.

The model is a table of counts and nothing else: how many decided tasks with a word went to each unit. A word speaks for a unit by how much
oftener its tasks went there than tasks usually do; the words that spoke, with their counts, are the reason that is shown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Generic, TypeVar

from lantu.rulebooks.breakdown import LeadRules, breakdown

U = TypeVar("U", bound=Hashable)
_HANZI = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Generic[U]):
    """A task whose lead unit somebody decided; the latest first where many are given."""

    text: str
    unit: U


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """``led`` of the ``seen`` decided tasks with this word went to the unit."""

    text: str
    led: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested(Generic[U]):
    """``score`` only orders: the sum of the words' weights."""

    unit: U
    words: tuple[Word, ...]
    score: float


class Leads(Generic[U]):
    """Learnt once, asked often."""

    def __init__(self, decisions: Iterable[Decided[U]], rules: LeadRules | None = None) -> None:
        self._rules = rules or breakdown().leads
        self._usual: Counter[U] = Counter()
        self._by_word: dict[str, Counter[U]] = defaultdict(Counter)
        for decided, _place in zip(decisions, range(int(self._rules.most_decisions)), strict=False):
            self._usual[decided.unit] += 1
            for word in words_of(decided.text, self._rules):
                self._by_word[word][decided.unit] += 1
        self._total = self._usual.total()

    def suggest(self, text: str) -> tuple[Suggested[U], ...]:
        """The units that words of the text speak for, best first; nothing where nothing like it was decided before."""
        spoken: dict[U, list[tuple[float, Word]]] = defaultdict(list)
        for word in words_of(text, self._rules):
            led = self._by_word.get(word)
            if led is None or self._tells_nothing(led.total()):
                continue
            for unit, count in led.items():
                weight = self._weight(unit, count, led.total())
                if weight > 0:
                    spoken[unit].append((weight, Word(text=word, led=count, seen=led.total())))
        found = [self._suggested(unit, words) for unit, words in spoken.items()]
        kept = sorted((one for one in found if one.score >= self._rules.least_score), key=lambda one: (-one.score, str(one.unit)))
        return tuple(kept[: int(self._rules.most_units)])

    def _tells_nothing(self, seen: int) -> bool:
        """A word in a great part of all tasks; where there are few tasks nothing is common yet."""
        return seen >= max(self._rules.common_from, self._rules.most_common * self._total)

    def _weight(self, unit: U, led: int, seen: int) -> float:
        """The logarithm of how much oftener than usual; 0 where that is a chance of one or goes to many units."""
        rules = self._rules
        if led < rules.least_decisions or led < rules.least_share * seen:
            return 0.0
        usual = self._usual[unit] / self._total
        share = (led + rules.smoothing * usual) / (seen + rules.smoothing)
        return log(share / usual) if len(self._usual) > 1 else log(1 + led)

    def _suggested(self, unit: U, spoken: Sequence[tuple[float, Word]]) -> Suggested[U]:
        """The weightiest words; one that stands in another that was counted already says nothing more."""
        told: list[tuple[float, Word]] = []
        for weight, word in sorted(spoken, key=lambda pair: (-round(pair[0], 9), -len(pair[1].text), pair[1].text)):
            if not any(_overlap(word.text, other.text) for _weight, other in told):
                told.append((weight, word))
        told = told[: int(self._rules.words_told)]
        return Suggested(unit=unit, words=tuple(word for _weight, word in told), score=round(sum(weight for weight, _word in told), 6))


def words_of(text: str, rules: LeadRules | None = None) -> frozenset[str]:
    """Every run of hanzi of the lengths that may speak: nothing is cut at words that somebody thought of beforehand."""
    bounds = rules or breakdown().leads
    return frozenset(
        run[at : at + length]
        for run in _HANZI.findall(text)
        for length in range(int(bounds.shortest), int(bounds.longest) + 1)
        for at in range(len(run) - length + 1)
    )


def reason_of(words: Iterable[Word]) -> str:
    """The words with their counts, in the language of the plan, whoever reads it."""
    return "、".join(f"“{word.text}”（以往{word.seen}项中{word.led}项）" for word in words)


def _overlap(one: str, other: str) -> bool:
    """Whether one stands in the other, or one ends as the other begins (污水处 and 水处理)."""
    if one in other or other in one:
        return True
    shorter = min(len(one), len(other))
    return any(one[-n:] == other[:n] or other[-n:] == one[:n] for n in range(1, shorter))
