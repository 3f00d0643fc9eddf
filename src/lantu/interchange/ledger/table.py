"""A table of the ledger: its columns and rows, told once for every format that prints it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Cell = str | float | int | None
Row = tuple[Cell, ...]
Group = tuple[Row, ...]  # rows of one thing: what they share is printed once


class ColumnKind(StrEnum):
    TEXT = "text"  # running text, from the left
    LABEL = "label"  # a short word or number, centred
    PLACE = "place"  # where it stands: for checking, not for reading
    BLANK = "blank"  # for the office to fill in


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in half-width characters of the body font (two to a hanzi). ``shared``: one value for all rows of a group."""

    title: str
    width: float
    kind: ColumnKind = ColumnKind.TEXT
    shared: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is the sheet's, ``key`` the file's in a folder of tables. The first ``frozen`` columns stay in sight."""

    key: str
    name: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    frozen: int = 2

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group)



def filled(columns: tuple[Column, ...], *cells: Cell) -> Row:
    """A row: ``cells`` in the columns that Lantu fills, nothing in those that are left to the office."""
    given = iter(cells)
    return tuple("" if column.kind is ColumnKind.BLANK else next(given) for column in columns)


def label(title: str, width: float, *, shared: bool = False) -> Column:
    return Column(title, width, ColumnKind.LABEL, shared)


def blank(title: str, width: float, *choices: str) -> Column:
    """A column for the office to fill in, one cell for the whole group."""
    return Column(title, width, ColumnKind.BLANK, True, choices)


PLACES = (Column("原文位置", 10.5, ColumnKind.PLACE), Column("校订文位置", 11.5, ColumnKind.PLACE))
