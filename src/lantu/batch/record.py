"""What a batch has finished, kept beside the outputs so that a stopped run goes on where it was.

One JSON object a line, appended after the output stands under its final name: whatever kills the run, a line tells of a
whole output, and a torn last line is simply not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from lantu.errors import UsageError

RECORD_NAME = "lantu-batch.jsonl"


@dataclass(frozen=True, slots=True)
class Finished:
    """``output`` (name below the output folder) holds ``size`` bytes made from the source with ``sha256`` under ``settings``."""

    output: str
    sha256: str
    size: int
    settings: str


class Record:
    """The finished outputs of one output folder. The last line about an output is the one that holds."""

    def __init__(self, outdir: Path) -> None:
        self._path = outdir / RECORD_NAME
        self._torn, lines = _lines(self._path)
        self._finished = {entry.output: entry for entry in _entries(lines)}

    def of(self, output: str) -> Finished | None:
        return self._finished.get(output)

    def add(self, entry: Finished) -> None:
        """Note a finished output; on disk when this returns. Raises UsageError where it cannot be written."""
        self._finished[entry.output] = entry
        line = json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"))
        try:
            with self._path.open("a", encoding="utf-8", errors="surrogateescape", newline="\n") as out:
                out.write("\n" * self._torn + line + "\n")
        except OSError as error:
            raise _unusable("written", self._path, error) from None
        self._torn = False


def _lines(path: Path) -> tuple[bool, list[str]]:
    """Whether the last line was torn off, and the lines."""
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return False, []
    except OSError as error:
        raise _unusable("read", path, error) from None
    return bool(text) and not text.endswith("\n"), text.split("\n")  # names may hold what splitlines takes for line ends


def _unusable(verb: str, path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot be {verb}: {error.strerror}", file=str(path), remedy="choose another -o, or free space 请更换输出位置")


def _entries(lines: list[str]) -> Iterator[Finished]:
    for line in lines:
        try:
            values = json.loads(line)
        except ValueError:
            continue
        if isinstance(values, dict) and values.keys() == Finished.__dataclass_fields__.keys():
            yield Finished(**values)
