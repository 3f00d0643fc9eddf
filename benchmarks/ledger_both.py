"""The ledger's answers on SQLite and on PostgreSQL beside each other, each in a process of its own that is asked in turn."""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.ledger import BOUNDS, Taken, asks, laid_out, p95, timed

DATABASES = ("SQLite", "PostgreSQL")
SLOWER = 1.1  # times as long, at the median on the clock, is told from the noise of a machine


def beside_each_other(arguments: argparse.Namespace) -> int:
    """Prints the table; 1 where PostgreSQL is slower, or over a bound on the clock."""
    told: dict[str, dict[str, list[Taken]]] = {name: {database: [] for database in DATABASES} for name in BOUNDS}
    with _asked(arguments, "SQLite") as sqlite, _asked(arguments, "PostgreSQL") as postgresql:
        pipes = {"SQLite": sqlite, "PostgreSQL": postgresql}
        for pipe in pipes.values():
            pipe.recv()  # laid out
        for number in range(arguments.times + 1):
            for name, taken in told.items():
                for database in DATABASES if number % 2 else reversed(DATABASES):
                    pipes[database].send((name, number))
                    answer = pipes[database].recv()
                    if number:  # the first finds everything cold
                        taken[database].append(answer)
    return _report(told)


@contextmanager
def _asked(arguments: argparse.Namespace, database: str) -> Iterator[Connection]:
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=_answer, args=(there, arguments, database == "PostgreSQL"))
    process.start()
    try:
        yield here
    finally:
        here.send(None)
        process.join()


def _answer(pipe: Connection, arguments: argparse.Namespace, postgresql: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="lantu-bench-") as folder:
        world = laid_out(Path(folder), arguments, postgresql=postgresql)
        asked = asks(world.client(), world)
        pipe.send("laid out")
        while (question := pipe.recv()) is not None:
            name, number = question
            pipe.send(timed(asked[name](number)))


def _report(told: dict[str, dict[str, list[Taken]]]) -> int:
    missed = 0
    heads = "".join(f"{database + ' p50':>16}{'p95':>8}" for database in DATABASES)
    print(f"{'on the clock':20}{'times':>6}{heads}{'bound':>8}{'ratio':>7}")
    for name, taken in told.items():
        walls = {database: [one.wall for one in taken[database]] for database in DATABASES}
        middle = {database: statistics.median(wall) for database, wall in walls.items()}
        ratio, bound = middle["PostgreSQL"] / middle["SQLite"], BOUNDS[name]
        is_missed = ratio > SLOWER or (bound is not None and p95(walls["PostgreSQL"]) > bound)
        missed += is_missed
        figures = "".join(f"{middle[database]:>16.1f}{p95(walls[database]):>8.1f}" for database in DATABASES)
        print(f"{name:20}{len(walls['SQLite']):>6}{figures}{bound or '':>8}{ratio:>7.2f}{'  missed' if is_missed else ''}")
    return 1 if missed else 0
