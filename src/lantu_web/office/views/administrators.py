"""The system administrators of the installation: who they are, appointed and taken leave of."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantu_web.accounts.commands.posts import PostTerms, end_post, give_post
from lantu_web.accounts.enums import Role
from lantu_web.accounts.forms.people import AppointForm
from lantu_web.accounts.queries.people import administrators as posts_of_administrators
from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict
from lantu_web.office.doors import OfficeRequest, installation_screen
from lantu_web.office.entries import entry
from lantu_web.office.views.zones import FORM


@require_GET
@installation_screen(Right.PEOPLE_WRITE)
def administrators(request: OfficeRequest) -> HttpResponse:
    context = {"posts": posts_of_administrators(), "today": clock.today(), "side": "administrators"}
    return render(request, "office/organisation/administrators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@installation_screen(Right.PEOPLE_WRITE)
def appoint(request: OfficeRequest) -> HttpResponse:
    form = AppointForm(request.POST or None)

    def act() -> str:
        terms = PostTerms(role=Role.SYSTEM_ADMINISTRATOR, valid_from=clock.today())
        post = give_post(by=request.person, username=form.cleaned_data["username"], terms=terms)
        messages.success(request, _("%(name)s is a system administrator.") % {"name": post.user.name})
        return reverse("office:administrators")

    context = {
        "title": gettext_lazy("Appoint a system administrator"),
        "submit": gettext_lazy("Appoint"),
        "back": reverse("office:administrators"),
    }
    return entry(request, form, act, context, template=FORM)


@require_POST
@installation_screen(Right.PEOPLE_WRITE)
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    get_object_or_404(posts_of_administrators(), pk=pk)
    try:
        end_post(by=request.person, post_id=pk, on=clock.today())
    except Conflict as problem:
        messages.warning(request, str(problem))
    return redirect("office:administrators")
