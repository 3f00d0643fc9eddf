"""The zones of the installation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lantu_web.accounts.commands import zones as commands
from lantu_web.accounts.forms.people import ZoneForm
from lantu_web.accounts.queries.zones import zones_with_counts
from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.office.doors import OfficeRequest, installation_screen
from lantu_web.office.entries import entry

FORM = "office/organisation/zone_form.html"


@require_GET
@installation_screen(Right.ZONE_WRITE)
def zones(request: OfficeRequest) -> HttpResponse:
    return render(
        request, "office/organisation/zones.html", {"zones": zones_with_counts(request.person, on=clock.today()), "side": "zones"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@installation_screen(Right.ZONE_WRITE)
def new(request: OfficeRequest) -> HttpResponse:
    form = ZoneForm(request.POST or None)

    def act() -> str:
        given = form.cleaned_data
        zone = commands.create_zone(
            by=request.person, slug=given["slug"], name=given["name"], kind=given["kind"], division_code=given["division_code"]
        )
        messages.success(request, _("The zone “%(name)s” is opened.") % {"name": zone.name})
        return reverse("office:zones")

    return entry(request, form, act, _about(gettext_lazy("New zone"), gettext_lazy("Open the zone")), template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@installation_screen(Right.ZONE_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    zone = get_object_or_404(zones_with_counts(request.person, on=clock.today()), pk=pk)
    known = {name: getattr(zone, name) for name in ("name", "kind", "division_code")} | {"expected": zone.revision}
    form = ZoneForm(request.POST or None, initial=known)
    del form.fields["slug"]

    def act() -> str:
        given = form.cleaned_data
        commands.edit_zone(
            by=request.person, zone_id=pk, expected=given["expected"] or 0, name=given["name"], kind=given["kind"],
            division_code=given["division_code"],
        )  # fmt: skip
        return reverse("office:zones")

    return entry(request, form, act, _about(gettext_lazy("Change the zone"), gettext_lazy("Save")), template=FORM)


def _about(title: Any, submit: Any) -> dict[str, Any]:
    return {"title": title, "submit": submit, "back": reverse("office:zones"), "columns": 2}
