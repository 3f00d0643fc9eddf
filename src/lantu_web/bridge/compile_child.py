"""The process in which a file is read: ``python -m lantu_web.bridge.compile_child FILE NAME OUT SECONDS MEGABYTES``.

It says on its output which step it is at, a word a line, and leaves in OUT either the fields of a ReadingResult or the problem. Whatever a
file does to it, to loop or to eat memory, ends here; when the worker that waits for it dies, it ends too.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import Any

from lantu.errors import LantuError
from lantu_web.documents.secrecy import mark_in

DEFECT = 70


def main(arguments: list[str]) -> int:
    source, name, out, seconds, megabytes = arguments
    _bound(int(seconds), int(megabytes))
    threading.Thread(target=_end_with_the_worker, daemon=True).start()
    try:
        answer = read(Path(source).read_bytes(), name)
    except LantuError as error:
        answer = {"problem": type(error).__name__, "detail": str(error)}
    except MemoryError:
        answer = {"problem": "OutOfMemory", "detail": ""}
    except RecursionError:
        answer = {"problem": "LimitExceeded", "detail": "nested too deep"}
    Path(out).write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return 0


def read(data: bytes, name: str) -> dict[str, Any]:
    """The fields of a ReadingResult, or the mark that forbids reading. Raises a LantuError."""
    from lantu_web.bridge.steps import compiled, opened, repaired, told

    _say("opening")
    raw = opened(data, name)
    mark = mark_in(raw.text)
    if mark is not None:
        return {"problem": "Classified", "detail": mark}
    _say("repairing")
    document = repaired(raw)
    _say("compiling")
    return told(compiled(document))


def _say(step: str) -> None:
    print(step, flush=True)


def _bound(seconds: int, megabytes: int) -> None:
    """No more processor time and memory than that; the worker watches the wall clock."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _end_with_the_worker() -> None:
    """The worker holds the other end of the input: when it is closed, nobody waits any more."""
    while os.read(0, 4096):  # not sys.stdin: its lock must not be held when the interpreter ends
        pass
    os._exit(DEFECT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
