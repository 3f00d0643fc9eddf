"""What becomes of units: renamed, merged, split, dissolved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.commands import unit_fates as commands
from lantu_web.accounts.forms.organisation import DissolveForm, MergeForm, RenameForm, SplitForm
from lantu_web.accounts.models import Unit
from lantu_web.accounts.queries.units import units_visible_to
from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.lib.numbers import id_of
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.views.units import FORM, about, address

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@screen(Right.ORGANISATION_WRITE)
def rename(request: OfficeRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    known = {"name": unit.name, "short": unit.short_name, "on": clock.today(), "expected": unit.revision}
    form = RenameForm(request.POST or None, initial=known)

    def act() -> str:
        commands.rename_unit(by=request.person, unit_id=pk, **form.cleaned_data)
        return address(request, pk)

    return entry(request, form, act, about(request, unit, gettext_lazy("Rename the unit")), template=FORM)


@require_http_methods(FORM_METHODS)
@screen(Right.ORGANISATION_WRITE)
def dissolve(request: OfficeRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    form = DissolveForm(request.POST or None, initial={"on": clock.today(), "expected": unit.revision})

    def act() -> str:
        commands.dissolve_unit(by=request.person, unit_id=pk, **form.cleaned_data)
        messages.success(request, _("“%(name)s” is dissolved; its page stays readable.") % {"name": unit.name})
        return address(request, pk)

    note = gettext_lazy(
        "Its posts end with that day. Where another unit takes over its duties, merge it instead: then rights and plans follow."
    )
    context = about(request, unit, gettext_lazy("Dissolve the unit")) | {"submit": gettext_lazy("Dissolve"), "kind": "danger", "note": note}
    return entry(request, form, act, context, template=FORM)


@require_http_methods(FORM_METHODS)
@screen(Right.ORGANISATION_WRITE)
def split(request: OfficeRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    form = SplitForm(request.POST or None, unit=unit, initial={"on": clock.today(), "expected": unit.revision})

    def act() -> str:
        given = form.cleaned_data
        commands.split_unit(
            by=request.person, unit_id=pk, expected=given["expected"], into=form.parts(), on=given["on"],
            document_number=given["document_number"], carry_into=given["carry_into"],
        )  # fmt: skip
        messages.success(request, _("“%(name)s” is split; its page stays readable.") % {"name": unit.name})
        return address(request, pk)

    note = gettext_lazy("The unit is dissolved on that day. The people of every part reach what was its own.")
    context = about(request, unit, gettext_lazy("Split the unit")) | {"submit": gettext_lazy("Split"), "columns": 2, "note": note}
    return entry(request, form, act, context, template=FORM)


@require_http_methods(FORM_METHODS)
@screen(Right.ORGANISATION_WRITE)
def merge(request: OfficeRequest) -> HttpResponse:
    chosen = [pk for pk in map(id_of, request.GET.getlist("unit")) if pk is not None]
    form = MergeForm(request.POST or None, by=request.person, initial={"on": clock.today(), "units": chosen, "carry": True})

    def act() -> str:
        given = form.cleaned_data
        successor = commands.merge_units(
            by=request.person, units=form.chosen(), into=form.successor(), on=given["on"], document_number=given["document_number"],
            carry=given["carry"],
        )  # fmt: skip
        messages.success(request, _("Merged into “%(name)s”. The pages of the dissolved units stay readable.") % {"name": successor.name})
        return address(request, successor.pk)

    note = gettext_lazy(
        "The chosen units are dissolved on that day. Their subordinate units, plans and people’s rights follow to the successor."
    )
    context = {
        "title": gettext_lazy("Merge units"), "submit": gettext_lazy("Merge"), "columns": 2, "note": note,
        "back": reverse("office:units", args=[request.zone.slug]),
    }  # fmt: skip
    return entry(request, form, act, context, template=FORM)


def _unit(request: OfficeRequest, pk: int) -> Unit:
    return get_object_or_404(units_visible_to(request.person), pk=pk)
