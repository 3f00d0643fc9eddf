"""When a message to another program is sent again: dated data, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

from lantu.rulebooks.loader import Entry, read_rulebook

FILE = "deliveries.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """``waits``: between one attempt and the next; ``seconds``: within which an answer must come."""

    waits: tuple[timedelta, ...]
    seconds: float
    kept: timedelta

    def wait_after(self, attempts: int) -> timedelta | None:
        """How long after so many attempts; None where that was the last."""
        return self.waits[attempts - 1] if 0 < attempts <= len(self.waits) else None


@cache
def patience() -> Patience:
    content = files("lantu_web.tasks").joinpath(FILE).read_text(encoding="utf-8")
    return read_rulebook(FILE, _patience, content).entries[0]


def _patience(top: Entry) -> tuple[Patience, ...]:
    retries, limits = top.table("retries"), top.table("limits")
    waits = retries.text("waits").split()
    if not all(word.isdecimal() for word in waits):
        retries.fault("waits", " ".join(waits), "write whole seconds parted by blanks")
        waits = []
    found = Patience(
        waits=tuple(timedelta(seconds=int(word)) for word in waits), seconds=limits.number("seconds", 1, 50),
        kept=timedelta(days=limits.number("kept_days", 1, 3650)),
    )  # fmt: skip
    retries.close()
    limits.close()
    return (found,)
