"""Units: enter, change, move, order. What becomes of them stands in ``unit_fates``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import locked_zone, unit_of
from lantu_web.accounts.enums import UnitKind
from lantu_web.accounts.models import Unit, Zone
from lantu_web.accounts.queries.units import living_units, superiors_by_unit, superiors_of
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib.errors import Invalid
from lantu_web.lib.texts import typed

STEP = 10  # between the positions of two neighbours, so that one fits between


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTerms:
    """What is told of a unit when it is entered. ``position`` None: behind its neighbours."""

    code: str
    name: str
    kind: str
    short_name: str = ""
    parent_id: int | None = None
    position: int | None = None
    established_on: date | None = None


@transaction.atomic
def create_unit(*, by: Person, terms: UnitTerms) -> Unit:
    """Enter a unit. Raises Invalid (field) for what cannot be or is taken."""
    require(by, Right.ORGANISATION_WRITE)
    return enter(locked_zone(by), by=by, terms=terms)


def enter(zone: Zone, *, by: Person, terms: UnitTerms, action: str = "unit.create") -> Unit:
    """The same inside of a command that holds the zone."""
    unit = Unit(zone=zone, established_on=terms.established_on, kind=kind_of(terms.kind))
    unit.code = free_code(zone, terms.code)
    unit.name = free_name(zone, terms.name)
    unit.short_name = short_name(terms.short_name)
    unit.parent = None if terms.parent_id is None else unit_of(zone, terms.parent_id, field="parent")
    unit.position = _behind(zone, terms.parent_id) if terms.position is None else terms.position
    unit.save()
    record(by=by, action=action, on=unit, after=told(unit))
    return unit


@transaction.atomic
def edit_unit(*, by: Person, unit_id: int, expected: int, code: str, kind: str, parent_id: int | None, established_on: date | None) -> Unit:
    """Change what is told of a unit, but its name (``rename_unit``). Raises Invalid, Conflict."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    unit = unit_of(zone, unit_id)
    check_revision(unit, expected, by=by)
    before = told(unit)
    unit.code = free_code(zone, code, but=unit)
    unit.kind = kind_of(kind)
    unit.established_on = established_on
    put_under(zone, unit, parent_id)
    return saved(by, unit, before, action="unit.edit")


@transaction.atomic
def move_unit(*, by: Person, unit_id: int, expected: int, parent_id: int | None) -> Unit:
    """Put a unit under another superior, or on top. Raises Invalid where that would close a circle."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    unit = unit_of(zone, unit_id)
    check_revision(unit, expected, by=by)
    before = told(unit)
    put_under(zone, unit, parent_id)
    return saved(by, unit, before, action="unit.move")


@transaction.atomic
def shift_unit(*, by: Person, unit_id: int, step: int) -> Unit:
    """Put a unit one place before (-1) or behind (+1) its neighbour; at the end of the row nothing happens."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    unit = unit_of(zone, unit_id)
    row = list(living_units(zone.pk).filter(parent_id=unit.parent_id))
    at = [one.pk for one in row].index(unit.pk)
    to = at + (1 if step > 0 else -1)
    if not 0 <= to < len(row):
        return unit
    row.insert(to, row.pop(at))
    for number, one in enumerate(row, 1):
        one.position = number * STEP
    Unit.objects.bulk_update(row, ["position"])
    record(by=by, action="unit.shift", on=unit, before={"place": at + 1}, after={"place": to + 1})
    return row[to]


def put_under(zone: Zone, unit: Unit, parent_id: int | None) -> None:
    """Set the superior, not saved. Raises Invalid where the superior stands below the unit."""
    if parent_id == unit.parent_id:
        return
    if parent_id is not None and unit.pk in superiors_of(parent_id, superiors_by_unit(zone.pk)):
        raise Invalid(_("“%(unit)s” cannot stand under itself or under a unit that stands below it.") % {"unit": unit.name}, field="parent")
    unit.parent = None if parent_id is None else unit_of(zone, parent_id, field="parent")
    unit.position = _behind(zone, parent_id)


def saved(by: Person, unit: Unit, before: dict[str, object], *, action: str, more: Mapping[str, object] | None = None) -> Unit:
    """Write what changed with its audit entry, which tells ``more`` too; nothing is written where nothing changed."""
    after = told(unit)
    if after != before:
        unit.revision += 1
        unit.save()
        record(by=by, action=action, on=unit, before=before, after=after | dict(more or {}))
    return unit


def told(unit: Unit) -> dict[str, object]:
    """What the audit keeps of a unit."""
    return {
        "code": unit.code, "name": unit.name, "short_name": unit.short_name, "kind": str(unit.kind),
        "parent": unit.parent.name if unit.parent else None, "established_on": unit.established_on, "dissolved_on": unit.dissolved_on,
    }  # fmt: skip


def _behind(zone: Zone, parent_id: int | None) -> int:
    last = living_units(zone.pk).filter(parent_id=parent_id).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + STEP


def free_code(zone: Zone, code: str, *, but: Unit | None = None) -> str:
    text = typed(code, field="code", label=_("Code"), length=20)
    if Unit.objects.filter(zone=zone, code=text).exclude(pk=but.pk if but else 0).exists():
        raise Invalid(_("The code “%(code)s” is taken by another unit.") % {"code": text}, field="code")
    return text


def free_name(zone: Zone, name: str, *, but: Unit | None = None) -> str:
    text = typed(name, field="name", label=_("Name"), length=100)
    if living_units(zone.pk).filter(name=text).exclude(pk=but.pk if but else 0).exists():
        raise Invalid(_("There is a unit “%(name)s” already.") % {"name": text}, field="name")
    return text


def short_name(text: str) -> str:
    return typed(text, field="short_name", label=_("Short name"), length=40, required=False)


def kind_of(kind: str) -> UnitKind:
    if kind not in UnitKind.values:
        raise Invalid(_("“%(kind)s” is no kind of unit.") % {"kind": kind[:40]}, field="kind")
    return UnitKind(kind)
