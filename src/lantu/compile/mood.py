"""The mood of clauses and sentences: does the text order, recount or describe?

Chinese has no tense; an order shows as a clause that opens with its verb (大力推进…、要把…), a recap by aspect and time
words (已、累计、去年), a description by 面临、处于 and their like. The word lists are those of ``passages.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from lantu.language.lexicon import Words, alternation
from lantu.patterns import compiled, regex
from lantu.rulebooks.wording import wording

# What may stand before the first word of a clause: bullets and counts inside a line.
_LEAD = r"(?:[一二三四五六七八九十]是(?:要)?|[一二三四五六七八九十]要|——?|[①-⑳●•◆■▲·]|\(?\d{1,2}[.、)])?"
_DATE = r"(?:[到至]?20\d\d年(?:底|末|年底)?(?:之?前)?)?"
_LEAD_AND_DATE = compiled(_LEAD + _DATE)
# Behind most marks stands neither: one look at the first letter tells.
_CLAUSE = regex(rf"[,。;:!?”)》\n](?:(?=[一二三四五六七八九十—①-⑳●•◆■▲·(\d到至]){_LEAD}{_DATE})?")
_DISPOSAL = frozenset("把将对")  # 把…作为、将…纳入、对…实行: the verb comes after its object
_YEAR = regex(r"(?<!\d)(20\d\d)年")
# 到2025年, 力争, 将: whatever else is said, the sentence looks ahead.
_AHEAD = regex(r"(?<!截)[到至]20\d\d年|力争|将|要(?!素|求|闻|道|点)|确保|今后|未来|年底前")
_PERFECT = r"(?<![为除])了(?![解望])"


class Clauses(NamedTuple):
    """The clauses that open with a verb of action: their starts in the text, and the verb of each ("" for 把/将/对)."""

    starts: tuple[int, ...]
    verbs: tuple[str, ...]

    def within(self, start: int, end: int) -> range:
        """The indexes of the clauses that start in [start, end)."""
        low = bisect_left(self.starts, start)
        return range(low, bisect_left(self.starts, end, low))

    def any_within(self, start: int, end: int) -> bool:
        """Does one start in [start, end)?"""
        starts = self.starts
        low = bisect_left(starts, start)
        return low < len(starts) and starts[low] < end


class MoodMarks(NamedTuple):
    """The word lists of the mood, made once.

    ``plain`` are the verbs of two letters that nothing else begins like, ``plain_adverbs`` such adverbs; ``first`` are the
    beginnings of an action with its adverbs.
    """

    adverbs: Words
    verbs: Words
    plain: frozenset[str]
    plain_adverbs: frozenset[str]
    first: frozenset[str]
    modal: re.Pattern[str]
    past: re.Pattern[str]
    state: re.Pattern[str]
    results: frozenset[str]
    manner: frozenset[str]

    def clauses(self, text: str) -> Clauses:
        """Every clause of the text that opens with an action."""
        found: dict[int, str] = {}
        opening, plain, before, first = self.opening(text), self.plain, self.plain_adverbs, self.first
        if opening is not None:
            found[0] = opening[0]
        for start, end in map(re.Match.span, _CLAUSE.finditer(text)):
            verb = text[end : end + 2]
            if verb in plain:
                found[start + 1] = verb
            elif verb in before and (behind := text[end + 2 : end + 4]) in plain:
                found[start + 1] = behind
            else:
                opens = verb in first or verb[:1] in first
                action = self._action(text, start + 1, end) if end > start + 1 else self._behind_adverbs(text, end) if opens else None
                if action is not None:
                    found[start + 1] = action[0]
        return Clauses(tuple(found), tuple(found.values()))

    def opening(self, words: str) -> tuple[str, int] | None:
        """The verb that the words open with, behind its adverbs ("" for 把/将/对), and where it ends; None where they do not."""
        lead = _LEAD_AND_DATE.match(words)
        return self._action(words, 0, lead.end() if lead else 0)

    def _action(self, text: str, start: int, end: int) -> tuple[str, int] | None:
        """The same for a clause from ``start`` on; [start, end) are its bullet and date, or what may be the first of its verb."""
        first = self.first
        for at in range(end, start - 1, -1):
            if text[at : at + 2] in first or text[at : at + 1] in first:
                action = self._behind_adverbs(text, at)
                if action is not None:
                    return action
        return None

    def _behind_adverbs(self, text: str, at: int) -> tuple[str, int] | None:
        for adverb in self.adverbs.each_at(text, at):
            action = self._behind_adverbs(text, at + len(adverb))
            if action is not None:
                return action
        verb = self.verbs.at(text, at)
        if verb:
            return verb, at + len(verb)
        return ("", at + 1) if text[at : at + 1] in _DISPOSAL else None

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
    adverbs, verbs = Words(mood.adverbs), Words(mood.actions | mood.results)
    return MoodMarks(
        adverbs=adverbs,
        verbs=verbs,
        plain=_plain(verbs.all, adverbs.all),
        plain_adverbs=_without_longer(adverbs.all, adverbs.all),
        first=_DISPOSAL.union(word[:2] for word in adverbs.all | verbs.all),
        modal=compiled(alternation(mood.modals)),
        past=compiled(f"{alternation(mood.past)}|{_PERFECT}"),
        state=compiled(alternation(mood.state)),
        results=mood.results,
        manner=mood.manner,
    )


def _plain(verbs: frozenset[str], adverbs: frozenset[str]) -> frozenset[str]:
    return frozenset(verb for verb in _without_longer(verbs, verbs | adverbs) if verb not in adverbs and verb[0] not in adverbs)


def _without_longer(words: frozenset[str], known: frozenset[str]) -> frozenset[str]:
    """The words of two letters that no longer one begins with."""
    longer = {word[:2] for word in known if len(word) > 2}
    return frozenset(word for word in words if len(word) == 2 and word not in longer)
