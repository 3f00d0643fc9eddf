"""Units and people from a workbook: looked at first, then confirmed exactly as it was seen."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Router, UploadedFile

from lantu_web.accounts.commands import organisation_import
from lantu_web.accounts.models import ImportDraft
from lantu_web.accounts.queries.organisation_import import drafts_of, dry_run_of
from lantu_web.accounts.rights import Right
from lantu_web.api.schemas.base import Id
from lantu_web.api.schemas.organisation import DryRunOut, ImportConfirm, ImportedOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.lib import clock

router = Router(tags=["Organisation"])


@router.post("/organisation/imports")
@endpoint(Right.ORGANISATION_WRITE, DryRunOut, status=201)
def upload_organisation(request: ApiRequest, file: File[UploadedFile]) -> Any:
    """Upload a workbook of units and people (xlsx); gives what it would do. Nothing is written yet."""
    draft = organisation_import.keep_upload(by=request.person, file_name=file.name or "", data=file.read())
    return _shown(request, draft)


@router.get("/organisation/imports/{int:import_id}")
@endpoint(Right.ORGANISATION_WRITE, DryRunOut)
def get_import(request: ApiRequest, import_id: Id) -> Any:
    """What one's own upload would do now."""
    return _shown(request, _draft(request, import_id))


@router.post("/organisation/imports/{int:import_id}/confirm")
@endpoint(Right.ORGANISATION_WRITE, ImportedOut)
def confirm_import(request: ApiRequest, import_id: Id, confirm: ImportConfirm) -> Any:
    """Do what was seen, all of it; refused with 409 where it would do something else by now."""
    draft = _draft(request, import_id)
    done = organisation_import.confirm_import(by=request.person, draft_id=draft.pk, expected=confirm.digest)
    newcomers = [{"username": one.username, "name": one.name, "temporary_password": one.password} for one in done.newcomers]
    return {"counts": done.counts, "newcomers": newcomers}


@router.delete("/organisation/imports/{int:import_id}")
@endpoint(Right.ORGANISATION_WRITE, None, status=204)
def drop_import(request: ApiRequest, import_id: Id) -> None:
    """Give an upload up."""
    organisation_import.drop_upload(by=request.person, draft_id=_draft(request, import_id).pk)


def _draft(request: ApiRequest, import_id: int) -> ImportDraft:
    return get_object_or_404(drafts_of(request.person), pk=import_id)


def _shown(request: ApiRequest, draft: ImportDraft) -> dict[str, Any]:
    run = dry_run_of(draft, by=request.person, on=clock.today())
    return {
        "id": draft.pk, "file_name": draft.file_name, "digest": run.digest, "may_be_confirmed": run.may_be_confirmed,
        "counts": run.counts, "steps": [_step(step) for step in run.steps],
    }  # fmt: skip


def _step(step: Any) -> dict[str, Any]:
    return {
        "sheet": step.row.sheet.value, "row": step.row.number, "label": step.label, "outcome": step.outcome,
        "faults": [{"column": str(one.column), "value": one.value, "message": str(one.message)} for one in step.faults],
        "differences": [{"column": str(one.column), "before": one.before, "after": one.after} for one in step.differences],
    }  # fmt: skip
