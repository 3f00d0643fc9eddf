"""A person's tokens for programs: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lantu_web.accounts.commands import tokens
from lantu_web.accounts.forms.account import TokenForm
from lantu_web.accounts.queries import person_in_zone, tokens_of, zones_of
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.office.doors import OfficeRequest, address, own_page
from lantu_web.office.refusals import status_of, tell


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def page(request: OfficeRequest) -> HttpResponse:
    zones, made = zones_of(request.user, on=clock.today()), ""
    form = TokenForm(request.POST or None, zones=zones)
    if form.is_valid():
        try:
            made = _made(request, form)
            form = TokenForm(zones=zones)
        except (Conflict, Invalid) as problem:
            tell(form, problem)
    return render(request, "office/entrance/tokens.html", {
        "side": "tokens", "form": form, "tokens": tokens_of(request.user), "made": made, "today": clock.today(),
    }, status=status_of(form))  # fmt: skip


def _made(request: OfficeRequest, form: TokenForm) -> str:
    given = form.cleaned_data
    zone = get_object_or_404(zones_of(request.user, on=clock.today()), slug=given["zone"])
    by = person_in_zone(request.user, zone, on=clock.today(), address=address(request))
    return tokens.make(by=by, name=given["name"], may_write=given["scope"] == "write", expires_on=given["expires_on"])[1]


@require_POST
@own_page
def revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(tokens_of(request.user), pk=pk)
    tokens.revoke(by=request.person, token_id=token.pk)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("office:tokens")
