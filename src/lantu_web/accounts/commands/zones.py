"""Zones of the installation: opened and named by system administrators, never deleted."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Zone
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed


@transaction.atomic
def create_zone(*, by: Person, slug: str, name: str, kind: str, division_code: str = "") -> Zone:
    """Open a zone; its short name in addresses never changes. Raises Invalid (field)."""
    require(by, Right.ZONE_WRITE)
    zone = Zone(slug=slug.strip().lower(), name=_name(name), kind=kind, division_code=division_code.strip())
    _check(zone)
    zone.save()
    record(by=by, action="zone.create", on=zone, after=_told(zone))
    return zone


@transaction.atomic
def edit_zone(*, by: Person, zone_id: int, expected: int, name: str, kind: str, division_code: str) -> Zone:
    """Raises Invalid, Conflict."""
    require(by, Right.ZONE_WRITE)
    zone = Zone.objects.select_for_update().filter(pk=zone_id).first()
    if zone is None:
        raise Conflict(_("This zone is not there any more."))
    check_revision(zone, expected, by=by)
    before = _told(zone)
    zone.name, zone.kind, zone.division_code = _name(name), kind, division_code.strip()
    _check(zone)
    if _told(zone) != before:
        zone.revision += 1
        zone.save()
        record(by=by, action="zone.edit", on=zone, before=before, after=_told(zone))
    return zone


def _name(name: str) -> str:
    return typed(name, field="name", label=_("Name"), length=100)


def _check(zone: Zone) -> None:
    try:
        zone.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from None


def _told(zone: Zone) -> dict[str, object]:
    return {"slug": zone.slug, "name": zone.name, "kind": str(zone.kind), "division_code": zone.division_code}
