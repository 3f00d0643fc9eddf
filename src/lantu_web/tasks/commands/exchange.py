"""Ask for a file, hand one in, decide on its conflicts, take it over, give it up. The work itself is done by a job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.documents.commands.store import classified, place, receive
from lantu_web.documents.file_names import shown_name
from lantu_web.documents.folders import on_disk
from lantu_web.documents.secrecy import mark_in_name
from lantu_web.documents.workbook_marks import mark_in_workbook
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.leases import lease
from lantu_web.lib.queue import enqueue
from lantu_web.lib.texts import typed
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.plans.validators import YEARS
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.enums import Choice, ExchangeKind, ExchangeState, Paper, Verdict
from lantu_web.tasks.models import Division, Exchange, ExchangeRow
from lantu_web.tasks.models import Mapping as ColumnMapping
from lantu_web.tasks.models.exchange import heads_key
from lantu_web.tasks.queries.exchanges import EXPORTS, UNFINISHED, exchanges_of, imports_of, to_take_over
from lantu_web.tasks.spreadsheet import deciding, foreign, reading

MOST_UNDER_WAY = 3
MOST_SHEETS = 20  # that are looked at for heads
SUFFIX = ".xlsx"
_CHOICES = {Verdict.CONFLICT: (Choice.OPEN, Choice.FILE, Choice.HERE), Verdict.NEW: (Choice.OPEN, Choice.LEAVE)}


@transaction.atomic
def ask_export(
    *, by: Person, kind: str, plan_id: int | None = None, query: str = "", paper: str = Paper.A3, year: int | None = None,
    columns: Sequence[str] = (),
) -> Exchange:  # fmt: skip
    """Ask for a file of what the person sees; ``query`` as in the address of the ledger. Raises Invalid naming the field."""
    require(by, Right.TASK_READ)
    if kind not in EXPORTS:
        raise Invalid(_("Choose what is to be exported."), field="kind")
    if paper not in Paper.values:
        raise Invalid(_("Choose the paper."), field="paper")
    if year is not None and year not in YEARS:
        raise Invalid(_("This is not a year; write e.g. 2027."), field="year")
    if unknown := [one for one in columns if one not in COLUMNS]:
        raise Invalid(_("These are no columns of the ledger: %(columns)s.") % {"columns": "、".join(unknown)[:200]}, field="columns")
    plan = _plan(by, plan_id) if plan_id is not None else None
    if plan is None and kind != ExchangeKind.EXPORT_LEDGER:
        raise Invalid(_("Choose the plan."), field="plan")
    _refuse_too_many(by)
    return _queued(
        by, Exchange(kind=kind, plan=plan, query=query[:2000], paper=paper, year=year, columns=list(columns))
    )


@transaction.atomic
def receive_ledger(*, by: Person, chunks: Iterable[bytes], file_name: str) -> Exchange:
    """Keep a workbook that came back and ask for its dry run. Raises Invalid (field "file") for one that must not be opened."""
    require(by, Right.LEDGER_IMPORT)
    _refuse_too_many(by)
    return _queued(by, _received(by, chunks, file_name, ExchangeKind.IMPORT_LEDGER))


@transaction.atomic
def receive_foreign(*, by: Person, plan_id: int, chunks: Iterable[bytes], file_name: str) -> Exchange:
    """Keep a ledger of another make and look at its heads; it waits until somebody says what its columns are. Raises Invalid."""
    require(by, Right.DIVISION_WRITE)
    plan = _plan(by, plan_id)
    if not Division.objects.filter(plan=plan).exists():
        raise Invalid(_("“%(plan)s” is not being broken down yet: open its division scheme first.") % {"plan": plan.name}, field="plan")
    exchange = _received(by, chunks, file_name, ExchangeKind.IMPORT_FOREIGN)
    try:
        found = _first_with_heads(exchange)
    except Invalid:
        on_disk(exchange.path).unlink(missing_ok=True)
        raise
    exchange.zone_id, exchange.by_id, exchange.plan, exchange.asked_at = by.zone_id or 0, by.user_id, plan, clock.now()
    exchange.state, exchange.told = ExchangeState.READY, found
    exchange.save()
    record(by=by, action="exchange.ask", on=exchange, after={"kind": exchange.kind, "file_name": exchange.file_name})
    return exchange


def _first_with_heads(exchange: Exchange) -> dict[str, Any]:
    """What is told of the first sheet whose heads are known; else of the first that says anything. Raises Invalid where none does."""
    first = _told_of(exchange, "")
    found = first if foreign.guessed(first["heads"]) else None
    others = [sheet for sheet in first["sheets"] if sheet != first["sheet"]][:MOST_SHEETS]
    told = [first, *(_told_of(exchange, sheet) for sheet in others)] if found is None else [first]
    said = [one for one in told if any(one["heads"])]
    if not said:
        raise Invalid(_("The first rows of this workbook are empty: no heads were found on any sheet."), field="file")
    return found or next((one for one in said if foreign.guessed(one["heads"])), said[0])


def _told_of(exchange: Exchange, sheet: str) -> dict[str, Any]:
    book = reading.Workbook(on_disk(exchange.path), sheet)
    try:
        heads = foreign.heads_in(book)
        return {"heads": list(heads.texts), "head_row": heads.row, "sheets": book.sheets, "sheet": book.sheet}
    finally:
        book.close()


@transaction.atomic
def choose_sheet(*, by: Person, exchange_id: int, expected: int, sheet: str) -> Exchange:
    """Read another sheet of a foreign ledger; its columns are to be matched anew. What was taken over of a former one stays.

    Raises Invalid where the file has no such sheet.
    """
    require(by, Right.DIVISION_WRITE)
    exchange = _held_foreign(by, exchange_id, expected)
    if sheet not in exchange.told.get("sheets", []):
        raise Invalid(_("Choose one of the sheets."), field="sheet")
    ExchangeRow.objects.filter(exchange=exchange).delete()
    exchange.told, exchange.mapping, exchange.revision = _told_of(exchange, sheet), None, exchange.revision + 1
    exchange.save()
    record(by=by, action="exchange.match", on=exchange, after={"file_name": exchange.file_name, "sheet": sheet})
    return exchange


@transaction.atomic
def match_columns(*, by: Person, exchange_id: int, expected: int, fields: Mapping[int, str], name: str = "") -> Exchange:
    """Say what the columns of a foreign ledger are, keep it for the next file with such heads, and ask for the dry run."""
    require(by, Right.DIVISION_WRITE)
    exchange = _held_foreign(by, exchange_id, expected)
    heads = exchange.told.get("heads", [])
    wanted = {at: field for at, field in fields.items() if at < len(heads) and foreign.can_be(field, heads)}
    if "title" not in wanted.values():
        raise Invalid(_("Say which column holds the words of the task."), field="fields")
    if len(set(wanted.values())) != len(wanted):
        raise Invalid(_("Two columns were said to be the same; choose one."), field="fields")
    kept = typed(name or exchange.file_name.removesuffix(SUFFIX)[:60], field="name", label=_("Name"), length=60)
    exchange.mapping = {str(at): field for at, field in wanted.items()}
    ColumnMapping.objects.update_or_create(
        zone_id=exchange.zone_id, heads_key=heads_key(heads), name=kept,
        defaults={"heads": heads, "fields": exchange.mapping, "by_id": by.user_id, "at": clock.now()},
    )  # fmt: skip
    exchange.state, exchange.percent, exchange.attempts, exchange.lease_until = ExchangeState.QUEUED, 0, 0, lease()
    exchange.finished_at, exchange.revision = None, exchange.revision + 1
    exchange.save()
    record(by=by, action="exchange.match", on=exchange, after={"file_name": exchange.file_name, "fields": exchange.mapping})
    enqueue("exchange", exchange.pk)
    return exchange


@transaction.atomic
def choose(*, by: Person, row_id: int, expected: int, choice: str) -> ExchangeRow:
    """Decide a row in conflict (as in the file, as it stands here, or open again), or leave a new one out, or take it in again (open).

    Raises Conflict where somebody decided meanwhile.
    """
    row = _held_row(by, row_id)
    if choice not in _CHOICES[Verdict(row.verdict)]:
        raise Invalid(_("Choose one of the two."), field="choice")
    _refuse_decided(row, expected)
    return _decided(row, Choice(choice))


@transaction.atomic
def choose_cells(*, by: Person, row_id: int, expected: int, cells: Mapping[str, str]) -> ExchangeRow:
    """Decide a row in conflict cell by cell: field or year → as in the file, as it stands here, or open again; the others stay.

    Raises Conflict where somebody decided meanwhile, Invalid for a cell that is in no conflict.
    """
    row = _held_row(by, row_id)
    conflicts = deciding.in_conflict(row.changes) if row.verdict == Verdict.CONFLICT else []
    unknown = [name for name in cells if name not in conflicts]
    if unknown or not cells:
        told = {"cell": unknown[0][:60] if unknown else ""}
        raise Invalid(_("“%(cell)s” is none of the cells of this row that are to be decided.") % told, field="cells")
    if any(choice not in deciding.OF_A_CELL for choice in cells.values()):
        raise Invalid(_("Choose one of the two."), field="cells")
    _refuse_decided(row, expected)
    row.changes = deciding.decided(row.changes, {name: Choice(choice) for name, choice in cells.items()})
    row.choice, row.revision = deciding.choice_of_row(row.changes), row.revision + 1
    row.save(update_fields=["changes", "choice", "revision"])
    return row


def _held_row(by: Person, row_id: int) -> ExchangeRow:
    """A row that can be decided."""
    require(by, Right.LEDGER_IMPORT)
    row = ExchangeRow.objects.select_for_update(of=("self",)).filter(exchange__in=imports_of(by), pk=row_id).first()
    if row is None:
        raise Conflict(_("This row is not there any more."))
    _held(by, row.exchange_id, state=ExchangeState.READY)
    if row.verdict not in _CHOICES or row.taken_at is not None:
        raise Conflict(_("There is nothing to decide in this row."))
    return row


def _refuse_decided(row: ExchangeRow, expected: int) -> None:
    if row.revision != expected:
        raise Conflict(_("This row was decided meanwhile: look at it as it stands now."))


def _decided(row: ExchangeRow, choice: Choice) -> ExchangeRow:
    """All of the row alike."""
    if row.verdict == Verdict.CONFLICT:
        row.changes = deciding.decided(row.changes, dict.fromkeys(deciding.in_conflict(row.changes), choice))
    row.choice, row.revision = choice, row.revision + 1
    row.save(update_fields=["changes", "choice", "revision"])
    return row


@transaction.atomic
def choose_all(*, by: Person, exchange_id: int, choice: str) -> int:
    """Decide every open conflict of a file alike; gives how many."""
    require(by, Right.LEDGER_IMPORT)
    exchange = _held(by, exchange_id, state=ExchangeState.READY)
    if choice not in (Choice.FILE, Choice.HERE):
        raise Invalid(_("Choose one of the two."), field="choice")
    rows = ExchangeRow.objects.select_for_update().filter(
        exchange=exchange, verdict=Verdict.CONFLICT, choice=Choice.OPEN, taken_at=None
    )  # fmt: skip
    return len([_decided(row, Choice(choice)) for row in rows])


@transaction.atomic
def take_over(*, by: Person, exchange_id: int, expected: int) -> Exchange:
    """Let a job write what the dry run showed. Raises Conflict where it is under way or done, Invalid where there is nothing to write."""
    require(by, Right.LEDGER_IMPORT)
    exchange = _held(by, exchange_id, state=ExchangeState.READY)
    if exchange.revision != expected:
        raise Conflict(_("The file was worked on meanwhile: look at it as it stands now."))
    if not to_take_over(exchange).exists():
        raise Invalid(_("There is nothing to take over: no row changes anything, or all are wrong or undecided."))
    exchange.is_wanted, exchange.state, exchange.percent, exchange.attempts = True, ExchangeState.QUEUED, 0, 0
    exchange.lease_until, exchange.finished_at, exchange.revision = lease(), None, exchange.revision + 1
    exchange.save()
    record(by=by, action="exchange.take_over", on=exchange, after={"file_name": exchange.file_name, "rows": to_take_over(exchange).count()})
    enqueue("exchange", exchange.pk)
    return exchange


@transaction.atomic
def give_up(*, by: Person, exchange_id: int) -> Exchange:
    """Forget a file that came in, or stop one on its way; what was taken over of it already stays. The bytes go."""
    require(by, Right.TASK_READ)
    exchange = exchanges_of(by).select_for_update(of=("self",)).filter(pk=exchange_id).first()
    if exchange is None or exchange.state in (ExchangeState.APPLIED, ExchangeState.GIVEN_UP):
        raise Conflict(_("This file is done with already."))
    exchange.state, exchange.finished_at, exchange.lease_until = ExchangeState.GIVEN_UP, clock.now(), None
    exchange.revision += 1
    exchange.save()
    record(by=by, action="exchange.give_up", on=exchange, after={"file_name": exchange.file_name})
    path = exchange.path
    transaction.on_commit(lambda: on_disk(path).unlink(missing_ok=True) if path else None)
    return exchange


def _plan(by: Person, plan_id: int) -> Plan:
    plan = plans_visible_to(by).filter(pk=plan_id).first()
    if plan is None:
        raise Invalid(_("Choose the plan."), field="plan")
    return plan


def _refuse_too_many(by: Person) -> None:
    if exchanges_of(by).filter(state__in=UNFINISHED).count() >= MOST_UNDER_WAY:
        raise Conflict(_("You have %(most)s files under way already. Wait for one of them, or give it up.") % {"most": MOST_UNDER_WAY})


def _received(by: Person, chunks: Iterable[bytes], file_name: str, kind: ExchangeKind) -> Exchange:
    name = shown_name(file_name)
    _refuse_name(name)
    received = receive(chunks)
    try:
        if received.size > reading.FILE_BYTES:
            message = _("The file is larger than %(most)s MB. Split it into several files.")
            raise Invalid(message % {"most": reading.FILE_BYTES // 1024**2}, field="file")
        reading.check(received.path.read_bytes())
        if mark_in_workbook(received.path):
            raise classified()
        exchange = Exchange(kind=kind, file_name=name)
        exchange.path = path_of(by.zone_id or 0, exchange, SUFFIX)
        place(received.path, on_disk(exchange.path))
    finally:
        received.path.unlink(missing_ok=True)
    return exchange


def _refuse_name(name: str) -> None:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if mark_in_name(name):
        raise classified()
    if suffix in (".xlsm", ".xltm", ".xlsb"):
        message = _("“%(suffix)s” files may hold macros and are not accepted. Save the file as xlsx.")
        raise Invalid(message % {"suffix": suffix}, field="file")
    if suffix != SUFFIX:
        raise Invalid(_("“%(name)s” is no workbook (.xlsx). Save it as .xlsx and hand in that.") % {"name": name}, field="file")


def path_of(zone_id: int, exchange: Exchange, suffix: str) -> str:
    """Under MEDIA_ROOT; the name says nothing of what is in it."""
    return f"exchanges/{zone_id}/{exchange.batch}{suffix}"


def _queued(by: Person, exchange: Exchange) -> Exchange:
    exchange.zone_id, exchange.by_id = by.zone_id or 0, by.user_id
    exchange.asked_at, exchange.lease_until = clock.now(), lease()
    exchange.save()
    after = {"kind": exchange.kind, "file_name": exchange.file_name, "query": exchange.query}
    record(by=by, action="exchange.ask", on=exchange, after={name: value for name, value in after.items() if value})
    enqueue("exchange", exchange.pk)
    return exchange


def _held_foreign(by: Person, exchange_id: int, expected: int) -> Exchange:
    exchange = _held(by, exchange_id, state=ExchangeState.READY)
    if exchange.revision != expected or exchange.kind != ExchangeKind.IMPORT_FOREIGN or exchange.is_wanted:
        raise Conflict(_("The file was worked on meanwhile: look at it as it stands now."))
    return exchange


def _held(by: Person, exchange_id: int, *, state: ExchangeState) -> Exchange:
    exchange = imports_of(by).select_for_update(of=("self",)).filter(pk=exchange_id).first()
    if exchange is None:
        raise Conflict(_("This file is not there any more."))
    if exchange.state != state:
        raise Conflict(_("The file is under way, or done with already."))
    return exchange
