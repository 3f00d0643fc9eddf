"""How a request becomes a person in a zone: every screen is opened by one of these and by nothing else.

``screen`` is for pages of a zone (``/z/<zone>/…``), ``own_page`` for a person's own pages, ``installation_screen`` for pages above all
zones.
Each keeps its right on the view (``view.right``), where the table of doors in docs and tests finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User, Zone
from lantu_web.accounts.queries import entered, person_in_zone, sole_zone
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface


class OfficeRequest(HttpRequest):
    """A request after a door: somebody is logged in, and ``person`` says as whom they act."""

    user: User
    person: Person
    zone: Zone
    zones: Iterable[Zone]  # behind ``screen``


View = Callable[..., HttpResponseBase]


def screen(right: Right) -> Callable[[View], View]:
    """A page of a zone. Whoever has no post there learns nothing of the zone (404); who has no right is told so (403)."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(request: OfficeRequest, zone: str, **kwargs: Any) -> HttpResponseBase:
            found = entered(request.user, zone, on=clock.today(), address=address(request), surface=Surface.OFFICE)
            if found is None:
                raise Http404
            request.zone, request.person, request.zones = found
            require(request.person, right)
            return view(request, **kwargs)

        opened.right = right  # type: ignore[attr-defined]
        return opened

    return door


def installation_screen(right: Right) -> Callable[[View], View]:
    """A page above all zones: only posts of the installation count. Others learn nothing (404)."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(request: OfficeRequest, **kwargs: Any) -> HttpResponseBase:
            request.person = person_in_zone(request.user, None, on=clock.today(), address=address(request), surface=Surface.OFFICE)
            if not request.person.may(right):
                raise Http404
            return view(request, **kwargs)

        opened.right = right  # type: ignore[attr-defined]
        return opened

    return door


def own_page(view: View) -> View:
    """A page about the person who asks; whoever is logged in may. It stands in their zone, if all their posts are in one."""

    @wraps(view)
    def opened(request: OfficeRequest, **kwargs: Any) -> HttpResponseBase:
        zone = sole_zone(request.user, on=clock.today())
        if zone is not None:
            request.zone = zone
        request.person = person_in_zone(request.user, zone, on=clock.today(), address=address(request), surface=Surface.OFFICE)
        return view(request, **kwargs)

    opened.right = None  # type: ignore[attr-defined]
    return opened


def address(request: HttpRequest) -> str:
    """Where the request came from; a proxy in front must set REMOTE_ADDR, headers of strangers are not believed."""
    return str(request.META.get("REMOTE_ADDR", ""))[:64]
