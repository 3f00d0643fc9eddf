"""The mood of clauses and sentences: does the text order, recount or describe?

Chinese has no tense; an order shows as a clause that opens with its verb (大力推进…、要把…), a recap by aspect and time
words (已、累计、去年), a description by 面临、处于 and their like. The word lists are those of ``passages.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from lantu.rulebooks.wording import Mood, wording

# What may stand before the first word of a clause: bullets and counts inside a line.
_LEAD = r"(?:[一二三四五六七八九十]是(?:要)?|[一二三四五六七八九十]要|——?|[①-⑳●•◆■▲·]|\(?\d{1,2}[.、)])?"
_DATE = r"(?:[到至]?20\d\d年(?:底|末|年底)?(?:之?前)?)?"
_BOUNDARY = r"[,。;:!?”)》\n]"
_DISPOSAL = "[把将对]"  # 把…作为、将…纳入、对…实行: the verb comes after its object
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
# 到2025年, 力争, 将: whatever else is said, the sentence looks ahead.
_AHEAD = re.compile(r"(?<!截)[到至]20\d\d年|力争|将|要(?!素|求|闻|道|点)|确保|今后|未来|年底前")
_PERFECT = r"(?<![为除])了(?![解望])"


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses that open with a verb of action: their starts in the text, and the verb of each ("" for 把/将/对)."""

    starts: tuple[int, ...]
    verbs: tuple[str, ...]

    def within(self, start: int, end: int) -> range:
        """The indexes of the clauses that start in [start, end)."""
        low = bisect_left(self.starts, start)
        return range(low, bisect_left(self.starts, end, low))


@dataclass(frozen=True, slots=True)
class MoodMarks:
    """The compiled word lists; ``clause`` gives a boundary, then the verb in group 1; ``opening`` the same without boundary."""

    clause: re.Pattern[str]
    opening: re.Pattern[str]
    modal: re.Pattern[str]
    past: re.Pattern[str]
    state: re.Pattern[str]
    results: frozenset[str]

    def clauses(self, text: str) -> Clauses:
        """Every clause of the text that opens with an action."""
        found = [(match.start() + 1, match[1] or "") for match in self.clause.finditer(text)]
        first = self.opening.match(text)
        if first:
            found.insert(0, (0, first[1] or ""))
        return Clauses(tuple(start for start, _ in found), tuple(verb for _, verb in found))

    def looks_back(self, text: str, start: int, end: int, first_year: int | None) -> bool:
        """Does the sentence recount? ``first_year`` is the first year of the plan: years before it are past."""
        if _AHEAD.search(text, start, end):
            return False
        if self.past.search(text, start, end):
            return True
        return first_year is not None and any(int(year) < first_year for year in _YEAR.findall(text, start, end))


@cache
def mood_marks() -> MoodMarks:
    mood = wording().mood
    opening = rf"{_LEAD}{_DATE}(?:{any_of(mood.adverbs)})*(?:{_verbs(mood)}|{_DISPOSAL})"
    return MoodMarks(
        clause=re.compile(_BOUNDARY + opening),
        opening=re.compile(opening),
        modal=re.compile(any_of(mood.modals)),
        past=re.compile(f"{any_of(mood.past)}|{_PERFECT}"),
        state=re.compile(any_of(mood.state)),
        results=mood.results,
    )


def any_of(words: Iterable[str]) -> str:
    """An alternation of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _verbs(mood: Mood) -> str:
    """A group of all verbs of action, those with a common first character together."""
    tails: dict[str, list[str]] = {}
    for verb in sorted(mood.actions | mood.results):
        tails.setdefault(verb[0], []).append(verb[1:])
    return "(" + "|".join(f"{first}(?:{any_of(rest)})" for first, rest in tails.items()) + ")"
