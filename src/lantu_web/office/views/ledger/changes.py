"""One's own latest changes, and how they are taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.lib.numbers import id_of
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.commands.undo import undo_batch, undo_change
from lantu_web.tasks.queries.undoing import own_changes


@require_safe
@screen(Right.TASK_WORK)
def page(request: OfficeRequest) -> HttpResponse:
    minutes = int(allowances().undo.total_seconds() // 60)
    return render(request, "office/ledger/changes.html", {"changes": own_changes(request.person), "minutes": minutes})


@require_POST
@screen(Right.TASK_WORK)
def undo(request: OfficeRequest) -> HttpResponse:
    """``change`` is the id of one, ``batch`` that of a bulk change; then back to where the person was."""
    change, batch = id_of(request.POST.get("change", "")), _batch(request.POST.get("batch", ""))
    try:
        if batch is not None:
            _tell_of_batch(request, batch)
        else:
            task = undo_change(by=request.person, change_id=change or 0)
            messages.success(request, _("Taken back: “%(task)s” is as it was before.") % {"task": task})
    except (Conflict, Forbidden, Invalid) as problem:
        messages.error(request, str(problem))
    return redirect(_way_back(request))


def _tell_of_batch(request: OfficeRequest, batch: UUID) -> None:
    done = undo_batch(by=request.person, batch=batch)
    told = ngettext("%(count)d task is as it was before.", "%(count)d tasks are as they were before.", done.count) % {"count": done.count}
    if not done.kept:
        messages.success(request, told)
        return
    names = "、".join(str(task) for task in done.kept[:5])
    messages.warning(request, told + " " + _("Changed again since, and left as they are now: %(tasks)s") % {"tasks": names})


def _batch(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _way_back(request: OfficeRequest) -> str:
    place = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return place
    return reverse("office:ledger-changes", args=[request.zone.slug])
