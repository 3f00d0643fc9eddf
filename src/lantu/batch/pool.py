"""Worker processes that take one task at a time; one that dies or hangs costs its own task and is replaced.

``concurrent.futures`` gives up the whole pool when one process dies, ``multiprocessing.Pool`` waits for ever: a parser in
native code can do both, so the pool is our own. Outputs stay with the worker (it writes them itself); only a small result
comes back, so that the memory of the parent does not grow with the number of files.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

START_SECONDS = 120.0  # how long a process may take to stand: a fraction of a second, but on a machine that is out of memory far more
STOP_SECONDS = 2.0  # how long a worker may take to end by itself before it is killed

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Died:
    """The worker that held the task ended by itself with ``exit_code`` (negative: the signal), or was ended as overdue."""

    exit_code: int | None
    overdue: bool


class _Worker(Generic[Task, Result]):
    """One process and the pipe to it. ``deadline`` (monotonic seconds) is set while it holds a task, and counts from its start."""

    def __init__(self, work: Callable[[Task], Result]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(work, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.stands = False
        self.task: Task | None = None
        self.seconds = self.deadline = float("inf")

    def give(self, task: Task, seconds: float) -> None:
        self.task, self.seconds = task, seconds
        self.deadline = time.monotonic() + (seconds if self.stands else START_SECONDS)
        with suppress(OSError):  # the process has ended: taking its result says so
            self.connection.send(task)

    def starts(self) -> bool:
        """Whether what came on the pipe is the first word of a process that now stands: its task's time begins."""
        if self.stands:
            return False
        try:
            self.connection.recv()
        except (EOFError, OSError):
            return False
        self.stands, self.deadline = True, time.monotonic() + self.seconds
        return True

    def take(self) -> Result | Died:
        """The result of the task, waited for; ``Died`` where the process ended before it gave one."""
        self.deadline = float("inf")
        try:
            result: Result = self.connection.recv()
        except (EOFError, OSError):
            self.process.join(STOP_SECONDS)
            return Died(self.process.exitcode, overdue=False)
        return result

    def stop(self) -> None:
        """End the process: at once where it holds a task, else by closing its pipe."""
        self.connection.close()
        if self.task is None:
            self.process.join(STOP_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def _serve(work: Callable[[Task], Result], connection: Connection) -> None:
    """The life of a worker: it says that it stands; Ctrl-C is the parent's to answer, a closed pipe is the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):  # the parent has gone: the next line says so
        connection.send(None)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(work(task))


def run_all(
    work: Callable[[Task], Result], tasks: Iterable[Task], *, workers: int, seconds: float = float("inf")
) -> Iterator[tuple[Task, Result | Died]]:
    """Each task with its result, in the order in which they end; at most ``seconds`` for one task.

    ``work`` must be picklable (workers are spawned: no thread or lock is ever copied half-way) and must not raise.
    """
    queue, crew = iter(tasks), _Crew(work, seconds)
    try:
        for task in _first(queue, workers):
            crew.start(task)
        while crew.busy:
            for worker in crew.ended():
                task, result = crew.settle(worker)
                following = next(queue, None)
                crew.go_on(worker, following, died=isinstance(result, Died))
                yield task, result
    finally:
        crew.dismiss()


def _first(queue: Iterator[Task], count: int) -> Iterator[Task]:
    for _, task in zip(range(count), queue, strict=False):
        yield task


class _Crew(Generic[Task, Result]):
    """The workers that hold a task, by the pipe on which their result comes."""

    def __init__(self, work: Callable[[Task], Result], seconds: float) -> None:
        self._work, self._seconds = work, seconds
        self.busy: dict[Connection, _Worker[Task, Result]] = {}

    def start(self, task: Task) -> None:
        self._give(_Worker(self._work), task)

    def _give(self, worker: _Worker[Task, Result], task: Task) -> None:
        worker.give(task, self._seconds)
        self.busy[worker.connection] = worker

    def ended(self) -> list[_Worker[Task, Result]]:
        """The workers that have a result, have died or are overdue; waits for news, which may be that one stands and none has ended."""
        patience = min(worker.deadline for worker in self.busy.values()) - time.monotonic()
        ready = wait(list(self.busy), None if patience == float("inf") else max(0.0, patience))
        if ready:
            return [worker for connection, worker in self.busy.items() if connection in ready and not worker.starts()]
        now = time.monotonic()
        return [worker for worker in self.busy.values() if worker.deadline <= now]

    def settle(self, worker: _Worker[Task, Result]) -> tuple[Task, Result | Died]:
        """Take the worker's result, or end it where it is overdue."""
        del self.busy[worker.connection]
        task, overdue = worker.task, worker.deadline <= time.monotonic() and not (worker.stands and worker.connection.poll())
        assert task is not None
        if not overdue:
            return task, worker.take()
        worker.process.kill()
        worker.process.join()
        return task, Died(worker.process.exitcode, overdue=True)

    def go_on(self, worker: _Worker[Task, Result], task: Task | None, *, died: bool) -> None:
        """Give the next task to the worker, or to a new one in its place; with no task left, let it end."""
        worker.task = None
        if task is not None and not died:
            self._give(worker, task)
            return
        worker.stop()
        if task is not None:
            self.start(task)

    def dismiss(self) -> None:
        for worker in self.busy.values():
            worker.stop()
        self.busy.clear()
