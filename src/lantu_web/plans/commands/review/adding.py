"""What the machine did not find: added by selecting its words, or typed in from the paper original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.plans.commands.review.findings import settle_by_paper
from lantu_web.plans.commands.review.standing import Stretch, refresh
from lantu_web.plans.commands.review.trail import as_seen, candidate_values, leave, plan_in_review
from lantu_web.plans.commands.review.words import heading_at, words_of
from lantu_web.plans.content import Content, clean, label_of
from lantu_web.plans.enums import LIVE, Act, CandidateState, FindingState, ItemKind, Origin
from lantu_web.plans.models import Candidate, Finding, Plan
from lantu_web.plans.queries.review import text_of

FIGURES = (ItemKind.TARGET, ItemKind.ACTUAL)


@transaction.atomic
def add(*, by: Person, plan: Plan, kind: ItemKind, values: Mapping[str, Any], span: Stretch) -> Candidate:
    """A candidate for the selected words, accepted at once. Raises Invalid naming the field, Conflict where it stands already."""
    plan = plan_in_review(by=by, plan_id=plan.pk)
    words = words_of(plan, *span)
    content = clean(kind, values)
    same = Candidate.objects.filter(plan=plan, kind=kind, start=words.start, end=words.end, state__in=LIVE)
    if any(row.content == content for row in same):
        raise Conflict(_("The same stands there already."))
    row = _row(by, plan, kind, content, words, origin=Origin.ADDED)
    return _saved(by, row)


@transaction.atomic
def add_from_paper(*, by: Person, finding: Finding, expected: int, kind: ItemKind, values: Mapping[str, Any]) -> Candidate:
    """A figure that the text lost, as the paper original has it; it says so, and the finding is settled by it."""
    plan = plan_in_review(by=by, plan_id=finding.plan_id)
    found = as_seen(finding, expected)
    if found.state != FindingState.OPEN:
        raise Conflict(_("This finding is settled already."))
    if kind not in FIGURES:
        raise Invalid(_("From the paper original come figures: a target or an actual."), field="kind")
    content = clean(kind, values)
    quote = text_of(plan)[found.start : found.end].strip()
    row = _row(by, plan, kind, content, (found.start, found.end, quote), origin=Origin.PAPER)
    _saved(by, row)
    settle_by_paper(by=by, finding=found, candidate=row)
    return row


def _row(by: Person, plan: Plan, kind: ItemKind, content: Content, words: tuple[int, int, str], *, origin: Origin) -> Candidate:
    start, end, quote = words
    return Candidate(
        plan=plan, heading=heading_at(plan, start), kind=kind, origin=origin, state=CandidateState.ACCEPTED, content=content,
        label=label_of(kind, content), quote=quote, start=start, end=end, decided_by_id=by.user_id, decided_at=clock.now(),
    )  # fmt: skip


def _saved(by: Person, row: Candidate) -> Candidate:
    row.save()
    leave(by=by, on=row, act=Act.ADD, before=None, after={**candidate_values(row), "origin": str(row.origin)})
    refresh(row.plan_id, [(row.start, row.end)])
    return row
