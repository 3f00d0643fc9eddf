"""Tell other programs: a delivery for every webhook of the zone that wants the event, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.leases import lease
from lantu_web.lib.queue import enqueue
from lantu_web.lib.rows import BATCH
from lantu_web.tasks.enums import VISIBLE, Event, TaskState
from lantu_web.tasks.models import Delivery, Task, Webhook


def tell(*, by: Person, event: Event, task: Task, **facts: Any) -> None:
    """``facts`` are plain values beside the task's own; nothing leaves before the transaction is done.

    Of what is not out, nothing leaves at all, but that it was withdrawn.
    """
    if not _leaves(task, event):
        return
    hooks, now = _hooks(task.zone_id, event), clock.now()
    payload = _payload(by, event, task, facts, now)
    made = Delivery.objects.bulk_create([
        Delivery(webhook=hook, event=event, payload=payload, next_at=now, lease_until=lease(), made_at=now) for hook in hooks
    ])  # fmt: skip
    for delivery in made:
        enqueue("deliver", delivery.pk)


def tell_of_each(*, by: Person, event: Event, told: Sequence[tuple[Task, Mapping[str, Any]]]) -> None:
    """One delivery a task, with its own facts, of tasks of one zone. Nobody holds them: the worker takes them up at its next turn."""
    leaving = [(task, facts) for task, facts in told if _leaves(task, event)]
    hooks, now = _hooks(leaving[0][0].zone_id, event) if leaving else [], clock.now()
    Delivery.objects.bulk_create([
        Delivery(webhook=hook, event=event, payload=_payload(by, event, task, facts, now), next_at=now, made_at=now)
        for task, facts in leaving for hook in hooks
    ], batch_size=BATCH)  # fmt: skip


def tell_of_many(*, by: Person, event: Event, tasks: Sequence[Task], **facts: Any) -> None:
    """The same where all that is told of them is alike."""
    tell_of_each(by=by, event=event, told=[(task, facts) for task in tasks])


def _leaves(task: Task, event: Event) -> bool:
    return task.state in VISIBLE or (task.state == TaskState.WITHDRAWN and event == Event.TASK_CHANGED)


def _hooks(zone_id: int, event: Event) -> list[Webhook]:
    return [hook for hook in Webhook.objects.filter(zone=zone_id, is_active=True) if event in hook.events]


def _payload(by: Person, event: Event, task: Task, facts: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "event": event.value, "at": now.isoformat(), "by": by.name, "task": task.pk, "number": task.number, "title": task.title,
        "plan": task.plan_id, "revision": task.revision, **facts,
    }  # fmt: skip
