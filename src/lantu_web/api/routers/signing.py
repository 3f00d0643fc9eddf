"""Signatures of units: given, refused with a reason, settled; and later due dates."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api import shown
from lantu_web.api.fetching import extension_of, signature_of, task_of
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.divisions import (
    ExtensionDecision,
    ExtensionNew,
    ExtensionOut,
    ExtensionsWanted,
    ManySigned,
    Objection,
    ObjectionSettled,
    SignatureOut,
    SignaturesWanted,
)
from lantu_web.api.schemas.tasks import AnswersOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.tasks.commands import extending, signing
from lantu_web.tasks.commands.many import sign_each
from lantu_web.tasks.queries.listing import extensions_wanted, signatures_wanted

router = Router(tags=["Signing"])


@router.get("/signatures")
@endpoint(Right.TASK_READ, Page[SignatureOut])
def list_signatures(request: ApiRequest, wanted: Query[SignaturesWanted], paging: Query[Paging]) -> dict[str, Any]:
    """What units said to the tasks that were sent to them, and what waits to be signed."""
    return page_of(signatures_wanted(request.person, **wanted.model_dump()), paging, shown.signature)


@router.get("/signatures/{int:signature_id}")
@endpoint(Right.TASK_READ, SignatureOut)
def get_signature(request: ApiRequest, signature_id: Id) -> Any:
    """One signature, with what it is asked for."""
    return shown.signature(signature_of(request, signature_id))


@router.post("/signatures/{int:signature_id}/sign")
@endpoint(Right.TASK_SIGN, SignatureOut)
def sign_task(request: ApiRequest, signature_id: Id, seen: Expected) -> Any:
    """Sign for a task as it was sent, for its unit."""
    row = signature_of(request, signature_id)
    return shown.signature(signing.sign(by=request.person, signature_id=row.pk, expected=seen.revision))


@router.post("/signatures/sign")
@endpoint(Right.TASK_SIGN, AnswersOut)
def sign_tasks(request: ApiRequest, given: ManySigned) -> Any:
    """Sign for many tasks; every one is answered by itself. With `is_whole` none is signed where one is refused."""
    seen = [signing.Seen(one.id, one.revision) for one in given.items]
    return shown.answers(sign_each(by=request.person, seen=seen, is_whole=given.is_whole))


@router.post("/signatures/{int:signature_id}/object")
@endpoint(Right.TASK_SIGN, SignatureOut)
def object_to_task(request: ApiRequest, signature_id: Id, given: Objection) -> Any:
    """Say why the unit does not sign, and what it proposes instead."""
    row, counter = signature_of(request, signature_id), given.counter.given() if given.counter else {}
    return shown.signature(
        signing.object_to(by=request.person, signature_id=row.pk, expected=given.revision, reason=given.reason, counter=counter)
    )


@router.post("/signatures/{int:signature_id}/settle")
@endpoint(Right.DIVISION_WRITE, SignatureOut)
def settle_objection(request: ApiRequest, signature_id: Id, given: ObjectionSettled) -> Any:
    """Decide an objection; what changes of the task with it, the others sign again."""
    row, values = signature_of(request, signature_id), given.values.given() if given.values else {}
    return shown.signature(
        signing.settle(
            by=request.person, signature_id=row.pk, expected=given.revision, outcome=given.outcome, note=given.note, values=values
        )
    )


@router.get("/extensions")
@endpoint(Right.TASK_READ, Page[ExtensionOut])
def list_extensions(request: ApiRequest, wanted: Query[ExtensionsWanted], paging: Query[Paging]) -> dict[str, Any]:
    """Later due dates that were asked for, the newest first."""
    return page_of(extensions_wanted(request.person, **wanted.model_dump()), paging, shown.extension)


@router.post("/tasks/{int:task_id}/extensions")
@endpoint(Right.TASK_WORK, ExtensionOut, status=201)
def ask_extension(request: ApiRequest, task_id: Id, given: ExtensionNew) -> Any:
    """Ask for a later due date, for the lead unit."""
    row = task_of(request, task_id)
    return shown.extension(extending.ask(by=request.person, task_id=row.pk, due_on=given.due_on, reason=given.reason))


@router.post("/extensions/{int:extension_id}/decide")
@endpoint(Right.DIVISION_WRITE, ExtensionOut)
def decide_extension(request: ApiRequest, extension_id: Id, given: ExtensionDecision) -> Any:
    """Grant the later date, or refuse it and say why."""
    row = extension_of(request, extension_id)
    values = given.model_dump(include={"is_approved", "note"})
    return shown.extension(extending.decide(by=request.person, extension_id=row.pk, expected=given.revision, **values))
