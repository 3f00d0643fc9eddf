"""The action clauses of a task, each an exact slice of the canonical text with the figures and projects that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lantu.compile.mood import Clauses, mood_marks
from lantu.compile.reading import Reading
from lantu.model import Figure, Measure, Project, Span

# A sentence up to this length is one line of a ledger; a longer one is cut before clauses with a verb of their own.
LEDGER_LINE = 60
SHORTEST_PIECE = 14  # a clause of fewer characters (完善机制) does not stand alone
# What numbers an item inside a section, where it is no heading: 3. (3) ③
ITEM_NUMBER = r"(?:\d{1,2}[.、](?!\d)|\(?\d{1,2}\)[.、]?|[①-⑳])"
_NUMBER = re.compile(ITEM_NUMBER)
_EDGES = " \t\n,;:。!?、—●•◆■▲·"


class Placed(NamedTuple):
    """Records by the position that decides to which measure they belong, in order."""

    positions: tuple[int, ...]
    ids: tuple[str, ...]

    @classmethod
    def of(cls, placed: Iterable[tuple[int, str]]) -> Placed:
        ordered = sorted(placed)
        return cls(tuple(position for position, _ in ordered), tuple(id_ for _, id_ in ordered))

    def within(self, start: int, end: int) -> tuple[str, ...]:
        """The ids of what stands in [start, end), each once (an actor may be named there again and again)."""
        if not self.ids:
            return ()
        low = bisect_left(self.positions, start)
        return tuple(dict.fromkeys(self.ids[low : bisect_left(self.positions, end, low)]))


class MeasureCutter:
    """Cuts sentences into measures. A figure belongs where its span ends (its number), a project where it begins."""

    def __init__(
        self, reading: Reading, clauses: Clauses, targets: Sequence[Figure], actuals: Sequence[Figure], projects: Sequence[Project]
    ) -> None:
        self.reading, self.clauses = reading, clauses
        self.targets = Placed.of((target.span.end - 1, target.id) for target in targets)
        self.projects = Placed.of((project.span.start, project.id) for project in projects)
        self.whole = united([*(figure.span for figure in (*targets, *actuals)), *(project.span for project in projects)])
        self.whole_starts = [span.start for span in self.whole]
        self.results, self.manner = mood_marks().results, mood_marks().manner

    def measures(self, stretches: Iterable[Span]) -> tuple[Measure, ...]:
        """The measures of whole sentences, or of what follows the label inside one."""
        return tuple(self.measure(*piece) for stretch in stretches for piece in self._pieces(stretch))

    def measure(self, start: int, end: int) -> Measure:
        start, end = _trimmed(self.reading.text, start, end)
        span, raw_span = self.reading.anchor(start, end)
        return Measure(
            text=self.reading.text[start:end], span=span, raw_span=raw_span,
            targets=self.targets.within(start, end), projects=self.projects.within(start, end),
        )  # fmt: skip

    def _pieces(self, sentence: Span) -> Iterator[tuple[int, int]]:
        start = sentence.start
        if sentence.end - start > LEDGER_LINE:
            for index in self.clauses.within(start + 1, sentence.end):
                at = self.clauses.starts[index]
                if self._may_cut(start, at, sentence.end, self.clauses.verbs[index]):
                    yield start, at
                    start = at
        yield start, sentence.end

    def _may_cut(self, start: int, at: int, end: int, verb: str) -> bool:
        """A clause of its own: its verb is no mere result, both pieces are long enough, an order stands before, nothing is torn."""
        text = self.reading.text
        if text[at - 1] != "," or not verb or verb in self.results or at - start < SHORTEST_PIECE or end - at < SHORTEST_PIECE:
            return False
        return self._acts(start, at) and not self._torn(at) and _balanced(text[start:at])

    def _acts(self, start: int, at: int) -> bool:
        """Is there an action before the cut that is more than the manner of the next (围绕…, 坚持…, 立足…)?"""
        return any(self.clauses.verbs[index] not in self.manner for index in self.clauses.within(start, at))

    def _torn(self, at: int) -> bool:
        index = bisect_right(self.whole_starts, at - 1) - 1
        return index >= 0 and at < self.whole[index].end


def united(spans: Iterable[Span]) -> list[Span]:
    """The union of the spans, in order, without overlaps."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _balanced(piece: str) -> bool:
    """Are all brackets and quotation marks of the piece closed in it? (Asked of every clause: no generator.)"""
    count = piece.count
    return (
        count("“") == count("”") and count("(") == count(")") and count("《") == count("》")
        and count("‘") == count("’") and count("【") == count("】")
    )  # fmt: skip


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without marks at the edges and the number of an item; the whole stretch if it is nothing but marks."""
    piece = text[start:end]
    low = end - len(piece.lstrip(_EDGES))
    number = _NUMBER.match(text, low, end)
    low = number.end() if number else low
    high = start + len(piece.rstrip(_EDGES))
    return (low, high) if low < high else (start, end)
