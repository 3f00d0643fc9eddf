"""Assessment groups (考核分组)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lantu_web.accounts.commands import groups as commands
from lantu_web.accounts.forms.organisation import GroupForm
from lantu_web.accounts.queries.units import groups_of_zone
from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.views.units import FORM


@require_GET
@screen(Right.ORGANISATION_READ)
def groups(request: OfficeRequest) -> HttpResponse:
    return render(request, "office/organisation/groups.html", {"groups": groups_of_zone(request.zone.pk), "side": "groups"})


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORGANISATION_WRITE)
def new(request: OfficeRequest) -> HttpResponse:
    form = GroupForm(request.POST or None, by=request.person)

    def act() -> str:
        given = form.cleaned_data
        commands.create_group(by=request.person, name=given["name"], unit_ids=[unit.pk for unit in given["units"]])
        return _back(request)

    context = {"title": gettext_lazy("New assessment group"), "submit": gettext_lazy("Enter"), "back": _back(request)}
    return entry(request, form, act, context, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORGANISATION_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(groups_of_zone(request.zone.pk), pk=pk)
    form = GroupForm(request.POST or None, by=request.person, group=group)

    def act() -> str:
        given = form.cleaned_data
        chosen = [unit.pk for unit in given["units"]]
        commands.change_group(by=request.person, group_id=pk, expected=given["expected"] or 0, name=given["name"], unit_ids=chosen)
        return _back(request)

    context = {"title": gettext_lazy("Change the assessment group"), "submit": gettext_lazy("Save"), "back": _back(request)}
    return entry(request, form, act, context, template=FORM)


def _back(request: OfficeRequest) -> str:
    return reverse("office:groups", args=[request.zone.slug])
