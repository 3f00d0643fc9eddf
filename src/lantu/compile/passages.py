"""Paragraph by paragraph: what orders something, and what is deliberately no task (回顾, 形势, 总体要求, 目标, 意义, 导言)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby

from lantu.compile.mood import Clauses, MoodMarks, any_of, mood_marks
from lantu.compile.reading import Reading, Sentence
from lantu.model import Section, SectionKind, Span
from lantu.rulebooks.wording import Wording, wording

# A sentence that names what its paragraph is about is no longer than this (水环境治理。), and has text after it.
LABEL_LENGTH = 30
LEAD_IN = "lead_in"  # words between a heading and its first subheading, without anything concrete
RECAP, SITUATION, ADDRESS = "recap", "situation", "address"
_LABEL = re.compile(rf"(?:——?|[●•◆■▲·])?[^。:;!?,\n]{{2,{LABEL_LENGTH}}}(?:,[^。:;!?,\n]{{2,16}})?[。:]")


class Role(StrEnum):
    """What a sentence is to the ledger of tasks."""

    ORDER = "order"
    LABEL = "label"
    ASIDE = "aside"  # deliberately no task
    OPEN = "open"  # in a paragraph of tasks, but nothing shows that it orders something


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a section: sentences [first, last) of the reading. ``kind`` says why it is no task; None if it is one."""

    section: int
    start: int
    end: int
    first: int
    last: int
    kind: str | None
    labelled: bool


@dataclass(frozen=True, slots=True)
class Passages:
    """``roles`` run parallel to ``reading.sentences``, ``headings`` to its sections: the kind of passage each announces."""

    items: tuple[Passage, ...]
    roles: tuple[Role, ...]
    headings: tuple[str | None, ...]
    clauses: Clauses


def read_passages(reading: Reading, concrete: Iterable[Span] = ()) -> Passages:
    """Judge every paragraph. ``concrete`` are the spans of figures, projects and mechanisms: what they stand in is no mere talk."""
    return _Judge(reading, sorted(span.start for span in concrete)).passages()


class _Judge:
    """The state of one judgement; nothing of it outlives ``passages``."""

    def __init__(self, reading: Reading, concrete: list[int]) -> None:
        self.text, self.sentences, self.sections = reading.text, reading.sentences, reading.sections
        self.concrete = concrete
        self.marks: MoodMarks = mood_marks()
        self.clauses = self.marks.clauses(self.text)
        self.first_year = reading.period.start if reading.period else None
        self.kinds = section_kinds(reading.sections)
        self.ordering = [opens_with_action(section.title) for section in reading.sections]
        self.parents = {section.parent for section in reading.sections if section.kind is not SectionKind.BOX}
        self.outlined = any(section.level for section in reading.sections)
        self.roles: list[Role] = []

    def passages(self) -> Passages:
        items = []
        first = 0
        for (section, _), group in groupby(self.sentences, key=lambda sentence: (sentence.section, sentence.line)):
            paragraph = list(group)
            items.append(self._passage(section, first, paragraph))
            first += len(paragraph)
        return Passages(tuple(items), tuple(self.roles), tuple(self.kinds), self.clauses)

    def _passage(self, section: int, first: int, paragraph: Sequence[Sentence]) -> Passage:
        start, end = paragraph[0].start, paragraph[-1].end
        kind = self._kind(section, paragraph)
        label = _LABEL.match(self.text, start, end) if kind is None else None
        labelled = label is not None and label.end() < end
        self.roles.extend(self._roles(section, kind, paragraph, label.end() if label and labelled else start))
        return Passage(section, start, end, first, first + len(paragraph), kind, labelled)

    def _kind(self, section: int, paragraph: Sequence[Sentence]) -> str | None:
        """Why the paragraph is no task: by its chapter, by its opening words, by its mood; None where it orders something."""
        start, end = paragraph[0].start, paragraph[-1].end
        heading = self.kinds[section] if section >= 0 else None
        if heading is None and self.outlined and (section < 0 or self.sections[section].level == 0):
            heading = ADDRESS
        kind = heading or _opening_kind(self.text, start, end)
        if kind is None and (section < 0 or not self.ordering[section]):
            kind = self._kind_by_mood(paragraph)
        if kind is None and section >= 0 and self.sections[section].id in self.parents and not self._is_concrete(start, end):
            kind = LEAD_IN
        return kind

    def _kind_by_mood(self, paragraph: Sequence[Sentence]) -> str | None:
        """Most sentences recount or describe; where as many order something, it is a task."""
        back = sum(self.marks.looks_back(self.text, s.start, s.end, self.first_year) for s in paragraph)
        orders = sum(self._orders(s.start, s.end) for s in paragraph)
        if back > max(orders - back, 0):
            return RECAP
        described = 0 if orders else sum(self.marks.state.search(self.text, s.start, s.end) is not None for s in paragraph)
        return SITUATION if described else None

    def _roles(self, section: int, kind: str | None, paragraph: Sequence[Sentence], label_end: int) -> Iterator[Role]:
        ordered = section >= 0 and self.ordering[section]
        for sentence in paragraph:
            if kind is not None:
                yield Role.ASIDE
            elif sentence.end <= label_end:
                yield Role.LABEL
            else:
                yield self._role(sentence, ordered)

    def _role(self, sentence: Sentence, ordered: bool) -> Role:
        start, end = sentence.start, sentence.end
        if self._orders(start, end) or self._is_concrete(start, end):
            return Role.ORDER
        if self.marks.state.search(self.text, start, end) or self.marks.looks_back(self.text, start, end, self.first_year):
            return Role.ASIDE
        return Role.ORDER if ordered else Role.OPEN

    def _orders(self, start: int, end: int) -> bool:
        return bool(self.clauses.within(start, end)) or self.marks.modal.search(self.text, start, end) is not None

    def _is_concrete(self, start: int, end: int) -> bool:
        at = bisect_left(self.concrete, start)
        return at < len(self.concrete) and self.concrete[at] < end


def section_kinds(sections: Sequence[Section]) -> list[str | None]:
    """For each section the kind of passage that its headings announce; None where only the text itself can tell."""
    kinds: list[str | None] = []
    inherited: dict[str | None, str | None] = {}
    for section in sections:
        own = heading_kind(section.title) if section.level else None
        kind = (inherited.get(section.parent) if own == "" else own) or None
        inherited[section.id] = kind
        kinds.append(kind)
    return kinds


def heading_kind(title: str) -> str | None:
    """The kind that a heading announces; None where it announces tasks; "" where it says neither and its parent decides."""
    headings = _headings()
    if headings.tasks.search(title):
        return None
    match = headings.firm.search(title) or (None if opens_with_action(title) else headings.loose.search(title))
    return headings.kind_of[match[0]] if match else ""


def opens_with_action(title: str) -> bool:
    match = mood_marks().opening.match(title)
    return match is not None and bool(match[1])


@dataclass(frozen=True, slots=True)
class _Headings:
    tasks: re.Pattern[str]
    firm: re.Pattern[str]
    loose: re.Pattern[str]
    openings: re.Pattern[str]
    kind_of: dict[str, str]


@cache
def _headings() -> _Headings:
    rules: Wording = wording()
    kinds = rules.kinds
    return _Headings(
        tasks=re.compile(any_of(rules.task_headings)),
        firm=re.compile(any_of(word for kind in kinds for word in kind.firm)),
        loose=re.compile(any_of(word for kind in kinds for word in kind.loose)),
        openings=re.compile(any_of(word for kind in kinds for word in kind.openings)),
        kind_of={word: kind.id for kind in kinds for word in (*kind.firm, *kind.loose, *kind.openings)},
    )


def _opening_kind(text: str, start: int, end: int) -> str | None:
    headings = _headings()
    match = headings.openings.match(text, start, end)
    return headings.kind_of[match[0]] if match else None
