"""Where the library meets the terminal: streams in UTF-8, every way to end turned into a line and an exit code."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from lantu.errors import LantuError, UsageError
from lantu.patterns import regex

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
BROKEN_PIPE = 141  # 128 + SIGPIPE
# What would steer a terminal or hide in a line instead of standing in it: control characters, line ends of Unicode, marks of direction.
_STEERING = regex("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def run_guarded(command: Callable[[], int]) -> int:
    """The exit code of ``command``; whatever it raises is told in one line on stderr."""
    _open_streams()
    _speak_utf8()
    try:
        code = _with_exit(command)
        with telling_stdout():
            sys.stdout.flush()
        return code
    except LantuError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("stopped 已中断")
        return INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user never sees a traceback
        from lantu.batch.compiling import DEFECT_EXIT_CODE, defect_message

        complain(defect_message(error, None))
        return DEFECT_EXIT_CODE


def complain(message: str) -> None:
    """One line on stderr."""
    tell(f"lantu: {in_options(message)}", sys.stderr)


def tell(line: str, stream: TextIO | None = None) -> None:
    """One line on stdout (or ``stream``) as a terminal can show it. Raises UsageError where stdout takes no more."""
    shown = _STEERING.sub(_as_escape, _without_surrogates(line))
    if stream is sys.stderr:
        with suppress(OSError):  # nobody can be told that nobody can be told
            print(shown, file=stream, flush=True)
        return
    with telling_stdout():
        print(shown, flush=True)


@contextmanager
def telling_stdout() -> Iterator[None]:
    """Turns what stdout refuses (a full disk) into a UsageError; BrokenPipeError passes through."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        _close_stdout()
        raise UsageError(
            f"cannot be written: {error.strerror}", file="stdout", remedy="free space, or name a file with -o 请检查磁盘空间"
        ) from None


def emit(content: bytes) -> None:
    """Bytes to stdout, past its encoding; BrokenPipeError passes through. Raises UsageError where stdout takes no more."""
    with telling_stdout():
        sys.stdout.flush()
        target = getattr(sys.stdout, "buffer", None)
        if target is None:
            sys.stdout.write(content.decode("utf-8"))
            return
        target.write(content)
        target.flush()


def _with_exit(command: Callable[[], int]) -> int:
    """argparse ends the process for --help and for wrong arguments; here that is an exit code like any other."""
    try:
        return command()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0


def _open_streams() -> None:
    """A stream that the caller closed is one where nothing is read and nobody reads; no file may get its number instead."""
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open as long as the process
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _speak_utf8() -> None:
    """Whatever the locale: a plan is Chinese, and a name that is no text must not stop its message."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_stdout() -> None:
    """Nobody reads on: point stdout at nothing, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _without_surrogates(text: str) -> str:
    """Bytes of a name that the locale could not read, read as UTF-8 after all; those that are none stand as ``\\xb9``."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return text


def _as_escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def in_options(message: str) -> str:
    """In the words of the command line: what errors of the library call ``Limits.pages`` is ``--max-pages``."""
    if "Limits." not in message:
        return message
    from lantu.cli.limits import LIMIT_OPTIONS

    for option in LIMIT_OPTIONS:
        message = message.replace(f"Limits.{option.field}", option.flag)
    return message
