"""Rows of tables of works → projects: the name as printed, its stage, and its investment with the unit of the head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lantu.compile.indicator_rows import TableCell
from lantu.compile.ledger_heads import LedgerKind, LedgerRole
from lantu.compile.ledger_rows import LedgerRow
from lantu.compile.ledger_tables import Ledger
from lantu.compile.numbering import read_number
from lantu.compile.reading import Reading
from lantu.language.lexicon import alternation, lexicon
from lantu.model import Project
from lantu.patterns import regex

_SUM = regex(r"[\d,]*\d(?:\.\d+)?")
_MONEY = regex(r"元$")
_EDGES = " 。;,、"


def with_tabled_projects(reading: Reading, projects: Iterable[Project], tables: Iterable[Ledger]) -> tuple[Project, ...]:
    """The works of the running text and those of the tables, numbered in the order of the text."""
    tabled = [project for table in tables if table.kind is LedgerKind.PROJECTS for project in _projects(reading, table)]
    if not tabled:
        return tuple(projects)
    ordered = sorted((*projects, *tabled), key=lambda project: project.span)
    return tuple(replace(project, id=f"project-{number}") for number, project in enumerate(ordered, 1))


def _projects(reading: Reading, table: Ledger) -> Iterator[Project]:
    seen: set[int] = set()
    for row in table.rows:
        cell = next((slot.cell for slot in row.slots(table.columns, LedgerRole.PROJECT)), None)
        if cell is not None and cell.start not in seen:
            seen.add(cell.start)
            yield _project(reading, table, row, cell)


def _project(reading: Reading, table: Ledger, row: LedgerRow, cell: TableCell) -> Project:
    number = read_number(reading.text, cell.start, cell.end)
    start = number.end if number and number.end < cell.end else cell.start
    printed = reading.text[start : cell.end]
    start += len(printed) - len(printed.lstrip(_EDGES))
    anchor = reading.anchor(start, start + len(printed.strip(_EDGES)))
    nature = next((slot.cell.words for slot in row.slots(table.columns, LedgerRole.STAGE)), "").replace("\n", "")
    return Project(
        id="", section=reading.section_id(cell.start), name=printed.strip(_EDGES).replace("\n", ""), verb=nature,
        stage=nature or _stage_of_group(reading, row), investment=_investment(table, row), span=anchor.span, raw_span=anchor.raw_span,
    )  # fmt: skip


def _stage_of_group(reading: Reading, row: LedgerRow) -> str | None:
    """续建 under (一)续建项目."""
    stages = re.compile(alternation(lexicon("ledgers")["stages"])) if row.groups else None
    found = (stages.search(reading.text, *span) for span in reversed(row.groups)) if stages else ()
    return next((match[0] for match in found if match), None)


def _investment(table: Ledger, row: LedgerRow) -> str | None:
    """The sum as printed; where the cell holds a bare number, with the unit of its head or of the table."""
    for index, slot in row.cells:
        column, words = table.columns[index], slot.cell.words.replace("\n", "")
        if column.role is LedgerRole.INVESTMENT and _SUM.search(words):
            bare = _SUM.fullmatch(words) is not None
            return words if not bare or _MONEY.search(words) else words + (column.unit or table.unit)
    return None
