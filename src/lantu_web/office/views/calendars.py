"""A person's own due dates: on a page, and as an address to which a calendar subscribes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.tasks.calendar import as_ical
from lantu_web.tasks.commands import calendars as commands
from lantu_web.tasks.queries.calendar import Due, due_of, feed_of, feed_of_secret

SHOWN = 30


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, for whoever has its address. What is not there is not logged either: the address is a secret."""
    found = feed_of_secret(secret)
    if found is None:
        response = HttpResponse(status=404)
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response
    row, person = found
    commands.note_use(feed=row)
    with translation.override(row.user.language):
        name = _("Due dates: %(zone)s") % {"zone": row.zone.name}
        data = as_ical(due_of(person), name=name, place=row.zone.slug, address=lambda due: _address(request, row.zone.slug, due))
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers={
        "Cache-Control": "private, max-age=900", "Content-Disposition": 'inline; filename="lantu.ics"',
    })  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.CALENDAR_OWN)
def page(request: OfficeRequest) -> HttpResponse:
    """What is due next; a POST makes a new address, which is shown on the page that answers and nowhere else."""
    made = ""
    if request.method == "POST":
        secret = commands.open_feed(by=request.person)[1]
        made = request.build_absolute_uri(reverse("office:calendar-feed", args=[secret]))
    dues = due_of(request.person, only_open=True, most=SHOWN)
    context = {"made": made, "feed": feed_of(request.person), "dues": dues, "today": clock.today()}
    return render(request, "office/outside/calendar.html", context)


@require_POST
@screen(Right.CALENDAR_OWN)
def close(request: OfficeRequest) -> HttpResponse:
    commands.close_feed(by=request.person)
    messages.success(request, _("The calendar address is revoked."))
    return redirect("office:calendar", zone=request.zone.slug)


def _address(request: HttpRequest, zone: str, due: Due) -> str:
    return request.build_absolute_uri(reverse("office:task", args=[zone, due.task_id]))
