"""The job that reads an original."""

from __future__ import annotations

from django_tasks import task

from lantu_web.bridge import read_original as bridge


@task()
def read_original(reading_id: int) -> None:
    """One reading, from its claim to its end."""
    bridge.read_original(reading_id=reading_id)
