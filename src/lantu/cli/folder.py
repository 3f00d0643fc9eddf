"""A batch as the terminal sees it: a line a file on stdout, failures on stderr, a bar where somebody watches."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Protocol

from lantu.batch.compiling import DEFECT_EXIT_CODE, Errand, Outcome, Settings, Status, run_errand
from lantu.batch.jobs import DOCUMENT_SUFFIXES, Job, plan_jobs
from lantu.batch.pool import Died, run_all
from lantu.batch.record import Record
from lantu.cli.boundary import in_options, tell
from lantu.cli.commands import exit_code_of
from lantu.errors import UnreadableFile, UsageError
from lantu.output import EXTENSIONS, remove_parts

_MARKS = {Status.COMPILED: "ok  ", Status.SKIPPED: "skip", Status.FAILED: "FAIL"}


class _Advance(Protocol):
    def __call__(self) -> None: ...


def compile_folder(inputs: Sequence[str], outdir: Path, settings: Settings, *, jobs: int, seconds: float) -> int:
    """Compile all files below ``inputs``; the exit code tells whether all of them have their output now."""
    unlisted: list[OSError] = []
    planned = _jobs(inputs, outdir, settings, unlisted)
    remove_parts(outdir)
    record, started = Record(outdir), time.perf_counter()
    statuses: Counter[Status] = Counter()
    codes: set[int] = set()
    for error in unlisted:
        failure = _of_unlisted(error)
        statuses[Status.FAILED] += 1
        codes.add(failure.exit_code)
        tell(f"{_MARKS[Status.FAILED]} {failure}", sys.stderr)
    errands = (_errand(job, outdir, record) for job in planned)
    with _bar(len(planned)) as advance:
        for errand, result in run_all(partial(run_errand, settings), errands, workers=min(jobs, len(planned)), seconds=seconds):
            outcome = _of_dead(errand, result, seconds) if isinstance(result, Died) else result
            if outcome.finished:
                record.add(outcome.finished)
            statuses[outcome.status] += 1
            codes |= {outcome.exit_code} - {0}
            _tell(errand.job, outcome)
            advance()
    _summarise(statuses, time.perf_counter() - started)
    return exit_code_of(sorted(codes))


def _of_unlisted(error: OSError) -> UnreadableFile:
    remedy = "check the permissions of the folder 请检查目录权限"
    return UnreadableFile(f"cannot be listed: {error.strerror}", file=os.fspath(error.filename), remedy=remedy)


def _jobs(inputs: Sequence[str], outdir: Path, settings: Settings, unlisted: list[OSError]) -> tuple[Job, ...]:
    extension = EXTENSIONS[settings.output_format]
    planned = plan_jobs([Path(name) for name in inputs], outdir, extension=extension, onerror=unlisted.append)
    if unlisted and not planned:
        raise _of_unlisted(unlisted[0])
    if not planned:
        remedy = f"files must end in one of {', '.join(sorted(DOCUMENT_SUFFIXES))} 目录内没有可读文件"
        raise UsageError("no files to compile", file=", ".join(inputs), remedy=remedy)
    try:
        outdir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be made: {error.strerror}", file=str(outdir), remedy="choose another -o 请更换输出目录") from None
    return planned


def _errand(job: Job, outdir: Path, record: Record) -> Errand:
    key = job.output.relative_to(outdir).as_posix()
    return Errand(job=job, key=key, finished=record.of(key))


def _of_dead(errand: Errand, died: Died, seconds: float) -> Outcome:
    if died.overdue:
        why = f"not done after {seconds:g} s — raise --file-timeout, or split the document 处理超时"
    else:
        why = f"its process ended (exit code {died.exit_code}) — out of memory, or a defect: try it alone 进程意外结束"
    return Outcome(Status.FAILED, f"{errand.job.source}: {why}", seconds if died.overdue else 0.0, DEFECT_EXIT_CODE)


def _tell(job: Job, outcome: Outcome) -> None:
    mark = _MARKS[outcome.status]
    if outcome.status is Status.FAILED:
        tell(f"{mark} {in_options(outcome.message)}", sys.stderr)
    else:
        tell(f"{mark} {job.source}: {outcome.message} ({outcome.seconds:.2f} s)")


def _summarise(statuses: Counter[Status], seconds: float) -> None:
    told = ", ".join(f"{statuses[status]} {status}" for status in Status)
    tell(f"{statuses.total()} files: {told}; {seconds:.1f} s, {statuses.total() / seconds:.1f} files/s")


def _bar(total: int) -> AbstractContextManager[_Advance]:
    """Advances a progress bar on stderr where that is a terminal; else does nothing, and imports nothing."""
    return _rich_bar(total) if sys.stderr.isatty() else nullcontext(lambda: None)


@contextmanager
def _rich_bar(total: int) -> Iterator[_Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        bar = progress.add_task("编译", total=total)
        yield lambda: progress.advance(bar)
