"""What every page shows around its content: the person, the zone, the way about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from lantu_web.accounts.models import User, Zone
from lantu_web.accounts.queries import zones_of
from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.office.navigation import places


def office(request: HttpRequest) -> dict[str, Any]:
    """``person`` and ``zone`` (None outside of one), ``navigation`` there, ``my_zones`` to change between, ``rights`` by name."""
    person, zone, user = getattr(request, "person", None), getattr(request, "zone", None), _user(request)
    return {
        "person": person,
        "zone": zone,
        "navigation": places(person, zone, request.path) if person else (),
        "my_zones": _zones(request, user),
        "rights": {right.name: bool(person and person.may(right)) for right in Right},
        "appearance": user.appearance if user else "auto",
    }


def _zones(request: HttpRequest, user: User | None) -> Iterable[Zone]:
    """As the door of the page found them; a page without one asks."""
    known: Iterable[Zone] | None = getattr(request, "zones", None)
    if known is not None:
        return known
    return zones_of(user, on=clock.today()) if user else ()


def _user(request: HttpRequest) -> User | None:
    """Who is logged in; nobody before the session was read."""
    found: object = getattr(request, "user", None)
    return found if isinstance(found, User) and found.is_authenticated else None
