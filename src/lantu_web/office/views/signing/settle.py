"""The planning office and the objections of units; sending tasks out; a year's end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.views.signing.answers import told
from lantu_web.tasks.commands import finishing, signing
from lantu_web.tasks.enums import Outcome
from lantu_web.tasks.forms.signing import CarryForm, Expected, SettleForm
from lantu_web.tasks.models import Division, Signature
from lantu_web.tasks.queries.divisions import divisions_of_zone
from lantu_web.tasks.queries.page import source_of
from lantu_web.tasks.queries.parts import to_carry, years_of
from lantu_web.tasks.queries.signing import (
    counts_of,
    objections_of,
    open_objections,
    settled_objections,
    signatures_visible_to,
)

SETTLED = 20


@require_safe
@screen(Right.DIVISION_WRITE)
def objections(request: OfficeRequest, pk: int) -> HttpResponse:
    """All open objections to the division of a plan, as sent beside as proposed; below them those that were settled."""
    division = division_or_404(request, pk)
    return render(request, "office/signing/objections.html", {
        "plan": division.plan, "division": division, "side": "division", "counts": counts_of(request.person, pk),
        "open": objections_of(list(open_objections(request.person, pk))),
        "settled": list(settled_objections(request.person, pk)[:SETTLED]),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def settle(request: OfficeRequest, pk: int) -> HttpResponse:
    """One objection: followed with its changes, not followed with a reason, or the unit released."""
    row = signature_or_404(request, pk)
    form = SettleForm(request.POST or None, row=row)
    back = reverse("office:objections", args=[request.zone.slug, row.task.plan_id])

    def act() -> str:
        given = form.cleaned_data
        signing.settle(
            by=request.person, signature_id=pk, expected=form.revision, outcome=given["outcome"], note=given["note"], values=form.values()
        )  # fmt: skip
        messages.success(request, _("The objection of %(unit)s is settled.") % {"unit": row.unit})
        return back

    context: dict[str, Any] = {
        "plan": row.task.plan, "row": row, "task": row.task, "objection": objections_of([row])[0], "back": back,
        "source": source_of(request.person, row.task), "is_open": row.state == "objected" and not row.is_superseded,
    }  # fmt: skip
    return entry(request, form, act, context, template="office/signing/settle.html")


@require_POST
@screen(Right.DIVISION_WRITE)
def follow(request: OfficeRequest, pk: int) -> HttpResponse:
    """Follow an objection just as the unit proposes."""
    row, form = signature_or_404(request, pk), Expected(request.POST)
    expected = form.revision if form.is_valid() else 0

    def act() -> str:
        signing.settle(
            by=request.person, signature_id=pk, expected=expected, outcome=Outcome.FOLLOWED, note="", values=row.counter
        )  # fmt: skip
        return _("The objection of %(unit)s is settled: the task was changed as proposed.") % {"unit": row.unit}

    return told(request, act, reverse("office:objections", args=[request.zone.slug, row.task.plan_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def carry_over(request: OfficeRequest, pk: int) -> HttpResponse:
    """A year's end: what of it is open, and what goes on in the next year when the officer says so."""
    division = division_or_404(request, pk)
    years = [year for year in years_of(division) if year <= clock.today().year]
    asked = whole(request.GET.get("year", ""), digits=4)
    year = asked if asked in years else (years[0] if years else None)
    form = CarryForm(request.POST or None, years=years)

    def act() -> str:
        count = finishing.carry_over(by=request.person, division_id=division.pk, year=form.cleaned_data["year"])
        message = ngettext("%(count)s part goes on in the next year.", "%(count)s parts go on in the next year.", count)
        messages.success(request, message % {"count": count})
        return reverse("office:carry-over", args=[request.zone.slug, pk])

    context = {
        "plan": division.plan, "division": division, "side": "division", "years": years, "year": year,
        "next_year": year + 1 if year else None, "carried": to_carry(division, year) if year else [],
        "is_present": year == clock.today().year,
    }  # fmt: skip
    return entry(request, form, act, context, template="office/signing/carry_over.html")


def division_or_404(request: OfficeRequest, pk: int) -> Division:
    """Of the plan with that number."""
    return get_object_or_404(divisions_of_zone(request.person), plan=pk)


def signature_or_404(request: OfficeRequest, pk: int) -> Signature:
    return get_object_or_404(signatures_visible_to(request.person), pk=pk)


