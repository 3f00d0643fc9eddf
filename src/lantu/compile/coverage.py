"""How much of the plan the ledger holds: the share of its running text inside a measure, a figure, or a passage that is no task."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from lantu.compile.passages import Passages, Role
from lantu.compile.reading import Reading
from lantu.model import Figure, Span, Task


class SentenceStatus(StrEnum):
    COVERED = "covered"
    NOT_A_TASK = "not_a_task"
    OPEN = "open"


class Coverage(NamedTuple):
    """``share`` from 0 to 1 (1 for a plan without running text); ``statuses`` run parallel to ``reading.sentences``.

    Headings, furniture and tables do not count; the topic label of a paragraph counts as the heading that it is.
    """

    share: float
    statuses: tuple[SentenceStatus, ...]


def read_coverage(reading: Reading, passages: Passages, tasks: Sequence[Task], figures: Iterable[Figure]) -> Coverage:
    held = _Held([measure.span for task in tasks for measure in task.measures], [figure.span for figure in figures])
    statuses, counted, total = [], 0, 0
    label, aside = Role.LABEL, Role.ASIDE  # asked of every sentence
    covered, no_task, uncovered = SentenceStatus.COVERED, SentenceStatus.NOT_A_TASK, SentenceStatus.OPEN
    for (start, end, *_), role in zip(reading.sentences, passages.roles, strict=True):
        inside = held.characters(start, end)
        status = covered if inside or role is label else no_task if role is aside else uncovered
        statuses.append(status)
        if role is not label:
            total += end - start
            whole = role is aside or (status is covered and held.measured(start, end))
            counted += end - start if whole else inside
    return Coverage(counted / total if total else 1.0, tuple(statuses))


class _Held:
    """The characters inside measures and figures. A measure stands for its sentence with its marks; a figure for itself."""

    def __init__(self, measures: list[Span], figures: list[Span]) -> None:
        self.measures = sorted(measures)
        self.spans = _union([*measures, *figures])
        self.starts = [span.start for span in self.spans]
        self.ends = [span.end for span in self.spans]
        self.measure_ends = [span.end for span in self.measures]

    def characters(self, start: int, end: int) -> int:
        inside = 0
        for low, high in self.spans[bisect_left(self.ends, start + 1) : bisect_left(self.starts, end)]:
            inside += (high if high < end else end) - (low if low > start else start)
        return inside

    def measured(self, start: int, end: int) -> bool:
        """Is the sentence cut into measures?"""
        index = bisect_left(self.measure_ends, start + 1)
        return index < len(self.measures) and self.measures[index].start < end


def _union(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
