"""What stands where in the workbook of the ledger. Headings are Chinese whatever language the screens speak."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lantu_web.lib.cells import narrow
from lantu_web.tasks.columns import COLUMNS, Group
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.enums import Paper

SHEET = "台账"
CHOICES = "选项"
HEAD_ROWS = 4  # title, note, two rows of heads
KEY, REVISION, BASE = "蓝图标识", "蓝图版本", "蓝图原值"  # hidden: the task's id, its revision, its texts when it was exported
SIGNATURE = "填报人："
USUAL = (
    "number", "source", "title", "parts", "nodes", "sponsor", "lead_unit", "cooperating", "section", "person", "due_on", "signing",
)  # fmt: skip
YEARS = "parts"  # stands for all years among the columns that may be changed
_YEAR = re.compile(r"(\d{4})\s*年?\s*度?\s*(?:目标)?")
_MARK = re.compile(r"lantu:1:([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One column of the sheet. ``year``: of an annual target, else None; ``may_change``: the person who exports may."""

    identifier: str
    heading: str
    group: Group
    width: int
    year: int | None = None
    may_change: bool = False

    @property
    def name(self) -> str:
        """By which texts and changes of the column are kept."""
        return str(self.year) if self.year is not None else self.identifier

    @property
    def mark(self) -> str:
        """Under which the hidden cell keeps the print of what cannot be changed."""
        return f"={self.name}"

    @property
    def type(self) -> Type:
        return FIELDS[self.identifier].type if self.identifier in FIELDS else Type.LINE


def places_of(columns: Sequence[str], years: Iterable[int], changeable: frozenset[str]) -> tuple[Place, ...]:
    """The columns in the order of the trade, the annual targets one a year."""
    wanted = set(columns or USUAL) | {"number", "title"}
    found: list[Place] = []
    for column in COLUMNS.values():
        if column.identifier not in wanted:
            continue
        if column.identifier == "parts":
            may = YEARS in changeable
            found += [
                Place(identifier="parts", heading=f"{year}年", group=column.group, width=column.width, year=year, may_change=may)
                for year in sorted(years)
            ]
        else:
            may = column.field in changeable
            found.append(Place(
                identifier=column.identifier, heading=column.heading, group=column.group, width=column.width, may_change=may
            ))  # fmt: skip
    return tuple(_grouped(found))


def _grouped(places: Sequence[Place]) -> Iterable[Place]:
    """Columns of one group beside each other, groups in the order in which they first stand."""
    order = list(dict.fromkeys(place.group for place in places))
    return sorted(places, key=lambda place: order.index(place.group))


def years_shown(years: Sequence[int], paper: str, year: int | None) -> list[int]:
    """On A4 the targets of one year; on A3 all of them."""
    return [one for one in years if paper != Paper.A4 or one == year]


def mark(batch: object) -> str:
    """What the hidden head of the first hidden column says: from which export the file is."""
    return f"{KEY} lantu:1:{batch}"


def batch_of(head: str) -> str | None:
    """The export that a hidden head names."""
    found = _MARK.search(head)
    return found[1] if found else None


def year_of(head: str) -> int | None:
    """The year that a heading names, of an annual target."""
    found = _YEAR.fullmatch(narrow(head))
    return int(found[1]) if found else None
