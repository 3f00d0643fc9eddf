"""The lines of a canonical text: blanks, furniture and broken sentences undone in one set of edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lantu.model import Span
from lantu.text.breaks import joined_breaks
from lantu.text.document import Line, LineKind
from lantu.text.offsets import Edit, OffsetMap, apply_edits
from lantu.text.raw import BlockKind, RawBlock
from lantu.text.spaces import BLANK_CHARACTERS, flattened_rows, is_latin, lines_with_blanks, space_edits


@dataclass(frozen=True, slots=True)
class Layout:
    """``text`` with one paragraph a line, its map to the text laid out, and how often each repair was made."""

    text: str
    offsets: OffsetMap
    lines: tuple[Line, ...]
    counts: Mapping[str, int]


def line_bounds(text: str) -> list[tuple[int, int]]:
    """[start, end) of every line that shows anything, without the blanks around it."""
    bounds, at = [], 0
    for line in text.split("\n"):
        inner = line.strip(BLANK_CHARACTERS)
        if inner:
            start = at if inner is line else at + len(line) - len(line.lstrip(BLANK_CHARACTERS))
            bounds.append((start, start + len(inner)))
        at += len(line) + 1
    return bounds


def lay_out(text: str, bounds: list[tuple[int, int]], blocks: Sequence[RawBlock], furniture: Sequence[Span]) -> Layout:
    """``bounds`` are the lines of ``text``; ``blocks`` and ``furniture`` places in it, each sorted."""
    dropped = sorted([*furniture, *(block.span for block in blocks if block.kind is BlockKind.FURNITURE)])
    lines = _without(text, bounds, dropped)
    owners = _owners(lines, blocks)
    tables = [owner is not None and owner.kind is BlockKind.TABLE for owner in owners]
    spaced = lines_with_blanks(text, lines)
    rows = flattened_rows(text, lines, spaced)
    joins = _joins(text, lines, owners, rows)
    rows -= {row for row in rows if (row < len(joins) and joins[row]) or (row and joins[row - 1])}
    spaces = dict(space_edits(text, lines, spaced, rows, tables))
    result, offsets = apply_edits(text, _edits(text, lines, joins, spaces))
    counts = {"furniture_lines": len(bounds) - len(lines), "spaces": sum(map(len, spaces.values())), "hard_breaks": sum(joins)}
    return Layout(result, offsets, tuple(_lines(result, joins, owners)), counts)


def _without(text: str, lines: list[tuple[int, int]], dropped: list[Span]) -> list[tuple[int, int]]:
    """The lines outside ``dropped``; a line that loses its head or tail to a span keeps the rest of it."""
    if not dropped:
        return lines
    kept, index = [], 0
    for start, end in lines:
        while index < len(dropped) and dropped[index].end <= start:
            index += 1
        rest = _rest(start, end, dropped, index)
        inner = text[slice(*rest)]
        if inner.strip(BLANK_CHARACTERS):
            blanks = len(inner) - len(inner.lstrip(BLANK_CHARACTERS))
            kept.append((rest[0] + blanks, rest[0] + len(inner.rstrip(BLANK_CHARACTERS))))
    return kept


def _rest(start: int, end: int, dropped: Sequence[Span], index: int) -> tuple[int, int]:
    """What of [start, end) is left by the spans from ``index`` on that cover its head or tail."""
    stop = end
    while index < len(dropped) and dropped[index].start < stop:
        span = dropped[index]
        if span.start <= start:
            start = max(start, min(span.end, end))
        elif span.end >= stop:
            end = span.start
        index += 1
    return start, end


def _owners(lines: list[tuple[int, int]], blocks: Sequence[RawBlock]) -> list[RawBlock | None]:
    """The block that each line stands in."""
    owners: list[RawBlock | None] = [None] * len(lines)
    index = 0
    for number, (start, end) in enumerate(lines):
        while index < len(blocks) and blocks[index].span.end <= start:
            index += 1
        if index < len(blocks) and blocks[index].span.start < end:
            owners[number] = blocks[index]
    return owners


def _joins(text: str, lines: list[tuple[int, int]], owners: list[RawBlock | None], rows: frozenset[int]) -> list[bool]:
    """For each line but the last, whether it goes on in the next: as the reader tells, or the words where it does not."""
    if not any(owner is not None and owner.kind is BlockKind.CONTINUED for owner in owners):
        marked = {index for index, owner in enumerate(owners) if owner is not None}
        return joined_breaks(text, lines, rows | marked)
    return [
        owner is not None and owner.kind is BlockKind.CONTINUED and owner.span.start >= end
        for owner, (_, end) in zip(owners[1:], lines, strict=False)
    ]


def _edits(text: str, lines: list[tuple[int, int]], joins: list[bool], spaces: Mapping[int, list[Edit]]) -> Iterator[Edit]:
    at = 0
    for index, (start, end) in enumerate(lines):
        if index:
            yield from _gap(text, at, start, joined=joins[index - 1])
        elif start:
            yield Edit(0, start, "")
        yield from spaces.get(index, ())
        at = end
    if at < len(text):
        yield Edit(at, len(text), "")


def _gap(text: str, end: int, start: int, *, joined: bool) -> Iterator[Edit]:
    """Between the end of a line and the start of the next: one line end, or nothing (a blank between Latin words)."""
    if joined:
        yield Edit(end, start, " " if is_latin(text[end - 1]) and is_latin(text[start]) else "")
        return
    line_end = text.index("\n", end)
    if line_end > end:
        yield Edit(end, line_end, "")
    if line_end + 1 < start:
        yield Edit(line_end + 1, start, "")


def _lines(text: str, joins: list[bool], owners: list[RawBlock | None]) -> Iterator[Line]:
    """A paragraph is of the kind of its first line."""
    firsts = [owner for index, owner in enumerate(owners) if index == 0 or not joins[index - 1]]
    at = 0
    for line, owner in zip(text.split("\n"), firsts, strict=False):
        yield Line(at, at + len(line), *_kind(owner))
        at += len(line) + 1


def _kind(owner: RawBlock | None) -> tuple[LineKind, int | None]:
    if owner is None:
        return LineKind.TEXT, None
    if owner.kind is BlockKind.HEADING:
        return LineKind.HEADING, owner.level
    return (LineKind.CELL, None) if owner.kind is BlockKind.TABLE else (LineKind.TEXT, None)
