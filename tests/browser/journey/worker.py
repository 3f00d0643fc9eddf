"""A real worker process beside the live server, on the database of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def worker(errors: Path) -> Iterator[subprocess.Popen[bytes]]:
    """It works the queue off while the block runs; what it complains of goes to ``errors``."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lantu_web.settings.test", "LANTU_DATABASE": _address(), "PYTHONPATH": str(ROOT)}
    with errors.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "lantu_web", "worker", "--with-parent"], env=environment, cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=told,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def _address() -> str:
    """Of the test database, as LANTU_DATABASE names databases."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["LANTU_DATABASE"])._replace(path=f"/{name}").geturl()
