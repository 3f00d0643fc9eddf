"""The door to the queue of jobs. A job is told by name: what is below the surfaces knows that it will be done, not by whom."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string


def enqueue(job: str, *args: Any) -> None:
    """Put ``lantu_web.jobs.<job>.<job>`` into the queue; inside of a transaction it is there when the transaction is."""
    import_string(f"lantu_web.jobs.{job}.{job}").enqueue(*args)
