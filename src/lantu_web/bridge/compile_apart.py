"""Read a file in a process of its own, watched: so many seconds, so much memory, and stopped when somebody asks for it."""

from __future__ import annotations

import json
import logging
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from lantu_web.documents.enums import Stage
from lantu_web.documents.folders import incoming
from lantu_web.documents.problems import ProblemCode, code_of
from lantu_web.lib import clock

TICK = 0.5  # seconds between two looks at whether it may go on
log = logging.getLogger(__name__)


class Stopped(Exception):
    """Whoever was told of the progress said: stop."""


class Unread(Exception):
    """The file could not be read. ``code`` is a ProblemCode, ``detail`` what the library said."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


def compile_apart(path: Path, file_name: str, tell: Callable[[Stage], bool]) -> dict[str, Any]:
    """The fields of a ReadingResult. ``tell`` hears the stage at each tick and says whether to go on.

    Raises Unread, or Stopped after ``tell`` said no.
    """
    with tempfile.TemporaryDirectory(dir=incoming(), prefix="reading-") as folder:
        out = Path(folder) / "answer.json"
        command = [
            sys.executable, "-m", "lantu_web.bridge.compile_child", str(path), file_name, str(out),
            str(settings.LANTU_COMPILE_SECONDS), str(settings.LANTU_COMPILE_MEGABYTES),
        ]  # fmt: skip
        with (Path(folder) / "errors.txt").open("wb+") as errors:
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
            with child:
                try:
                    _watch(child, tell)
                finally:
                    child.kill()
            errors.seek(0)
            return _answer(out, child.returncode, errors.read()[-2000:].decode("utf-8", "replace"))


def _watch(child: subprocess.Popen[bytes], tell: Callable[[Stage], bool]) -> None:
    """Until it has ended. Raises Stopped or Unread (too long)."""
    assert child.stdout is not None
    began, stage = clock.now(), Stage.OPENING
    while True:
        ready, _, _ = select.select([child.stdout], [], [], TICK)
        if ready:
            word = child.stdout.readline().decode("ascii", "replace").strip()
            if not word:
                child.wait()
                return
            stage = Stage(word) if word in Stage.values else stage
        if not tell(stage):
            raise Stopped
        if (clock.now() - began).total_seconds() > settings.LANTU_COMPILE_SECONDS:
            raise Unread(ProblemCode.TIMED_OUT)


def _answer(out: Path, ended: int, errors: str) -> dict[str, Any]:
    if ended != 0 or not out.exists():
        log.error("reading a file ended with %s: %s", ended, errors)
        raise Unread(_code_of_end(ended), detail=errors.strip().rpartition("\n")[2][:300])
    answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if "problem" in answer:
        raise Unread(code_of(answer["problem"], answer["detail"]), detail=answer["detail"])
    return answer


def _code_of_end(ended: int) -> ProblemCode:
    """Of a process that left no answer: killed for its time, killed for its memory, or fallen over."""
    if ended == -signal.SIGXCPU:
        return ProblemCode.TIMED_OUT
    return ProblemCode.OUT_OF_MEMORY if ended in (-signal.SIGKILL, -signal.SIGSEGV) else ProblemCode.DEFECT
