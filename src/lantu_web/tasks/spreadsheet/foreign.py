"""A ledger of any other make: where its heads stand, what its columns probably are, what its rows would become."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from lantu_web.lib.cells import key, narrow
from lantu_web.lib.cells import name as joined
from lantu_web.plans.validators import YEARS
from lantu_web.tasks.columns import BY_FIELD, COLUMNS
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import TaskState, Verdict
from lantu_web.tasks.queries.exchange_lines import Line
from lantu_web.tasks.spreadsheet.comparing import Compared, is_year, refused, standing
from lantu_web.tasks.spreadsheet.finding import Finder, in_order
from lantu_web.tasks.spreadsheet.heads import Heads
from lantu_web.tasks.spreadsheet.layout import year_of
from lantu_web.tasks.spreadsheet.reading import HEAD_ROWS, Fault, Row, Workbook
from lantu_web.tasks.spreadsheet.units import LISTED, parted

LONGEST_HEAD = 60
_FEWEST = 2  # cells that say something in a row of heads
_NO_TASK = re.compile(r"(?:小计|合计|总计|共计)\s*(?:$|[:：（(])|(?:备?注|说明|填[表报]说明)\s*\d*\s*[:：]")
_NEW: Mapping[str, Any] = MappingProxyType({
    **dict.fromkeys(("lead_unit_id", "section_id", "start_on", "due_on", "last_node"), None), "state": TaskState.DRAFT,
    **dict.fromkeys(("left_out", "number", "measured_in"), ""), "cooperating": (), "years": {},
})  # fmt: skip


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
    """Field by column, as the heads are usually called, or the year whose annual target they name; each once."""
    known = {key(name): field for field, column in BY_FIELD.items() for name in (column.heading, *column.aliases)}
    found: dict[int, str] = {}
    for at, head in enumerate(heads):
        year = year_in(head)
        field = known.get(key(head)) or (str(year) if year else "")
        if head and field and field not in found.values():
            found[at] = field
    return found


def year_in(head: str) -> int | None:
    """The year whose annual target a head names, in digits of either width; None where it names none that can be set."""
    year = year_of(narrow(head).replace(" ", ""))
    return year if year in YEARS else None


def can_be(field: str, heads: Sequence[str]) -> bool:
    """Whether a column may be said to be this: a field of a task, or a year that a head names."""
    return field in FIELDS or field in {str(year) for head in heads if (year := year_in(head))}


def heads_of(row: int, columns: Mapping[str, str]) -> Heads:
    """For reading the rows; ``columns`` as they are kept (numbers of columns as texts)."""
    return Heads(
        row=row, columns={int(at): field for at, field in columns.items() if field in FIELDS},
        years={int(at): int(field) for at, field in columns.items() if is_year(field)}, lists=LISTED,
    )  # fmt: skip


def is_sum_or_note(title: str) -> bool:
    """小计, 合计：12项, 注：… stand among the tasks and are none."""
    return _NO_TASK.match(joined(title)) is not None


def compare_foreign(row: Row, here: Line | None, now: Mapping[str, Any] | None, finder: Finder) -> Compared:
    """A new task, or one of the same words that differs: then each field is to be decided. An empty cell says nothing.

    ``now``: the values of the task that is there (``exchange_lines.values_by_id``).
    """
    said, faults = {name: text for name, text in row.texts.items() if text}, list(row.faults)
    try:
        texts = parted(said, finder)
    except ValueError as problem:
        texts, faults = said, [*faults, Fault(cell=row.cells.get("lead_unit", ""), value=said["lead_unit"], message=str(problem))]
    beside = {} if said.get("cooperating") else {"cooperating": row.cells.get("lead_unit", "")}
    row = replace(row, texts=texts, cells={**row.cells, **beside})
    names = [*in_order(texts), *sorted(filter(is_year, texts))]
    changed = {name: ways for name in names if (ways := _ways(name, texts[name], here))}
    if not changed:
        return Compared(verdict=Verdict.SAME)
    if faults:
        return Compared(verdict=Verdict.WRONG, changes=changed, faults=tuple(faults))
    values: dict[str, Any] = {}
    for name, ways in changed.items():
        try:
            values[name] = _value(row, name, ways["file"], finder, now or _NEW, values)
        except ValueError as problem:
            faults.append(Fault(cell=row.cells.get(name, ""), value=ways["file"], message=str(problem)))
    alike = {name for name, value in values.items() if _is_alike(row, name, value, changed[name]["here"], finder, now)}
    values = {name: value for name, value in values.items() if name not in alike}
    told = {name: {**ways, "value": values.get(name)} for name, ways in changed.items() if name not in alike}
    if not told:
        return Compared(verdict=Verdict.SAME)
    faults = faults or refused(row, now or _NEW, values)
    verdict = Verdict.WRONG if faults else Verdict.CONFLICT if here else Verdict.NEW
    return Compared(verdict=verdict, changes=told, faults=tuple(faults))


def _value(row: Row, name: str, text: str, finder: Finder, now: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    if is_year(name):
        return finder.target(int(name), text, (now["measured_in"], row.texts.get("measured_in", "")))
    return finder.value(FIELDS[name], text, lead_unit_id=values.get("lead_unit", now["lead_unit_id"]))


def _is_alike(row: Row, name: str, value: Any, stands: str, finder: Finder, now: Mapping[str, Any] | None) -> bool:
    """Whether what stands here means the same, though it is written otherwise: a short name and the full one."""
    if now is None or not stands:
        return False
    try:
        return bool(_value(row, name, stands, finder, now, {}) == value)
    except ValueError:
        return False  # e.g. a unit that was dissolved


def _ways(name: str, text: str, here: Line | None) -> dict[str, Any] | None:
    stands = standing(here, name) if here else ""
    return {"base": None, "here": stands, "file": text, "conflict": here is not None} if text != stands else None


def labels(heads: Sequence[str]) -> list[tuple[str, str]]:
    """What a column can be, in the order of the trade, then the years that the heads name."""
    years = sorted({year for head in heads if (year := year_in(head))})
    fields = [(column.field, str(column.label)) for column in COLUMNS.values() if column.field]
    return [*fields, *((str(year), label_of_year(year)) for year in years)]


def label_of_year(year: int) -> str:
    return _("Annual target of %(year)s") % {"year": year}
