"""Who works on a file: claimed by a lease and by the number of the attempt, so that a killed worker loses and doubles nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.lib.leases import lease, most_attempts
from lantu_web.lib.queue import enqueue
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.enums import ExchangeState
from lantu_web.tasks.models import Exchange
from lantu_web.tasks.queries.exchanges import UNFINISHED

JOB = "exchange"


class Superseded(Exception):
    """Another worker has taken it up, or somebody gave it up."""


@transaction.atomic
def claim(*, exchange_id: int, gave_up: str) -> Exchange | None:
    """Take it up: one that waits, or whose worker has fallen silent. None where there is nothing to do."""
    exchange = Exchange.objects.select_for_update(of=("self",)).filter(pk=exchange_id, state__in=UNFINISHED).first()
    if exchange is None or (exchange.state == ExchangeState.RUNNING and not _is_lost(exchange)):
        return None
    if exchange.attempts >= most_attempts():
        exchange.state, exchange.problem = ExchangeState.FAILED, gave_up
        exchange.finished_at, exchange.lease_until = clock.now(), None
        exchange.save()
        return None
    exchange.state, exchange.attempts, exchange.lease_until = ExchangeState.RUNNING, exchange.attempts + 1, lease()
    exchange.percent = 0
    exchange.save(update_fields=["state", "attempts", "lease_until", "percent"])
    return exchange


def progress(exchange: Exchange, percent: float) -> None:
    """Say how far it is and renew the lease. Raises Superseded where it is another's by now, or given up."""
    if not _mine(exchange).update(percent=max(0, min(99, int(percent))), lease_until=lease()):
        raise Superseded


def end(exchange: Exchange, state: ExchangeState, **values: Any) -> None:
    """It is over. Raises Superseded as above."""
    finished = {"state": state, "lease_until": None, "finished_at": clock.now(), "revision": exchange.revision + 1}
    percent = 100 if state != ExchangeState.FAILED else exchange.percent
    if not _mine(exchange).update(percent=percent, **finished, **values):
        raise Superseded


def release(exchange: Exchange) -> None:
    """The worker is told to go: the next one begins at once, and this attempt does not count."""
    if _mine(exchange).update(state=ExchangeState.QUEUED, percent=0, attempts=exchange.attempts - 1, lease_until=lease()):
        enqueue(JOB, exchange.pk)


@transaction.atomic
def requeue_lost() -> int:
    """Deliver again what no worker holds; gives how many. Delivered twice it is still worked on once."""
    lost = Exchange.objects.select_for_update().filter(Q(lease_until=None) | Q(lease_until__lt=clock.now()), state__in=UNFINISHED)
    count = 0
    for exchange in lost:
        if exchange.state == ExchangeState.QUEUED:  # its delivery may still wait in a long queue: not before another lease
            exchange.lease_until = lease()
            exchange.save(update_fields=["lease_until"])
        enqueue(JOB, exchange.pk)
        count += 1
    return count


def sweep() -> int:
    """Remove the bytes of files that are long done with; gives how many."""
    oldest = clock.now() - allowances().kept
    old = Exchange.objects.filter(finished_at__lt=oldest).exclude(path="").exclude(state__in=UNFINISHED)
    count = 0
    for exchange in old:
        on_disk(exchange.path).unlink(missing_ok=True)
        Exchange.objects.filter(pk=exchange.pk).update(path="")
        count += 1
    return count


def _is_lost(exchange: Exchange) -> bool:
    return exchange.lease_until is None or exchange.lease_until < clock.now()


def _mine(exchange: Exchange) -> QuerySet[Exchange]:
    return Exchange.objects.filter(pk=exchange.pk, state=ExchangeState.RUNNING, attempts=exchange.attempts)
