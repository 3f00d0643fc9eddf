"""What is said about a task, the files kept with it, and what falls due for the caller."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from ninja import File, Query, Router, UploadedFile

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import task_file_of, task_of
from lantu_web.api.routers.files import BYTES
from lantu_web.api.schemas.around import CommentNew, CommentOut, DueOut, FileOut
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.documents.folders import on_disk
from lantu_web.lib.errors import Gone
from lantu_web.tasks.commands import talking
from lantu_web.tasks.models import TaskFile
from lantu_web.tasks.queries.calendar import Due, due_of
from lantu_web.tasks.queries.talk import comments_of, files_of

router = Router(tags=["Comments and files"])


@router.get("/tasks/{int:task_id}/comments")
@endpoint(Right.TASK_READ, Page[CommentOut])
def list_comments(request: ApiRequest, task_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """What was said about a task, the oldest first."""
    return page_of(comments_of(task_of(request, task_id)), paging)


@router.post("/tasks/{int:task_id}/comments")
@endpoint(Right.COMMENT_WRITE, CommentOut, status=201)
def write_comment(request: ApiRequest, task_id: Id, given: CommentNew) -> Any:
    """Say something about a task."""
    return talking.comment(by=request.person, task_id=task_of(request, task_id).pk, text=given.text)


@router.get("/tasks/{int:task_id}/files")
@endpoint(Right.TASK_READ, Page[FileOut])
def list_task_files(request: ApiRequest, task_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """Files that are kept with a task."""
    return page_of(files_of(task_of(request, task_id)), paging, _file)


@router.post("/tasks/{int:task_id}/files")
@endpoint(Right.TASK_WORK, FileOut, status=201)
def add_task_file(request: ApiRequest, task_id: Id, file: File[UploadedFile]) -> Any:
    """Keep a file with a task of the own unit."""
    row = task_of(request, task_id)
    return _file(talking.add_file(by=request.person, task_id=row.pk, chunks=file.chunks(), file_name=file.name or ""))


@router.get("/task-files/{int:file_id}/file", openapi_extra={"responses": {200: BYTES}})
@endpoint(Right.TASK_READ, None, refusals=(410,))
def download_task_file(request: ApiRequest, file_id: Id) -> FileResponse:
    """The bytes of a file of a task."""
    row = task_file_of(request, file_id)
    if row.original.removed_at is not None:
        raise Gone(_("This file was marked as a state secret and was removed."))
    data = on_disk(row.original.path).open("rb")
    return FileResponse(data, as_attachment=True, filename=row.file_name, content_type="application/octet-stream")


@router.post("/task-files/{int:file_id}/remove")
@endpoint(Right.TASK_WORK, FileOut)
def remove_task_file(request: ApiRequest, file_id: Id) -> Any:
    """Take a file away from its task."""
    return _file(talking.remove_file(by=request.person, file_id=task_file_of(request, file_id).pk))


@router.get("/calendar")
@endpoint(Right.CALENDAR_OWN, Page[DueOut])
def list_due(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Due dates and nodes of the caller's own tasks and of those of their units, by day, as their calendar shows them."""
    return page_of(due_of(request.person), paging, _due)


def _file(row: TaskFile) -> dict[str, Any]:
    told = {"size": row.original.size, "sha256": row.original.sha256}
    return {**{name: getattr(row, name) for name in ("id", "task_id", "file_name", "by", "at")}, **told}


def _due(found: Due) -> dict[str, Any]:
    names = ("on", "title", "task_id", "task", "lead", "is_done")
    return {"kind": found.kind.value, "id": found.key, **{name: getattr(found, name) for name in names}}
