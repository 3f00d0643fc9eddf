"""What every decision of a review begins and ends with: the plan held, the row as it was seen; the trail that it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import changed_meanwhile
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict
from lantu_web.plans.commands.locking import locked_plan_in_review
from lantu_web.plans.enums import Act, CandidateState
from lantu_web.plans.models import Candidate, Decision, Finding, Plan, Sentence
from lantu_web.plans.queries.changes import last_amendment_of
from lantu_web.plans.validators import NOTE_LENGTH

Reviewed = Candidate | Sentence | Finding
Values = Mapping[str, Any]
Row = TypeVar("Row", Candidate, Sentence, Finding)


class Seen(NamedTuple):
    """A row as somebody saw it when they decided: its id and its revision."""

    id: int
    revision: int


def plan_in_review(*, by: Person, plan_id: int) -> Plan:
    """The plan, held until the transaction ends. Raises Forbidden, or Conflict unless it is in review."""
    require(by, Right.CANDIDATE_REVIEW)
    plan = locked_plan_in_review(by=by, plan_id=plan_id)
    require_in_unit(by, Right.CANDIDATE_REVIEW, plan.unit_id)
    return plan


def as_seen(row: Row, expected: int) -> Row:
    """The row again, now that the plan is held. Raises Conflict if somebody decided on it since."""
    now = type(row)._default_manager.get(pk=row.pk)
    if now.revision != expected:
        raise stale(now)
    return now


def stale(row: Reviewed) -> Conflict:
    """Who decided what and when, for the person who was not the first."""
    name = row._meta.model_name
    last = Decision.objects.filter(**{f"{name}": row}).select_related("by").first()
    if last is None:
        return changed_meanwhile(last_amendment_of(row.plan))
    told = {"name": last.by.name if last.by else "Lantu", "act": last.get_act_display(), "when": moment(last.at), "what": str(row)}
    return Conflict(_("%(name)s %(act)s “%(what)s” on %(when)s. Nothing of yours was saved: look at it as it stands now.") % told)


def moment(at: Any) -> str:
    return date_format(localtime(at), "Y-m-d H:i")


def candidate_values(row: Candidate) -> dict[str, Any]:
    """What a decision can change of a candidate."""
    return {
        "kind": str(row.kind), "state": str(row.state), "content": row.content, "start": row.start, "end": row.end, "quote": row.quote,
        "parent": row.parent_id, "reject_reason": str(row.reject_reason), "note": row.note,
    }  # fmt: skip


def change_candidate(*, by: Person, row: Candidate, act: Act, reason: str = "", told: Values | None = None, **values: Any) -> Candidate:
    """Write the values, who decided and when, and the trail; ``told`` is said in the trail besides. One revision more."""
    before = candidate_values(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.decided_by_id, row.decided_at, row.revision = by.user_id, clock.now(), row.revision + 1
    row.save(update_fields=[*values, "decided_by", "decided_at", "revision"])
    was, now = difference(before, candidate_values(row))
    leave(by=by, on=row, act=act, before=was, after={**now, **(told or {})}, reason=reason)
    return row


def difference(before: Values, after: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def leave(*, by: Person, on: Reviewed, act: Act, before: Values | None, after: Values | None, reason: str = "") -> None:
    """A decision and an entry of the audit."""
    decision(by=by, on=on, act=act, before=before, after=after, reason=reason).save()
    told = {**(after or {}), "why": reason} if reason else after
    record(by=by, action=f"{on._meta.model_name}.{act.value}", on=on, before=before, after=told)


def decision(*, by: Person, on: Reviewed, act: Act, before: Values | None, after: Values | None, reason: str = "") -> Decision:
    """The row, not yet saved."""
    made = Decision(plan_id=on.plan_id, act=act, reason=reason[:NOTE_LENGTH], before=before, after=after, by_id=by.user_id, at=clock.now())
    setattr(made, str(on._meta.model_name), on)
    return made


def all_as_seen(rows: Sequence[Row], seen: Sequence[Seen]) -> list[Row]:
    """Those rows that were seen, all unchanged. Raises Conflict for the first that is not."""
    by_id = {row.pk: row for row in rows}
    for one in seen:
        if one.id not in by_id:
            raise Conflict(_("Something of what you saw is not there any more. Nothing was saved: look at it again."))
        if by_id[one.id].revision != one.revision:
            raise stale(by_id[one.id])
    return [by_id[one.id] for one in seen]


def must_be(row: Candidate, *states: CandidateState) -> None:
    """Raises Conflict in any other state."""
    if row.state not in states:
        told = {"what": row.label, "state": CandidateState(row.state).label}
        raise Conflict(_("“%(what)s” is in the state “%(state)s”; this is not possible there.") % told)
