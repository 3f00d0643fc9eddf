"""How long changes can be taken back, how many tasks change in one go, what is soon, lately and old: dated data, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

from lantu.rulebooks.loader import Entry, read_rulebook

FILE = "ledger.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowances:
    """``undo``: for how long one may take back one's own change; ``bulk``: tasks in one bulk change; ``sent_twice``: within that time the
    same words of the same person are one comment; ``soon``: what is due within it is due soon; ``ahead``, ``lately``: what one's own page
    shows; ``kept``: how long the bytes of a file stay."""

    undo: timedelta
    bulk: int
    sent_twice: timedelta
    soon: timedelta
    ahead: timedelta
    lately: timedelta
    kept: timedelta


@cache
def allowances() -> Allowances:
    content = files("lantu_web.tasks").joinpath(FILE).read_text(encoding="utf-8")
    return read_rulebook(FILE, _allowances, content).entries[0]


def _allowances(top: Entry) -> tuple[Allowances, ...]:
    tables = {name: top.table(name) for name in ("undo", "bulk", "comments", "filters", "my_unit", "files")}
    found = Allowances(
        undo=timedelta(minutes=tables["undo"].number("minutes", 1, 10_080)), bulk=int(tables["bulk"].number("most", 1, 2_000)),
        sent_twice=timedelta(minutes=tables["comments"].number("twice_minutes", 0, 1_440)), soon=_days(tables["filters"], "soon_days"),
        ahead=_days(tables["my_unit"], "ahead_days"), lately=_days(tables["my_unit"], "lately_days"),
        kept=_days(tables["files"], "kept_days"),
    )  # fmt: skip
    for table in tables.values():
        table.close()
    return (found,)


def _days(table: Entry, name: str) -> timedelta:
    return timedelta(days=table.number(name, 1, 3_650))
