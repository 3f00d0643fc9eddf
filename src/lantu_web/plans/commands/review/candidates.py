"""Decisions on one candidate: accept, edit, reject, reopen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantu_web.accounts.acting import Person
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed
from lantu_web.plans.commands.review import findings, undoing
from lantu_web.plans.commands.review.standing import Stretch, refresh
from lantu_web.plans.commands.review.trail import as_seen, change_candidate, must_be, plan_in_review
from lantu_web.plans.commands.review.words import heading_at, words_of
from lantu_web.plans.content import clean, label_of
from lantu_web.plans.enums import LIVE, Act, CandidateState, ItemKind, Origin, RejectReason
from lantu_web.plans.models import Candidate
from lantu_web.plans.validators import NOTE_LENGTH


@transaction.atomic
def accept(*, by: Person, candidate: Candidate, expected: int) -> Candidate:
    """It becomes part of the plan as it stands."""
    plan_in_review(by=by, plan_id=candidate.plan_id)
    row = as_seen(candidate, expected)
    must_be(row, CandidateState.OPEN)
    change_candidate(by=by, row=row, act=Act.ACCEPT, state=CandidateState.ACCEPTED)
    refresh(row.plan_id, [(row.start, row.end)])
    return row


@transaction.atomic
def edit(
    *,
    by: Person,
    candidate: Candidate,
    expected: int,
    values: Mapping[str, Any],
    kind: ItemKind | None = None,
    span: Stretch | None = None,
    accept: bool = False,
) -> Candidate:
    """Other content, kind or place; ``accept`` accepts it at once. Raises Invalid naming the field."""
    plan = plan_in_review(by=by, plan_id=candidate.plan_id)
    row = as_seen(candidate, expected)
    must_be(row, *LIVE)
    kind = kind or ItemKind(row.kind)
    content = clean(kind, values)
    changes: dict[str, Any] = {"kind": kind, "content": content, "label": label_of(kind, content)}
    was = (row.start, row.end)
    if span is not None and span != was:
        words = words_of(plan, *span)
        changes |= {"start": words.start, "end": words.end, "quote": words.quote, "heading": heading_at(plan, words.start)}
    if accept:
        changes["state"] = CandidateState.ACCEPTED
    change_candidate(by=by, row=row, act=Act.EDIT, **changes)
    refresh(row.plan_id, [was, (row.start, row.end)])
    return row


@transaction.atomic
def reject(*, by: Person, candidate: Candidate, expected: int, reason: str, note: str = "") -> Candidate:
    """It stays out of the plan, and the reason with it. A finding that was settled by it is open again."""
    plan_in_review(by=by, plan_id=candidate.plan_id)
    row = as_seen(candidate, expected)
    must_be(row, *LIVE)
    if reason not in RejectReason.values:
        raise Invalid(_("Say why it is rejected."), field="reason")
    note = typed(note, field="note", label=gettext_lazy("Note"), length=NOTE_LENGTH, required=reason == RejectReason.OTHER)
    changes: dict[str, Any] = {"state": CandidateState.REJECTED, "reject_reason": reason, "note": note}
    change_candidate(by=by, row=row, act=Act.REJECT, reason=note or str(RejectReason(reason).label), **changes)
    if row.origin == Origin.PAPER:
        findings.reopen_of(by=by, candidate=row)
    refresh(row.plan_id, [(row.start, row.end)])
    return row


@transaction.atomic
def reopen(*, by: Person, candidate: Candidate, expected: int) -> Candidate:
    """Undo the last decision: what was accepted or rejected is open again; what was split or merged stands as it was before."""
    plan_in_review(by=by, plan_id=candidate.plan_id)
    row = as_seen(candidate, expected)
    if row.state in (CandidateState.ACCEPTED, CandidateState.REJECTED):
        change_candidate(by=by, row=row, act=Act.REOPEN, state=CandidateState.OPEN, reject_reason="")
        refresh(row.plan_id, [(row.start, row.end)])
        return row
    reshaping = undoing.reshaping_of(row)
    if reshaping is None:
        raise Conflict(_("There is nothing to undo for “%(what)s”.") % {"what": row.label})
    return undoing.undo(by=by, reshaping=reshaping)
