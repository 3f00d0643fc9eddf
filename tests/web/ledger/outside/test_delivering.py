"""Messages: signed, sent again with growing pauses, given up at last; a killed worker loses none, two workers send one once."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from tests.factories.receiver import Receiver
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User, Zone
from lantu_web.jobs.deliver import deliver as job
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden
from lantu_web.tasks.commands import delivering, webhooks
from lantu_web.tasks.commands.delivering import claim, deliver, delivered, failed, requeue_due, send_again, sweep
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.enums import DeliveryState, Event
from lantu_web.tasks.models import Delivery, Task, Webhook
from lantu_web.tasks.retries import patience


@pytest.fixture
def message(hook: Webhook, officer: Person, task: Task) -> Delivery:
    tell(by=officer, event=Event.TASK_CHANGED, task=task)
    return Delivery.objects.get()


def state_of(message: Delivery) -> tuple[str, int, int | None, str]:
    message.refresh_from_db()
    return message.state, message.attempts, message.status, message.problem


def test_a_message_is_signed_and_delivered(message: Delivery, receiver: Receiver, hook: Webhook) -> None:
    job.call(message.pk)
    (received,) = receiver.received
    moment, digest = (part.partition("=")[2] for part in received.headers["Lantu-Signature"].split(","))
    assert digest == hmac.new(b"whsec_kept", f"{moment}.".encode() + received.body, hashlib.sha256).hexdigest()
    assert abs(int(moment) - clock.now().timestamp()) < 60
    assert json.loads(received.body) == {"delivery": message.pk, **message.payload}
    assert {name: received.headers[name] for name in ("Lantu-Event", "Lantu-Delivery", "Lantu-Attempt", "Content-Type")} == {
        "Lantu-Event": "task.changed", "Lantu-Delivery": str(message.pk), "Lantu-Attempt": "1",
        "Content-Type": "application/json; charset=utf-8",
    }  # fmt: skip
    assert state_of(message) == (DeliveryState.DELIVERED, 1, 204, "")
    assert message.delivered_at is not None and (message.next_at, message.lease_until) == (None, None)


def test_what_was_delivered_is_not_sent_again(message: Delivery, receiver: Receiver) -> None:
    deliver(delivery_id=message.pk)
    deliver(delivery_id=message.pk)
    assert len(receiver.received) == 1


@pytest.mark.parametrize("status", [301, 404, 410, 500, 503])
def test_any_other_answer_is_tried_again_later(status: int, message: Delivery, receiver: Receiver, later: Any) -> None:
    receiver.answers = [status, 200]
    begun = clock.now()
    deliver(delivery_id=message.pk)
    assert state_of(message) == (DeliveryState.WAITING, 1, status, f"接收方返回 {status}。")
    assert message.next_at is not None and message.next_at - begun >= patience().waits[0]
    deliver(delivery_id=message.pk)  # not before its time
    assert len(receiver.received) == 1
    later(seconds=61)
    deliver(delivery_id=message.pk)
    assert state_of(message) == (DeliveryState.DELIVERED, 2, 200, "")
    assert [one.headers["Lantu-Attempt"] for one in receiver.received] == ["1", "2"]


def test_after_the_last_attempt_it_is_given_up(message: Delivery, receiver: Receiver, later: Any) -> None:
    receiver.answers, waits = [500], []
    for _attempt in range(len(patience().waits) + 1):
        before = clock.now()
        deliver(delivery_id=message.pk)
        message.refresh_from_db()
        if message.next_at is not None:
            waits.append(round((message.next_at - before).total_seconds()))
            later(seconds=waits[-1] + 1)
    assert waits == [60, 300, 1800, 7200, 21600, 43200, 86400, 86400]
    assert state_of(message)[:3] == (DeliveryState.GIVEN_UP, 9, 500)
    deliver(delivery_id=message.pk)
    assert len(receiver.received) == 9


def test_a_machine_that_may_not_be_reached_is_told_in_the_row(message: Delivery, receiver: Receiver, settings: Any) -> None:
    settings.LANTU_WEBHOOK_NETWORKS = []
    deliver(delivery_id=message.pk)
    state, attempts, status, problem = state_of(message)
    assert (state, attempts, status, "127.0.0.1" in problem) == (DeliveryState.WAITING, 1, None, True)
    assert receiver.received == []


def test_what_a_killed_worker_held_is_taken_up_after_its_lease(message: Delivery, receiver: Receiver, later: Any) -> None:
    held = claim(delivery_id=message.pk)
    assert held is not None
    assert (claim(delivery_id=message.pk), requeue_due()) == (None, 0)
    later(seconds=61)
    assert requeue_due() == 1
    deliver(delivery_id=message.pk)
    assert state_of(message)[:2] == (DeliveryState.DELIVERED, 2)
    assert not delivered(delivery_id=message.pk, attempt=held.attempts, status=200)  # the first one wakes up too late
    assert not failed(delivery_id=message.pk, attempt=held.attempts, status=500, problem="x")
    assert state_of(message) == (DeliveryState.DELIVERED, 2, 204, "")


def test_what_is_due_is_put_into_the_queue_once_a_lease(message: Delivery, receiver: Receiver, later: Any) -> None:
    assert (DBTaskResult.objects.count(), requeue_due()) == (1, 0)
    receiver.answers = [500]
    deliver(delivery_id=message.pk)
    assert requeue_due() == 0
    later(seconds=61)
    assert [requeue_due(), requeue_due()] == [1, 0]
    later(seconds=61)
    assert requeue_due() == 1


def test_a_webhook_that_was_retired_meanwhile_keeps_its_word(message: Delivery, hook: Webhook, officer: Person) -> None:
    held = claim(delivery_id=message.pk)
    webhooks.retire(by=officer, webhook_id=hook.pk, expected=1)
    assert held is not None
    assert not delivered(delivery_id=message.pk, attempt=held.attempts, status=200)
    assert state_of(message)[0] == DeliveryState.GIVEN_UP


def test_one_that_was_given_up_is_sent_again(message: Delivery, receiver: Receiver, officer: Person) -> None:
    Delivery.objects.update(state=DeliveryState.GIVEN_UP, attempts=9, next_at=None, problem="x")
    send_again(by=officer, delivery_id=message.pk)
    deliver(delivery_id=message.pk)
    assert state_of(message) == (DeliveryState.DELIVERED, 1, 204, "")
    with pytest.raises(Conflict, match="已送达"):
        send_again(by=officer, delivery_id=message.pk)


def test_who_may_not_sends_nothing_again(
    message: Delivery, officer: Person, outsider: tuple[User, Person], contact: tuple[User, Person], hook: Webhook
) -> None:  # fmt: skip
    with pytest.raises(Conflict):
        send_again(by=outsider[1], delivery_id=message.pk)
    with pytest.raises(Forbidden):
        send_again(by=contact[1], delivery_id=message.pk)
    webhooks.retire(by=officer, webhook_id=hook.pk, expected=1)
    with pytest.raises(Conflict, match="已停用"):
        send_again(by=officer, delivery_id=message.pk)


def test_what_is_long_over_is_forgotten(message: Delivery, receiver: Receiver, later: Any) -> None:
    deliver(delivery_id=message.pk)
    assert sweep() == 0
    later(seconds=(patience().kept + timedelta(hours=1)).total_seconds())
    assert (sweep(), Delivery.objects.count()) == (1, 0)


def test_nothing_leaves_where_the_change_is_taken_back(hook: Webhook, officer: Person, task: Task) -> None:
    with transaction.atomic():
        tell(by=officer, event=Event.TASK_CHANGED, task=task)
        transaction.set_rollback(True)
    assert (Delivery.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_message_once(zone: Zone, hook: Webhook, officer: Person, task: Task, receiver: Receiver) -> None:
    tell(by=officer, event=Event.TASK_CHANGED, task=task)
    message, receiver.sleeps = Delivery.objects.get(), 0.2
    at_once(*[lambda: delivering.deliver(delivery_id=message.pk)] * 2)
    assert (len(receiver.received), state_of(message)[:2]) == (1, (DeliveryState.DELIVERED, 1))
