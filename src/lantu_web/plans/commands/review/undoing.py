"""To undo a split or a merge: what replaced is replaced again by what it had replaced."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib.errors import Conflict
from lantu_web.plans.commands.review.standing import refresh
from lantu_web.plans.commands.review.trail import change_candidate
from lantu_web.plans.enums import Act, CandidateState, Origin
from lantu_web.plans.models import Candidate, Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshaping:
    """``old`` were replaced by ``new``; ``parents`` is what each old one belonged to, ``children`` what belonged to them."""

    old: tuple[Candidate, ...]
    new: tuple[Candidate, ...]
    parents: dict[int, int | None]
    children: dict[int, list[int]]


def reshaping_of(row: Candidate) -> Reshaping | None:
    """The split or merge that ``row`` came from or went into; None where there was none, or where it is undone already."""
    if row.state == CandidateState.REPLACED:
        last = row.decisions.order_by("-at", "-id").first()
        decision = last if last is not None and last.act in (Act.SPLIT, Act.MERGE) else None
        if decision is not None and "new" not in (decision.after or {}):
            decision = _decision(row.parent_id, Act.MERGE)
    elif row.state == CandidateState.OPEN and row.origin == Origin.SPLIT:
        decision = _decision(row.parent_id, Act.SPLIT)
    elif row.state == CandidateState.OPEN and row.origin == Origin.MERGED:
        decision = _decision(row.pk, Act.MERGE)
    else:
        decision = None
    return None if decision is None else _told(decision)


def undo(*, by: Person, reshaping: Reshaping) -> Candidate:
    """The first of the old ones, open again. Raises Conflict where somebody decided on what replaced them."""
    if any(one.state != CandidateState.REPLACED for one in reshaping.old):
        raise Conflict(_("What it came of has changed meanwhile; this cannot be undone any more."))
    for one in reshaping.new:
        if one.state != CandidateState.OPEN and one.revision > 1:
            raise Conflict(_("“%(what)s” came of it and was decided meanwhile; reopen that first.") % {"what": one.label})
    for one in reshaping.new:
        change_candidate(by=by, row=one, act=Act.REOPEN, state=CandidateState.REPLACED)
    for one in reshaping.old:
        change_candidate(by=by, row=one, act=Act.REOPEN, state=CandidateState.OPEN, parent_id=reshaping.parents.get(one.pk))
        Candidate.objects.filter(pk__in=reshaping.children.get(one.pk, ()), parent__in=reshaping.new).update(parent=one)
    refresh(reshaping.old[0].plan_id, [(one.start, one.end) for one in (*reshaping.old, *reshaping.new)])
    return reshaping.old[0]


def _decision(candidate_id: int | None, act: Act) -> Decision | None:
    """The last of that act which says what replaced what."""
    rows = Decision.objects.filter(candidate=candidate_id, act=act).order_by("-at", "-id")
    return next((row for row in rows if row.after and "new" in row.after), None)


def _told(decision: Decision) -> Reshaping | None:
    """As the decision says it: ``after`` holds old, new, parents and children by id."""
    after = decision.after or {}
    rows = Candidate.objects.in_bulk([*after["old"], *after["new"]])
    return Reshaping(
        old=tuple(rows[pk] for pk in after["old"]),
        new=tuple(rows[pk] for pk in after["new"]),
        parents={int(pk): parent for pk, parent in after["parents"].items()},
        children={int(pk): list(children) for pk, children in after["children"].items()},
    )
