"""One candidate into several, several into one. What was replaced stays and says by what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid
from lantu_web.plans.commands.review.standing import Stretch, refresh
from lantu_web.plans.commands.review.trail import (
    Seen,
    all_as_seen,
    as_seen,
    candidate_values,
    change_candidate,
    leave,
    must_be,
    plan_in_review,
)  # fmt: skip
from lantu_web.plans.content import clean, label_of
from lantu_web.plans.enums import LIVE, Act, CandidateState, ItemKind, Origin
from lantu_web.plans.models import Candidate, Plan
from lantu_web.plans.queries.review import text_of

MOST = 20  # parts of one candidate, and candidates in one
BETWEEN = 200  # characters between two candidates that a quote tells in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part of a split says, and where; the place lies inside that of the whole."""

    start: int
    end: int
    values: Mapping[str, Any]


@transaction.atomic
def split(*, by: Person, candidate: Candidate, expected: int, parts: Sequence[Part], accept: bool = False) -> list[Candidate]:
    """The parts, open or accepted at once; the whole is replaced. Raises Invalid: field ``parts``, or ``2.title`` for the second part."""
    plan = plan_in_review(by=by, plan_id=candidate.plan_id)
    old = as_seen(candidate, expected)
    must_be(old, *LIVE)
    if not 2 <= len(parts) <= MOST:
        raise Invalid(_("A split makes two parts or more, at most %(most)s.") % {"most": MOST}, field="parts")
    state = CandidateState.ACCEPTED if accept else CandidateState.OPEN
    text = text_of(plan)
    made = [_part(by, old, part, number, text, state) for number, part in enumerate(parts, 1)]
    for one in made:
        one.save()
    told = _told(plan, [old], made)
    change_candidate(by=by, row=old, act=Act.SPLIT, state=CandidateState.REPLACED, told=told)
    for one in made:
        leave(by=by, on=one, act=Act.SPLIT, before=None, after=candidate_values(one))
    _hand_over([old], made)
    refresh(plan.pk, [(old.start, old.end)])
    return made


@transaction.atomic
def merge(*, by: Person, plan: Plan, seen: Sequence[Seen], values: Mapping[str, Any], accept: bool = False) -> Candidate:
    """One candidate in place of two or more of one kind. Raises Invalid naming the field, Conflict where one was decided meanwhile."""
    plan = plan_in_review(by=by, plan_id=plan.pk)
    old = _to_merge(plan, seen)
    made = _merged(by, old, text_of(plan), clean(ItemKind(old[0].kind), values))
    made.state = CandidateState.ACCEPTED if accept else CandidateState.OPEN
    made.save()
    told = _told(plan, old, [made])
    leave(by=by, on=made, act=Act.MERGE, before=None, after={**candidate_values(made), **told})
    _hand_over(old, [made])
    for one in old:
        change_candidate(by=by, row=one, act=Act.MERGE, state=CandidateState.REPLACED, parent_id=made.pk)
    refresh(plan.pk, [(one.start, one.end) for one in (*old, made)])
    return made


def _part(by: Person, old: Candidate, part: Part, number: int, text: str, state: CandidateState) -> Candidate:
    if not old.start <= part.start <= part.end <= old.end or (part.start == part.end and old.start < old.end):
        raise Invalid(_("Part %(number)s lies outside of what is split.") % {"number": number}, field=f"{number}.span")
    try:
        content = clean(ItemKind(old.kind), part.values)
    except Invalid as error:
        raise Invalid(error.message, field=f"{number}.{error.field}") from error
    return Candidate(
        plan_id=old.plan_id, heading_id=old.heading_id, parent=old, kind=old.kind, origin=Origin.SPLIT, state=state,
        label=label_of(ItemKind(old.kind), content), content=content, quote=text[part.start : part.end] or old.quote,
        start=part.start, end=part.end, doubt=old.doubt, decided_by_id=by.user_id, decided_at=clock.now(),
    )  # fmt: skip


def _to_merge(plan: Plan, seen: Sequence[Seen]) -> list[Candidate]:
    if not 2 <= len(set(seen)) <= MOST:
        raise Invalid(_("Mark two candidates or more, at most %(most)s.") % {"most": MOST}, field="seen")
    rows = list(Candidate.objects.filter(plan=plan, pk__in=[one.id for one in seen]))
    old = sorted(all_as_seen(rows, list(dict.fromkeys(seen))), key=lambda row: (row.start, row.end, row.pk))
    for one in old:
        must_be(one, *LIVE)
    if len({one.kind for one in old}) > 1:
        raise Invalid(_("Only candidates of one kind can become one."), field="seen")
    return old


def _merged(by: Person, old: Sequence[Candidate], text: str, content: Mapping[str, Any]) -> Candidate:
    first, parents = old[0], {one.parent_id for one in old}
    start, end = min(one.start for one in old), max(one.end for one in old)
    return Candidate(
        plan_id=first.plan_id, heading_id=first.heading_id, parent_id=parents.pop() if len(parents) == 1 else None, kind=first.kind,
        origin=Origin.MERGED, label=label_of(ItemKind(first.kind), content), content=dict(content), quote=_quote(old, text),
        start=start, end=end, doubt=next((one.doubt for one in old if one.doubt), ""), decided_by_id=by.user_id, decided_at=clock.now(),
    )  # fmt: skip


def _quote(old: Sequence[Candidate], text: str) -> str:
    """The words of all; of what lies between two only what is short, for the rest ……"""
    told, at = "", old[0].start
    for one in old:
        if one.end <= at and told:
            continue
        between = text[at : one.start] if one.start > at else ""
        told += between if len(between) <= BETWEEN else "……"
        told += text[max(at, one.start) : one.end]
        at = max(at, one.end)
    return told


def _told(plan: Plan, old: Sequence[Candidate], new: Sequence[Candidate]) -> dict[str, Any]:
    """What undoing needs to know: who replaced whom, and who belonged to whom."""
    rows = Candidate.objects.filter(plan=plan, parent__in=old).exclude(pk__in=[one.pk for one in new])
    children: dict[str, list[int]] = {str(one.pk): [] for one in old}
    for pk, parent in rows.exclude(state=CandidateState.REPLACED).values_list("pk", "parent"):
        children[str(parent)].append(pk)
    return {
        "old": [one.pk for one in old], "new": [one.pk for one in new],
        "parents": {str(one.pk): one.parent_id for one in old}, "children": children,
    }  # fmt: skip


def _hand_over(old: Iterable[Candidate], new: Sequence[Candidate]) -> None:
    """What belonged to the old belongs to that of the new in which it lies, or to the first."""
    children = Candidate.objects.filter(parent__in=list(old)).exclude(pk__in=[one.pk for one in new])
    for child in children.exclude(state=CandidateState.REPLACED).only("pk", "start", "end"):
        home = next((one for one in new if overlap((one.start, one.end), (child.start, child.end))), new[0])
        Candidate.objects.filter(pk=child.pk).update(parent=home)


def overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]
