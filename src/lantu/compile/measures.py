"""The action clauses of a task, each an exact slice of the canonical text with the figures and projects that stand in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lantu.compile.mood import Clauses, mood_marks
from lantu.compile.reading import Reading
from lantu.model import Figure, Measure, Project, Span
from lantu.model.span import as_span
from lantu.patterns import regex

# A sentence up to this length is one line of a ledger; a longer one is cut before clauses with a verb of their own.
LEDGER_LINE = 60
SHORTEST_PIECE = 14  # a clause of fewer characters (完善机制) does not stand alone
# What numbers an item inside a section, where it is no heading: 3. (3) ③
ITEM_NUMBER = r"(?:\d{1,2}[.、](?!\d)|\(?\d{1,2}\)[.、]?|[①-⑳])"
_NUMBER = regex(ITEM_NUMBER)
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
        positions = self.positions
        low = bisect_left(positions, start)
        if low == len(positions) or positions[low] >= end:
            return ()
        return tuple(dict.fromkeys(self.ids[low : bisect_left(positions, end, low)]))


class MeasureCutter:
    """Cuts sentences into measures. A figure belongs where its span ends (its number), a project where it begins."""

    def __init__(
        self, reading: Reading, clauses: Clauses, targets: Sequence[Figure], actuals: Sequence[Figure], projects: Sequence[Project]
    ) -> None:
        self.text, self.clauses, self.source_of = reading.text, clauses, reading.document.offsets.source_of
        self.targets = Placed.of((target.span.end - 1, target.id) for target in targets)
        self.projects = Placed.of((project.span.start, project.id) for project in projects)
        self.whole = united([*(figure.span for figure in (*targets, *actuals)), *(project.span for project in projects)])
        self.whole_starts = [span.start for span in self.whole]
        self.results, self.manner = mood_marks().results, mood_marks().manner

    def measures(self, stretches: Iterable[Span]) -> tuple[Measure, ...]:
        """The measures of whole sentences, or of what follows the label inside one."""
        return tuple([self.measure(start, end) for stretch in stretches for start, end in self._pieces(*stretch)])

    def measure(self, start: int, end: int) -> Measure:
        start, end = _trimmed(self.text, start, end)
        span: Span = as_span((start, end))
        return Measure(
            text=self.text[start:end], span=span, raw_span=self.source_of(span),
            targets=self.targets.within(start, end), projects=self.projects.within(start, end),
        )  # fmt: skip

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        if end - start <= LEDGER_LINE:
            return [(start, end)]
        pieces: list[tuple[int, int]] = []
        starts, verbs, text = self.clauses.starts, self.clauses.verbs, self.text
        for index in self.clauses.within(start + 1, end):
            at = starts[index]
            if text[at - 1] == "," and verbs[index] and self._may_cut(start, at, end, verbs[index]):
                pieces.append((start, at))
                start = at
        pieces.append((start, end))
        return pieces

    def _may_cut(self, start: int, at: int, end: int, verb: str) -> bool:
        """A clause of its own: its verb is no mere result, both pieces are long enough, an order stands before, nothing is torn."""
        if at - start < SHORTEST_PIECE or end - at < SHORTEST_PIECE or verb in self.results:
            return False
        return self._acts(start, at) and not self._torn(at) and _balanced(self.text[start:at])

    def _acts(self, start: int, at: int) -> bool:
        """Is there an action before the cut that is more than the manner of the next (围绕…, 坚持…, 立足…)?"""
        actions = self.clauses.within(start, at)
        return not self.manner.issuperset(self.clauses.verbs[actions.start : actions.stop])

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
    piece = text[start:end].rstrip(_EDGES)
    high = start + len(piece)
    words = piece.lstrip(_EDGES)
    low = high - len(words)
    if not words[:1].isalpha():
        number = _NUMBER.match(text, low, end)
        low = number.end() if number else low
    return (low, high) if low < high else (start, end)
