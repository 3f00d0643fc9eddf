"""The outline of a plan under review, with what is done and what is left under each heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import NamedTuple

from django.db.models import Count, F, Sum

from lantu_web.plans.enums import CandidateState, FindingState, Standing
from lantu_web.plans.models import Candidate, Finding, Heading, Plan, Sentence

BEFORE = 0  # the key of what stands before the first heading
MOST = 60  # candidates that are shown together, if the outline lets them be parted


class Counts(NamedTuple):
    """Candidates by state, and what else is open. A tuple, since hundreds are made and added for every answer of the workbench."""

    open: int = 0
    accepted: int = 0
    rejected: int = 0
    others: int = 0
    sentences: int = 0
    findings: int = 0

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]
        """One by one, not one behind the other."""
        return Counts._make(map(add, self, other))

    @property
    def candidates(self) -> int:
        return self.open + self.accepted + self.rejected + self.others

    @property
    def is_done(self) -> bool:
        return not (self.open or self.sentences or self.findings)


class Text(NamedTuple):
    """How much of the text stands in one way."""

    sentences: int
    characters: int


NOTHING = Counts()
NO_TEXT = Text(0, 0)


class Section(NamedTuple):
    """A heading (``key`` 0: what stands before the first). ``own`` counts its own text, ``total`` all below it as well."""

    key: int
    parent: int | None
    level: int
    number: str
    title: str
    is_box: bool
    start: int
    own: Counts
    total: Counts
    below: tuple[int, ...]  # keys of all headings below it, in order

    @property
    def keys(self) -> tuple[int, ...]:
        return (self.key, *self.below)

    @property
    def name(self) -> str:
        """Number and title; empty for what stands before the first heading."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A run of the plan whose candidates are shown together: a section with all below it, or its own text alone."""

    section: Section
    is_whole: bool

    @property
    def keys(self) -> tuple[int, ...]:
        return self.section.keys if self.is_whole else (self.section.key,)

    @property
    def counts(self) -> Counts:
        return self.section.total if self.is_whole else self.section.own


@dataclass(frozen=True, kw_only=True)
class Outline:
    """All sections in the order of the text, and how much of it stands in which way."""

    sections: tuple[Section, ...]
    text: Mapping[str, Text]

    @cached_property
    def by_key(self) -> dict[int, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def total(self) -> Counts:
        return sum((section.total for section in self.sections if section.parent is None), NOTHING)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The plan in sheets: a section as a whole if it is small enough or has nothing below it, else its own text and then its parts."""
        made: list[Sheet] = []
        done: set[int] = set()
        for section in self.sections:
            if section.key in done:
                continue
            is_whole = not section.below or section.total.candidates <= MOST
            done.update(section.keys if is_whole else ())
            if is_whole or section.own != Counts():
                made.append(Sheet(section=section, is_whole=is_whole))
        return tuple(made)

    @cached_property
    def sheet_of(self) -> dict[int, Sheet]:
        """For each heading the sheet that shows its own text; for one that has none, the next."""
        found = {key: sheet for sheet in self.sheets for key in sheet.keys}
        following = self.sheets[-1] if self.sheets else None
        for section in reversed(self.sections):
            following = found.get(section.key, following)
            if following is not None:
                found[section.key] = following
        return found

    def above(self, keys: Iterable[int]) -> list[Section]:
        """Those sections and all that they stand under: whose counts change when something in them is decided."""
        wanted: set[int] = set()
        for key in keys:
            at: int | None = key
            while at is not None and at not in wanted and at in self.by_key:
                wanted.add(at)
                at = self.by_key[at].parent
        return [section for section in self.sections if section.key in wanted]


def outline(plan: Plan) -> Outline:
    """Four queries, however long the plan is."""
    texts = _texts(plan)
    own = _own_counts(plan, texts)
    headings = list(
        Heading.objects.filter(plan=plan).values_list("pk", "parent", "level", "number", "title", "is_box", "start").order_by("position")
    )
    pairs = [(row[0], row[1]) for row in headings]
    below, total = _below(pairs), _rolled_up(pairs, own)
    if BEFORE in own:
        headings.insert(0, (BEFORE, None, 1, "", "", False, 0))
    sections = []
    for key, parent, level, number, title, is_box, start in headings:
        mine = own.get(key, NOTHING)
        sections.append(Section(
            key=key, parent=parent, level=level, number=number, title=title, is_box=is_box, start=start, own=mine,
            total=total.get(key, mine), below=tuple(below.get(key, ())),
        ))  # fmt: skip
    return Outline(sections=tuple(sections), text=_joined(texts))


def _rolled_up(pairs: Sequence[tuple[int, int | None]], own: Mapping[int, Counts]) -> dict[int, Counts]:
    """What stands under each heading and below it: from the last on, each adds to the one above it."""
    total = {key: own.get(key, NOTHING) for key, _parent in pairs}
    for key, parent in reversed(pairs):
        if parent is not None and total[key] is not NOTHING:
            total[parent] = total[parent] + total[key]
    return total


def keys_below(plan: Plan, heading: Heading | None) -> frozenset[int | None]:
    """The heading's own id and those of all below it; {None} for what stands before the first."""
    if heading is None:
        return frozenset({None})
    pairs = list(Heading.objects.filter(plan=plan).order_by("position").values_list("pk", "parent"))
    return frozenset({heading.pk, *_below(pairs)[heading.pk]})


def _below(pairs: Sequence[tuple[int, int | None]]) -> dict[int, list[int]]:
    """For each heading all below it; a parent comes before its children."""
    parents = dict(pairs)
    found: dict[int, list[int]] = {key: [] for key in parents}
    for key in parents:
        at = parents[key]
        while at is not None:
            found[at].append(key)
            at = parents[at]
    return found


def _texts(plan: Plan) -> list[tuple[int | None, str, Text]]:
    """Heading, standing, and how much text there stands in that way."""
    rows = (
        Sentence.objects.filter(plan=plan, standing__in=[Standing.OPEN, Standing.COVERED, Standing.NOT_A_TASK])
        .order_by().values_list("heading", "standing").annotate(sentences=Count("pk"), characters=Sum(F("end") - F("start")))
    )  # fmt: skip
    return [(heading, standing, Text(count, characters)) for heading, standing, count, characters in rows]


def _joined(texts: Iterable[tuple[int | None, str, Text]]) -> dict[str, Text]:
    of: dict[str, list[Text]] = {}
    for _heading, standing, text in texts:
        of.setdefault(standing, []).append(text)
    return {standing: Text._make(map(sum, zip(*found, strict=True))) for standing, found in of.items()}


def _own_counts(plan: Plan, texts: Iterable[tuple[int | None, str, Text]]) -> dict[int, Counts]:
    found: dict[int, dict[str, int]] = {}
    names = {CandidateState.OPEN.value: "open", CandidateState.ACCEPTED.value: "accepted", CandidateState.REJECTED.value: "rejected"}
    states = Candidate.objects.filter(plan=plan).order_by().values_list("state", "heading").annotate(Count("pk"))
    for state, heading, count in states:
        counts = found.setdefault(heading or BEFORE, {})
        name = names.get(state, "others")
        counts[name] = counts.get(name, 0) + count
    for heading, standing, text in texts:
        if standing == Standing.OPEN:
            found.setdefault(heading or BEFORE, {})["sentences"] = text.sentences
    findings = Finding.objects.filter(plan=plan, state=FindingState.OPEN).order_by().values_list("heading").annotate(Count("pk"))
    for heading, count in findings:
        found.setdefault(heading or BEFORE, {})["findings"] = count
    return {key: Counts(**counts) for key, counts in found.items()}
