"""What was done about a finding."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed
from lantu_web.plans.commands.review.trail import as_seen, leave, plan_in_review
from lantu_web.plans.enums import Act, FindingState, Settlement
from lantu_web.plans.models import Candidate, Finding
from lantu_web.plans.validators import NOTE_LENGTH

# What one may choose, and the state it leads to; TYPED_FROM_PAPER comes with the figure itself (``add_from_paper``).
CHOICES: Mapping[Settlement, FindingState] = MappingProxyType({
    Settlement.TEXT_IS_RIGHT: FindingState.DISMISSED,
    Settlement.NO_MATTER: FindingState.DISMISSED,
    Settlement.ASKED_ISSUER: FindingState.SETTLED,
})  # fmt: skip


@transaction.atomic
def settle(*, by: Person, finding: Finding, expected: int, settlement: str, note: str = "") -> Finding:
    """Settled, or dismissed as nothing to do: the choice tells which. Who asked the issuing body says in the note what it answered."""
    plan_in_review(by=by, plan_id=finding.plan_id)
    row = as_seen(finding, expected)
    if row.state != FindingState.OPEN:
        raise Conflict(_("This finding is settled already."))
    if settlement not in CHOICES:
        raise Invalid(_("Say what was done about it."), field="settlement")
    chosen = Settlement(settlement)
    note = typed(note, field="note", label=gettext_lazy("Note"), length=NOTE_LENGTH, required=chosen is Settlement.ASKED_ISSUER)
    return _changed(by, row, Act.SETTLE, state=CHOICES[chosen], settlement=chosen, note=note, candidate_id=None)


@transaction.atomic
def reopen_finding(*, by: Person, finding: Finding, expected: int) -> Finding:
    """Open again. A figure that was typed in for it stays: it has its own decisions."""
    plan_in_review(by=by, plan_id=finding.plan_id)
    row = as_seen(finding, expected)
    if row.state == FindingState.OPEN:
        raise Conflict(_("This finding is open already."))
    return _reopened(by, row)


def settle_by_paper(*, by: Person, finding: Finding, candidate: Candidate) -> None:
    """Inside of the command that typed the figure in."""
    _changed(
        by, finding, Act.SETTLE, state=FindingState.SETTLED, settlement=Settlement.TYPED_FROM_PAPER, note="", candidate_id=candidate.pk
    )


def reopen_of(*, by: Person, candidate: Candidate) -> None:
    """Inside of the command that rejects a figure from the paper original: what it settled is open again."""
    for finding in Finding.objects.filter(candidate=candidate).exclude(state=FindingState.OPEN):
        _reopened(by, finding)


def _reopened(by: Person, row: Finding) -> Finding:
    return _changed(by, row, Act.REOPEN, state=FindingState.OPEN, settlement="", note="", candidate_id=None)


def _values(row: Finding) -> dict[str, object]:
    return {"state": str(row.state), "settlement": str(row.settlement), "note": row.note, "candidate": row.candidate_id}


def _changed(by: Person, row: Finding, act: Act, *, state: FindingState, settlement: str, note: str, candidate_id: int | None) -> Finding:
    before = _values(row)
    row.state, row.settlement, row.note, row.candidate_id = state, settlement, note, candidate_id
    is_open = state is FindingState.OPEN
    row.settled_by_id, row.settled_at = (None, None) if is_open else (by.user_id, clock.now())
    row.revision += 1
    row.save()
    leave(by=by, on=row, act=act, before=before, after=_values(row))
    return row
