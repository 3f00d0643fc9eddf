"""What becomes of units: renamed, merged, split, dissolved. What was stays readable: nothing of it is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import locked_zone, unit_of
from lantu_web.accounts.commands.posts_of_units import carry_posts
from lantu_web.accounts.commands.units import UnitTerms, enter, free_name, saved, short_name, told
from lantu_web.accounts.enums import SuccessionKind
from lantu_web.accounts.models import Unit, UnitName, UnitSuccession, Zone
from lantu_web.accounts.queries.units import living_units, superiors_by_unit, superiors_of
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid
from lantu_web.lib.texts import day, typed


@transaction.atomic
def rename_unit(
    *, by: Person, unit_id: int, expected: int, name: str, short: str, on: date | None, document_number: str = "", is_slip: bool = False
) -> Unit:
    """Give a unit its new name from a day on; the old one is kept, unless it was but a slip of the pen. Raises Invalid, Conflict."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    unit = unit_of(zone, unit_id)
    check_revision(unit, expected, by=by)
    before = told(unit)
    unit.name, unit.short_name = free_name(zone, name, but=unit), short_name(short)
    if unit.name == before["name"] and unit.short_name == before["short_name"]:
        return unit
    if not is_slip and unit.name != before["name"]:
        keep_name(unit, name=str(before["name"]), short=str(before["short_name"]), until=a_day(on))
    number = _document_number(document_number)
    return saved(by, unit, before, action="unit.rename", more={"document_number": number} if number else {})


def keep_name(unit: Unit, *, name: str, short: str, until: date) -> None:
    """Write down a name that the unit bore until that day."""
    UnitName.objects.create(unit=unit, name=name, short_name=short, until=until)


@transaction.atomic
def merge_units(
    *, by: Person, units: Mapping[int, int], into: int | UnitTerms, on: date | None, document_number: str = "", carry: bool = True
) -> Unit:
    """Merge ``units`` (id → expected revision) into a living unit or a new one; gives the successor.

    Each of them is dissolved on that day, its subordinate units come under the successor, its posts end that day and, with ``carry``,
    go on in the successor.
    """
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    gone = _expected(zone, units, by=by)
    if not gone or (len(gone) < 2 and isinstance(into, UnitTerms)) or into in units:
        message = _("Choose the units that are dissolved: at least two for a new unit, at least one besides a unit that stays.")
        raise Invalid(message, field="units")
    ended, number = a_day(on), _document_number(document_number)
    _mark_dissolved(gone, ended)
    successor = enter(zone, by=by, terms=into) if isinstance(into, UnitTerms) else unit_of(zone, into, field="into")
    _lift_above(zone, successor, gone)
    living_units(zone.pk).filter(parent__in=gone).exclude(pk=successor.pk).update(parent=successor)
    for unit in gone:
        _close(by, unit, (successor,), SuccessionKind.MERGED, number=number, action="unit.merge")
        carry_posts(by=by, unit=unit, on=ended, into=successor if carry else None)
    return successor


@transaction.atomic
def split_unit(
    *, by: Person, unit_id: int, expected: int, into: Sequence[UnitTerms], on: date | None, document_number: str = "",
    carry_into: int | None = None,
) -> list[Unit]:  # fmt: skip
    """Split a unit into several new ones; posts end that day and, with ``carry_into`` (number in ``into``), go on in that part."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    unit = unit_of(zone, unit_id)
    check_revision(unit, expected, by=by)
    _refuse_subordinates(zone, unit)
    if len(into) < 2:
        raise Invalid(_("A unit is split into two or more."), field="into")
    ended, number = a_day(on), _document_number(document_number)
    _mark_dissolved([unit], ended)
    parts = [enter(zone, by=by, terms=terms) for terms in into]
    _close(by, unit, parts, SuccessionKind.SPLIT, number=number, action="unit.split")
    carry_posts(by=by, unit=unit, on=ended, into=None if carry_into is None else parts[carry_into])
    return parts


@transaction.atomic
def dissolve_unit(*, by: Person, unit_id: int, expected: int, on: date | None, document_number: str = "") -> Unit:
    """Dissolve a unit that nothing follows; its posts end that day. Raises Invalid while units stand below it."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    unit = unit_of(zone, unit_id)
    check_revision(unit, expected, by=by)
    _refuse_subordinates(zone, unit)
    ended, number = a_day(on), _document_number(document_number)
    _mark_dissolved([unit], ended)
    _close(by, unit, (), SuccessionKind.MERGED, number=number, action="unit.dissolve")
    carry_posts(by=by, unit=unit, on=ended, into=None)
    return unit


def a_day(on: date | None) -> date:
    """A day that has come: what a unit will be is no fact yet."""
    return day(on, field="on", label=_("Date"), latest=clock.today())


def _document_number(text: str) -> str:
    return typed(text, field="document_number", label=_("Document number"), length=60, required=False)


def _expected(zone: Zone, units: Mapping[int, int], *, by: Person) -> list[Unit]:
    gone = [unit_of(zone, pk, field="units") for pk in units]
    for unit in gone:
        check_revision(unit, units[unit.pk], by=by)
    return gone


def _mark_dissolved(units: Sequence[Unit], on: date) -> None:
    """First of all, so that a new unit may take the name of one that goes."""
    for unit in units:
        if unit.established_on is not None and on < unit.established_on:
            message = _("“%(unit)s” was established on %(day)s; it cannot be dissolved before.")
            raise Invalid(message % {"unit": unit.name, "day": unit.established_on.isoformat()}, field="on")
        unit.dissolved_on = on
        unit.revision += 1
        unit.save(update_fields=["dissolved_on", "revision"])


def _lift_above(zone: Zone, successor: Unit, gone: Sequence[Unit]) -> None:
    """A successor that stood below one of the dissolved comes to stand where the highest of these stood."""
    above, lost = superiors_by_unit(zone.pk), {unit.pk for unit in gone}
    way = superiors_of(successor.pk, above)
    lost_above = [pk for pk in way[1:] if pk in lost]
    if lost_above:
        successor.parent_id = above[lost_above[-1]]
        successor.revision += 1
        successor.save(update_fields=["parent", "revision"])


def _close(by: Person, unit: Unit, successors: Sequence[Unit], kind: SuccessionKind, *, number: str, action: str) -> None:
    assert unit.dissolved_on is not None
    for successor in successors:
        UnitSuccession.objects.create(predecessor=unit, successor=successor, kind=kind, on=unit.dissolved_on, document_number=number)
    after: dict[str, object] = {"dissolved_on": unit.dissolved_on, "document_number": number}
    if successors:
        after["successors"] = [successor.name for successor in successors]
        for successor in successors:
            record(by=by, action="unit.succeed", on=successor, after={"predecessor": unit.name, "on": unit.dissolved_on})
    record(by=by, action=action, on=unit, before={"dissolved_on": None}, after=after)


def _refuse_subordinates(zone: Zone, unit: Unit) -> None:
    below = list(living_units(zone.pk).filter(parent=unit).values_list("name", flat=True)[:5])
    if below:
        message = _("Units stand below “%(unit)s”: %(below)s. Put them under another superior first.")
        raise Invalid(message % {"unit": unit.name, "below": "、".join(below)}, field="unit")
