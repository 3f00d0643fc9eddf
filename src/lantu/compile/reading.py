"""What the compilers share while one document is read: its outline, its sentences, and the makers of ids and places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from lantu.compile.layout import Layout
from lantu.compile.numbering import read_number
from lantu.language.lists import Endings, clauses
from lantu.model import Anchor, PlanPeriod, Section, SectionKind, Span
from lantu.patterns import compiled, regex
from lantu.text.document import Document, LineKind

_start = attrgetter("start")
_PARAGRAPH = regex(r"[^\n]+")
# Headings of this level name one item (1. / 1、 / 专栏); those above name fields of work.
ITEM_LEVEL = 3
# A sentence ends at 。!?; or at the end of its line; closing quotes and brackets that follow belong to it.
_SENTENCE = compiled(r"[^。!?;\n]+(?:[。!?;]+[”’」』)》]*)?")


class Sentence(NamedTuple):
    """[start, end) with its final mark. ``line`` is the start of its line, ``section`` an index into ``sections`` or -1.

    ``tabled``: it stands in a cell of a table of tasks; ``line`` is then the start of its paragraph in the cell.
    """

    start: int
    end: int
    line: int
    section: int
    tabled: bool = False


# Its fields → Sentence as ``_make`` does it, but without a call of Python.
_sentence = partial(tuple.__new__, Sentence)


@dataclass(slots=False)
class Reading:
    """One document, read once. ``skip`` are spans that the prose compilers leave alone (tables, contents lists), ``cells`` those
    in tables that they do read: what a table of tasks says in words.
    """

    document: Document
    sections: tuple[Section, ...]
    period: PlanPeriod | None = None
    issued_year: int | None = None
    skip: tuple[Span, ...] = ()
    cells: tuple[Span, ...] = ()
    layout: Layout | None = None
    text: str = field(init=False)
    _starts: list[int] = field(init=False)
    _clauses: dict[int, list[Span]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.text = self.document.text
        self._starts = [section.span.start for section in self.sections]

    def anchor(self, start: int, end: int) -> Anchor:
        return self.document.anchor(start, end)

    def clauses(self, sentence: Sentence) -> list[Span]:
        """The clauses of the sentence, cut once for all who ask."""
        found = self._clauses.get(sentence.start)
        if found is None:
            found = self._clauses[sentence.start] = clauses(self.text, sentence.start, sentence.end)
        return found

    def section_index(self, position: int) -> int:
        """The index of the innermost section whose heading starts at or before ``position``; -1 before the first."""
        return bisect_right(self._starts, position) - 1

    def section_id(self, position: int) -> str | None:
        index = self.section_index(position)
        return self.sections[index].id if index >= 0 else None

    def section_path(self, index: int) -> tuple[Section, ...]:
        """The section at ``index`` and its ancestors, innermost first."""
        return self._paths[index] if index >= 0 else ()

    @cached_property
    def _paths(self) -> list[tuple[Section, ...]]:
        by_id: dict[str, tuple[Section, ...]] = {}
        for section in self.sections:
            by_id[section.id] = (section, *by_id.get(section.parent or "", ()))
        return [by_id[section.id] for section in self.sections]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the running text and of ``cells``: no headings, no other table cells, no skipped spans; run-in bodies."""
        running = tuple(self._sentences())
        return tuple(sorted((*running, *self._tabled()))) if self.cells else running

    def tabled_in(self, cell: Span) -> Iterator[Sentence]:
        """The sentences of one cell."""
        first = bisect_left(self.sentences, cell.start, key=_start)
        return takewhile(lambda sentence: sentence.end <= cell.end, self.sentences[first:])

    def _tabled(self) -> Iterator[Sentence]:
        """What the cells say, a paragraph after the other, without the number of an item."""
        for cell in self.cells:
            section = self.section_index(cell.start)
            for line in _PARAGRAPH.finditer(self.text, *cell):
                number = read_number(self.text, *line.span())
                for start, end in map(re.Match.span, _SENTENCE.finditer(self.text, number.end if number else line.start(), line.end())):
                    if end - start > 1:
                        yield Sentence(start, end, line.start(), section, tabled=True)

    @cached_property
    def statements(self) -> tuple[Sentence, ...]:
        """The sentences, and before them the innermost headings that say what is done (5.建立X平台。), in the order of the text."""
        return tuple(sorted((*self._headlines(), *self.sentences), key=_start))

    @cached_property
    def cut(self) -> list[tuple[Sentence, list[Span], list[str]]]:
        """Each of the statements with its clauses and the last two letters of each: they tell most that name nothing."""
        text, parts = self.text, map(self.clauses, self.statements)
        return [
            (statement, spans, [text[end - 2 : end] or text[:end] for _, end in spans])
            for statement, spans in zip(self.statements, parts, strict=True)
        ]

    def closing(self, endings: Endings) -> frozenset[str]:
        """Which ends of clauses are among the endings."""
        return endings.among({end for _, _, ends in self.cut for end in ends})

    def is_headline(self, sentence: Sentence) -> bool:
        return sentence.section >= 0 and sentence.start < self.sections[sentence.section].span.end

    def _headlines(self) -> Iterator[Sentence]:
        """The words behind the number of every run-in heading and of every heading of an item."""
        for index, section in enumerate(self.sections):
            if section.kind is SectionKind.RUN_IN or section.level >= ITEM_LEVEL:
                start = self.text.rfind(section.title, *section.span)
                if start >= 0 and len(section.title) > 1:
                    yield Sentence(start, section.span.end, section.span.start, index)

    def _sentences(self) -> Iterator[Sentence]:
        headings = {section.span.start: section for section in self.sections}
        skip, heading_end = list(self.skip), 0
        for line in self.document.lines:
            while skip and skip[0].end <= line.start:
                skip.pop(0)
            if line.kind is LineKind.CELL or (skip and skip[0].start <= line.start):
                continue
            heading = headings.get(line.start)
            if heading is not None:
                heading_end = heading.span.end
                if heading.kind is not SectionKind.RUN_IN:
                    continue
            section = self.section_index(line.start)
            for start, end in map(re.Match.span, _SENTENCE.finditer(self.text, max(line.start, heading_end), line.end)):
                if end - start > 1:
                    yield _sentence((start, end, line.start, section, False))
