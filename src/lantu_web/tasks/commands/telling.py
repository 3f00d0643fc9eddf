"""Tell other programs: a delivery for every webhook of the zone that wants the event, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.leases import lease
from lantu_web.lib.queue import enqueue
from lantu_web.tasks.enums import VISIBLE, Event, TaskState
from lantu_web.tasks.models import Delivery, Task, Webhook


def tell(*, by: Person, event: Event, task: Task, **facts: Any) -> None:
    """``facts`` are plain values beside the task's own; nothing leaves before the transaction is done.

    Of what is not out, nothing leaves at all, but that it was withdrawn.
    """
    if task.state not in VISIBLE and not (task.state == TaskState.WITHDRAWN and event == Event.TASK_CHANGED):
        return
    hooks = [hook for hook in Webhook.objects.filter(zone=task.zone_id, is_active=True) if event in hook.events]
    now = clock.now()
    payload = {
        "event": event.value, "at": now.isoformat(), "by": by.name, "task": task.pk, "number": task.number, "title": task.title,
        "plan": task.plan_id, "revision": task.revision, **facts,
    }  # fmt: skip
    made = Delivery.objects.bulk_create([
        Delivery(webhook=hook, event=event, payload=payload, next_at=now, lease_until=lease(), made_at=now) for hook in hooks
    ])  # fmt: skip
    for delivery in made:
        enqueue("deliver", delivery.pk)


def tell_of_many(*, by: Person, event: Event, tasks: Sequence[Task], **facts: Any) -> None:
    """One delivery a task, where anybody wants to know at all."""
    if tasks and Webhook.objects.filter(zone=tasks[0].zone_id, is_active=True).exists():
        for task in tasks:
            tell(by=by, event=event, task=task, **facts)
