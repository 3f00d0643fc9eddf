"""An amended text of a plan in review, compared with what is there: nothing of the review changes before somebody applies it.

Three contents meet in a line: what the old text said (base), what the review made of it (ours), what the amended text says (theirs). Only
fields in which the texts differ are a change; what an officer edited stays edited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lantu.model import Section
from lantu_web.accounts.acting import Person
from lantu_web.bridge import ingest
from lantu_web.bridge.candidates import Found, found_in
from lantu_web.bridge.compiling import record_of
from lantu_web.bridge.matching import Side, matched, plain, renamed
from lantu_web.documents.models import Reading
from lantu_web.lib.errors import Conflict
from lantu_web.plans.commands import reimport as commands
from lantu_web.plans.commands.locking import locked_plan_in_review
from lantu_web.plans.content import FIELDS, Content, label_of
from lantu_web.plans.differences import says_the_same
from lantu_web.plans.enums import CandidateState, Difference, ItemKind, Origin
from lantu_web.plans.models import Candidate, Heading, Plan, Reimport, ReimportLine

_MET = (CandidateState.OPEN, CandidateState.ACCEPTED, CandidateState.REJECTED, CandidateState.REPLACED)


@transaction.atomic
def prepare(*, by: Person, reading: Reading) -> Reimport:
    """The differences between the reading and the review, for somebody to decide. Raises Conflict unless the plan is in review."""
    plan = locked_plan_in_review(by=by, plan_id=reading.purpose_id)
    return commands.open_reimport(by=by, plan=plan, reading=reading, lines=differences(plan, reading))


@transaction.atomic
def compare_again(*, by: Person, reimport_id: int, expected: int) -> Reimport:
    """After the review went on: the lines anew, with the choices that still fit."""
    reimport = commands.held(by=by, reimport_id=reimport_id, expected=expected)
    return commands.renew_lines(by=by, reimport=reimport, lines=differences(reimport.plan, reimport.reading))


@transaction.atomic
def apply(*, by: Person, reimport_id: int, expected: int) -> Reimport:
    """Take the amended text over, with the decisions of its lines. Raises Conflict while accepted work is undecided."""
    reimport = commands.held(by=by, reimport_id=reimport_id, expected=expected)
    laid = ingest.rows(reimport.plan, reimport.reading.result)
    return commands.apply(by=by, reimport=reimport, laid=laid)


def differences(plan: Plan, reading: Reading) -> list[ReimportLine]:
    """Lines, not yet saved, in the order of the amended text; what it no longer says stands where it stood."""
    if plan.reading is None:
        raise Conflict(_("“%(plan)s” has no text yet to compare with.") % {"plan": plan.name})
    old = list(Candidate.objects.filter(plan=plan, state__in=_MET).select_related("heading").order_by("pk"))
    record = record_of(reading.result)
    new, places = found_in(record, reading.result), paths(record.sections)
    bases = _bases(plan, old)
    old_sides = _old_sides(plan, old, bases)
    new_sides = [_side(found.kind, found.content, found.quote, places.get(found.section, ""), found.start) for found in new]
    pairs = matched(old_sides, new_sides)
    names = renamed(pairs, old_sides, new_sides)
    make = _Lines(record.text, record.sections, names, set(places.values()))
    lines = []
    for index, candidate in enumerate(old):
        side, found = old_sides[index], new[pairs[index]] if index in pairs else None
        line = make.met(candidate, side, bases.get(candidate.pk), found) if found else make.unmet(candidate, side)
        is_lost = candidate.state == CandidateState.REPLACED and line is not None and line.difference == Difference.CHANGED
        lines.append(make.new(found) if found and is_lost else line)  # what was split or merged is nobody's to change
    lines += [make.new(found) for index, found in enumerate(new) if index not in set(pairs.values())]
    return sorted((line for line in lines if line is not None), key=lambda line: (line.start is None, line.start or 0))


def paths(sections: Iterable[Section]) -> dict[str | None, str]:
    """Section → the titles above it and its own, without numbers: a chapter that is only renumbered is the same chapter."""
    found: dict[str | None, str] = {None: ""}
    for section in sections:
        above = found.get(section.parent, "")
        found[section.id] = " › ".join(part for part in (above, section.title if section.level else "") if part)
    return found


def _old_paths(plan: Plan) -> dict[int | None, str]:
    found: dict[int | None, str] = {None: ""}
    for heading in Heading.objects.filter(plan=plan):
        above = found.get(heading.parent_id, "")
        found[heading.pk] = " › ".join(part for part in (above, heading.title if heading.level else "") if part)
    return found


def _bases(plan: Plan, candidates: Sequence[Candidate]) -> dict[int, Found]:
    """What the old text said where each candidate was found; nothing for what people added, split or set elsewhere."""
    assert plan.reading is not None
    at: dict[tuple[int, int], list[Found]] = defaultdict(list)
    for found in found_in(record_of(plan.reading.result), plan.reading.result):
        at[found.start, found.end].append(found)
    bases = {}
    for candidate in candidates:
        here = at.get((candidate.start, candidate.end), []) if candidate.origin == Origin.FOUND else []
        best = min(here, key=lambda found: (found.kind != candidate.kind, found.content != candidate.content), default=None)
        if best is not None:
            here.remove(best)
            bases[candidate.pk] = best
    return bases


def _old_sides(plan: Plan, old: Sequence[Candidate], bases: Mapping[int, Found]) -> list[Side]:
    places = _old_paths(plan)
    return [
        _side(
            base.kind if base else candidate.kind, base.content if base else candidate.content, candidate.quote,
            places.get(candidate.heading_id, ""), candidate.start,
        )
        for candidate, base in ((candidate, bases.get(candidate.pk)) for candidate in old)
    ]  # fmt: skip


def _side(kind: str, content: Content, quote: str, section: str, start: int) -> Side:
    name = str(content.get(FIELDS[ItemKind(kind)][0].name) or "")
    detail = f"{content.get('year') or ''}/{content.get('measure') or ''}"
    return Side(kind=str(kind), quote=quote, name=name, detail=detail, section=section, start=start, content=content)


class _Lines:
    """Makes the lines of one amended text."""

    def __init__(self, text: str, sections: Sequence[Section], names: Mapping[str, str], known: set[str]) -> None:
        self.text, self.names, self.known = text, names, known
        self.places = paths(sections)
        self.titles = {section.id: f"{section.number} {section.title}".strip() for section in sections}
        self.starts = [(section.span.start, section.id) for section in sections]

    def met(self, candidate: Candidate, side: Side, base: Found | None, found: Found) -> ReimportLine:
        """The amended text says it again, the same or otherwise, here or elsewhere."""
        kind, ours = ItemKind(candidate.kind), candidate.content
        theirs = found.content if found.kind == kind else ours
        content = merged(base.content, ours, theirs) if base is not None and base.kind == kind else _taken(side, ours, theirs, found)
        difference = Difference.SAME
        if not says_the_same(kind, ours, content):
            difference = Difference.CHANGED
        elif self._moved(side.section, self.places.get(found.section, "")):
            difference = Difference.MOVED
        return self._line(
            candidate, difference, content=content, quote=found.quote, start=found.start, end=found.end, doubt=found.doubt,
            heading_title=self.titles.get(found.section or "", ""),
        )  # fmt: skip

    def unmet(self, candidate: Candidate, side: Side) -> ReimportLine | None:
        """Not found again: still there word for word, as what people added by hand; or no longer in the text."""
        if candidate.state == CandidateState.REPLACED:
            return None
        start = self._standing(candidate.quote, side) if candidate.quote else 0
        if start is None:
            return self._line(candidate, Difference.DROPPED)
        section = self._section_at(start)
        moved = bool(candidate.quote) and self._moved(side.section, self.places.get(section, ""))
        return self._line(
            candidate, Difference.MOVED if moved else Difference.SAME, content=candidate.content, quote=candidate.quote, start=start,
            end=start + len(candidate.quote), doubt=candidate.doubt, heading_title=self.titles.get(section or "", ""),
        )  # fmt: skip

    def new(self, found: Found) -> ReimportLine:
        return ReimportLine(
            difference=Difference.NEW, kind=found.kind, label=found.label, content=found.content, quote=found.quote, start=found.start,
            end=found.end, doubt=found.doubt, heading_title=self.titles.get(found.section or "", ""),
        )  # fmt: skip

    def _line(self, candidate: Candidate, difference: Difference, **values: object) -> ReimportLine:
        content = values.get("content")
        label = label_of(ItemKind(candidate.kind), content) if isinstance(content, dict) else ""
        return ReimportLine(
            candidate=candidate, candidate_revision=candidate.revision, difference=difference, kind=candidate.kind, label=label, **values
        )

    def _moved(self, old: str, new: str) -> bool:
        return plain(self.names.get(old, old)) != plain(new)

    def _standing(self, quote: str, side: Side) -> int | None:
        """Where the words stand in the amended text, in their own section if they do; None if nowhere."""
        places: list[int] = []
        at = self.text.find(quote)
        while at >= 0 and len(places) < 50:
            places.append(at)
            at = self.text.find(quote, at + 1)
        here = [at for at in places if not self._moved(side.section, self.places.get(self._section_at(at), ""))]
        return min(here or places, key=lambda at: abs(at - side.start), default=None)

    def _section_at(self, start: int) -> str | None:
        return next((section for begin, section in reversed(self.starts) if begin <= start), None)


def merged(base: Content, ours: Content, theirs: Content) -> Content:
    """Ours, with every field in which the amended text says something else than the old one."""
    return {name: theirs.get(name) if (theirs.get(name) or "") != (base.get(name) or "") else ours.get(name) for name in ours}


def _taken(side: Side, ours: Content, theirs: Content, found: Found) -> Content:
    """Without a base: the same words say the same; other words say what they say."""
    return ours if plain(side.quote) == plain(found.quote) else dict(theirs)
