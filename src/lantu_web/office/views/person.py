"""One person: posts, account, the ways in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantu_web.accounts.commands import passwords, sign_on
from lantu_web.accounts.commands import second_factor as factors
from lantu_web.accounts.commands.people import deactivate_person, edit_person, reactivate_person
from lantu_web.accounts.commands.posts import end_post, give_post
from lantu_web.accounts.forms.people import EndForm, IdentityForm, PersonForm, PostForm
from lantu_web.accounts.models import User
from lantu_web.accounts.queries.people import people_visible_to, posts_of, posts_of_person
from lantu_web.accounts.rights import Right
from lantu_web.audit.queries import entries_about
from lantu_web.lib import clock
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.trail import lines_of
from lantu_web.office.views.units import FORM, HISTORY


@require_GET
@screen(Right.PEOPLE_READ)
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(people_visible_to(request.person), pk=pk)
    may_audit = request.person.may(Right.AUDIT_READ)
    about = entries_about(zone_id=request.zone.pk, object_type="accounts.user", object_id=str(pk))[:HISTORY] if may_audit else ()
    may_change = request.person.may(Right.PEOPLE_WRITE)
    return render(request, "office/organisation/person.html", {
        "shown": shown, "posts": posts_of_person(request.person, shown), "today": clock.today(), "may_change": may_change,
        "is_self": shown.pk == request.user.pk, "history": lines_of(about), "sign_on": bool(settings.LANTU_OIDC_ISSUER),
        "identities": shown.external_identities.all() if may_change else (),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PEOPLE_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    shown = _changeable(request, pk)
    form = PersonForm(request.POST or None, person=shown)

    def act() -> str:
        given = form.cleaned_data
        edit_person(
            by=request.person, user_id=pk, expected=given["expected"] or 0, name=given["name"], phone=given["phone"], email=given["email"]
        )
        return _address(request, pk)

    return entry(request, form, act, _about(request, shown, gettext_lazy("Change the person")), template=FORM)


@require_POST
@screen(Right.PEOPLE_WRITE)
def active(request: OfficeRequest, pk: int) -> HttpResponse:
    shown = _changeable(request, pk)
    act = deactivate_person if shown.is_active else reactivate_person
    act(by=request.person, user_id=pk, expected=whole(request.POST.get("expected", "")) or 0)
    return redirect(_address(request, pk))


@never_cache
@require_POST
@screen(Right.PEOPLE_WRITE)
def password(request: OfficeRequest, pk: int) -> HttpResponse:
    shown = _changeable(request, pk)
    made = passwords.give(by=request.person, user_id=pk)
    return render(request, "office/organisation/password.html", {"shown": shown, "password": made})


@require_POST
@screen(Right.PEOPLE_WRITE)
def second_factor(request: OfficeRequest, pk: int) -> HttpResponse:
    shown = _changeable(request, pk)
    factors.reset(by=request.person, user_id=pk)
    messages.success(request, _("The second factor of %(name)s is removed.") % {"name": shown.name})
    return redirect(_address(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PEOPLE_WRITE)
def post_new(request: OfficeRequest, pk: int) -> HttpResponse:
    shown = _changeable(request, pk)
    form = PostForm(request.POST or None, by=request.person, initial={"valid_from": clock.today()})

    def act() -> str:
        give_post(by=request.person, username=shown.username, terms=form.terms())
        return _address(request, pk)

    return entry(request, form, act, _about(request, shown, gettext_lazy("Give a post")) | {"columns": 2}, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PEOPLE_WRITE)
def post_end(request: OfficeRequest, pk: int, post: int) -> HttpResponse:
    shown = _changeable(request, pk)
    held = get_object_or_404(posts_of(request.person, shown, Right.PEOPLE_WRITE), pk=post)
    form = EndForm(request.POST or None, initial={"on": clock.today()})

    def act() -> str:
        end_post(by=request.person, post_id=post, on=form.cleaned_data["on"])
        return _address(request, pk)

    note = " · ".join(filter(None, (held.get_role_display(), held.unit.name if held.unit else "", held.title)))
    return entry(request, form, act, _about(request, shown, gettext_lazy("End the post")) | {"note": note}, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.PEOPLE_WRITE)
def identity_new(request: OfficeRequest, pk: int) -> HttpResponse:
    shown = _changeable(request, pk)
    form = IdentityForm(request.POST or None)

    def act() -> str:
        sign_on.link(by=request.person, user_id=pk, subject=form.cleaned_data["subject"])
        return _address(request, pk)

    return entry(request, form, act, _about(request, shown, gettext_lazy("Link single sign-on")), template=FORM)


@require_POST
@screen(Right.PEOPLE_WRITE)
def identity_drop(request: OfficeRequest, pk: int, identity: int) -> HttpResponse:
    get_object_or_404(_changeable(request, pk).external_identities.all(), pk=identity)
    sign_on.unlink(by=request.person, identity_id=identity)
    return redirect(_address(request, pk))


def _changeable(request: OfficeRequest, pk: int) -> User:
    return get_object_or_404(people_visible_to(request.person, Right.PEOPLE_WRITE), pk=pk)


def _address(request: OfficeRequest, pk: int) -> str:
    return reverse("office:person", args=[request.zone.slug, pk])


def _about(request: OfficeRequest, shown: User, title: Any) -> dict[str, Any]:
    return {"title": title, "submit": gettext_lazy("Save"), "back": _address(request, shown.pk), "shown": shown}
