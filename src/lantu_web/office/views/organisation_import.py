"""Units and people from a workbook: upload, dry run, confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantu_web.accounts.commands.organisation_import import confirm_import, drop_upload, keep_upload
from lantu_web.accounts.forms.people import WorkbookForm
from lantu_web.accounts.queries.import_rows import Outcome
from lantu_web.accounts.queries.organisation_import import drafts_of, dry_run_of, has_draft, sheets_of_today
from lantu_web.accounts.rights import Right
from lantu_web.accounts.spreadsheet.columns import SHEET_LABELS, Sheet
from lantu_web.accounts.spreadsheet.writing import workbook
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict
from lantu_web.lib.workbooks import FILE_BYTES
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORGANISATION_WRITE)
def upload(request: OfficeRequest) -> HttpResponse:
    form = WorkbookForm(request.POST or None, request.FILES or None)

    def act() -> str:
        file = form.cleaned_data["file"]
        draft = keep_upload(by=request.person, file_name=file.name, data=file.read(FILE_BYTES + 1))
        return _address(request, draft.pk)

    context = {"draft": drafts_of(request.person).first(), "may_people": request.person.may(Right.PEOPLE_WRITE)}
    return entry(request, form, act, context, template="office/organisation/import.html")


@require_GET
@screen(Right.ORGANISATION_WRITE)
def template(request: OfficeRequest) -> HttpResponse:
    sheets = [sheet for sheet in Sheet if sheet is Sheet.UNITS or request.person.may(Right.PEOPLE_WRITE)]
    return _download(workbook(dict.fromkeys(sheets, ()), with_example=True), "单位人员导入模板.xlsx")


@require_GET
@screen(Right.ORGANISATION_WRITE)
def today(request: OfficeRequest) -> HttpResponse:
    sheets = sheets_of_today(request.person, on=clock.today())
    return _download(workbook(sheets, with_example=False), f"{request.zone.slug}-单位人员.xlsx")


@require_GET
@screen(Right.ORGANISATION_WRITE)
def dry_run(request: OfficeRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(drafts_of(request.person), pk=pk)
    run = dry_run_of(draft, by=request.person, on=clock.today())
    wanted = request.GET.get("outcome", "")
    steps = [step for step in run.steps if not wanted or step.outcome == wanted]
    return render(request, "office/organisation/dry_run.html", {
        "draft": draft, "run": run, "page": Paginator(steps, PAGE).get_page(request.GET.get("page")), "wanted": wanted,
        "total": len(run.steps),
        "counts": [(outcome.value, outcome.label, count) for outcome, count in run.counts.items()], "faults": run.counts[Outcome.FAULT],
        "sheets": SHEET_LABELS,
    })  # fmt: skip


@never_cache
@require_POST
@screen(Right.ORGANISATION_WRITE)
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    try:
        done = confirm_import(by=request.person, draft_id=pk, expected=request.POST.get("expected", ""))
    except Conflict as problem:
        if not has_draft(request.person, pk):
            raise
        messages.warning(request, str(problem))
        return redirect(_address(request, pk))
    counts = [(outcome.value, outcome.label, count) for outcome, count in done.counts.items()]
    return render(request, "office/organisation/imported.html", {"newcomers": done.newcomers, "counts": counts})


@require_POST
@screen(Right.ORGANISATION_WRITE)
def drop(request: OfficeRequest, pk: int) -> HttpResponse:
    drop_upload(by=request.person, draft_id=pk)
    messages.success(request, _("The upload was given up; nothing was written."))
    return redirect("office:organisation-import", zone=request.zone.slug)


def _address(request: OfficeRequest, pk: int) -> str:
    return reverse("office:import-draft", args=[request.zone.slug, pk])


def _download(data: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"})
