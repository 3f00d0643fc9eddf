"""The job that tells another program of something."""

from __future__ import annotations

from django_tasks import task

from lantu_web.tasks.commands import delivering


@task()
def deliver(delivery_id: int) -> None:
    """One message, one attempt."""
    delivering.deliver(delivery_id=delivery_id)
