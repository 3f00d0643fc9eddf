"""A map between two texts of which one came from the other by replacing and deleting stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from lantu.model import Span


class Edit(NamedTuple):
    """Replace source[start:end) by ``replacement`` ("" deletes)."""

    start: int
    end: int
    replacement: str


class Segment(NamedTuple):
    """``length`` target characters from ``source_length`` source characters; linear where one stands for one."""

    start: int
    source: int
    length: int
    source_length: int


class OffsetMap:
    """Target text ↔ source text, in both directions; linear segments map character by character, others as a whole."""

    __slots__ = ("_segments", "_sources", "_starts", "length", "source_length")

    def __init__(self, segments: list[Segment], length: int, source_length: int) -> None:
        self._segments = segments
        self._starts = [segment.start for segment in segments]
        self._sources = [segment.source for segment in segments]
        self.length, self.source_length = length, source_length

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        return cls([Segment(0, 0, length, length)] if length else [], length, length)

    def to_source(self, start: int, end: int) -> Span:
        """The source stretch that target[start:end) came from; an empty target stretch gives an empty source stretch."""
        if not self._segments:
            return Span(0, 0)
        low = self._source_at(start, last=False)
        return Span(low, low if end <= start else self._source_at(end - 1, last=True))

    def to_target(self, start: int, end: int) -> Span:
        """The target characters that came from source[start:end); empty where all of it was deleted."""
        low = self._target_from(start)
        return Span(low, max(low, self._target_until(end)))

    def then(self, later: OffsetMap) -> OffsetMap:
        """This map followed by one whose source is this map's target."""
        pieces: list[Segment] = []
        for segment in later._segments:
            if segment.length == segment.source_length:
                pieces.extend(self._cut(segment))
            else:
                source = self.to_source(segment.source, segment.source + segment.source_length)
                pieces.append(Segment(segment.start, source.start, segment.length, source.end - source.start))
        return OffsetMap(pieces, later.length, self.source_length)

    def _cut(self, window: Segment) -> Iterable[Segment]:
        """The segments of this map that make target[window.source, +length), renumbered to stand at window.start."""
        at, stop, shift = window.source, window.source + window.length, window.start - window.source
        index = max(0, bisect_right(self._starts, at) - 1)
        while at < stop and index < len(self._segments):
            segment = self._segments[index]
            upto = min(stop, segment.start + segment.length)
            if segment.length == segment.source_length:
                yield Segment(at + shift, segment.source + at - segment.start, upto - at, upto - at)
            else:
                yield Segment(at + shift, segment.source, upto - at, segment.source_length)
            at, index = upto, index + 1

    def _source_at(self, position: int, *, last: bool) -> int:
        index = bisect_right(self._starts, position) - 1
        segment = self._segments[max(index, 0)]
        if segment.length == segment.source_length:
            return segment.source + min(position - segment.start, segment.length) + last
        return segment.source + (segment.source_length if last else 0)

    def _target_from(self, position: int) -> int:
        index = bisect_right(self._sources, position) - 1
        if index < 0:
            return 0
        segment = self._segments[index]
        if position >= segment.source + segment.source_length:
            return segment.start + segment.length
        if segment.length == segment.source_length:
            return segment.start + position - segment.source
        return self._segments[bisect_left(self._sources, segment.source)].start

    def _target_until(self, position: int) -> int:
        index = bisect_left(self._sources, position) - 1
        if index < 0:
            return 0
        segment = self._segments[index]
        if segment.length == segment.source_length:
            return segment.start + min(position - segment.source, segment.length)
        return segment.start + segment.length


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """The edited text and its map. ``edits`` are sorted and do not overlap."""
    parts: list[str] = []
    segments: list[Segment] = []
    at = target = 0
    for start, end, replacement in edits:
        if start > at:
            parts.append(text[at:start])
            segments.append(Segment(target, at, start - at, start - at))
            target += start - at
        if replacement:
            parts.append(replacement)
            segments.append(Segment(target, start, len(replacement), end - start))
            target += len(replacement)
        at = end
    if at < len(text):
        parts.append(text[at:])
        segments.append(Segment(target, at, len(text) - at, len(text) - at))
        target += len(text) - at
    return "".join(parts), OffsetMap(segments, target, len(text))
