"""Accept at once what was seen of a section."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.rows import BATCH
from lantu_web.plans.commands.review.standing import refresh
from lantu_web.plans.commands.review.trail import Seen, all_as_seen, decision, must_be, plan_in_review
from lantu_web.plans.enums import Act, CandidateState
from lantu_web.plans.models import Candidate, Decision, Heading, Plan
from lantu_web.plans.queries.outline import keys_below


@transaction.atomic
def accept_section(*, by: Person, plan: Plan, heading: Heading | None, seen: Sequence[Seen], with_doubt: bool = False) -> list[Candidate]:
    """Accept exactly the candidates that were seen under the heading and below it (None: before the first heading).

    Raises Conflict, and accepts none, where one of them was decided meanwhile; Invalid for one in doubt unless ``with_doubt``. What came
    after the look stays open.
    """
    plan = plan_in_review(by=by, plan_id=plan.pk)
    keys = keys_below(plan, heading)
    candidates = Candidate.objects.filter(plan=plan, pk__in=[one.id for one in seen])
    rows = all_as_seen([row for row in candidates if row.heading_id in keys], seen)
    for row in rows:
        must_be(row, CandidateState.OPEN)
    if not rows:
        raise Conflict(_("There is nothing to accept here any more."))
    if not with_doubt and any(row.doubt for row in rows):
        raise Invalid(_("Some of them are in doubt; look at those one by one, or say that they are accepted too."), field="with_doubt")
    _accepted(by, rows)
    record(
        by=by, action="candidate.accept_section", on=heading or plan, before={"state": CandidateState.OPEN.value},
        after={"state": CandidateState.ACCEPTED.value, "with_doubt": with_doubt, "candidates": {str(row.pk): row.label for row in rows}},
    )  # fmt: skip
    refresh(plan.pk, [(row.start, row.end) for row in rows])
    return rows


def _accepted(by: Person, rows: Sequence[Candidate]) -> None:
    at = clock.now()
    before, after = {"state": CandidateState.OPEN.value}, {"state": CandidateState.ACCEPTED.value}
    Candidate.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=CandidateState.ACCEPTED, decided_by_id=by.user_id, decided_at=at, revision=F("revision") + 1
    )
    Decision.objects.bulk_create([decision(by=by, on=row, act=Act.ACCEPT, before=before, after=after) for row in rows], batch_size=BATCH)
