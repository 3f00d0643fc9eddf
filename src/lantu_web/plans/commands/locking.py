"""The lock of a plan: whoever writes below a plan holds its row, so that an approval never meets a half-done change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.audit.revisions import check_revision
from lantu_web.lib.errors import Conflict
from lantu_web.plans.enums import PlanState
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.changes import changes_from_below


def locked_plan(*, by: Person, plan_id: int) -> Plan:
    """The plan of the acting zone, held until the transaction ends. Raises Conflict if it is not there."""
    plan = Plan.objects.select_for_update(of=("self",)).filter(zone_id=by.zone_id or 0, pk=plan_id).first()
    if plan is None:
        raise Conflict(_("This plan is not there any more."))
    return plan


def locked_plan_in_review(*, by: Person, plan_id: int) -> Plan:
    """The same, refused unless it is in review: what was approved changes only by an adjustment. Raises Conflict."""
    plan = locked_plan(by=by, plan_id=plan_id)
    if plan.state != PlanState.IN_REVIEW:
        raise Conflict(
            _("“%(plan)s” is not in review any more; what was approved changes only by an adjustment.") % {"plan": plan.name}
        )
    return plan


def check_plan(plan: Plan, expected: int, *, by: Person) -> None:
    """Refuse what was decided on an older view of the plan. Raises Conflict, naming who changed it: also by what was done below it."""
    check_revision(plan, expected, by=by, through=changes_from_below(plan))
