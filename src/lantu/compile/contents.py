"""Contents lists (目录): lines that name headings with their pages, told from the headings themselves."""

from __future__ import annotations

import re

from lantu.compile.numbering import read_number
from lantu.model import Span
from lantu.patterns import regex
from lantu.text.document import Document, Line

# Leaders or a tab with the page number at the end of the line: 第一章 发展基础……3, 一、总体要求 .... 12
_PAGE = regex(r"(?:…+|\.{3,}|·{3,}|-{3,}|_{3,}|[\t ]+)\s?[-—(]?\d{1,3}[-—)]?$")
_TRAILING_PAGE = regex(r"[\s….·_-]*[-—(]?\d{0,3}[-—)]?$")
_LABEL = regex(r"目\s*[录次](?:\s*contents)?$", re.IGNORECASE)
_LEADERS = ("…", "...", "···", "---", "___", "\t")
# Fewer lines with leaders in a row, without the word 目录 above them, may be a form to be filled in.
_LEAST_UNLABELLED = 3
# A contents entry is a heading: no longer than a heading of two printed lines.
_LONGEST_ENTRY = 80
_LONGEST_LABEL = 14


def contents_spans(document: Document) -> tuple[Span, ...]:
    """The contents lists, each from its 目录 line (where it has one) to the end of its last entry."""
    text, lines = document.text, document.lines
    spans: list[Span] = []
    index = 0
    while index < len(lines):
        stop = _contents_end(text, lines, index)
        if stop > index:
            spans.append(Span(lines[index].start, lines[stop - 1].end))
        index = max(stop, index + 1)
    return tuple(spans)


def _contents_end(text: str, lines: tuple[Line, ...], index: int) -> int:
    """The index after the last line of the contents list that begins at ``index``; ``index`` itself where none does."""
    line = lines[index]
    if text[line.start] == "目" and _is_label(text, line):
        return _labelled_end(text, lines, index + 1)
    stop = index
    while stop < len(lines) and _has_leader(text, lines[stop]):
        stop += 1
    return stop if stop - index >= _LEAST_UNLABELLED else index


def _is_label(text: str, line: Line) -> bool:
    return text[line.start] == "目" and line.end - line.start <= _LONGEST_LABEL and _LABEL.match(text, line.start, line.end) is not None


def _has_leader(text: str, line: Line) -> bool:
    if line.end - line.start > _LONGEST_ENTRY:
        return False
    last = text[line.end - 1]
    if not (last.isdigit() or last in ")-—"):
        return False
    if not any(leader in text[line.start : line.end] for leader in _LEADERS):
        return False
    return _PAGE.search(text, line.start, line.end) is not None


def _labelled_end(text: str, lines: tuple[Line, ...], first: int) -> int:
    """The index after the last numbered or paged entry; the list ends where an entry comes again as the heading it names."""
    seen: set[str] = set()
    stop = first
    for index in range(first, len(lines)):
        line = lines[index]
        entry = _bare(text[line.start : line.end])
        leader = _has_leader(text, line)
        if not _is_entry(text, line) or (entry in seen and not leader) or _is_label(text, line):
            break
        if leader or read_number(text, line.start, line.end):
            seen.add(entry)
            stop = index + 1
    return stop


def _is_entry(text: str, line: Line) -> bool:
    return line.end - line.start <= _LONGEST_ENTRY and text[line.end - 1] not in "。;!?:,"


def _bare(entry: str) -> str:
    return re.sub(r"\s", "", _TRAILING_PAGE.sub("", entry))
