"""Files that go out and come in, as jobs: asked for, followed, fetched; what came in is looked at and taken over."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Query, Router, UploadedFile

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import exchange_of, plan_of
from lantu_web.api.routers.files import BYTES
from lantu_web.api.schemas.around import CountOut
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.outside import (
    AllRows,
    ColumnOut,
    ExchangeOut,
    ExchangeRowOut,
    ExportWish,
    MatchWish,
    RowChoice,
    RowsWanted,
    SheetWish,
)
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.documents.folders import on_disk
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.tasks.commands import exchange
from lantu_web.tasks.enums import ExchangeState
from lantu_web.tasks.models import Exchange
from lantu_web.tasks.queries.exchanges import EXPORTS, columns_of, exchanges_of, rows_of_import
from lantu_web.tasks.queries.wanted import not_understood

router = Router(tags=["Files of the ledger"])


@router.get("/exchanges")
@endpoint(Right.TASK_READ, Page[ExchangeOut])
def list_exchanges(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The caller's own, the newest first."""
    return page_of(exchanges_of(request.person), paging)


@router.post("/exchanges")
@endpoint(Right.TASK_READ, ExchangeOut, status=202)
def ask_export(request: ApiRequest, given: ExportWish) -> Any:
    """Ask for a workbook or a Word file of what the caller sees: a job makes it, ask how far it is."""
    if unknown := not_understood(dict(parse_qsl(given.query, keep_blank_values=True))):
        raise Invalid(_("The ledger has no such filter: %(names)s.") % {"names": "、".join(unknown)[:200]}, field="query")
    values = given.model_dump(mode="json")
    return exchange.ask_export(by=request.person, **values)


@router.get("/exchanges/{int:exchange_id}")
@endpoint(Right.TASK_READ, ExchangeOut)
def get_exchange(request: ApiRequest, exchange_id: Id) -> Any:
    """How far it is."""
    return exchange_of(request, exchange_id)


@router.get("/exchanges/{int:exchange_id}/file", openapi_extra={"responses": {200: BYTES}})
@endpoint(Right.TASK_READ, None, refusals=(409,))
def download_exchange(request: ApiRequest, exchange_id: Id) -> FileResponse:
    """The bytes of a file that was exported."""
    row = exchange_of(request, exchange_id)
    if row.kind not in EXPORTS or row.state != ExchangeState.READY or not row.path or not on_disk(row.path).exists():
        raise Conflict(_("There is no file of it (yet, or any more)."))
    return FileResponse(
        on_disk(row.path).open("rb"), as_attachment=True, filename=row.file_name, content_type="application/octet-stream"
    )  # fmt: skip


@router.post("/exchanges/import")
@endpoint(Right.LEDGER_IMPORT, ExchangeOut, status=202)
def import_ledger(request: ApiRequest, file: File[UploadedFile]) -> Any:
    """Bring a workbook back that was exported here. A job compares it; nothing counts before it is taken over."""
    return exchange.receive_ledger(by=request.person, chunks=file.chunks(), file_name=file.name or "")


@router.post("/exchanges/foreign/{int:plan_id}")
@endpoint(Right.DIVISION_WRITE, ExchangeOut, status=201)
def receive_foreign_ledger(request: ApiRequest, plan_id: Id, file: File[UploadedFile]) -> Any:
    """Hand in a ledger of another make for the division of a plan. It waits until its columns are matched."""
    plan = plan_of(request, plan_id)
    return exchange.receive_foreign(by=request.person, plan_id=plan.pk, chunks=file.chunks(), file_name=file.name or "")


@router.get("/exchanges/{int:exchange_id}/columns")
@endpoint(Right.DIVISION_WRITE, list[ColumnOut])
def list_exchange_columns(request: ApiRequest, exchange_id: Id) -> Any:
    """The heads of a ledger of another make, with what each was matched to, or last was under the same heads, or is usually called."""
    return columns_of(exchange_of(request, exchange_id))


@router.put("/exchanges/{int:exchange_id}/columns")
@endpoint(Right.DIVISION_WRITE, ExchangeOut, status=202)
def match_exchange_columns(request: ApiRequest, exchange_id: Id, given: MatchWish) -> Any:
    """Say what the columns are; it is kept for the next file with the same heads. A job then compares the rows."""
    fields = {one.column: one.field for one in given.fields}
    return exchange.match_columns(
        by=request.person, exchange_id=_id(request, exchange_id), expected=given.revision, fields=fields, name=given.name
    )


@router.put("/exchanges/{int:exchange_id}/sheet")
@endpoint(Right.DIVISION_WRITE, ExchangeOut)
def choose_exchange_sheet(request: ApiRequest, exchange_id: Id, given: SheetWish) -> Any:
    """Read another sheet of a ledger of another make (``told`` names them); its columns are to be matched anew."""
    return exchange.choose_sheet(
        by=request.person, exchange_id=_id(request, exchange_id), expected=given.revision, sheet=given.sheet
    )


@router.get("/exchanges/{int:exchange_id}/rows")
@endpoint(Right.TASK_READ, Page[ExchangeRowOut])
def list_exchange_rows(request: ApiRequest, exchange_id: Id, wanted: Query[RowsWanted], paging: Query[Paging]) -> dict[str, Any]:
    """What each row of a file that came in would change, and what is wrong with it."""
    return page_of(rows_of_import(exchange_of(request, exchange_id), wanted.verdict or ""), paging)


@router.put("/exchanges/{int:exchange_id}/rows/{int:row_id}")
@endpoint(Right.LEDGER_IMPORT, ExchangeRowOut)
def choose_exchange_row(request: ApiRequest, exchange_id: Id, row_id: Id, given: RowChoice) -> Any:
    """Decide a row in conflict (file, here) or single cells of it, or whether a new one is left out (leave) or becomes a task (open)."""
    row = get_object_or_404(rows_of_import(exchange_of(request, exchange_id)), pk=row_id)
    if given.cells and given.choice is not None:
        raise Invalid(_("Decide all of the row or single cells of it, not both."), field="cells")
    if given.cells:
        return exchange.choose_cells(by=request.person, row_id=row.pk, expected=given.revision, cells=given.cells)
    return exchange.choose(by=request.person, row_id=row.pk, expected=given.revision, choice=given.choice or "")


@router.post("/exchanges/{int:exchange_id}/choose")
@endpoint(Right.LEDGER_IMPORT, CountOut)
def choose_exchange_rows(request: ApiRequest, exchange_id: Id, given: AllRows) -> Any:
    """Decide all open conflicts alike; how many that were."""
    return {"count": exchange.choose_all(by=request.person, exchange_id=_id(request, exchange_id), choice=given.choice)}


@router.post("/exchanges/{int:exchange_id}/take-over")
@endpoint(Right.LEDGER_IMPORT, ExchangeOut)
def take_exchange_over(request: ApiRequest, exchange_id: Id, seen: Expected) -> Any:
    """Let a job write what was shown and decided."""
    return exchange.take_over(by=request.person, exchange_id=_id(request, exchange_id), expected=seen.revision)


@router.post("/exchanges/{int:exchange_id}/give-up")
@endpoint(Right.TASK_READ, ExchangeOut)
def give_exchange_up(request: ApiRequest, exchange_id: Id) -> Any:
    """Forget a file that came in, or stop one on its way."""
    return exchange.give_up(by=request.person, exchange_id=_id(request, exchange_id))


def _id(request: ApiRequest, exchange_id: int) -> int:
    found: Exchange = exchange_of(request, exchange_id)
    return found.pk
