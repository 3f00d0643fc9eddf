"""Notes of responsibility: who answers for the task before and by when (〔牵头单位:…〕, (…负责), 责任单位:…, 完成时限:…).

Such a note orders nothing itself: it is no measure and no task, its words tell no topic, its date is the deadline of its task.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from lantu.language.lexicon import HANZI, alternation
from lantu.language.organisations import is_list_of_organisations
from lantu.model import Span
from lantu.model.span import as_span
from lantu.patterns import compiled, regex
from lantu.rulebooks.wording import wording

_BRACKET = regex(r"[(〔【\[]((?:[^()〔〕【】\[\]\n]|[(〔][^()〔〕\n]{0,40}[)〕]){2,400})[)〕】\]]?")
_BRACKET_MARK = regex(r"[(〔【\[]|([)〕】\]])|([。\n])")
_AFTER = frozenset(("", "。", ";", ",", "\n"))
_FULL_STOP = frozenset(("", "。", "\n"))
# A label opens a clause: what stands before it in its line ends with a mark.
_BEFORE = frozenset("\n。;,、!?)〕】 ")
_YEAR = regex(r"20\d\d")
_DUE_YEAR = regex(r"(20\d\d)年(?=[^,;。]{0,10}?(?:前|底|末|完成|办结))")
_MONTH = regex(r"\d月|年底|年内")
_MARKS = " \t\n,;:。!?、()〔〕【】[]"


class Duty(NamedTuple):
    """One note. ``year`` is its date; ``standing``: it says that there is no last day (长期坚持); ``monthly``: a month without a year."""

    span: Span
    year: int | None = None
    standing: bool = False
    monthly: bool = False


class Duties(NamedTuple):
    """The notes of one text in its order, without overlaps; ``starts`` and ``ends`` run parallel."""

    notes: tuple[Duty, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def within(self, span: Span) -> tuple[Duty, ...]:
        """The notes that begin in the span."""
        low = bisect_left(self.starts, span.start)
        return self.notes[low : bisect_left(self.starts, span.end, low)]

    def outside(self, text: str, start: int, end: int) -> Iterable[Span]:
        """What of [start, end) is no note and holds more than marks."""
        return self._outside(text, start, end) if self.notes else (as_span((start, end)),)

    def _outside(self, text: str, start: int, end: int) -> Iterator[Span]:
        at = start
        for index in range(bisect_right(self.ends, start), len(self.notes)):
            note = self.notes[index]
            if note.span.start >= end:
                break
            if text[at : max(at, note.span.start)].strip(_MARKS):
                yield Span(at, note.span.start)
            at = note.span.end
        if at == start or text[at:end].strip(_MARKS):
            yield Span(at, end)

    def cover(self, text: str, start: int, end: int) -> bool:
        """Is all of [start, end) notes?"""
        if not self.notes:
            return False
        at = bisect_right(self.ends, start)
        if at == len(self.ends) or self.starts[at] >= end:
            return False
        return next(self._outside(text, start, end), None) is None


class _Forms(NamedTuple):
    """``label`` is any label with its colon, ``due`` that of a date with its words, ``verb`` a duty at the end of a clause."""

    label: re.Pattern[str]
    due: re.Pattern[str]
    verb: re.Pattern[str]
    standing: re.Pattern[str]


@cache
def _forms() -> _Forms:
    words = wording().duty
    labels = f"(?:{alternation((*words.labels, *words.due))})(?:(?:及|和|与|、){HANZI}{{2,6}})?[::]"
    return _Forms(
        label=compiled(labels),
        due=compiled(rf"(?:{alternation(words.due)})(?:要求)?[::]([^,;。)〕】\n]{{1,30}})"),
        verb=compiled(rf"(?:{alternation(words.verbs)})(?=[,;。]|$)"),
        standing=compiled(alternation(words.standing)),
    )


def read_duties(text: str) -> Duties:
    """Every note of the text."""
    spans: list[Span] = []
    for span in sorted((*_bracketed(text), *_labelled(text))):
        if spans and span.start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(span.end, spans[-1].end))
        else:
            spans.append(span)
    notes = tuple(_duty(text, span) for span in spans)
    return Duties(notes, tuple(span.start for span in spans), tuple(span.end for span in spans))


def _bracketed(text: str) -> Iterator[Span]:
    """(区发改局牵头,区财政局配合), 〔责任单位:…〕, and a closing bracket that holds nothing but organisations."""
    forms, free = _forms(), 0
    for match in _BRACKET.finditer(text):
        start, end = match.span(1)
        if start <= free:
            continue
        if forms.label.match(text, start, end):
            free = _closing(text, match.start())
            yield Span(match.start(), free)
            continue
        after = text[match.end() : match.end() + 1]
        if after in _AFTER and (forms.verb.search(match[1]) or (after in _FULL_STOP and _names_only(text, start, end))):
            yield Span(*match.span())


def _names_only(text: str, start: int, end: int) -> bool:
    return "局" in text[start:end] and is_list_of_organisations(text, start, end)


def _closing(text: str, start: int) -> int:
    """Past the mark that closes the bracket at ``start``; the end of the line where none does."""
    depth = 0
    for mark in _BRACKET_MARK.finditer(text, start):
        if mark[0] == "\n":
            return mark.start()
        depth += 0 if mark[2] else -1 if mark[1] else 1
        if depth == 0:
            return mark.end()
    return len(text)


def _labelled(text: str) -> Iterator[Span]:
    """责任单位:X,完成时限:2025年6月 without brackets: from the label to the full stop or the end of the line."""
    line = free = 0  # the end of the line at hand, and of the last note
    for match in _forms().label.finditer(text):
        start = match.start()
        if start >= free and (start == 0 or text[start - 1] in _BEFORE):
            if start >= line:
                line = text.find("\n", start)
                line = line if line >= 0 else len(text)
            stop = text.find("。", start, line)
            free = stop + 1 if stop >= 0 else line
            yield Span(start, free)


def _duty(text: str, span: Span) -> Duty:
    forms, words = _forms(), text[span.start : span.end]
    due = forms.due.search(words)
    if due is not None:
        years = [int(year) for year in _YEAR.findall(due[1])]
        return Duty(span, max(years, default=None), not years and forms.standing.search(due[1]) is not None, bool(_MONTH.search(due[1])))
    last = _DUE_YEAR.search(words)
    return Duty(span, int(last[1]) if last else None)
