"""Approve a plan: freeze what was accepted as version 1. Close a plan at the end of its life."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict
from lantu_web.lib.texts import day, typed
from lantu_web.plans.commands.freezing import freeze
from lantu_web.plans.commands.locking import check_plan, locked_plan
from lantu_web.plans.models import Plan, Version
from lantu_web.plans.queries.approval import Hurdle, hurdles_of_approval, hurdles_of_closing
from lantu_web.plans.transitions import PlanAct, follow

_APPROVAL = ("state", "approving_body", "document_number", "approved_on")


@transaction.atomic
def approve(
    *, by: Person, plan_id: int, expected: int, approving_body: str, document_number: str, approved_on: date | None
) -> Version:  # fmt: skip
    """The baseline: version 1 with every accepted item. Raises Conflict while anything is undecided or under way."""
    require(by, Right.PLAN_APPROVE)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.PLAN_APPROVE, plan.unit_id)
    before, state = _seen(plan), follow(plan, PlanAct.APPROVE)
    check_plan(plan, expected, by=by)
    plan.approving_body = typed(approving_body, field="approving_body", label=_("Approving body"), length=100)
    plan.document_number = typed(document_number, field="document_number", label=_("Document number"), length=60)
    plan.approved_on = day(approved_on, field="approved_on", label=_("Approved on"), latest=clock.today())
    _refuse(hurdles_of_approval(plan))
    version = Version.objects.create(
        plan=plan, number=1, effective_on=plan.approved_on, approving_body=plan.approving_body, document_number=plan.document_number,
        created_at=clock.now(),
    )  # fmt: skip
    items = freeze(plan, version)
    plan.state = state
    plan.revision += 1
    plan.save(update_fields=[*_APPROVAL, "revision"])
    record(by=by, action=PlanAct.APPROVE, on=plan, before=before, after={**_seen(plan), "version": 1, "items": len(items)})
    return version


@transaction.atomic
def close(*, by: Person, plan_id: int, expected: int, closed_on: date | None) -> Plan:
    """The end of a plan's life: it stays readable, nothing of it changes any more."""
    require(by, Right.PLAN_APPROVE)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.PLAN_APPROVE, plan.unit_id)
    before, state = plan.state, follow(plan, PlanAct.CLOSE)
    check_plan(plan, expected, by=by)
    plan.closed_on = day(closed_on, field="closed_on", label=_("Closed on"), latest=clock.today(), earliest=plan.approved_on)
    _refuse(hurdles_of_closing(plan))
    plan.state = state
    plan.revision += 1
    plan.save(update_fields=["state", "closed_on", "revision"])
    record(by=by, action=PlanAct.CLOSE, on=plan, before={"state": before}, after={"state": plan.state, "closed_on": plan.closed_on})
    return plan


def _refuse(hurdles: tuple[Hurdle, ...]) -> None:
    """Say everything that stands in the way at once, with the places."""
    if hurdles:
        raise Conflict(" ".join(_with_places(hurdle) for hurdle in hurdles))


def _with_places(hurdle: Hurdle) -> str:
    told = _("%(title)s (%(count)s)")
    named = [told % {"title": place.title or _("before the first heading"), "count": place.count} for place in hurdle.places]
    if not named:
        return hurdle.message
    shown = " · ".join(named[:5]) + (" …" if len(named) > 5 else "")
    return f"{hurdle.message} {shown}"


def _seen(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in _APPROVAL}
