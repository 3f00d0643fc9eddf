"""``lantu-web worker``: works off the queue, takes up what killed workers left, sweeps what killed uploads left."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from lantu_web.documents.commands import readings, store
from lantu_web.tasks.commands import delivering, exchange_leases

log = logging.getLogger(__name__)
LONGEST_PAUSE = 1.0  # seconds between two looks into an empty queue
SWEEP_SECONDS = 3600


class Command(BaseCommand):
    help = "Work off the queue of jobs until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--with-parent", action="store_true", help="End when the standard input is closed (used by serve).")

        parser.add_argument("--name", default="", help="How its readings are told from those of others (default: drawn at random).")

    def handle(self, *args: Any, with_parent: bool, name: str, **options: Any) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it would say every second that there is nothing to do
        if with_parent:
            threading.Thread(target=_end_with_the_parent, daemon=True).start()
        worker = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=name or get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip
        worker.configure_signals()
        log.info("worker %s is ready", worker.worker_id)
        _work(worker)


def _work(worker: Worker) -> None:
    swept = float("-inf")
    while worker.running:
        if time.monotonic() - swept > SWEEP_SECONDS:
            swept = time.monotonic()
            store.sweep()
            exchange_leases.sweep()
            delivering.sweep()
            call_command("prune_db_task_results", verbosity=0)
        _requeue()
        worker.run()
        if worker.running:
            time.sleep(LONGEST_PAUSE)


def _requeue() -> None:
    """What no worker holds goes back into the queue; a database that is busy is asked again at the next turn."""
    close_old_connections()
    try:
        count = readings.requeue_lost()
        delivering.requeue_due()
        count += exchange_leases.requeue_lost()
    except OperationalError as error:
        log.warning("could not look for lost jobs: %s", error)
        return
    if count:
        log.warning("took up %s lost jobs", count)


def _end_with_the_parent() -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(0)
