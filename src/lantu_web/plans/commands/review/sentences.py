"""A sentence is deliberately not a task, and back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantu_web.accounts.acting import Person
from lantu_web.audit.commands import record
from lantu_web.lib.errors import Conflict
from lantu_web.lib.rows import BATCH
from lantu_web.lib.texts import typed
from lantu_web.plans.commands.review.standing import refresh
from lantu_web.plans.commands.review.trail import Seen, all_as_seen, as_seen, decision, leave, plan_in_review
from lantu_web.plans.enums import Act, Standing
from lantu_web.plans.models import Decision, Heading, Plan, Sentence
from lantu_web.plans.queries.outline import keys_below

REASON = 300


@transaction.atomic
def mark_not_a_task(*, by: Person, sentence: Sentence, expected: int, reason: str) -> Sentence:
    """Nothing of it will be delivered, and ``reason`` says why. Only an open sentence: others are decided."""
    plan_in_review(by=by, plan_id=sentence.plan_id)
    row = as_seen(sentence, expected)
    _must_be_open(row)
    row.reason = _reason(reason)
    row.standing, row.revision = Standing.NOT_A_TASK, row.revision + 1
    row.save(update_fields=["standing", "reason", "revision"])
    before, after = {"standing": Standing.OPEN.value}, {"standing": Standing.NOT_A_TASK.value, "reason": row.reason}
    leave(by=by, on=row, act=Act.NOT_A_TASK, before=before, after=after, reason=row.reason)
    return row


@transaction.atomic
def reopen_sentence(*, by: Person, sentence: Sentence, expected: int) -> Sentence:
    """Take the reason back; the sentence is open again, or covered if an accepted candidate overlaps it."""
    plan_in_review(by=by, plan_id=sentence.plan_id)
    row = as_seen(sentence, expected)
    if not row.reason:
        raise Conflict(_("This sentence is not marked as deliberately not a task."))
    before = {"standing": str(row.standing), "reason": row.reason}
    row.reason, row.revision = "", row.revision + 1
    row.save(update_fields=["reason", "revision"])
    refresh(row.plan_id, [(row.start, row.end)])
    row.refresh_from_db(fields=["standing"])
    leave(by=by, on=row, act=Act.REOPEN, before=before, after={"standing": str(row.standing), "reason": ""})
    return row


@transaction.atomic
def mark_section_not_a_task(*, by: Person, plan: Plan, heading: Heading | None, seen: Sequence[Seen], reason: str) -> list[Sentence]:
    """The same for exactly the open sentences that were seen under the heading and below it; none if one of them was decided meanwhile."""
    plan = plan_in_review(by=by, plan_id=plan.pk)
    keys, reason = keys_below(plan, heading), _reason(reason)
    sentences = Sentence.objects.filter(plan=plan, pk__in=[one.id for one in seen])
    rows = all_as_seen([row for row in sentences if row.heading_id in keys], seen)
    for row in rows:
        _must_be_open(row)
    if not rows:
        raise Conflict(_("No sentence is open here any more."))
    Sentence.objects.filter(pk__in=[row.pk for row in rows]).update(standing=Standing.NOT_A_TASK, reason=reason, revision=F("revision") + 1)
    before, after = {"standing": Standing.OPEN.value}, {"standing": Standing.NOT_A_TASK.value, "reason": reason}
    made = [decision(by=by, on=row, act=Act.NOT_A_TASK, before=before, after=after, reason=reason) for row in rows]
    Decision.objects.bulk_create(made, batch_size=BATCH)
    record(
        by=by, action="sentence.not_a_task_section", on=heading or plan, before=before,
        after={**after, "sentences": {str(row.pk): str(row) for row in rows}},
    )  # fmt: skip
    return rows


def _must_be_open(row: Sentence) -> None:
    """Raises Conflict where it is decided, or a heading."""
    if row.standing == Standing.COVERED:
        raise Conflict(_("“%(what)s” is covered by an accepted candidate meanwhile.") % {"what": row})
    if row.standing != Standing.OPEN:
        raise Conflict(_("“%(what)s” is not open.") % {"what": row})


def _reason(text: str) -> str:
    return typed(text, field="reason", label=gettext_lazy("Reason"), length=REASON)
