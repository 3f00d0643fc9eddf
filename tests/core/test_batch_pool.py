"""The pool: every task gets its answer, whatever happens to the process that held it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from lantu.batch.pool import Died, run_all


def work(task: str) -> str:
    """What the workers of these tests do: what the task says."""
    match task.split():
        case ["exit", code]:
            os._exit(int(code))
        case ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["pid"]:
            return str(os.getpid())
    return task.upper()


def settle(*tasks: str, workers: int = 2, seconds: float = 60) -> dict[str, str | Died]:
    return dict(run_all(work, tasks, workers=workers, seconds=seconds))


def test_every_task_has_its_result() -> None:
    tasks = [f"task {number}" for number in range(20)]
    assert settle(*tasks) == {task: task.upper() for task in tasks}


@pytest.mark.parametrize("workers", [1, 4])
def test_no_task_no_process(workers: int) -> None:
    assert settle(workers=workers) == {}


@pytest.mark.parametrize(("fatal", "exit_code"), [("exit 3", 3), ("exit 0", 0), ("kill", -signal.SIGKILL)])
def test_a_worker_that_dies_costs_its_own_task_only(fatal: str, exit_code: int) -> None:
    assert settle("a", fatal, "b", "c", workers=1) == {"a": "A", fatal: Died(exit_code, overdue=False), "b": "B", "c": "C"}


def test_a_task_that_hangs_is_ended_and_the_others_go_on() -> None:
    started = time.monotonic()
    assert settle("sleep 60", "a", "b", seconds=1.5) == {"sleep 60": Died(-signal.SIGKILL, overdue=True), "a": "A", "b": "B"}
    assert time.monotonic() - started < 30


class SlowToLoad:
    """Work that a new process needs two seconds to load, as on a machine that is busy with other things."""

    def __reduce__(self) -> tuple[object, ...]:
        return _loaded_slowly, ()

    def __call__(self, task: str) -> str:
        return work(task)


def _loaded_slowly() -> Callable[[str], str]:
    time.sleep(2)
    return work


def test_the_start_of_a_process_is_not_counted_as_time_of_its_task() -> None:
    assert dict(run_all(SlowToLoad(), ["a", "b"], workers=1, seconds=1.5)) == {"a": "A", "b": "B"}


def test_when_all_tasks_die_the_run_ends_all_the_same() -> None:
    tasks = [f"exit {code}" for code in range(1, 6)]
    assert settle(*tasks) == {f"exit {code}": Died(code, overdue=False) for code in range(1, 6)}


def test_who_stops_listening_leaves_no_process_behind() -> None:
    results = run_all(work, ["pid", "sleep 60", "sleep 60"], workers=2)
    _, pid = next(results)
    results.close()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(int(str(pid)), 0)
        except ProcessLookupError:
            return
    pytest.fail("the worker lives on")


def test_tasks_are_drawn_as_workers_get_free() -> None:
    """A folder of any size costs no memory: no more tasks are drawn than workers can hold."""
    drawn: list[str] = []

    def tasks():  # type: ignore[no-untyped-def]
        for number in range(50):
            drawn.append(str(number))
            yield drawn[-1]

    results = run_all(work, tasks(), workers=2)
    next(results)
    assert len(drawn) <= 3
    results.close()
