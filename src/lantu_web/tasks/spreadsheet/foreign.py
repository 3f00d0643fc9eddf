"""A ledger of any other make: where its heads stand, what its columns probably are, what its rows would become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lantu_web.lib.cells import key
from lantu_web.tasks.columns import BY_FIELD, COLUMNS
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import Verdict
from lantu_web.tasks.queries.exchange_lines import Line
from lantu_web.tasks.spreadsheet.cells import SEPARATOR, clean
from lantu_web.tasks.spreadsheet.comparing import Compared
from lantu_web.tasks.spreadsheet.finding import Finder, in_order
from lantu_web.tasks.spreadsheet.heads import Heads
from lantu_web.tasks.spreadsheet.reading import HEAD_ROWS, Fault, Row, Workbook

LONGEST_HEAD = 60
_FEWEST = 2  # cells that say something in a row of heads


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHeads:
    """``row`` as the spreadsheet program counts it; ``texts`` by column from the left, empty where nothing stands."""

    row: int
    texts: tuple[str, ...]


def heads_in(book: Workbook) -> FoundHeads:
    """The row that has the most heads that are known; else the first in which several cells say something."""
    rows = []
    for number, texts in book.first_texts(HEAD_ROWS):
        rows.append((number, tuple(text[:LONGEST_HEAD] for text in texts)))
    best = max(rows, key=lambda row: (len(guessed(row[1])), -row[0]), default=(1, ()))
    if not guessed(best[1]):
        best = next((row for row in rows if sum(map(bool, row[1])) >= _FEWEST), best)
    end = max((at for at, text in enumerate(best[1], 1) if text), default=0)
    return FoundHeads(row=best[0], texts=best[1][:end])


def guessed(heads: Sequence[str]) -> dict[int, str]:
    """Field by column, as the heads are usually called; each field once."""
    known = {key(name): field for field, column in BY_FIELD.items() for name in (column.heading, *column.aliases)}
    found: dict[int, str] = {}
    for at, head in enumerate(heads):
        field = known.get(key(head))
        if head and field and field not in found.values():
            found[at] = field
    return found


def heads_of(row: int, columns: Mapping[str, str]) -> Heads:
    """For reading the rows; ``columns`` as they are kept (numbers of columns as texts)."""
    return Heads(row=row, columns={int(at): field for at, field in columns.items() if field in FIELDS})


def compare_foreign(row: Row, here: Line | None, finder: Finder) -> Compared:
    """A new task, or one of the same words that differs: then each field is to be decided. An empty cell says nothing."""
    texts = _led_by_the_first({name: row.texts[name] for name in in_order(row.texts) if row.texts[name]}, finder)
    changed = {name: _ways(name, text, here) for name, text in texts.items()}
    changed = {name: ways for name, ways in changed.items() if ways["file"] != ways["here"]}
    if not changed:
        return Compared(verdict=Verdict.SAME)
    faults, values = list(row.faults), dict[str, Any]()
    lead = here.lead_unit_id if here else None
    for name, ways in changed.items():
        try:
            values[name] = finder.value(FIELDS[name], ways["file"], lead_unit_id=values.get("lead_unit", lead))
        except ValueError as problem:
            faults.append(Fault(cell=row.cells.get(name, ""), value=ways["file"], message=str(problem)))
    told = {name: {**ways, "value": values.get(name)} for name, ways in changed.items()}
    verdict = Verdict.WRONG if faults else Verdict.CONFLICT if here else Verdict.NEW
    return Compared(verdict=verdict, changes=told, faults=tuple(faults))


def _ways(name: str, text: str, here: Line | None) -> dict[str, Any]:
    stands = clean(here.texts[name], FIELDS[name].type) if here else ""
    return {"base": None, "here": stands, "file": text, "conflict": here is not None}


def _led_by_the_first(texts: dict[str, str], finder: Finder) -> dict[str, str]:
    """排在首位的为牵头部门: where one column names several units, the first leads and the others cooperate."""
    lead = clean(texts.get("lead_unit", ""), FIELDS["cooperating"].type)
    if SEPARATOR in lead and "cooperating" not in texts and len(finder.units_like(lead)) > 1:
        first, _comma, rest = lead.partition(SEPARATOR)
        return texts | {"lead_unit": first, "cooperating": rest}
    return texts


def labels() -> list[tuple[str, str]]:
    """What a column can be, in the order of the trade."""
    return [(column.field, str(column.label)) for column in COLUMNS.values() if column.field]
