"""Enter plans into the register and keep their entries: no plan is made or approved that is not on the list. None is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.audit.commands import record
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed
from lantu_web.plans.commands.locking import check_plan, locked_plan
from lantu_web.plans.enums import BEFORE_APPROVAL, PlanKind, PlanLevel
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.offers import field_named, offers_of
from lantu_web.plans.queries.register import below, plans_visible_to
from lantu_web.plans.validators import EARLIEST_YEAR, LATEST_YEAR, YEARS

_FIELDS = (
    "name", "kind", "level", "unit_id", "parent_id", "issuing_body", "approving_body", "document_number", "issued_on", "period_start",
    "period_end", "filing_number", "filed_on",
)  # fmt: skip
_FILING = ("filing_number", "filed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is written into the register of one plan."""

    name: str
    kind: str = PlanKind.DEVELOPMENT
    level: str = PlanLevel.ZONE
    unit_id: int | None = None
    parent_id: int | None = None
    issuing_body: str = ""
    approving_body: str = ""
    document_number: str = ""
    issued_on: date | None = None
    period_start: int | None = None
    period_end: int | None = None
    filing_number: str = ""
    filed_on: date | None = None


@transaction.atomic
def enter(*, by: Person, entry: Entry) -> Plan:
    """A new plan, as a draft. Raises Invalid naming the field."""
    require(by, Right.PLAN_WRITE)
    require_in_unit(by, Right.PLAN_WRITE, entry.unit_id)
    assert by.zone_id is not None
    plan = Plan(zone_id=by.zone_id, created_by_id=by.user_id)
    _write(plan, entry, by=by)
    _save(plan)
    record(by=by, action="plan.enter", on=plan, after=_seen(plan))
    return plan


@transaction.atomic
def edit(*, by: Person, plan_id: int, expected: int, entry: Entry) -> Plan:
    """Change the entry of a plan before its approval. Raises Conflict afterwards, or where somebody was quicker; Invalid."""
    require(by, Right.PLAN_WRITE)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.PLAN_WRITE, plan.unit_id)
    _refuse_approved(plan)
    check_plan(plan, expected, by=by)
    before = _seen(plan)
    _write(plan, entry, by=by)
    return _changed(plan, by=by, action="plan.edit", before=before)


@transaction.atomic
def file(*, by: Person, plan_id: int, expected: int, filing_number: str, filed_on: date | None) -> Plan:
    """备案: number and day, in any state; what a plan says is not touched. Raises Conflict, Invalid."""
    require(by, Right.PLAN_WRITE)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.PLAN_WRITE, plan.unit_id)
    check_plan(plan, expected, by=by)
    before = _seen(plan)
    plan.filing_number, plan.filed_on = _line("filing_number", filing_number), filed_on
    return _changed(plan, by=by, action="plan.file", before=before)


@transaction.atomic
def take_offers(*, by: Person, plan_id: int, expected: int) -> Plan:
    """Fill what is still empty with what was found in the text; what somebody typed stays. Raises Conflict."""
    require(by, Right.PLAN_WRITE)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.PLAN_WRITE, plan.unit_id)
    _refuse_approved(plan)
    check_plan(plan, expected, by=by)
    before = _seen(plan)
    for offer in offers_of(plan):
        setattr(plan, offer.field, offer.value)
    return _changed(plan, by=by, action="plan.take_offers", before=before)


def _refuse_approved(plan: Plan) -> None:
    if plan.state not in BEFORE_APPROVAL:
        raise Conflict(_("“%(plan)s” is approved: what it says changes only by an adjustment.") % {"plan": plan.name})


def _changed(plan: Plan, *, by: Person, action: str, before: dict[str, object]) -> Plan:
    after = _seen(plan)
    changed = [name for name in _FIELDS if before[name] != after[name]]
    if changed:
        plan.revision += 1
        _save(plan)
        record(
            by=by, action=action, on=plan, before={name: before[name] for name in changed}, after={name: after[name] for name in changed}
        )  # fmt: skip
    return plan


def _write(plan: Plan, entry: Entry, *, by: Person) -> None:
    plan.name = _line("name", entry.name, required=True)
    plan.kind, plan.level = _choice("kind", entry.kind, PlanKind.values), _choice("level", entry.level, PlanLevel.values)
    if entry.unit_id != plan.unit_id:
        require_in_unit(by, Right.PLAN_WRITE, entry.unit_id)
        plan.unit = _unit(by, entry.unit_id)
    if entry.parent_id != plan.parent_id:
        plan.parent = _parent(by, plan, entry.parent_id)
    for name in ("issuing_body", "approving_body", "document_number", "filing_number"):
        setattr(plan, name, _line(name, getattr(entry, name)))
    plan.issued_on, plan.filed_on = entry.issued_on, entry.filed_on
    plan.period_start, plan.period_end = _period(entry.period_start, entry.period_end)


def _line(name: str, value: str, *, required: bool = False) -> str:
    field = field_named(name)
    return typed(value, field=name, label=field.verbose_name, length=field.max_length or 0, required=required)


def _choice(name: str, value: str, known: list[str]) -> str:
    if value not in known:
        raise Invalid(_("“%(value)s” is none of the choices.") % {"value": value}, field=name)
    return value


def _unit(by: Person, unit_id: int | None) -> Unit | None:
    """A living unit of the zone."""
    if unit_id is None:
        return None
    unit = Unit.objects.filter(zone_id=by.zone_id or 0, dissolved_on=None, pk=unit_id).first()
    if unit is None:
        raise Invalid(_("This unit is not there any more."), field="unit")
    return unit


def _parent(by: Person, plan: Plan, parent_id: int | None) -> Plan | None:
    """A plan of the same zone that does not stand below this one."""
    if parent_id is None:
        return None
    parent = plans_visible_to(by).select_for_update(of=("self",)).filter(pk=parent_id).first()
    if parent is None:
        raise Invalid(_("This upper plan is not there."), field="parent")
    if plan.pk is not None and parent.pk in {plan.pk, *below(plan)}:
        message = _("“%(parent)s” stands below this plan itself; it cannot stand above it too.")
        raise Invalid(message % {"parent": parent.name}, field="parent")
    return parent


def _period(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    for name, year in (("period_start", start), ("period_end", end)):
        if year is not None and year not in YEARS:
            message = _("%(year)s is not a year between %(first)s and %(last)s.")
            raise Invalid(message % {"year": year, "first": EARLIEST_YEAR, "last": LATEST_YEAR}, field=name)
    if (start is None) != (end is None):
        raise Invalid(_("A period has a first and a last year."), field="period_end" if end is None else "period_start")
    if start is not None and end is not None and end < start:
        raise Invalid(_("The last year is before the first."), field="period_end")
    return start, end


def _save(plan: Plan) -> None:
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise Invalid(_("“%(name)s” is in the register already.") % {"name": plan.name}, field="name") from None


def _seen(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in _FIELDS}
