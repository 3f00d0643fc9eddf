"""Paragraph by paragraph: what orders something, and what is deliberately no task (回顾, 形势, 总体要求, 目标, 意义, 导言)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from lantu.compile.duties import Duties, read_duties
from lantu.compile.mood import Clauses, MoodMarks, mood_marks
from lantu.compile.reading import Reading, Sentence
from lantu.language.lexicon import alternation
from lantu.model import Section, SectionKind, Span
from lantu.patterns import compiled, regex
from lantu.rulebooks.wording import Wording, wording

# A sentence that names what its paragraph is about is no longer than this (水环境治理。), and has text after it.
LABEL_LENGTH = 30
EARLY = 36  # within so many characters a paragraph says what it is (今年经济社会发展的预期目标是:)
REMEMBERED = 1024  # headings are asked twice for their kind: for the tasks and for the findings
TABLED = "tabled"  # a cell of a table of tasks: the rows of the table are the tasks
LEAD_IN = "lead_in"  # words between a heading and its first subheading, without anything concrete
RECAP, SITUATION, ADDRESS = "recap", "situation", "address"
_LABEL = compiled(rf"(?:——?|[●•◆■▲·])?(?:[一二三四五六七八九十]是)?[^。:;!?,\n是]{{2,{LABEL_LENGTH}}}(?:,[^。:;!?,\n]{{2,16}})?[。:]")

_AMOUNT = regex(r"\d[^:]*。")  # such a sentence states a target, it names no matter


class Role(StrEnum):
    """What a sentence is to the ledger of tasks."""

    ORDER = "order"
    LABEL = "label"
    ASIDE = "aside"  # deliberately no task
    OPEN = "open"  # in a paragraph of tasks, but nothing shows that it orders something


class Passage(NamedTuple):
    """One paragraph of a section: sentences [first, last) of the reading. ``kind`` says why it is no task; None if it is one.

    A label (水环境治理。 or 国省道:) ends at ``label_end``; ``start`` where the paragraph has none.
    """

    section: int
    start: int
    end: int
    first: int
    last: int
    kind: str | None
    label_end: int

    @property
    def labelled(self) -> bool:
        return self.label_end > self.start


class Passages(NamedTuple):
    """``roles`` run parallel to ``reading.sentences``, ``headings`` to its sections: the kind of passage each announces."""

    items: tuple[Passage, ...]
    roles: tuple[Role, ...]
    headings: tuple[str | None, ...]
    clauses: Clauses
    duties: Duties


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
        self.duties = read_duties(self.text)
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
        return Passages(tuple(items), tuple(self.roles), tuple(self.kinds), self.clauses, self.duties)

    def _passage(self, section: int, first: int, paragraph: Sequence[Sentence]) -> Passage:
        start, end = paragraph[0].start, paragraph[-1].end
        duty = self.duties.cover(self.text, start, end)
        kind = TABLED if paragraph[0].tabled else self._heading_kind(section) if duty else self._kind(section, paragraph)
        label_end = start if kind or duty else self._label_end(start, end)
        self.roles.extend(self._roles(section, kind, paragraph, label_end))
        return Passage(section, start, end, first, first + len(paragraph), kind, label_end)

    def _label_end(self, start: int, end: int) -> int:
        """Where the label of the paragraph ends; ``start`` if it has none. A label names a matter, it states nothing."""
        label = _LABEL.match(self.text, start, end)
        if label is None or label.end() == end or self.marks.state.search(self.text, start, label.end()):
            return start
        if _AMOUNT.search(self.text, start, label.end()) and (self._is_concrete(start, label.end()) or self._orders(start, label.end())):
            return start
        return label.end()

    def _kind(self, section: int, paragraph: Sequence[Sentence]) -> str | None:
        """Why the paragraph is no task: by its chapter, by its opening words, by its mood; None where it orders something."""
        start, end = paragraph[0].start, paragraph[-1].end
        kind = self._heading_kind(section) or _opening_kind(self.text, start, end)
        if kind is None and (section < 0 or not self.ordering[section]):
            kind = self._kind_by_mood(paragraph)
        if kind is None and section >= 0 and self.sections[section].id in self.parents and not self._is_concrete(start, end):
            kind = LEAD_IN
        return kind

    def _heading_kind(self, section: int) -> str | None:
        """Why nothing of the section is a task, by its headings; what stands before the first chapter is an address."""
        if self.outlined and (section < 0 or self.sections[section].level == 0):
            return (self.kinds[section] if section >= 0 else None) or ADDRESS
        return self.kinds[section] if section >= 0 else None

    def _kind_by_mood(self, paragraph: Sequence[Sentence]) -> str | None:
        """Most sentences recount or describe; where as many order something, it is a task."""
        back = sum(self.marks.looks_back(self.text, s.start, s.end, self.first_year) for s in paragraph)
        orders = sum(self._orders(s.start, s.end) for s in paragraph)
        if back > max(orders - back, 0):
            return RECAP
        described = 0 if orders else sum(self.marks.state.search(self.text, s.start, s.end) is not None for s in paragraph)
        return SITUATION if described else None

    def _roles(self, section: int, kind: str | None, paragraph: Sequence[Sentence], label_end: int) -> list[Role]:
        """A label with nothing but descriptions after it is itself the order, if it opens like one (建立台账。)."""
        if kind is not None:
            return [Role.ASIDE] * len(paragraph)
        ordered = section >= 0 and self.ordering[section]
        roles = [Role.LABEL if s.end <= label_end else self._role(s, ordered) for s in paragraph]
        if Role.ORDER not in roles and roles[0] is Role.LABEL and self._orders(paragraph[0].start, label_end):
            roles[0] = Role.ORDER
        return roles

    def _role(self, sentence: Sentence, ordered: bool) -> Role:
        start, end = sentence.start, sentence.end
        if self.duties.cover(self.text, start, end):
            return Role.ASIDE
        if self._orders(start, end) or self._is_concrete(start, end):
            return Role.ORDER
        if self.marks.state.search(self.text, start, end) or self.marks.looks_back(self.text, start, end, self.first_year):
            return Role.ASIDE
        return Role.ORDER if ordered else Role.OPEN

    def _orders(self, start: int, end: int) -> bool:
        return self.clauses.any_within(start, end) or self.marks.modal.search(self.text, start, end) is not None

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


@lru_cache(REMEMBERED)
def heading_kind(title: str) -> str | None:
    """The kind that a heading announces; None where it announces tasks; "" where it says neither and its parent decides."""
    headings = _headings()
    if headings.tasks.search(title):
        return None
    match = headings.firm.search(title) or _ungoverned(title, headings.loose.search(title))
    return headings.kind_of[match[0]] if match else ""


def _ungoverned(title: str, match: re.Match[str] | None) -> re.Match[str] | None:
    """The match unless an action verb before it takes it as its object (夯实|发展基础)."""
    action = mood_marks().opening(title) if match else None
    return None if match and action and action[1] <= match.start() else match


def opens_with_action(title: str) -> bool:
    action = mood_marks().opening(title)
    return action is not None and bool(action[0])


class _Headings(NamedTuple):
    tasks: re.Pattern[str]
    firm: re.Pattern[str]
    loose: re.Pattern[str]
    openings: re.Pattern[str]
    statements: re.Pattern[str]
    kind_of: dict[str, str]


@cache
def _headings() -> _Headings:
    rules: Wording = wording()
    kinds = rules.kinds
    return _Headings(
        tasks=compiled(alternation(rules.task_headings)),
        firm=compiled(alternation(word for kind in kinds for word in kind.firm)),
        loose=compiled(alternation(word for kind in kinds for word in kind.loose)),
        openings=compiled(alternation(word for kind in kinds for word in kind.openings)),
        statements=compiled(alternation(word for kind in kinds for word in kind.statements)),
        kind_of={word: kind.id for kind in kinds for word in (*kind.firm, *kind.loose, *kind.openings, *kind.statements)},
    )


def _opening_kind(text: str, start: int, end: int) -> str | None:
    headings = _headings()
    match = headings.openings.match(text, start, end) or headings.statements.search(text, start, min(end, start + EARLY))
    return headings.kind_of[match[0]] if match else None
