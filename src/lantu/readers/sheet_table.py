"""A sheet of cells (xlsx, csv) → its title lines, one table, its notes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from lantu.patterns import regex
from lantu.readers.builder import GridCell, Layout

_NOTE = regex(r"\s*(?:[(（]?\s*(?:注|备注|说明|数据来源|资料来源|填表|填报|制表|单位负责人|联系)|[*＊※])")


def write_sheet(layout: Layout, cells: Sequence[GridCell], *, caption: str | None = None, place: str | None = None) -> None:
    """Lines that hold one cell stand above the table as paragraphs, and below it where they are notes.

    ``caption`` is written where the sheet has no title line of its own.
    """
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    filled = sorted(rows)
    first = next((at for at, row in enumerate(filled) if len(rows[row]) > 1), len(filled))
    last = len(filled)
    while last > first and len(rows[filled[last - 1]]) == 1 and _NOTE.match(rows[filled[last - 1]][0].text):
        last -= 1
    if caption and filled and not first:
        layout.line(caption)
    for row in filled[:first]:
        layout.lines(rows[row][0].text)
    layout.count_cells(sum(len(rows[row]) for row in filled), place=place)
    layout.table(_renumbered(rows, filled[first:last]))
    for row in filled[last:]:
        layout.lines(rows[row][0].text)


def _renumbered(rows: dict[int, list[GridCell]], kept: Sequence[int]) -> list[GridCell]:
    """The cells of the kept rows, empty rows and the empty columns on the left closed up."""
    places = {row: place for place, row in enumerate(kept)}
    left = min((cell.column for row in kept for cell in rows[row]), default=0)
    return [
        cell._replace(
            row=places[row],
            column=cell.column - left,
            row_span=bisect_left(kept, cell.row + cell.row_span) - places[row],
        )
        for row in kept
        for cell in sorted(rows[row], key=lambda cell: cell.column)
    ]
