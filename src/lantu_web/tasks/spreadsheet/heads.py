"""Where what stands in a workbook that was exported here, by its heads. Whatever somebody did to them, no column is passed over in
silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from lantu_web.lib.cells import key
from lantu_web.lib.errors import Invalid
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.content import Type
from lantu_web.tasks.queries.exchange_lines import type_of
from lantu_web.tasks.spreadsheet.layout import BASE, REVISION, batch_of, year_of

_FEWEST = 2  # headings in a row of heads; a task may hold one by chance
_HEADINGS = {key(column.heading): column.identifier for column in COLUMNS.values() if column.identifier != "parts"}
_ALIASES = {key(name): column.identifier for column in COLUMNS.values() if column.identifier != "parts" for name in column.aliases}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Where what stands, by the number of the column (from 0). ``unread``: cells whose heads mean nothing here, with what they say;
    ``lists``: columns whose cells are read as lists of names."""

    row: int
    columns: Mapping[int, str]
    years: Mapping[int, int] = field(default_factory=dict)
    key: int | None = None
    revision: int | None = None
    base: int | None = None
    batch: str | None = None
    unread: Mapping[str, str] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()

    def type_of(self, identifier: str) -> Type:
        return Type.UNITS if identifier in self.lists else type_of(identifier)

    @property
    def width(self) -> int:
        """Columns that count."""
        return max((*self.columns, *self.years, *(at for at in (self.key, self.revision, self.base) if at is not None))) + 1

    @property
    def names(self) -> frozenset[str]:
        """Of the columns that are read, as texts and changes of a row are kept."""
        return frozenset((*self.columns.values(), *map(str, self.years.values())))


def own_heads(rows: Sequence[tuple[int, Sequence[str]]], at: int) -> Heads:
    """``rows``: number and texts of the first ones; the one ``at`` holds the mark. Raises Invalid where two columns say the same."""
    number, marked = rows[at]
    batch = next((place, found) for place, text in enumerate(marked) if (found := batch_of(text)))
    above = rows[at - 1][1] if at else ()
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is not None and not _is_row_of_heads(below[1], batch[0]):
        below = None
    texts = [_nearest(place, marked, above, below[1] if below else ()) for place in range(len(marked))]
    hidden = {batch[0], _at(marked, REVISION), _at(marked, BASE)}
    names = _names({place: text for place, text in enumerate(texts) if text and place not in hidden})
    _refuse_twice(names, texts, number)
    unread = {f"{get_column_letter(place + 1)}{number}": text for place, text in enumerate(texts)
              if text and place not in names and place not in hidden}  # fmt: skip
    return Heads(
        row=below[0] if below else number, columns={place: name for place, name in names.items() if not name.isdecimal()},
        years={place: int(name) for place, name in names.items() if name.isdecimal()}, key=batch[0], revision=_at(marked, REVISION),
        base=_at(marked, BASE), batch=batch[1], unread=unread,
    )  # fmt: skip


def missing(heads: Heads, exported: Iterable[str]) -> list[str]:
    """Headings of the columns that were exported and that the file does not have any more."""
    return [COLUMNS[name].heading if name in COLUMNS else f"{name}年" for name in exported if name not in heads.names]


def _is_known(text: str) -> bool:
    return key(text) in _HEADINGS or key(text) in _ALIASES or year_of(text) is not None


def _is_row_of_heads(texts: Sequence[str], mark: int) -> bool:
    """Heads that stand a row below the hidden ones, and no task."""
    return not (mark < len(texts) and texts[mark].strip()) and sum(key(text) in _HEADINGS for text in texts) >= _FEWEST


def _nearest(at: int, *rows: Sequence[str]) -> str:
    """The head of a column, wherever it stands: in the marked row, else in its neighbours. What is known comes first."""
    told = [row[at] for row in rows if at < len(row) and row[at]]
    return next((text for text in told if _is_known(text)), rows[0][at])


def _names(texts: Mapping[int, str]) -> dict[int, str]:
    """What each column is: by its own heading, else as other offices write it where no column bears the heading itself."""
    found = {at: name for at, text in texts.items() if (name := _HEADINGS.get(key(text)) or _year(text))}
    taken = set(found.values())
    others = {at: other for at, text in texts.items() if at not in found and (other := _ALIASES.get(key(text))) and other not in taken}
    return found | others


def _year(text: str) -> str:
    found = year_of(text)
    return str(found) if found is not None else ""


def _refuse_twice(names: Mapping[int, str], texts: Sequence[str], row: int) -> None:
    first: dict[str, int] = {}
    for at, name in sorted(names.items()):
        if name in first:
            told = {"column": texts[at], "one": f"{get_column_letter(first[name] + 1)}{row}", "other": f"{get_column_letter(at + 1)}{row}"}
            message = _("The column “%(column)s” stands in the file twice, in %(one)s and %(other)s. Delete one of the two.") % told
            raise Invalid(message, field="file")
        first[name] = at


def _at(told: Sequence[str], head: str) -> int | None:
    return next((at for at, text in enumerate(told) if text == head), None)
