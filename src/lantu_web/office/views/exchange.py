"""Files that go out and come in: asked for, watched, fetched; looked at row by row, decided, taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.documents.commands.store import too_large
from lantu_web.documents.folders import on_disk
from lantu_web.lib.errors import Conflict, Gone, Invalid
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.uploads import is_too_large
from lantu_web.tasks.columns import BY_FIELD
from lantu_web.tasks.commands import exchange as commands
from lantu_web.tasks.enums import ExchangeKind, ExchangeState, Verdict
from lantu_web.tasks.forms.exchange import BringBackForm, ExportForm, ForeignForm
from lantu_web.tasks.models import Exchange, ExchangeRow
from lantu_web.tasks.queries.exchanges import (
    IMPORTS,
    UNFINISHED,
    exchanges_of,
    mapping_for,
    rows_of_import,
    tallies,
    to_take_over,
    undecided,
)
from lantu_web.tasks.spreadsheet.deciding import choice_of_cell
from lantu_web.tasks.spreadsheet.foreign import label_of_year, labels

PAGE = 50
LISTED = 50
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One field of a row, three ways."""

    name: str
    label: str
    base: str
    here: str
    file: str
    is_conflict: bool
    choice: str  # of a conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column of a foreign ledger and what it is said to be."""

    at: int
    text: str
    field: str

    @property
    def name(self) -> str:
        return f"column-{self.at}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    row: ExchangeRow
    ways: tuple[Way, ...]

    @property
    def is_conflict(self) -> bool:
        return self.row.verdict == Verdict.CONFLICT

    @property
    def is_of_cells(self) -> bool:
        """Whether there is more than one cell to decide about."""
        return self.is_conflict and sum(way.is_conflict for way in self.ways) > 1

    @property
    def is_new(self) -> bool:
        return self.row.verdict == Verdict.NEW


@require_safe
@never_cache
@screen(Right.TASK_READ)
def listed(request: OfficeRequest) -> HttpResponse:
    found = exchanges_of(request.person).select_related("plan")[:LISTED]
    return render(request, "office/exchange/list.html", {"exchanges": found, "may_import": request.person.may(Right.LEDGER_IMPORT)})


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_READ)
def export(request: OfficeRequest) -> HttpResponse:
    initial = {"query": request.GET.urlencode()[:2000], "plan": whole(request.GET.get("plan", ""), digits=18)}
    form = ExportForm(request.POST or None, by=request.person, initial=initial)

    def act() -> str:
        return _address(request, commands.ask_export(by=request.person, **form.asked()))

    return entry(request, form, act, {"query": initial["query"]}, template="office/exchange/export.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.LEDGER_IMPORT)
def bring_back(request: OfficeRequest) -> HttpResponse:
    form = BringBackForm(request.POST, request.FILES) if request.method == "POST" else BringBackForm()
    return entry(request, form, lambda: _address(request, _taken_in(request)), {}, template="office/exchange/import.html")


def _taken_in(request: OfficeRequest, plan_id: int | None = None) -> Exchange:
    if is_too_large(request):
        raise too_large()
    given = request.FILES.get("file")
    if given is None or isinstance(given, list):
        raise Invalid(_("Choose a file."), field="file")
    if plan_id is not None:
        return commands.receive_foreign(by=request.person, plan_id=plan_id, chunks=given.chunks(), file_name=given.name or "")
    return commands.receive_ledger(by=request.person, chunks=given.chunks(), file_name=given.name or "")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def foreign(request: OfficeRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ForeignForm(*sent, by=request.person, initial={"plan": whole(request.GET.get("plan", ""), digits=18)})

    def act() -> str:
        return _address(request, _taken_in(request, form.cleaned_data["plan"].pk))

    return entry(request, form, act, {}, template="office/exchange/foreign.html")


@require_POST
@screen(Right.DIVISION_WRITE)
def match(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    chosen = {at: request.POST.get(f"column-{at}", "") for at in range(len(found.told.get("heads", [])))}
    try:
        commands.match_columns(
            by=request.person, exchange_id=found.pk, expected=whole(request.POST.get("expected", "")) or 0,
            fields={at: field for at, field in chosen.items() if field}, name=request.POST.get("name", "")[:60],
        )  # fmt: skip
    except (Conflict, Invalid) as problem:
        told = _told(request, found) | {"problem": str(problem), "columns": _columns(found, chosen)}
        return render(request, "office/exchange/page.html", told, status=422)
    return redirect(_address(request, found))


@require_POST
@screen(Right.DIVISION_WRITE)
def sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        commands.choose_sheet(
            by=request.person, exchange_id=found.pk, expected=whole(request.POST.get("expected", "")) or 0,
            sheet=request.POST.get("sheet", ""),
        )  # fmt: skip
    except (Conflict, Invalid) as problem:
        messages.warning(request, str(problem))
    return redirect(_address(request, found))


@require_safe
@never_cache
@screen(Right.TASK_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    return render(request, "office/exchange/page.html", _told(request, _own(request, pk)))


@require_safe
@never_cache
@screen(Right.TASK_READ)
def state(request: OfficeRequest, pk: int) -> HttpResponse:
    """The middle of the page, again and again; when it is over the browser is led to the result."""
    found = _own(request, pk)
    response = render(request, "office/exchange/_state.html", {"exchange": found, "is_under_way": found.state in UNFINISHED})
    if found.state not in UNFINISHED:
        response.headers["HX-Redirect"] = _address(request, found)
    return response


@require_safe
@screen(Right.TASK_READ)
def file(request: OfficeRequest, pk: int) -> HttpResponse:
    """The bytes, as something to keep, never as something that a browser would run."""
    found = _own(request, pk)
    if found.kind in IMPORTS or found.state != ExchangeState.READY:
        raise Http404
    if not found.path or not on_disk(found.path).exists():
        raise Gone(_("This file was made some time ago and was removed. Export it anew."))
    response = FileResponse(
        on_disk(found.path).open("rb"), as_attachment=True, filename=found.file_name, content_type=_TYPES[on_disk(found.path).suffix]
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # streams, which the doors need not know


@require_POST
@screen(Right.LEDGER_IMPORT)
def choose(request: OfficeRequest, pk: int, row: int) -> HttpResponse:
    found = _own(request, pk)
    asked = get_object_or_404(ExchangeRow, exchange=found, pk=row)
    cell, _colon, way = request.POST.get("cell", "").partition(":")
    seen: dict[str, Any] = {"by": request.person, "row_id": row, "expected": whole(request.POST.get("expected", "")) or 0}
    try:
        if cell:
            commands.choose_cells(**seen, cells={cell: way})
        else:
            commands.choose(**seen, choice=request.POST.get("choice", ""))
    except (Conflict, Invalid) as problem:
        messages.warning(request, str(problem))
    if request.headers.get("HX-Request"):
        return render(request, "office/exchange/page.html", _told(request, found))
    place = f"cell-{row}-{cell}-{way}" if cell.isidentifier() or cell.isdecimal() else f"row-{row}"
    return redirect(f"{_address(request, found)}?verdict={asked.verdict}#{quote(place)}")


@require_POST
@screen(Right.LEDGER_IMPORT)
def choose_all(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        commands.choose_all(by=request.person, exchange_id=found.pk, choice=request.POST.get("choice", ""))
    except (Conflict, Invalid) as problem:
        messages.warning(request, str(problem))
    return redirect(_address(request, found))


@require_POST
@screen(Right.LEDGER_IMPORT)
def take_over(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        commands.take_over(by=request.person, exchange_id=found.pk, expected=whole(request.POST.get("expected", "")) or 0)
    except (Conflict, Invalid) as problem:
        messages.warning(request, str(problem))
    return redirect(_address(request, found))


@require_POST
@screen(Right.TASK_READ)
def give_up(request: OfficeRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        commands.give_up(by=request.person, exchange_id=found.pk)
        messages.success(request, _("The file was given up; nothing more is done with it."))
    except Conflict as problem:
        messages.info(request, str(problem))
    return redirect("office:exchanges", request.zone.slug)


def _own(request: OfficeRequest, pk: int) -> Exchange:
    return get_object_or_404(exchanges_of(request.person).select_related("plan"), pk=pk)


def _address(request: OfficeRequest, exchange: Exchange) -> str:
    return reverse("office:exchange", args=[request.zone.slug, exchange.pk])


def _told(request: OfficeRequest, found: Exchange) -> dict[str, Any]:
    is_import, wanted = found.kind in IMPORTS, request.GET.get("verdict", "")
    told: dict[str, Any] = {
        "exchange": found, "is_import": is_import, "is_under_way": found.state in UNFINISHED,
        "is_ready": found.state == ExchangeState.READY,
        "has_file": bool(found.path) and not is_import, "may_import": request.person.may(Right.LEDGER_IMPORT),
        "has_base": found.kind == ExchangeKind.IMPORT_LEDGER,
    }  # fmt: skip
    if not is_import or found.state in UNFINISHED:
        return told
    if found.kind == ExchangeKind.IMPORT_FOREIGN and found.mapping is None and found.state == ExchangeState.READY:
        return told | {"columns": _columns(found, mapping_for(found)), "fields": labels(found.told.get("heads", [])), "is_matching": True}
    counts = tallies(found)
    shown = Paginator(rows_of_import(found, wanted), PAGE).get_page(request.GET.get("page"))
    return told | {
        "wanted": wanted, "page": shown, "rows": [Shown(row=row, ways=_ways(row)) for row in shown],
        "counts": [(verdict.value, verdict.label, counts.get(verdict, 0)) for verdict in Verdict if counts.get(verdict)],
        "total": rows_of_import(found).count(), "wrong": counts.get(Verdict.WRONG, 0), "undecided": undecided(found).count(),
        "ready_rows": to_take_over(found).count(),
        "may_decide": request.person.may(Right.LEDGER_IMPORT) and found.state == ExchangeState.READY,
    }  # fmt: skip


def _columns(found: Exchange, chosen: Mapping[int, str]) -> list[Head]:
    """The columns of a foreign ledger that have a head."""
    return [Head(at=at, text=text, field=chosen.get(at, "")) for at, text in enumerate(found.told.get("heads", [])) if text]


def _ways(row: ExchangeRow) -> tuple[Way, ...]:
    return tuple(
        Way(
            name=name, label=str(BY_FIELD[name].label) if name in BY_FIELD else label_of_year(int(name)), base=texts["base"] or "",
            here=texts["here"] or "", file=texts["file"] or "", is_conflict=bool(texts.get("conflict")),
            choice=choice_of_cell(texts),
        )
        for name, texts in row.changes.items()
    )  # fmt: skip
