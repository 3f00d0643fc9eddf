"""How long changes can be taken back and how many tasks change in one go: dated data, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

from lantu.rulebooks.loader import Entry, read_rulebook

FILE = "ledger.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowances:
    """``undo``: for how long one may take back one's own change; ``bulk``: tasks in one bulk change."""

    undo: timedelta
    bulk: int


@cache
def allowances() -> Allowances:
    content = files("lantu_web.tasks").joinpath(FILE).read_text(encoding="utf-8")
    return read_rulebook(FILE, _allowances, content).entries[0]


def _allowances(top: Entry) -> tuple[Allowances, ...]:
    undo, bulk = top.table("undo"), top.table("bulk")
    found = Allowances(undo=timedelta(minutes=undo.number("minutes", 1, 10_080)), bulk=int(bulk.number("most", 1, 2_000)))
    undo.close()
    bulk.close()
    return (found,)
