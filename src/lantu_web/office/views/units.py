"""The tree of units, the page of one, its sections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantu_web.accounts.commands import sections as section_commands
from lantu_web.accounts.commands import units as commands
from lantu_web.accounts.forms.organisation import SectionForm, TreeFilter, UnitForm
from lantu_web.accounts.models import Unit
from lantu_web.accounts.queries import units as queries
from lantu_web.accounts.queries.people import posts_of_unit
from lantu_web.accounts.rights import Right
from lantu_web.audit.queries import entries_about
from lantu_web.lib import clock
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.trail import lines_of

FORM = "office/organisation/form.html"
HISTORY = 20  # entries on the page of a unit; all of them stand in the audit


@require_GET
@screen(Right.ORGANISATION_READ)
def tree(request: OfficeRequest) -> HttpResponse:
    form = TreeFilter(request.GET)
    form.is_valid()
    search, dissolved = form.cleaned_data.get("search", ""), form.cleaned_data.get("dissolved", False)
    branches = queries.unit_tree(request.person, on=clock.today(), with_dissolved=dissolved, search=search)
    return render(request, "office/organisation/units.html", {
        "branches": branches, "filters": form, "search": search, "side": "units", "found": sum(branch.found for branch in branches),
    })  # fmt: skip


@require_GET
@screen(Right.ORGANISATION_READ)
def unit(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _unit(request, pk)
    may_audit = request.person.may(Right.AUDIT_READ)
    about = entries_about(zone_id=request.zone.pk, object_type="accounts.unit", object_id=str(pk))[:HISTORY] if may_audit else ()
    return render(request, "office/organisation/unit.html", {
        "unit": found, "sections": queries.sections_of(found), "posts": posts_of_unit(request.person, pk, on=clock.today()),
        "children": queries.living_below(request.person, found), "names": found.former_names.all(),
        "origins": queries.origins_of(found), "successions": queries.successions_of(found), "groups": found.groups.all(),
        "history": lines_of(about), "may_change": request.person.may(Right.ORGANISATION_WRITE) and found.dissolved_on is None,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORGANISATION_WRITE)
def new(request: OfficeRequest) -> HttpResponse:
    form = UnitForm(request.POST or None, by=request.person, initial={"parent": request.GET.get("parent")})

    def act() -> str:
        made = commands.create_unit(by=request.person, terms=form.terms())
        messages.success(request, _("“%(name)s” is entered.") % {"name": made.name})
        return address(request, made.pk)

    context = {
        "title": gettext_lazy("New unit"),
        "submit": gettext_lazy("Enter"),
        "back": reverse("office:units", args=[request.zone.slug]),
        "columns": 2,
    }
    return entry(request, form, act, context, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORGANISATION_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _unit(request, pk)
    form = UnitForm(request.POST or None, by=request.person, unit=found)

    def act() -> str:
        given, parent = form.cleaned_data, form.cleaned_data["parent"]
        commands.edit_unit(
            by=request.person, unit_id=pk, expected=given["expected"] or 0, code=given["code"], kind=given["kind"],
            parent_id=parent.pk if parent else None, established_on=given["established_on"],
        )  # fmt: skip
        return address(request, pk)

    return entry(request, form, act, about(request, found, gettext_lazy("Change the unit")) | {"columns": 2}, template=FORM)


@require_POST
@screen(Right.ORGANISATION_WRITE)
def shift(request: OfficeRequest, pk: int) -> HttpResponse:
    _unit(request, pk)
    commands.shift_unit(by=request.person, unit_id=pk, step=-1 if request.POST.get("step") == "-1" else 1)
    return redirect(f"{reverse('office:units', args=[request.zone.slug])}#unit-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORGANISATION_WRITE)
def section_new(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _unit(request, pk)
    form = SectionForm(request.POST or None)

    def act() -> str:
        section_commands.add_section(by=request.person, unit_id=pk, name=form.cleaned_data["name"])
        return f"{address(request, pk)}#sections"

    return entry(request, form, act, about(request, found, gettext_lazy("New section")), template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORGANISATION_WRITE)
def section_edit(request: OfficeRequest, pk: int, section: int) -> HttpResponse:
    found = _unit(request, pk)
    known = get_object_or_404(queries.sections_of(found), pk=section)
    form = SectionForm(request.POST or None, initial={"name": known.name, "expected": known.revision})

    def act() -> str:
        given = form.cleaned_data
        section_commands.rename_section(by=request.person, section_id=section, expected=given["expected"] or 0, name=given["name"])
        return f"{address(request, pk)}#sections"

    return entry(request, form, act, about(request, found, gettext_lazy("Rename the section")), template=FORM)


@require_POST
@screen(Right.ORGANISATION_WRITE)
def section_retire(request: OfficeRequest, pk: int, section: int) -> HttpResponse:
    known = get_object_or_404(queries.sections_of(_unit(request, pk)), pk=section)
    expected = whole(request.POST.get("expected", "")) or 0
    section_commands.retire_section(by=request.person, section_id=section, expected=expected, in_use=not known.is_active)
    return redirect(f"{address(request, pk)}#sections")


def _unit(request: OfficeRequest, pk: int) -> Unit:
    return get_object_or_404(queries.units_visible_to(request.person), pk=pk)


def address(request: OfficeRequest, pk: int) -> str:
    return reverse("office:unit", args=[request.zone.slug, pk])


def about(request: OfficeRequest, unit: Unit, title: Any) -> dict[str, Any]:
    """What a form about a unit is shown with."""
    return {"title": title, "submit": gettext_lazy("Save"), "back": address(request, unit.pk), "unit": unit}
