"""Tasks: the lowest numbered items that order something, or paragraphs and dash items where the text has no numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from lantu.compile.measures import ITEM_NUMBER, MeasureCutter, Placed, united
from lantu.compile.passages import LABEL_LENGTH, Passage, Passages, Role, opens_with_action
from lantu.compile.reading import ITEM_LEVEL, Reading, Sentence
from lantu.compile.topics import Cues, find_cues, judge, named_units
from lantu.model import Actor, ActorRole, Figure, Measure, Project, Section, SectionKind, Span, Task
from lantu.patterns import compiled, regex

PARAGRAPH_TASK = 80  # paragraphs of this average length are tasks of their own, shorter ones belong together
LONGEST_TITLE = 40
_BULLET = compiled(r"(?:——?|[●•◆■▲·])")
_NUMBERED = regex(ITEM_NUMBER)
_FIRST_CLAUSE = regex(rf"(?:——?|[●•◆■▲·]|{ITEM_NUMBER})?([^,;:。!?\n]{{1,{LONGEST_TITLE}}})")
_LABEL_TITLE = regex(rf"(?:——?|[●•◆■▲·]|{ITEM_NUMBER})?([^。:;!?\n]{{1,{LABEL_LENGTH + 18}}})[。:]")
# 到2025年, 2024年底前, 力争2026年, 2025年实现, 2022—2025年: a date by which something is to be done; 截至2020年 looks back.
_DEADLINE = regex(
    r"(20\d\d)年(?:(?:底|末|年底|年末|\d{1,2}月底?)?(?:之?前|以前)|(?<=[到至]20\d\d年)(?<!截.20\d\d年)|(?<=(?:力争|争取|确保)20\d\d年)"
    r"|,?(?:全面|基本|全部)?(?:实现|完成|达到|建成|启用|竣工|投用|通车)(?![了情])|(?<=20\d\d[-—–~]20\d\d年)(?![)》]))"
)
_PLAN_END = regex(r"五[”\"]?(?:规划)?(?:期?末|末期)")
_PLAN_NUMBER = regex(r"(?<![较比])(?<![较比][“\"])[“\"]?十([一二三四五六七八九])$")
_LEADING = ("牵头", "负责", "总牵头")
_LINE_ENDS = "。;:!?”)》】、"
_PLAN_ZERO = 1955  # since the third, plan n (三五, 四五 …) ends in 1955 + 5 n
_DIGITS = "一二三四五六七八九"


class _Item(NamedTuple):
    """A task to be: its title and passages; ``heading`` is the section where the title is a heading."""

    title: str
    title_span: Span
    passages: tuple[Passage, ...]
    section: int
    heading: Section | None


def read_tasks(
    reading: Reading, passages: Passages, targets: Sequence[Figure], actuals: Sequence[Figure],
    projects: Sequence[Project], actors: Sequence[Actor],
) -> tuple[Task, ...]:  # fmt: skip
    """The tasks in the order of the text; passages of another kind give none."""
    maker = _TaskMaker(reading, passages, targets, actuals, projects, actors)
    return tuple(maker.tasks())


class _TaskMaker:
    """What the tasks of one document are made from."""

    def __init__(
        self, reading: Reading, passages: Passages, targets: Sequence[Figure], actuals: Sequence[Figure],
        projects: Sequence[Project], actors: Sequence[Actor],
    ) -> None:  # fmt: skip
        self.reading, self.text, self.passages, self.duties = reading, reading.text, passages, passages.duties
        self.cutter = MeasureCutter(reading, passages.clauses, targets, actuals, projects)
        self.actors = Placed.of((actor.span.start, actor.id) for actor in actors)
        self.years = Placed.of([*_stated_years(targets), *stated_deadlines(self.text)])
        names = (*(actor.span for actor in actors), *(note.span for note in self.duties.notes))
        self.cues: Cues = find_cues(self.text, start=self._first_place()).outside(united(names))
        self.leads = [actor for actor in actors if self._answers(actor)]
        self.lead_starts = [actor.span.start for actor in self.leads]
        period = reading.period
        self.first_year = (period.start if period else None) or reading.issued_year or 0
        self.only_year = period.start if period and period.start == period.end else None

    def _answers(self, actor: Actor) -> bool:
        """Does the text name this body as the one that leads or answers, in a note or with 牵头 or 负责 right behind it?"""
        behind = self.text.startswith(_LEADING, actor.span.end)
        return behind or bool(self.duties.notes and self.duties.cover(self.text, *actor.span) and actor.role is not ActorRole.OTHER)

    def _first_place(self) -> int:
        """Where the first chapter that orders anything begins: nothing before it is looked through for topics."""
        first = next((passage for passage in self.passages.items if passage.kind is None), None)
        index = len(self.reading.sections) if first is None else first.section
        index = next((bare for bare in range(index) if self._is_bare_order(bare)), index)
        if not 0 <= index < len(self.reading.sections):
            return len(self.text) if first is None else first.start
        return min(section.span.start for section in self.reading.section_path(index))

    def tasks(self) -> Iterator[Task]:
        count = 0
        for item in self._items():
            task = self._task(item, f"task-{count + 1}")
            if task is not None:
                count += 1
                yield task

    def _items(self) -> Iterator[_Item]:
        ordering = (passage for passage in self.passages.items if passage.kind is None)
        bodies = {section: list(group) for section, group in groupby(ordering, key=lambda passage: passage.section)}
        with_body = {passage.section for passage in self.passages.items}
        for index in range(-1, len(self.reading.sections)):
            if index in bodies:
                yield from self._split(index, bodies[index])
            elif index >= 0 and index not in with_body and self._is_bare_order(index):
                yield self._headed(index, ())

    def _is_bare_order(self, index: int) -> bool:
        """A numbered item that is all heading (1.建成县医院新院区。) and is no heading of others."""
        section, following = self.reading.sections[index], self.reading.sections[index + 1 : index + 2]
        if section.level < ITEM_LEVEL or section.kind is SectionKind.BOX or any(after.parent == section.id for after in following):
            return False
        return opens_with_action(section.title) and self.passages.headings[index] is None

    def _split(self, index: int, body: list[Passage]) -> Iterator[_Item]:
        """The items of one section: all of it, or its paragraphs where they are labelled, bulleted, in a box, or long."""
        section = self.reading.sections[index] if index >= 0 else None
        by_marks = sum(self._is_marked(passage) for passage in body) >= 2
        if section is not None and not self._is_divided(section, body, by_marks):
            yield self._headed(index, tuple(body))
            return
        boxed = section is not None and section.kind is SectionKind.BOX
        for group in self._groups(body, by_marks and not boxed):
            if section is not None and by_marks and not boxed and not self._is_marked(group[0]):
                yield self._headed(index, group)
            else:
                yield self._untitled(index, group)

    def _is_divided(self, section: Section, body: list[Passage], by_marks: bool) -> bool:
        if len(body) < 2:
            return False
        if section.kind is SectionKind.BOX or by_marks:
            return True
        if section.kind is SectionKind.RUN_IN:  # its words name all that follows them
            return False
        whole = sum(not self._goes_on(passage, body) for passage in body)
        return section.level < ITEM_LEVEL and sum(p.end - p.start for p in body) >= PARAGRAPH_TASK * whole

    def _groups(self, body: list[Passage], by_marks: bool) -> Iterator[tuple[Passage, ...]]:
        """Paragraphs joined to the marked one before them; without marks each alone, with what goes on from it."""
        group: list[Passage] = []
        for passage in body:
            if group and (self._is_marked(passage) or not (by_marks or self._goes_on(passage, body))):
                yield tuple(group)
                group = []
            group.append(passage)
        if group:
            yield tuple(group)

    def _is_marked(self, passage: Passage) -> bool:
        """Does the paragraph begin with a label, a bullet, or a number where no numbered item is open?"""
        if passage.labelled or _BULLET.match(self.text, passage.start):
            return True
        open_item = passage.section >= 0 and self.reading.sections[passage.section].level >= ITEM_LEVEL
        return not open_item and _NUMBERED.match(self.text, passage.start) is not None

    def _goes_on(self, passage: Passage, body: list[Passage]) -> bool:
        """Does the paragraph before it in this section break off in mid-sentence, or does it only say who answers for that?"""
        if passage is body[0]:
            return False
        return self.text[passage.start - 2] not in _LINE_ENDS or self.duties.cover(self.text, passage.start, passage.end)

    def _headed(self, index: int, passages: tuple[Passage, ...]) -> _Item:
        section = self.reading.sections[index]
        return _Item(section.title, section.span, passages, index, section)

    def _untitled(self, index: int, passages: tuple[Passage, ...]) -> _Item:
        first = passages[0]
        start = first.start if first.labelled else self._first_order(passages)
        match = (_LABEL_TITLE if first.labelled else _FIRST_CLAUSE).match(self.text, start, first.end)
        span = Span(*match.span(1)) if match else Span(start, min(first.end, start + LONGEST_TITLE))
        return _Item(self.text[span.start : span.end], span, passages, index, None)

    def _first_order(self, passages: tuple[Passage, ...]) -> int:
        """Where the first paragraph begins to order; its start where a later one does."""
        return next((sentence.start for sentence, role in self._roles(passages[0]) if role is Role.ORDER), passages[0].start)

    def _task(self, item: _Item, id_: str) -> Task | None:
        """None where nothing in the passages orders anything."""
        order, outside, text = Role.ORDER, self.duties.outside, self.text  # asked for every sentence
        orders = [
            stretch
            for passage in item.passages
            for sentence, role in self._roles(passage)
            if role is order
            for stretch in outside(text, _after_label(sentence, passage), sentence.end)
        ]
        measures = self.cutter.measures(orders)
        if not measures and self._is_all_heading(item):
            measures = (self.cutter.measure(self._words_of(item), item.title_span.end),)
        if not measures:
            return None
        start = item.title_span.start if item.heading else item.passages[0].start
        body = Span(start, item.passages[-1].end if item.passages else item.title_span.end)
        return self._made(id_, item, body, measures)

    def _is_all_heading(self, item: _Item) -> bool:
        """Is there nothing below the heading, or only who answers for what it orders?"""
        noted = all(self.duties.cover(self.text, passage.start, passage.end) for passage in item.passages)
        return noted and (not item.passages or (item.heading is not None and opens_with_action(item.title)))

    def _roles(self, passage: Passage) -> Iterator[tuple[Sentence, Role]]:
        inside = slice(passage.first, passage.last)
        return zip(self.reading.sentences[inside], self.passages.roles[inside], strict=True)

    def _words_of(self, item: _Item) -> int:
        """Where the words of a heading begin, after its number."""
        at = self.text.find(item.title[:1], item.title_span.start, item.title_span.end)
        return max(at, item.title_span.start)

    def _made(self, id_: str, item: _Item, body: Span, measures: tuple[Measure, ...]) -> Task:
        path = self.reading.section_path(item.section)
        around = [section.span for section in (path[1:] if item.heading else path) if section.level]
        judgement = judge(self.cues, body, item.title_span, around)
        leads = self.leads[bisect_left(self.lead_starts, body.start) : bisect_left(self.lead_starts, body.end)]
        span, raw_span = self.reading.anchor(*body)
        return Task(
            id=id_, section=path[0].id if path else None, title=item.title, measures=measures,
            actors=self.actors.within(*body), deadline=self._deadline(body), topic=judgement.topic,
            suggested_units=named_units(actor.name for actor in leads) if leads else judgement.units, span=span, raw_span=raw_span,
        )  # fmt: skip

    def _deadline(self, body: Span) -> int | None:
        """What its notes say (长期坚持: none); else the latest year of the task's own targets and of its own words."""
        notes = self.duties.within(body)
        noted = [year for note in notes if (year := note.year or (self.only_year if note.monthly else None))]
        if noted or any(note.standing for note in notes):
            return max(noted, default=None)
        return max((year for year in map(int, self.years.within(*body)) if year >= self.first_year), default=None)


def _after_label(sentence: Sentence, passage: Passage) -> int:
    """Where the sentence begins to order: after the label that it begins with (国省道:改建…), unless the label is all of it."""
    return passage.label_end if sentence.start < passage.label_end < sentence.end else sentence.start


def _stated_years(targets: Sequence[Figure]) -> Iterator[tuple[int, str]]:
    return ((target.span.end - 1, str(target.year)) for target in targets if target.year is not None)


def stated_deadlines(text: str) -> Iterator[tuple[int, str]]:
    """The dates by which the text wants something done, at their places: years, and ends of five-year plans (十四五末 → 2025)."""
    for match in _DEADLINE.finditer(text):
        yield match.start(), match[1]
    for match in _PLAN_END.finditer(text):
        number = _PLAN_NUMBER.search(text, max(0, match.start() - 3), match.start())
        if number:
            yield match.start(), str(_PLAN_ZERO + 5 * (11 + _DIGITS.index(number[1])))
