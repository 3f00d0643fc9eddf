"""Installations whose processes are killed: laid out once a module, copied for each test."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

VERIFY = """
import django; django.setup()
from lantu_web.audit.queries import breaks
assert list(breaks()) == []
"""
ROOT = Path(__file__).parents[3]


class Site:
    """An installation of its own, in a folder, with processes that are killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ, "LANTU_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "lantu_web.settings.dev", "LANTU_LEASE_SECONDS": "2",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]), "LANTU_DATABASE": f"sqlite:///{folder / 'lantu.sqlite3'}",
        }  # fmt: skip
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "errors.txt").open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "lantu_web", *command], env=self.environment, cwd=ROOT, stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True,
            )  # fmt: skip
        self.running.append(process)
        return process

    def run(self, code: str) -> None:
        subprocess.run([sys.executable, "-c", code], env=self.environment, cwd=ROOT, check=True)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / "lantu.sqlite3", timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def until(self, holds: Callable[[], bool], seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, (self.folder / "errors.txt").read_text()[-3000:]
            time.sleep(0.05)


@pytest.fixture(scope="module")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the SETUP of the module lays out."""
    found = Site(tmp_path_factory.mktemp("prepared"))
    subprocess.run([sys.executable, "-m", "lantu_web", "migrate", "--verbosity=0"], env=found.environment, cwd=ROOT, check=True)
    found.run(request.module.SETUP)
    return found.folder


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    found = Site(tmp_path)
    yield found
    for process in found.running:
        process.kill()
        process.communicate()
