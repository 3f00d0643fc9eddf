"""Where the library meets the terminal: streams in UTF-8, every way to end turned into a line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

from lantu.errors import LantuError

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
BROKEN_PIPE = 141  # 128 + SIGPIPE


def run_guarded(command: Callable[[], int]) -> int:
    """The exit code of ``command``; whatever it raises is told in one line on stderr."""
    _speak_utf8()
    try:
        code = _with_exit(command)
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
    print("lantu:", in_options(message), file=sys.stderr, flush=True)


def emit(content: bytes) -> None:
    """Bytes to stdout, past its encoding; BrokenPipeError passes through."""
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


def _speak_utf8() -> None:
    """Whatever the locale: a plan is Chinese, and a name that is no text must not stop its message."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_stdout() -> None:
    """Nobody reads on: point stdout at nothing, so that the interpreter's last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def in_options(message: str) -> str:
    """In one line, and in the words of the command line: what errors of the library call ``Limits.pages`` is ``--max-pages``."""
    message = " ".join(message.splitlines())
    if "Limits." not in message:
        return message
    from lantu.cli.limits import LIMIT_OPTIONS

    for option in LIMIT_OPTIONS:
        message = message.replace(f"Limits.{option.field}", option.flag)
    return message
