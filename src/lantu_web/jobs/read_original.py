"""The job that reads an original."""

from __future__ import annotations

from django_tasks import TaskContext, task

from lantu_web.bridge import read_original as bridge


@task(takes_context=True)
def read_original(context: TaskContext, reading_id: int) -> None:
    """One reading, from its claim to its end, by the worker that took it from the queue last."""
    bridge.read_original(reading_id=reading_id, worker=context.task_result.worker_ids[-1])
