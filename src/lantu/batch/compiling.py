"""What a batch worker does with one file."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from lantu.batch.jobs import Job
from lantu.batch.record import Finished
from lantu.errors import LantuError
from lantu.output import OutputFormat, render, write_whole

if TYPE_CHECKING:
    from lantu.assist import Endpoint
    from lantu.model import Plan
    from lantu.readers.limits import Limits
    from lantu.text.raw import RawDocument

DEFECT_EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h: the fault is ours, not the file's
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """How every file of a run is compiled. ``stamp`` tells runs apart whose outputs would differ."""

    output_format: OutputFormat
    text: bool
    limits: Limits
    endpoint: Endpoint | None
    stamp: str


class Status(StrEnum):
    COMPILED = "compiled"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: ``message`` in one line; ``exit_code`` 0 unless it failed; ``seconds`` of wall time."""

    status: Status
    message: str
    seconds: float
    exit_code: int = 0
    finished: Finished | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """A job with what the record of its output folder says of it; ``key`` is the output's name there."""

    job: Job
    key: str
    finished: Finished | None


def compile_source(path: Path, settings: Settings) -> tuple[Plan, str | None]:
    """The plan of a file, and a warning where the assistant could not be asked. Raises LantuError that names the path as given."""
    from lantu.readers import read

    try:
        return compile_raw(read(path, settings.limits), settings)
    except LantuError as error:
        error.file = str(path)  # readers know the last part of it only
        raise


def compile_raw(raw: RawDocument, settings: Settings) -> tuple[Plan, str | None]:
    """``compile_source`` for a file that has been read."""
    from lantu.compile import compile_document
    from lantu.text.canonical import canonicalise

    document = canonicalise(raw)
    plan = compile_document(document)
    if settings.endpoint is None:
        return plan, None
    from lantu.assist import add_candidates

    plan, report = add_candidates(plan, document, settings.endpoint)
    return plan, report.warning


def run_errand(settings: Settings, errand: Errand) -> Outcome:
    """Compile one file into its output, unless that stands already; whatever is wrong with it becomes a FAILED outcome."""
    started = time.perf_counter()
    try:
        return _compile(settings, errand, started)
    except LantuError as error:
        return Outcome(Status.FAILED, str(error.located(str(errand.job.source))), time.perf_counter() - started, error.exit_code)
    except Exception as error:  # noqa: BLE001 - the one place for a batch: a defect met in one file must not stop the others
        return Outcome(Status.FAILED, defect_message(error, str(errand.job.source)), time.perf_counter() - started, DEFECT_EXIT_CODE)


def defect_message(error: BaseException, name: str | None) -> str:
    """One line for a failure that is not the user's fault, with the place in the code that its authors need."""
    where, trace = "", error.__traceback__
    while trace is not None:
        where, trace = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
    about = f"{name}: " if name else ""
    if isinstance(error, MemoryError):
        return f"{about}not enough memory — lower --max-size, or use a larger machine 内存不足"
    return f"{about}defect in lantu: {type(error).__name__}: {error}{where} — please report it with the file 程序缺陷,请反馈"


def _compile(settings: Settings, errand: Errand, started: float) -> Outcome:
    job = errand.job
    sha256 = _sha256(job.source, settings.limits.file_bytes)
    if _stands(errand, sha256, settings.stamp):
        return Outcome(Status.SKIPPED, f"{job.output} stands", time.perf_counter() - started)
    plan, warning = compile_source(job.source, settings)
    content = render(plan, settings.output_format, text=settings.text)
    write_whole(job.output, content)
    finished = Finished(output=errand.key, sha256=sha256, size=len(content), settings=settings.stamp)
    return Outcome(Status.COMPILED, _summary(plan, warning), time.perf_counter() - started, finished=finished)


def _stands(errand: Errand, sha256: str, stamp: str) -> bool:
    """Is the output there as the record says it was written, from this very source, under these settings?"""
    done, output = errand.finished, errand.job.output
    return done is not None and done.sha256 == sha256 and done.settings == stamp and output.is_file() and output.stat().st_size == done.size


def _sha256(path: Path, limit: int) -> str:
    """Of the file's bytes; of a file that is over the limit or cannot be read (its reader refuses it), that of nothing."""
    digest = hashlib.sha256()
    with suppress(OSError):
        if path.stat().st_size <= limit:
            with path.open("rb") as source:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
    return digest.hexdigest()


def _summary(plan: Plan, warning: str | None) -> str:
    counts = {"targets": plan.targets, "actuals": plan.actuals, "tasks": plan.tasks, "projects": plan.projects, "findings": plan.findings}
    told = ", ".join(f"{len(rows)} {name}" for name, rows in counts.items())
    return f"{told} (warning: {warning})" if warning else told
