"""规划调整, the one way in which an approved plan changes: draft → opinions collected → approved, or withdrawn."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import day, typed
from lantu_web.plans.commands.locking import locked_plan
from lantu_web.plans.commands.revising import write_states
from lantu_web.plans.enums import AdjustmentState, Trigger
from lantu_web.plans.models import Adjustment, Version
from lantu_web.plans.transitions import PlanAct, follow

_APPROVAL = ("state", "approving_body", "upper_body", "document_number", "approved_on", "effective_on")


@transaction.atomic
def draft(*, by: Person, plan_id: int, title: str, trigger: str, reason: str) -> Adjustment:
    """Begin to prepare an adjustment of an approved plan. Raises Conflict while another of that title is under way."""
    require(by, Right.ADJUSTMENT_WRITE)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.ADJUSTMENT_WRITE, plan.unit_id)
    follow(plan, PlanAct.ADJUST)
    adjustment = Adjustment(plan=plan, created_by_id=by.user_id, created_at=clock.now())
    _name(adjustment, title, trigger, reason)
    _refuse_begun(adjustment)
    adjustment.save()
    record(by=by, action="adjustment.draft", on=adjustment, after={"plan": plan.name, **_named(adjustment)})
    return adjustment


@transaction.atomic
def rename(*, by: Person, adjustment_id: int, expected: int, title: str, trigger: str, reason: str) -> Adjustment:
    """Say otherwise what it is called, why it comes and what for. Raises Conflict while another of that title is under way."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=(AdjustmentState.DRAFT,))
    before = _named(adjustment)
    _name(adjustment, title, trigger, reason)
    _refuse_begun(adjustment)
    step(adjustment)
    record(by=by, action="adjustment.change", on=adjustment, before=before, after=_named(adjustment))
    return adjustment


@transaction.atomic
def consult(*, by: Person, adjustment_id: int, expected: int) -> Adjustment:
    """Ask for opinions: from now on the lines stand, so that every opinion is about the same words."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=(AdjustmentState.DRAFT,))
    if not adjustment.items.exists():
        raise Conflict(_("The adjustment changes nothing yet: add what is to change first."))
    return _move(by, adjustment, AdjustmentState.CONSULTATION, "adjustment.consult")


@transaction.atomic
def take_back(*, by: Person, adjustment_id: int, expected: int) -> Adjustment:
    """Back to the desk, to change lines after what was said; the opinions are kept."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=(AdjustmentState.CONSULTATION,))
    return _move(by, adjustment, AdjustmentState.DRAFT, "adjustment.take_back")


@transaction.atomic
def withdraw(*, by: Person, adjustment_id: int, expected: int) -> Adjustment:
    """It will not come; it stays readable."""
    states = (AdjustmentState.DRAFT, AdjustmentState.CONSULTATION)
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=states)
    return _move(by, adjustment, AdjustmentState.WITHDRAWN, "adjustment.withdraw")


@transaction.atomic
def approve(
    *, by: Person, adjustment_id: int, expected: int, approving_body: str, document_number: str, approved_on: date | None,
    effective_on: date | None, upper_body: str = "",
) -> Version:  # fmt: skip
    """The next version of the plan. Raises Conflict, naming the lines, where the plan has moved on since they were written."""
    require(by, Right.ADJUSTMENT_APPROVE)
    adjustment = held(
        by=by, adjustment_id=adjustment_id, expected=expected, states=(AdjustmentState.CONSULTATION,), right=Right.ADJUSTMENT_APPROVE
    )
    before, plan = _approval(adjustment), adjustment.plan
    state, last = follow(plan, PlanAct.ADJUST), Version.objects.filter(plan=plan).order_by("number").reverse()[0]
    _approved_by(adjustment, approving_body, upper_body, document_number)
    adjustment.approved_on = day(
        approved_on, field="approved_on", label=_("Approved on"), latest=clock.today(), earliest=plan.approved_on
    )
    adjustment.effective_on = day(
        effective_on, field="effective_on", label=_("Effective on"), earliest=max(adjustment.approved_on, last.effective_on)
    )
    version = Version.objects.create(
        plan=plan, number=last.number + 1, effective_on=adjustment.effective_on, approving_body=adjustment.approving_body,
        document_number=adjustment.document_number, created_at=clock.now(),
    )  # fmt: skip
    written = write_states(adjustment, version)
    adjustment.version, adjustment.state = version, AdjustmentState.APPROVED
    step(adjustment)
    plan.state, plan.revision = state, plan.revision + 1
    plan.save(update_fields=["state", "revision"])
    after = {**_approval(adjustment), "version": version.number, "items": written}
    record(by=by, action="adjustment.approve", on=adjustment, before=before, after=after)
    return version


def held(
    *, by: Person, adjustment_id: int, expected: int, states: tuple[AdjustmentState, ...], right: Right = Right.ADJUSTMENT_WRITE
) -> Adjustment:  # fmt: skip
    """The adjustment, held with its plan until the transaction ends, if it is in one of these states and nobody changed it."""
    require(by, right)
    plan_id = Adjustment.objects.filter(plan__zone_id=by.zone_id or 0, pk=adjustment_id).values_list("plan", flat=True).first()
    if plan_id is None:
        raise Conflict(_("This adjustment is not there any more."))
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, right, plan.unit_id)
    adjustment = Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment_id)
    adjustment.plan = plan
    follow(plan, PlanAct.ADJUST)
    if adjustment.state not in states:
        message = _("“%(title)s”: %(state)s; this is not possible any more.")
        raise Conflict(message % {"title": adjustment.title, "state": adjustment.get_state_display()})
    check_revision(adjustment, expected, by=by)
    return adjustment


def _move(by: Person, adjustment: Adjustment, state: AdjustmentState, action: str) -> Adjustment:
    before, adjustment.state = adjustment.state, state
    step(adjustment)
    record(by=by, action=action, on=adjustment, before={"state": before}, after={"state": state})
    return adjustment


def step(adjustment: Adjustment) -> None:
    """Save; whoever looks at the adjustment looks at something older now."""
    adjustment.revision += 1
    adjustment.save()


def _name(adjustment: Adjustment, title: str, trigger: str, reason: str) -> None:
    if trigger not in Trigger.values:
        raise Invalid(_("Say what gives rise to the adjustment."), field="trigger")
    adjustment.trigger = trigger
    adjustment.title = typed(title, field="title", label=_("Title of the adjustment"), length=200)
    adjustment.reason = typed(reason, field="reason", label=_("Reason"), length=5000)


def _refuse_begun(adjustment: Adjustment) -> None:
    """The plan is held: of two at the same moment the second one sees the first."""
    under_way = (AdjustmentState.DRAFT, AdjustmentState.CONSULTATION)
    others = Adjustment.objects.exclude(pk=adjustment.pk)
    if others.filter(plan=adjustment.plan, title=adjustment.title, state__in=under_way).exists():
        raise Conflict(_("“%(title)s” is being prepared already. Go on with that one.") % {"title": adjustment.title})


def _approved_by(adjustment: Adjustment, approving_body: str, upper_body: str, document_number: str) -> None:
    adjustment.approving_body = typed(approving_body, field="approving_body", label=_("Approving body"), length=100)
    adjustment.upper_body = typed(upper_body, field="upper_body", label=_("Upper party committee"), length=100, required=False)
    adjustment.document_number = typed(document_number, field="document_number", label=_("Document number"), length=60)


def _named(adjustment: Adjustment) -> dict[str, object]:
    return {"title": adjustment.title, "trigger": adjustment.trigger, "reason": adjustment.reason}


def _approval(adjustment: Adjustment) -> dict[str, object]:
    return {name: getattr(adjustment, name) for name in _APPROVAL}
