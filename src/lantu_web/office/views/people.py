"""The list of people, and how somebody comes into a zone."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lantu_web.accounts.commands.people import create_person
from lantu_web.accounts.commands.posts import give_post
from lantu_web.accounts.forms.people import ExistingPersonForm, NewPersonForm, PeopleFilter
from lantu_web.accounts.queries.people import people_list
from lantu_web.accounts.rights import Reach, Right
from lantu_web.lib import clock
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.views.units import FORM

PAGE = 50


@require_GET
@screen(Right.PEOPLE_READ)
def people(request: OfficeRequest) -> HttpResponse:
    form = PeopleFilter(request.GET, by=request.person)
    found = people_list(request.person, on=clock.today(), **form.wanted())
    return render(request, "office/organisation/people.html", {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")), "filters": form,
        "is_own_unit": request.person.reach(Right.PEOPLE_READ) is Reach.OWN_UNIT, "is_narrowed": any(form.cleaned_data.values()),
    })  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PEOPLE_WRITE)
def new(request: OfficeRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None, by=request.person, initial={"unit": request.GET.get("unit")})

    def act() -> HttpResponse:
        given = form.cleaned_data
        user, password = create_person(
            by=request.person, username=given["username"], name=given["name"], phone=given["phone"], email=given["email"], post=form.terms()
        )
        return render(request, "office/organisation/password.html", {"shown": user, "password": password})

    context = {"title": gettext_lazy("New person"), "submit": gettext_lazy("Enter"), "back": _back(request), "columns": 2}
    return entry(request, form, act, context, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PEOPLE_WRITE)
def join(request: OfficeRequest) -> HttpResponse:
    """Somebody who is known to the installation comes into this zone with a post."""
    form = ExistingPersonForm(request.POST or None, by=request.person)

    def act() -> str:
        post = give_post(by=request.person, username=form.cleaned_data["username"], terms=form.terms())
        messages.success(request, _("%(name)s holds the post.") % {"name": post.user.name})
        return _back(request)

    note = gettext_lazy("For somebody who has an account already, in another zone for example.")
    context = {
        "title": gettext_lazy("Give a post to an account"),
        "submit": gettext_lazy("Give the post"),
        "back": _back(request),
        "columns": 2,
        "note": note,
    }
    return entry(request, form, act, context, template=FORM)


def _back(request: OfficeRequest) -> str:
    return reverse("office:people", args=[request.zone.slug])
