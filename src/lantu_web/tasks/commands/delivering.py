"""One message to one program, from its claim to its end. The queue only delivers an id; how far it is is told by its row alone.

Who sends it holds it by a lease and by the number of its attempt, so that a killed worker's message is neither lost nor reported twice. It
may arrive twice all the same (its number says so): a receiver that answered to a worker that died has been told.
"""

from __future__ import annotations

import json

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.lib import clock, outbound
from lantu_web.lib.errors import Conflict
from lantu_web.lib.leases import lease
from lantu_web.lib.queue import enqueue
from lantu_web.tasks.enums import DeliveryState
from lantu_web.tasks.models import Delivery
from lantu_web.tasks.retries import patience
from lantu_web.tasks.signatures import HEADER, signature_of

JOB = "deliver"
TAKEN = range(200, 300)  # any other answer is none


def deliver(*, delivery_id: int) -> None:
    """Send it, unless it is over, not due or in another worker's hands. Outside of any transaction: the answer may take its time."""
    delivery = claim(delivery_id=delivery_id)
    if delivery is None:
        return
    try:
        status = _send(delivery)
    except outbound.Unreachable as problem:
        failed(delivery_id=delivery.pk, attempt=delivery.attempts, status=None, problem=str(problem))
        return
    if status in TAKEN:
        delivered(delivery_id=delivery.pk, attempt=delivery.attempts, status=status)
    else:
        told = _("The receiver answered %(status)s.") % {"status": status}
        failed(delivery_id=delivery.pk, attempt=delivery.attempts, status=status, problem=told)


def _send(delivery: Delivery) -> int:
    moment, hook = int(clock.now().timestamp()), delivery.webhook
    body = json.dumps({"delivery": delivery.pk, **delivery.payload}, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "Lantu", "Lantu-Event": delivery.event,
        "Lantu-Delivery": str(delivery.pk), "Lantu-Attempt": str(delivery.attempts),
        HEADER: signature_of(body, secret=hook.secret, moment=moment),
    }  # fmt: skip
    return outbound.post(
        hook.url, body=body, headers=headers, allowed=settings.LANTU_WEBHOOK_NETWORKS, seconds=patience().seconds
    )  # fmt: skip


@transaction.atomic
def claim(*, delivery_id: int) -> Delivery | None:
    """Take it up: one that is due, or whose sender has fallen silent. None where there is nothing to do."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").filter(pk=delivery_id).filter(_due()).first()
    if delivery is None:
        return None
    delivery.state, delivery.attempts, delivery.lease_until = DeliveryState.SENDING, delivery.attempts + 1, lease()
    delivery.save(update_fields=["state", "attempts", "lease_until"])
    return delivery


@transaction.atomic
def delivered(*, delivery_id: int, attempt: int, status: int) -> bool:
    """It was taken. False where another holds it by now or its webhook was taken out of use."""
    return bool(
        _mine(delivery_id, attempt).update(
            state=DeliveryState.DELIVERED, status=status, problem="", delivered_at=clock.now(), next_at=None, lease_until=None
        )
    )


@transaction.atomic
def failed(*, delivery_id: int, attempt: int, status: int | None, problem: str) -> bool:
    """It was not taken: tried again later, or given up after the last attempt. False as above."""
    wait = patience().wait_after(attempt)
    told = {"status": status, "problem": problem[:300], "lease_until": None}
    if wait is None:
        return bool(_mine(delivery_id, attempt).update(state=DeliveryState.GIVEN_UP, next_at=None, **told))
    return bool(_mine(delivery_id, attempt).update(state=DeliveryState.WAITING, next_at=clock.now() + wait, **told))


@transaction.atomic
def send_again(*, by: Person, delivery_id: int) -> Delivery:
    """Now, with all its attempts before it: one that was given up, or one that waits for its next attempt. Raises Conflict."""
    require(by, Right.WEBHOOK_WRITE)
    mine = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").filter(webhook__zone_id=by.zone_id or 0)
    delivery = mine.filter(pk=delivery_id).first()
    if delivery is None:
        raise Conflict(_("This message is not there any more."))
    if delivery.state not in (DeliveryState.GIVEN_UP, DeliveryState.WAITING):
        raise Conflict(_("This message was delivered already, or is being sent."))
    if not delivery.webhook.is_active:
        raise Conflict(_("The webhook is out of use: take it into use again first."))
    delivery.state, delivery.attempts, delivery.problem = DeliveryState.WAITING, 0, ""
    delivery.next_at, delivery.lease_until = clock.now(), lease()
    delivery.save(update_fields=["state", "attempts", "problem", "next_at", "lease_until"])
    enqueue(JOB, delivery.pk)
    return delivery


def requeue_due() -> int:
    """Deliver what is due and in nobody's hands; gives how many. One delivered twice to the workers is still sent by one of them.

    Each goes into the queue by itself: what is not there when this is killed is found again when its lease is over.
    """
    due = _leased()
    for pk in due:
        enqueue(JOB, pk)
    return len(due)


@transaction.atomic
def _leased() -> list[int]:
    free = Q(lease_until=None) | Q(lease_until__lt=clock.now())
    due = [one.pk for one in Delivery.objects.select_for_update(of=("self",)).filter(_due() & free).order_by("next_at", "pk")[:500]]
    Delivery.objects.filter(pk__in=due, state=DeliveryState.WAITING).update(lease_until=lease())
    return due


def sweep() -> int:
    """Forget what is long over; gives how many."""
    over = Delivery.objects.filter(state__in=[DeliveryState.DELIVERED, DeliveryState.GIVEN_UP], made_at__lt=clock.now() - patience().kept)
    return over.delete()[0]


def _due() -> Q:
    """Waiting and its time has come, or silent for longer than its lease."""
    now = clock.now()
    lost = Q(state=DeliveryState.SENDING) & (Q(lease_until=None) | Q(lease_until__lt=now))
    return Q(state=DeliveryState.WAITING, next_at__lte=now) | lost


def _mine(delivery_id: int, attempt: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery_id, state=DeliveryState.SENDING, attempts=attempt)
