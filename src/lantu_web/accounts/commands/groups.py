"""考核分组: units that are assessed against one another."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import locked_zone
from lantu_web.accounts.models import Unit, UnitGroup, Zone
from lantu_web.accounts.queries.units import living_units
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed


@transaction.atomic
def create_group(*, by: Person, name: str, unit_ids: Collection[int]) -> UnitGroup:
    """Raises Invalid (field) where the name is taken or a unit is not there."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    units = _living(zone, unit_ids)
    group = UnitGroup.objects.create(zone=zone, name=_free(zone, name))
    group.units.set(units)
    record(by=by, action="group.create", on=group, after=_told(group.name, units))
    return group


@transaction.atomic
def change_group(*, by: Person, group_id: int, expected: int, name: str, unit_ids: Collection[int]) -> UnitGroup:
    """Name and units of a group; dissolved units that were in it stay in it. Raises Invalid, Conflict."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    group = UnitGroup.objects.filter(zone=zone, pk=group_id).first()
    if group is None:
        raise Conflict(_("This group is not there any more."))
    check_revision(group, expected, by=by)
    units, was = _living(zone, unit_ids), list(group.units.filter(dissolved_on=None))
    before = _told(group.name, was)
    group.name = _free(zone, name, but=group)
    after = _told(group.name, units)
    if after != before:
        group.revision += 1
        group.save()
        group.units.remove(*[unit for unit in was if unit not in units])
        group.units.add(*units)
        record(by=by, action="group.change", on=group, before=before, after=after)
    return group


def _told(name: str, units: Collection[Unit]) -> dict[str, object]:
    return {"name": name, "units": [unit.name for unit in units]}


def _living(zone: Zone, unit_ids: Collection[int]) -> list[Unit]:
    units = list(living_units(zone.pk).filter(pk__in=unit_ids))
    if len(units) != len(set(unit_ids)):
        raise Invalid(_("One of the chosen units is not there any more: choose again."), field="units")
    return units


def _free(zone: Zone, name: str, *, but: UnitGroup | None = None) -> str:
    text = typed(name, field="name", label=_("Name"), length=60)
    if UnitGroup.objects.filter(zone=zone, name=text).exclude(pk=but.pk if but else 0).exists():
        raise Invalid(_("There is a group “%(name)s” already.") % {"name": text}, field="name")
    return text
