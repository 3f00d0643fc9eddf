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


def beside_each_other(arguments: argparse.Namespace) -> int:
    """Prints the table; 1 where one of the two keeps a core busy for longer than the bound, at the ninety-fifth percentile.

    On the clock PostgreSQL waits for the machine besides, which wakes another process with each question: told, not judged.
    """
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
    heads = "".join(f"{database + ' p50':>16}{'p95':>8}{'wall':>8}" for database in DATABASES)
    print(f"{'core':20}{'times':>6}{heads}{'bound':>8}{'ratio':>7}")
    for name, taken in told.items():
        cores = {database: [one.core for one in taken[database]] for database in DATABASES}
        walls = {database: statistics.median(one.wall for one in taken[database]) for database in DATABASES}
        middle = {database: statistics.median(core) for database, core in cores.items()}
        bound = BOUNDS[name]
        is_missed = bound is not None and max(map(p95, cores.values())) > bound
        missed += is_missed
        figures = "".join(f"{middle[database]:>16.1f}{p95(cores[database]):>8.1f}{walls[database]:>8.1f}" for database in DATABASES)
        ratio = middle["PostgreSQL"] / middle["SQLite"]
        print(f"{name:20}{len(cores['SQLite']):>6}{figures}{bound or '':>8}{ratio:>7.2f}{'  missed' if is_missed else ''}")
    return 1 if missed else 0
