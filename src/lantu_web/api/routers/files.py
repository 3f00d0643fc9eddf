"""Files of plans: uploaded, read by a job, fetched again as they came."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Query, Router, UploadedFile

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.api.fetching import plan_in_review_of, plan_of
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.schemas.plans import ReadingOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.documents.commands import readings
from lantu_web.documents.commands.store import store
from lantu_web.documents.file_names import shown_name
from lantu_web.documents.folders import on_disk
from lantu_web.documents.models import Reading
from lantu_web.documents.problems import problem_of
from lantu_web.documents.queries import readings_of_plan
from lantu_web.lib.errors import Gone
from lantu_web.plans.commands.uploading import start_reading
from lantu_web.plans.queries.originals import originals_visible_to, plans_of_original, readings_to_follow

router = Router(tags=["Files"])
BYTES = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


@router.get("/plans/{int:plan_id}/readings")
@endpoint(Right.PLAN_DRAFT_READ, Page[ReadingOut])
def list_readings(request: ApiRequest, plan_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """The files of a plan and how far their readings are, the newest first."""
    return page_of(readings_of_plan(plan_in_review_of(request, plan_id).pk), paging, _shown)


@router.post("/plans/{int:plan_id}/readings")
@endpoint(Right.ORIGINAL_UPLOAD, ReadingOut, status=202)
def upload_file(request: ApiRequest, plan_id: Id, file: File[UploadedFile]) -> Any:
    """Upload the file of a plan (docx, pdf, html, txt, xlsx). It is kept as it is, and read by a job: ask its reading how far it is.

    The first file of a draft is laid out for review; a further one of a plan in review is compared with what was accepted (see reimports).
    """
    plan = plan_of(request, plan_id)
    require_in_unit(request.person, Right.ORIGINAL_UPLOAD, plan.unit_id)
    original = store(by=request.person, chunks=file.chunks(), file_name=file.name or "")
    return _shown(start_reading(by=request.person, plan_id=plan.pk, original=original, file_name=shown_name(file.name or "")))


@router.get("/readings/{int:reading_id}")
@endpoint(Right.PLAN_DRAFT_READ, ReadingOut)
def get_reading(request: ApiRequest, reading_id: Id) -> Any:
    """How far a reading is."""
    return _shown(get_object_or_404(readings_to_follow(request.person), pk=reading_id))


@router.post("/readings/{int:reading_id}/cancel")
@endpoint(Right.ORIGINAL_UPLOAD, ReadingOut)
def cancel_reading(request: ApiRequest, reading_id: Id) -> Any:
    """Stop it: at once where nobody works on it yet, else at the next step."""
    reading = get_object_or_404(readings_to_follow(request.person), pk=reading_id)
    return _shown(readings.cancel(by=request.person, reading_id=reading.pk))


@router.get("/originals/{int:original_id}/file", openapi_extra={"responses": {200: BYTES}})
@endpoint(Right.ORIGINAL_DOWNLOAD, None, refusals=(410,))
def download_original(request: ApiRequest, original_id: Id) -> FileResponse:
    """The bytes of a file as they came; their SHA-256 stands in the header X-Lantu-SHA256."""
    found = get_object_or_404(originals_visible_to(request.person), pk=original_id)
    if not any(request.person.may_in_unit(Right.ORIGINAL_DOWNLOAD, plan.unit_id) for plan in plans_of_original(request.person, found)):
        require_in_unit(request.person, Right.ORIGINAL_DOWNLOAD, None)
    if found.removed_at is not None:
        raise Gone(_("This file was marked as a state secret and was removed."))
    response = FileResponse(
        on_disk(found.path).open("rb"), as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )
    response.headers["X-Lantu-SHA256"] = found.sha256
    return response


def _shown(reading: Reading) -> dict[str, Any]:
    names = (
        "id", "purpose", "file_name", "original", "state", "stage", "percent", "cancel_asked", "problem", "requested_by", "requested_at",
        "finished_at",
    )  # fmt: skip
    problem = problem_of(reading.problem) if reading.problem else None
    return {
        **{name: getattr(reading, name) for name in names}, "plan_id": reading.purpose_id, "detail": reading.problem_detail,
        "message": f"{problem.what} {problem.remedy}" if problem else "",
    }  # fmt: skip
