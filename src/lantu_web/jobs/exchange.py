"""The job that makes a file or reads one."""

from __future__ import annotations

from django_tasks import task

from lantu_web.tasks.commands.exchange_running import run


@task()
def exchange(exchange_id: int) -> None:
    """One file, from its claim to its end."""
    run(exchange_id=exchange_id)
