"""A map between two texts of which one came from the other by replacing and deleting stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lantu.model import Span


class Edit(NamedTuple):
    """Replace source[start:end) by ``replacement`` ("" deletes); ``start < end``."""

    start: int
    end: int
    replacement: str


class Segment(NamedTuple):
    """target[start:end) came from source[source:source_end): character by character where ``linear``, else as a whole."""

    start: int
    end: int
    source: int
    source_end: int
    linear: bool


class OffsetMap:
    """Target text ↔ source text, in both directions, for any number of edits; a look-up is two bisections.

    For a target stretch s, ``to_target(*to_source(*s))`` covers s, and equals s unless s cuts a replaced stretch.
    """

    __slots__ = ("_segments", "_shift", "_source_ends", "_sources", "_starts", "length", "source_length")

    def __init__(self, segments: list[Segment], length: int, source_length: int) -> None:
        self._segments = segments
        whole = len(segments) == 1 and segments[0].linear
        self._shift = segments[0].source - segments[0].start if whole else None  # most clean texts: one stretch, moved as a whole
        self._starts = [segment[0] for segment in segments]
        self._sources = [segment[2] for segment in segments]
        self._source_ends = [segment[3] for segment in segments]
        self.length, self.source_length = length, source_length

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        return cls([Segment(0, length, 0, length, True)] if length else [], length, length)

    def to_source(self, start: int, end: int) -> Span:
        """The source stretch that target[start:end) came from; an empty target stretch gives an empty source stretch."""
        if self._shift is not None and 0 <= start <= end <= self.length:
            return Span(start + self._shift, end + self._shift)
        if not self._segments:
            return Span(0, 0)
        index = bisect_right(self._starts, start) - 1
        first = self._segments[max(index, 0)]
        low, high, source, _, linear = first
        if linear and index >= 0 and start <= end <= high:  # nearly always: nothing was edited inside the stretch
            return Span(start - low + source, end - low + source)
        low = first.source + min(start, first.end) - first.start if first.linear else first.source
        if end <= start:
            return Span(low, low)
        last = self._segments[bisect_right(self._starts, end - 1) - 1]
        return Span(low, last.source + min(end, last.end) - last.start if last.linear else last.source_end)

    def source_of(self, span: Span) -> Span:
        """The same for a span, which is its own source where nothing was edited at all."""
        start, end = span
        return span if self._shift == 0 and 0 <= start <= end <= self.length else self.to_source(start, end)

    def to_target(self, start: int, end: int) -> Span:
        """The target characters that came from source[start:end); empty where all of it was deleted."""
        low = bisect_right(self._source_ends, start)
        if low == len(self._segments):
            return Span(self.length, self.length)
        first = self._segments[low]
        at = first.start + max(0, start - first.source) if first.linear else first.start
        high = bisect_left(self._sources, end) - 1
        if high < low or end <= start:
            return Span(at, at)
        last = self._segments[high]
        return Span(at, last.start + min(end, last.source_end) - last.source if last.linear else last.end)

    def then(self, later: OffsetMap) -> OffsetMap:
        """This map followed by one whose source is this map's target."""
        return OffsetMap(list(self._through(later)), later.length, self.source_length)

    def _through(self, later: OffsetMap) -> Iterator[Segment]:
        mine, index, count = self._segments, 0, len(self._segments)
        for window in later._segments:
            if not window.linear:
                yield Segment(window.start, window.end, *self.to_source(window.source, window.source_end), False)
                continue
            shift = window.start - window.source
            while index < count and mine[index].end <= window.source:
                index += 1
            while index < count and mine[index].start < window.source_end:
                yield _cut(mine[index], window, shift)
                if mine[index].end > window.source_end:
                    break
                index += 1


def _cut(segment: Segment, window: Segment, shift: int) -> Segment:
    """The part of ``segment`` inside ``window``, renumbered by ``shift``."""
    low, high = max(segment.start, window.source), min(segment.end, window.source_end)
    if not segment.linear:
        return Segment(low + shift, high + shift, segment.source, segment.source_end, False)
    source = segment.source - segment.start
    return Segment(low + shift, high + shift, low + source, high + source, True)


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The edited text and its map. ``edits`` are sorted, do not overlap, and none has an empty source."""
    parts: list[str] = []
    segments: list[Segment] = []
    at = target = 0
    for start, end, replacement in edits:
        if start > at:
            parts.append(text[at:start])
            segments.append(Segment(target, target + start - at, at, start, True))
            target += start - at
        if replacement:
            parts.append(replacement)
            segments.append(Segment(target, target + len(replacement), start, end, False))
            target += len(replacement)
        at = end
    if at < len(text):
        parts.append(text[at:])
        segments.append(Segment(target, target + len(text) - at, at, len(text), True))
        target += len(text) - at
    return "".join(parts), OffsetMap(segments, target, len(text))
