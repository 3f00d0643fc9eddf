"""科室 inside of units: add, rename, retire, take into use again."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import locked_zone, unit_of
from lantu_web.accounts.models import Section, Unit
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed


@transaction.atomic
def add_section(*, by: Person, unit_id: int, name: str) -> Section:
    """Raises Invalid where the unit has one of that name."""
    require(by, Right.ORGANISATION_WRITE)
    unit = unit_of(locked_zone(by), unit_id)
    return enter_section(by, unit, name)


def enter_section(by: Person, unit: Unit, name: str) -> Section:
    """The same inside of a command that holds the zone."""
    section = Section.objects.create(unit=unit, name=_free(unit, name))
    record(by=by, action="section.add", on=unit, after={"section": section.name})
    return section


@transaction.atomic
def rename_section(*, by: Person, section_id: int, expected: int, name: str) -> Section:
    """Raises Invalid, Conflict."""
    require(by, Right.ORGANISATION_WRITE)
    section = _section_of(by, section_id)
    check_revision(section, expected, by=by)
    before, section.name = section.name, _free(section.unit, name, but=section)
    if before != section.name:
        _save(by, section, "section.rename", before={"section": before}, after={"section": section.name})
    return section


@transaction.atomic
def retire_section(*, by: Person, section_id: int, expected: int, in_use: bool = False) -> Section:
    """Take a section out of use (posts in it stay), or with ``in_use`` into use again. Raises Conflict."""
    require(by, Right.ORGANISATION_WRITE)
    section = _section_of(by, section_id)
    check_revision(section, expected, by=by)
    if section.is_active != in_use:
        section.is_active = in_use
        action = "section.revive" if in_use else "section.retire"
        before = {"section": section.name, "is_active": not in_use}
        _save(by, section, action, before=before, after=before | {"is_active": in_use})
    return section


def _save(by: Person, section: Section, action: str, *, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    section.revision += 1
    section.save()
    record(by=by, action=action, on=section.unit, before=before, after=after)


def _section_of(by: Person, section_id: int) -> Section:
    """Of a living unit of the zone acted in; the zone is held. Raises Conflict."""
    zone = locked_zone(by)
    section = Section.objects.filter(unit__zone=zone, pk=section_id).select_related("unit").first()
    if section is None:
        raise Conflict(_("This section is not there any more."))
    unit_of(zone, section.unit_id)
    return section


def _free(unit: Unit, name: str, *, but: Section | None = None) -> str:
    text = typed(name, field="name", label=_("Name"), length=60)
    if unit.sections.filter(name=text).exclude(pk=but.pk if but else 0).exists():
        raise Invalid(_("“%(unit)s” has a section “%(name)s” already.") % {"unit": unit.name, "name": text}, field="name")
    return text
