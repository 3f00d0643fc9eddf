"""``lantu-web serve``: the site and its workers in one command, for one machine."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string

from lantu_web.documents.commands import readings

log = logging.getLogger(__name__)
REQUEST_BYTES = 1 << 30  # the site itself says in words what is too large; this only bounds the disk
GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "Serve the site, with its workers, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--threads", type=int, default=8, help="requests answered at once (default: %(default)s)")
        parser.add_argument(
            "--workers", type=int, default=2, help="files read at once; 0: run `lantu-web worker` elsewhere (default: %(default)s)"
        )

    def handle(self, *args: Any, host: str, port: int, threads: int, workers: int, **options: Any) -> None:
        import waitress

        from lantu_web.wsgi import application

        call_command("migrate", interactive=False, verbosity=0)
        server = waitress.create_server(application, host=host, port=port, threads=threads, max_request_body_size=REQUEST_BYTES, ident=None)
        crew = Crew(workers)
        signal.signal(signal.SIGTERM, _interrupt)
        crew.start()
        self.stdout.write(f"Lantu 蓝图: http://{host}:{port}/  (Ctrl-C stops it)")
        self.stdout.flush()
        try:
            server.run()
        finally:
            crew.stop()
            server.close()


def _interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


class Crew:
    """Workers as children: one that dies is followed by another, which takes up at once what the dead one held.

    None outlives this process, however it ends.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.workers: list[Worker] = []
        self.is_over = threading.Event()
        self.watch = threading.Thread(target=self._keep_up, daemon=True)

    def start(self) -> None:
        self.workers = [Worker() for _number in range(self.size)]
        self.watch.start()

    def stop(self) -> None:
        """Those at work give their reading back or are killed; the reading is taken up at the next start."""
        self.is_over.set()
        self.watch.join()
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            try:
                worker.process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()

    def _keep_up(self) -> None:
        while not self.is_over.wait(1.0):
            for place, worker in enumerate(self.workers):
                if worker.process.poll() is not None and not self.is_over.is_set():
                    log.warning("worker %s ended with %s; another follows", worker.process.pid, worker.process.returncode)
                    _let_go(worker.name)
                    self.workers[place] = Worker()


class Worker:
    """Ends when its standard input is closed, which happens even where this process is killed."""

    def __init__(self) -> None:
        self.name = get_random_string(32)
        command = [sys.executable, "-m", "lantu_web", "worker", "--with-parent", "--name", self.name]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


def _let_go(name: str) -> None:
    """Where the database does not answer, the lease of what it held runs out."""
    try:
        readings.let_go(worker=name)
    except DatabaseError as error:
        log.warning("could not let go what worker %s held: %s", name, error)
    finally:
        connection.close()
