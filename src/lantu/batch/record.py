"""What a batch has finished, kept beside the outputs so that a stopped run goes on where it was.

One JSON object a line, appended after the output stands under its final name: whatever kills the run, a line tells of a
whole output, and a torn last line is simply not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

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
        """Note a finished output; on disk when this returns."""
        self._finished[entry.output] = entry
        line = json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"))
        with self._path.open("a", encoding="utf-8", errors="surrogateescape", newline="\n") as out:
            out.write("\n" * self._torn + line + "\n")
        self._torn = False


def _lines(path: Path) -> tuple[bool, list[str]]:
    """Whether the last line was torn off, and the lines."""
    if not path.is_file():
        return False, []
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    return bool(text) and not text.endswith("\n"), text.splitlines()


def _entries(lines: list[str]) -> Iterator[Finished]:
    for line in lines:
        try:
            values = json.loads(line)
        except ValueError:
            continue
        if isinstance(values, dict) and values.keys() == Finished.__dataclass_fields__.keys():
            yield Finished(**values)
