"""Views of the ledger that were kept: one's own, and those that others share."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.numbers import id_of
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.tasks.commands.views import drop, keep, share
from lantu_web.tasks.queries.choices import kept_views


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_READ)
def views(request: OfficeRequest) -> HttpResponse:
    """``act``: keep (then back to the ledger), share, unshare or drop."""
    if request.method == "POST":
        try:
            return redirect(_done(request))
        except (Conflict, Invalid) as problem:
            messages.error(request, str(problem))
    return render(request, "office/ledger/views.html", {"views": kept_views(request.person)})


def _done(request: OfficeRequest) -> str:
    act, view = request.POST.get("act", ""), id_of(request.POST.get("view", "")) or 0
    here = reverse("office:ledger-views", args=[request.zone.slug])
    match act:
        case "share" | "unshare":
            kept = share(by=request.person, view_id=view, is_shared=act == "share")
            told = _("“%(view)s” is shown to everybody in the zone.") if act == "share" else _("“%(view)s” is shown to nobody but you.")
            messages.success(request, told % {"view": kept.name})
        case "drop":
            drop(by=request.person, view_id=view)
            messages.success(request, _("The view was dropped."))
        case _:
            sent = request.POST
            is_shared = bool(sent.get("is_shared"))
            kept = keep(by=request.person, name=sent.get("name", ""), query=sent.get("query", "")[:2000], is_shared=is_shared)
            messages.success(request, _("The view is kept as “%(view)s”.") % {"view": kept.name})
            return f"{reverse('office:ledger', args=[request.zone.slug])}?{kept.query}"
    return here
