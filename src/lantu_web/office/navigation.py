"""The places of a zone that a person may go to, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Zone
from lantu_web.accounts.rights import Right

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    label: _StrPromise
    right: Right
    icon: str


PLACES = (
    Place("my-unit", _("My unit"), Right.TASK_SIGN, "home"),
    Place("register", _("Plans"), Right.REGISTER_READ, "stack"),
    Place("ledger", _("Ledger"), Right.TASK_READ, "ledger"),
    Place("work-lines", _("Work lines and themes"), Right.DIVISION_WRITE, "merge"),
    Place("calendar", _("Calendar"), Right.CALENDAR_OWN, "calendar"),
    Place("units", _("Organisation"), Right.ORGANISATION_READ, "tree"),
    Place("people", _("People"), Right.PEOPLE_READ, "people"),
    Place("webhooks", _("Webhooks"), Right.WEBHOOK_WRITE, "outside"),
    Place("audit", _("Audit"), Right.AUDIT_READ, "shield"),
    Place("rights", _("Rights"), Right.RIGHTS_READ, "key"),
)


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: _StrPromise
    icon: str
    is_here: bool


def places(person: Person, zone: Zone | None, path: str) -> tuple[Link, ...]:
    """Links of the side bar: the places of the zone, and for who may the screens above all zones."""
    above = _above_all_zones(person, path)
    if zone is None:
        return above
    open_to = [(place, reverse(f"office:{place.name}", args=[zone.slug])) for place in PLACES if person.may(place.right)]
    return (*(Link(url, place.label, place.icon, path.startswith(url)) for place, url in open_to), *above)


def _above_all_zones(person: Person, path: str) -> tuple[Link, ...]:
    if not person.may(Right.ZONE_WRITE):
        return ()
    return (Link(reverse("office:zones"), _("Installation"), "settings", path.startswith(("/zones/", "/administrators/", "/audit/"))),)
