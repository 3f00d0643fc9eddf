"""Opinions on a plan or on an adjustment: appended, never changed; whoever thinks otherwise later says so again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.lib.texts import day, typed
from lantu_web.plans.commands.locking import locked_plan
from lantu_web.plans.enums import BEFORE_APPROVAL, AdjustmentState, PlanState, Position
from lantu_web.plans.models import Adjustment, Opinion, Plan
from lantu_web.plans.rulebook import sent_twice


@transaction.atomic
def give(
    *, by: Person, plan_id: int, position: str, text: str, given_on: date | None, adjustment_id: int | None = None, body: str = "",
    unit_id: int | None = None,
) -> Opinion:  # fmt: skip
    """Say what one thinks of a plan, or of an adjustment while opinions are collected.

    Who prepares adjustments enters what any ``body`` has said, as on its letter; everybody else speaks for the own unit or the own person.
    Raises Conflict where the same was said just now, as by a form that was sent twice.
    """
    require(by, Right.OPINION_GIVE)
    plan = locked_plan(by=by, plan_id=plan_id)
    _refuse_unread(by, plan)
    opinion = Opinion(plan=plan, adjustment=_adjustment(plan, adjustment_id), by_id=by.user_id, at=clock.now())
    if position not in Position.values:
        raise Invalid(_("Say which position is taken."), field="position")
    opinion.position = position
    opinion.text = typed(text, field="text", label=_("Text"), length=5000, required=position != Position.AGREE)
    opinion.given_on = day(given_on, field="given_on", label=_("Given on"), latest=clock.today())
    _speak_for(opinion, by, body, _unit(by, unit_id))
    _refuse_sent_twice(opinion)
    opinion.save()
    record(by=by, action="opinion.give", on=opinion.adjustment or plan, after=_told(opinion))
    return opinion


def _refuse_unread(by: Person, plan: Plan) -> None:
    right = Right.PLAN_DRAFT_READ if plan.state in BEFORE_APPROVAL else Right.PLAN_READ
    if not by.may_in_unit(right, plan.unit_id):
        raise Forbidden(_("You have no right to read this plan."))
    if plan.state == PlanState.CLOSED:
        raise Conflict(_("“%(plan)s” is closed.") % {"plan": plan.name})


def _adjustment(plan: Plan, adjustment_id: int | None) -> Adjustment | None:
    if adjustment_id is None:
        return None
    adjustment = Adjustment.objects.filter(plan=plan, pk=adjustment_id).first()
    if adjustment is None:
        raise Conflict(_("This adjustment is not there any more."))
    if adjustment.state != AdjustmentState.CONSULTATION:
        raise Conflict(_("No opinions are being collected on “%(title)s” now.") % {"title": adjustment.title})
    return adjustment


def _unit(by: Person, unit_id: int | None) -> Unit | None:
    if unit_id is None:
        return None
    unit = Unit.objects.filter(zone_id=by.zone_id or 0, pk=unit_id).first()
    if unit is None:
        raise Invalid(_("This unit is not there."), field="unit_id")
    return unit


def _speak_for(opinion: Opinion, by: Person, body: str, unit: Unit | None) -> None:
    if by.may(Right.ADJUSTMENT_WRITE):
        opinion.unit, name = unit, body or (unit.name if unit else "")
        opinion.body = typed(name, field="body", label=_("Who says so"), length=100)
        return
    if unit is not None and unit.pk not in by.unit_ids:
        raise Forbidden(_("You can speak for your own unit only."))
    own = unit or Unit.objects.filter(zone_id=by.zone_id or 0, pk__in=by.unit_ids).order_by("pk").first()
    opinion.unit, opinion.body = own, own.name if own else by.name


def _refuse_sent_twice(opinion: Opinion) -> None:
    """The plan is held: of two at the same moment the second one sees the first."""
    names = ("plan_id", "adjustment_id", "by_id", "unit_id", "body", "position", "text", "given_on")
    if Opinion.objects.filter(**{name: getattr(opinion, name) for name in names}, at__gt=opinion.at - sent_twice()).exists():
        raise Conflict(_("This opinion of “%(body)s” is entered already; it was sent twice.") % {"body": opinion.body})


def _told(opinion: Opinion) -> dict[str, object]:
    return {"body": opinion.body, "position": opinion.position, "text": opinion.text, "given_on": opinion.given_on}
