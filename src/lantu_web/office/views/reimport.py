"""An amended file of a plan in review: its differences, what is decided of them, taking it over or giving it up."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.bridge import reimport as bridge
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.adjustments import seen
from lantu_web.plans.commands import reimport as commands
from lantu_web.plans.models import Reimport
from lantu_web.plans.queries import reimports as queries

PER_PAGE = 60


@require_safe
@screen(Right.PLAN_DRAFT_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    """Counts by difference, the lines by heading, before beside after."""
    reimport = _reimport(request, pk)
    difference, only_open = request.GET.get("difference", ""), request.GET.get("open") == "on"
    wanted = queries.lines_wanted(reimport, difference=difference, only_open=only_open)
    lines = Paginator(wanted, PER_PAGE).get_page(request.GET.get("page", "1"))
    groups = [(place, list(rows)) for place, rows in groupby(queries.shown(lines.object_list), key=lambda line: line.place)]
    is_open = reimport.applied_at is None and reimport.given_up_at is None
    return render(request, "office/life/reimport.html", {
        "plan": reimport.plan, "side": "review", "reimport": reimport, "tallies": queries.tallies_of(reimport), "page": lines,
        "groups": groups, "difference": difference, "only_open": only_open, "undecided": queries.undecided(reimport), "is_open": is_open,
        "is_outdated": is_open and queries.is_outdated(reimport), "may_decide": is_open and _may_decide(request, reimport),
    })  # fmt: skip


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def choose(request: OfficeRequest, pk: int, line: int) -> HttpResponse:
    """One line; answers with that line alone where htmx asks, else goes back to it."""
    reimport = _reimport(request, pk)
    row = commands.choose(
        by=request.person, reimport_id=pk, line_id=line, expected=seen(request), choice=request.POST.get("choice", "")
    )
    if not request.headers.get("HX-Request"):
        return redirect(f"{_address(request, reimport)}#line-{line}")
    (one,) = queries.shown([row])
    context = {"line": one, "reimport": reimport, "may_decide": True, "zone": request.zone}
    return render(request, "office/life/_reimport_line.html", context)


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def choose_all(request: OfficeRequest, pk: int) -> HttpResponse:
    """``decision`` is difference and choice: "changed.take"."""
    reimport = _reimport(request, pk)
    difference, _dot, choice = request.POST.get("decision", "").partition(".")
    commands.choose_all(by=request.person, reimport_id=pk, expected=seen(request), difference=difference, choice=choice)
    return redirect(_address(request, reimport))


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def apply(request: OfficeRequest, pk: int) -> HttpResponse:
    reimport = _reimport(request, pk)
    bridge.apply(by=request.person, reimport_id=pk, expected=seen(request))
    messages.success(request, _("The amended text is taken over. What is new stands open in the review."))
    return redirect(reverse("office:plan", args=[request.zone.slug, reimport.plan_id]))


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def again(request: OfficeRequest, pk: int) -> HttpResponse:
    reimport = _reimport(request, pk)
    bridge.compare_again(by=request.person, reimport_id=pk, expected=seen(request))
    messages.success(request, _("Compared again; choices that still fit were kept."))
    return redirect(_address(request, reimport))


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def give_up(request: OfficeRequest, pk: int) -> HttpResponse:
    reimport = _reimport(request, pk)
    commands.give_up(by=request.person, reimport_id=pk, expected=seen(request))
    messages.success(request, _("The amended file is given up; the review stands as it was."))
    return redirect(reverse("office:plan", args=[request.zone.slug, reimport.plan_id]))


def _reimport(request: OfficeRequest, pk: int) -> Reimport:
    return get_object_or_404(queries.reimports_visible_to(request.person), pk=pk)


def _address(request: OfficeRequest, reimport: Reimport) -> str:
    return reverse("office:reimport", args=[request.zone.slug, reimport.pk])


def _may_decide(request: OfficeRequest, reimport: Reimport) -> bool:
    return request.person.may_in_unit(Right.CANDIDATE_REVIEW, reimport.plan.unit_id)
