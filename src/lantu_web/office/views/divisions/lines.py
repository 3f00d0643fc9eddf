"""Work lines, campaigns and themes of the zone, which cross the tree of tasks."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Conflict
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.tasks.commands import lines as commands
from lantu_web.tasks.enums import LineKind
from lantu_web.tasks.forms.divisions import WorkLineForm
from lantu_web.tasks.models import WorkLine
from lantu_web.tasks.queries.divisions import work_lines_of

FORM = "office/divisions/line_form.html"


@require_safe
@screen(Right.TASK_READ)
def page(request: OfficeRequest) -> HttpResponse:
    known = {kind: list(rows) for kind, rows in groupby(work_lines_of(request.zone.pk), key=lambda line: line.kind)}
    groups = [(kind, known.get(kind, [])) for kind in LineKind]
    return render(request, "office/divisions/lines.html", {"groups": groups, "may_write": request.person.may(Right.DIVISION_WRITE)})


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def new(request: OfficeRequest) -> HttpResponse:
    form = WorkLineForm(request.POST or None, initial={"kind": request.GET.get("kind", LineKind.WORK_LINE)})

    def act() -> str:
        given = form.cleaned_data
        commands.add_line(by=request.person, kind=given["kind"], name=given["name"], year=given["year"])
        return _back(request)

    context = {"title": gettext_lazy("New work line, campaign or theme"), "submit": gettext_lazy("Enter"), "back": _back(request)}
    return entry(request, form, act, context, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    form = WorkLineForm(request.POST or None, line=line)

    def act() -> str:
        given = form.cleaned_data
        commands.change_line(
            by=request.person, line_id=pk, expected=form.revision, name=given["name"], year=given["year"], is_active=given["is_active"]
        )  # fmt: skip
        return _back(request)

    context = {"title": line.name, "submit": gettext_lazy("Save"), "back": _back(request), "line": line}
    return entry(request, form, act, context, template=FORM)


@require_POST
@screen(Right.DIVISION_WRITE)
def shift(request: OfficeRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    _line(request, pk)
    places = -1 if request.POST.get("to") == "up" else 1
    commands.shift_line(by=request.person, line_id=pk, expected=_seen(request), places=places)
    return redirect(_back(request))


@require_POST
@screen(Right.DIVISION_WRITE)
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    line = _line(request, pk)
    try:
        commands.remove_line(by=request.person, line_id=pk, expected=_seen(request))
    except Conflict as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("“%(line)s” is removed.") % {"line": line.name})
    return redirect(_back(request))


def _line(request: OfficeRequest, pk: int) -> WorkLine:
    return get_object_or_404(work_lines_of(request.zone.pk), pk=pk)


def _seen(request: OfficeRequest) -> int:
    return whole(request.POST.get("expected", "")) or 0


def _back(request: OfficeRequest) -> str:
    return reverse("office:work-lines", args=[request.zone.slug])
