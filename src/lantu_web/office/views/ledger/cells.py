"""One cell: its editor, and the line as it stands after it was saved."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.numbers import id_of, whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.ledger.asked import asked_by_page
from lantu_web.office.views.ledger.rows import Drawing
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.content import FIELDS, Field, Type
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.ledger import row
from lantu_web.tasks.queries.offers import Offer, offers
from lantu_web.tasks.queries.undoing import change_just_made
from lantu_web.tasks.queries.values import value_of
from lantu_web.tasks.queries.visible import tasks_visible_to

MANY = (Type.UNITS, Type.LINES)
ROWS = (Type.UNIT, Type.SECTION, Type.PERSON)
CHOSEN = (*MANY, *ROWS, Type.CHOICE)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_WORK)
def cell(request: OfficeRequest, pk: int, field: str) -> HttpResponse:
    """GET: the line with the editor in its cell (``plain=1``: without one). POST: the line as saved, or with what was refused."""
    task = get_object_or_404(tasks_visible_to(request.person).select_related("lead_unit"), pk=pk)
    if field not in FIELDS:
        raise Http404
    require_in_unit(request.person, FIELDS[field].right, task.lead_unit_id)
    if request.method != "POST":
        return _line(request, task, None if request.GET.get("plain") else editor(request, task, FIELDS[field]))
    given = value_of(task, field)  # what stands is shown again where nothing that could be was sent
    try:
        given = sent(request, FIELDS[field])
        saved = change(by=request.person, task_id=pk, expected=whole(request.POST.get("expected", "")) or 0, values={field: given})
    except (Conflict, Invalid) as problem:
        task.refresh_from_db()
        return _line(request, task, editor(request, task, FIELDS[field], given, str(problem)), status=problem.status)
    response = _line(request, saved, None)
    response.headers["HX-Trigger-After-Settle"] = json.dumps({"ledger:saved": _saved(request, saved, task)})
    return response


def sent(request: OfficeRequest, field: Field) -> Any:
    """The value as the editor sends it."""
    if field.type in MANY:
        return [_row(value, field) for value in request.POST.getlist("value") if value]
    value = request.POST.get("value", "")
    return (_row(value, field) if value else None) if field.type in ROWS else value


def _row(value: str, field: Field) -> int:
    """The id. Raises Invalid for what is none: it is not left out, which would empty the field."""
    pk = id_of(value)
    if pk is None:
        raise Invalid(_("%(field)s: this is not there (any more).") % {"field": field.label}, field=field.name)
    return pk


def editor(request: OfficeRequest, task: Task, field: Field, given: Any = None, problem: str = "") -> dict[str, Any]:
    """What the editor of a cell is drawn from."""
    value = value_of(task, field.name) if given is None and not problem else given
    chosen = {str(one) for one in value} if field.type in MANY else {"" if value is None else str(value)}
    units = [task.lead_unit_id] if task.lead_unit_id else []
    open_to = offers(field, zone_id=request.zone.pk, unit_ids=units) if field.type in CHOSEN else []
    return {
        "field": field, "value": "" if value is None else value, "problem": problem, "is_many": field.type in MANY,
        "options": marked(open_to, chosen) if field.type in CHOSEN else None,
    }  # fmt: skip


def marked(open_to: Iterable[Offer], chosen: Collection[str]) -> list[tuple[str, str, bool]]:
    """What is chosen stands first: in a list of hundreds it would not be found."""
    return sorted(((offer, words, offer in chosen) for offer, words in open_to), key=lambda option: not option[2])


def _saved(request: OfficeRequest, saved: Task, before: Task) -> dict[str, Any]:
    """What the page is told: which change it was, so that it can be taken back."""
    last = change_just_made(request.person, saved)
    changed = last is not None and saved.revision != before.revision
    text = _("Saved: %(task)s") % {"task": saved} if changed else _("Nothing was different.")
    return {"change": last.pk if last and changed else 0, "text": text}


def _line(request: OfficeRequest, task: Task, opened: dict[str, Any] | None, status: int = 200) -> HttpResponse:
    wanted = asked_by_page(request)
    drawing = Drawing(request.person, request.zone.slug, wanted.columns)
    editors = {}
    if opened is not None:
        context = {"opened": opened, "task": task, "zone": request.zone}
        editors[opened["field"].name] = render_to_string("office/ledger/_editor.html", context, request)
    return HttpResponse(drawing.row(row(request.person, task, year=wanted.year), editors), status=status)
