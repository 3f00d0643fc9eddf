"""Files of a plan: uploaded, read before one's eyes, fetched again as they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.documents.commands import readings
from lantu_web.documents.commands.store import store, too_large
from lantu_web.documents.enums import UNFINISHED, ReadingState, Stage
from lantu_web.documents.file_names import ACCEPTED, shown_name
from lantu_web.documents.folders import on_disk
from lantu_web.documents.models import Original, Reading
from lantu_web.documents.problems import problem_of
from lantu_web.documents.queries import REIMPORT, readings_of_plan
from lantu_web.lib.errors import Conflict, Invalid, Refused
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.refusals import status_of, tell
from lantu_web.office.uploads import is_too_large
from lantu_web.office.views.library.plan import can_do
from lantu_web.plans.commands.uploading import start_reading
from lantu_web.plans.forms.register import UploadForm
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.originals import originals_visible_to, plans_of_original, readings_to_follow
from lantu_web.plans.queries.register import plans_visible_to

_STEPS = (Stage.OPENING, Stage.REPAIRING, Stage.COMPILING, Stage.STORING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    label: str
    is_done: bool
    is_now: bool


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ORIGINAL_UPLOAD)
def upload(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(plans_visible_to(request.person), pk=pk)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            return redirect("office:reading", request.zone.slug, _taken_in(request, plan).pk)
        except (Conflict, Invalid) as problem:
            tell(form, problem)
    return render(request, "office/library/upload.html", {
        "plan": plan, "side": "originals", "form": form, "can": can_do(request, plan), "accept": ",".join(ACCEPTED),
        "most": settings.LANTU_UPLOAD_BYTES,
    }, status=status_of(form))  # fmt: skip


def _taken_in(request: OfficeRequest, plan: Plan) -> Reading:
    """Raises Invalid or Conflict; then nothing is kept but what was kept before."""
    require_in_unit(request.person, Right.ORIGINAL_UPLOAD, plan.unit_id)
    if is_too_large(request):
        raise too_large()
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("Choose a file."), field="file")
    name = file.name or ""
    original = store(by=request.person, chunks=file.chunks(), file_name=name)
    return start_reading(by=request.person, plan_id=plan.pk, original=original, file_name=shown_name(name))


@require_safe
@screen(Right.REGISTER_READ)
def originals(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(plans_visible_to(request.person), pk=pk)
    return render(request, "office/library/originals.html", {
        "plan": plan, "side": "originals", "readings": list(readings_of_plan(plan.pk)), "can": can_do(request, plan),
    })  # fmt: skip


@require_safe
@never_cache
@screen(Right.PLAN_DRAFT_READ)
def reading(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(readings_to_follow(request.person), pk=pk)
    return render(request, "office/library/reading.html", _told(request, found))


@require_safe
@never_cache
@screen(Right.PLAN_DRAFT_READ)
def reading_state(request: OfficeRequest, pk: int) -> HttpResponse:
    """The middle of the page, again and again; when it is done the browser is led on."""
    found = get_object_or_404(readings_to_follow(request.person), pk=pk)
    told = _told(request, found)
    response = render(request, "office/library/_reading.html", told)
    if found.state == ReadingState.DONE:
        response.headers["HX-Redirect"] = told["onward"]
    return response


@require_POST
@screen(Right.ORIGINAL_UPLOAD)
def reading_cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(readings_to_follow(request.person), pk=pk)
    try:
        readings.cancel(by=request.person, reading_id=found.pk)
    except Conflict as problem:
        messages.info(request, str(problem))
    return redirect("office:reading", request.zone.slug, found.pk)


@require_safe
@screen(Right.ORIGINAL_DOWNLOAD)
def original(request: OfficeRequest, pk: int) -> HttpResponse:
    """The bytes as they came, as something to keep, never as something that a browser would run."""
    found = get_object_or_404(originals_visible_to(request.person), pk=pk)
    if not any(request.person.may_in_unit(Right.ORIGINAL_DOWNLOAD, plan.unit_id) for plan in plans_of_original(request.person, found)):
        require_in_unit(request.person, Right.ORIGINAL_DOWNLOAD, None)
    if found.removed_at is not None:
        raise Gone(_("This file was marked as a state secret and was removed."))
    return _as_attachment(found)  # type: ignore[return-value]  # streams, which the doors need not know


class Gone(Refused):
    status = 410


def _as_attachment(found: Original) -> FileResponse:
    response = FileResponse(
        on_disk(found.path).open("rb"), as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Lantu-SHA256"] = found.sha256
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _told(request: OfficeRequest, found: Reading) -> dict[str, Any]:
    plan = get_object_or_404(plans_visible_to(request.person), pk=found.purpose_id)
    return {
        "plan": plan, "side": "originals", "reading": found, "steps": _steps(found), "is_under_way": found.state in UNFINISHED,
        "problem": problem_of(found.problem) if found.state == ReadingState.FAILED else None, "can": can_do(request, plan),
        "onward": _onward(request, found, plan),
    }  # fmt: skip


def _steps(found: Reading) -> list[Step]:
    at = _STEPS.index(Stage(found.stage)) if found.stage in _STEPS else (len(_STEPS) if found.stage == Stage.FINISHED else -1)
    return [Step(label=str(step.label), is_done=place < at, is_now=place == at) for place, step in enumerate(_STEPS)]


def _onward(request: OfficeRequest, found: Reading, plan: Plan) -> str:
    """Where to go when it is read: to the review, or to the differences of an amended text."""
    slug = request.zone.slug
    try:
        if found.purpose == REIMPORT:
            return reverse("office:reimport", args=[slug, found.reimport.pk])
        return reverse("office:review", args=[slug, plan.pk])
    except (NoReverseMatch, Reading.reimport.RelatedObjectDoesNotExist):
        return reverse("office:plan", args=[slug, plan.pk])
