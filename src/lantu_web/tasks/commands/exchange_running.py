"""One file from its claim to its end: what the job calls, and what tests call instead of a queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import SYSTEM, Person
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Refused
from lantu_web.tasks.commands.exchange_exports import export_breakdown, export_division, export_ledger
from lantu_web.tasks.commands.exchange_imports import dry_run, dry_run_foreign, take_over_rows
from lantu_web.tasks.commands.exchange_leases import Superseded, claim, end, release
from lantu_web.tasks.enums import ExchangeKind, ExchangeState
from lantu_web.tasks.models import Exchange, ExchangeRow

Work = Callable[..., None]
WORKS: Mapping[str, Work] = MappingProxyType({
    ExchangeKind.EXPORT_LEDGER: export_ledger, ExchangeKind.EXPORT_DIVISION: export_division,
    ExchangeKind.EXPORT_BREAKDOWN: export_breakdown, ExchangeKind.IMPORT_LEDGER: dry_run,
    ExchangeKind.IMPORT_FOREIGN: dry_run_foreign,
})  # fmt: skip


def run(*, exchange_id: int) -> None:
    """Do the work, unless it is done, given up or in another worker's hands. Every end is kept in its row."""
    found = Exchange.objects.select_related("by", "zone", "plan").get(pk=exchange_id)
    with translation.override(found.by.language if found.by else "zh-hans"):
        claimed = claim(exchange_id=exchange_id, gave_up=_("The work broke off several times. Tell your administrator."))
        if claimed is None:
            return
        with _ending_well(claimed):
            _work(_acting(found), claimed)


def _work(by: Person, exchange: Exchange) -> None:
    work = take_over_rows if exchange.is_wanted else WORKS[exchange.kind]
    try:
        work(by=by, exchange=exchange)
    except Superseded:
        return
    except Refused as refusal:
        if not exchange.is_wanted:
            ExchangeRow.objects.filter(exchange=exchange).delete()  # of a file that is refused nothing stays
        _fail(exchange, str(refusal))


def _fail(exchange: Exchange, problem: str) -> None:
    try:
        end(exchange, ExchangeState.FAILED, problem=problem)
    except Superseded:
        return


@contextmanager
def _ending_well(exchange: Exchange) -> Iterator[None]:
    """A worker that is told to go gives it back; a defect of ours is told at once; a failing database leaves it to the lease."""
    ended = False
    try:
        yield
        ended = True
    except DatabaseError:
        ended = True
        raise
    except (SystemExit, KeyboardInterrupt):
        ended = True
        release(exchange)
        raise
    finally:
        if not ended:
            _fail(exchange, _("The program made a mistake with this file. Tell your administrator; nothing more was written."))


def _acting(exchange: Exchange) -> Person:
    """Who asked for it, acting through a job; the audit names them."""
    if exchange.by is None:
        return replace(SYSTEM, zone_id=exchange.zone_id, surface=Surface.JOB)
    return person_in_zone(exchange.by, exchange.zone, on=clock.today(), surface=Surface.JOB)
