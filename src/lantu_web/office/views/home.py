"""Where one arrives: the only zone, the choice of zones, the start page of a zone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lantu_web.accounts.queries import zones_with_roles
from lantu_web.accounts.rights import Reach, Right
from lantu_web.lib import clock
from lantu_web.office.doors import OfficeRequest, own_page, screen
from lantu_web.plans.queries.start import start_of
from lantu_web.tasks.queries.my_unit import desk_of


@require_safe
@own_page
def home(request: OfficeRequest) -> HttpResponse:
    """To the only zone, units to what awaits theirs; or the choice. Who stands above all zones chooses too, from all of them."""
    zones = zones_with_roles(request.user, on=clock.today())
    if len(zones) == 1:
        is_of_a_unit = request.person.reach(Right.TASK_SIGN) is Reach.OWN_UNIT
        return redirect("office:my-unit" if is_of_a_unit else "office:zone-home", zone=zones[0].zone.slug)
    return render(request, "office/entrance/zones.html", {"choices": zones})


@require_safe
@screen(Right.ORGANISATION_READ)
def zone_home(request: OfficeRequest) -> HttpResponse:
    """What awaits the person in the zone."""
    desk = desk_of(request.person) if request.person.may(Right.DIVISION_WRITE) else None
    return render(request, "office/entrance/start.html", {"start": start_of(request.person), "desk": desk})
