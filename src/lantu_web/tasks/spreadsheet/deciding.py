"""What is taken of a row in conflict, cell by cell. Pure: ``changes`` are those of an ``ExchangeRow``, with a "choice" in each conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lantu_web.tasks.enums import Choice

Changes = Mapping[str, Mapping[str, Any]]
OF_A_CELL = (Choice.OPEN, Choice.FILE, Choice.HERE)


def in_conflict(changes: Changes) -> list[str]:
    """Cells that somebody decides about."""
    return [name for name, ways in changes.items() if ways["conflict"]]


def choice_of_cell(ways: Mapping[str, Any]) -> Choice:
    return Choice(ways.get("choice", Choice.OPEN))


def decided(changes: Changes, cells: Mapping[str, Choice]) -> dict[str, dict[str, Any]]:
    """The changes with those cells decided; the others stay as they were."""
    return {name: {**ways, "choice": cells[name].value} if name in cells else dict(ways) for name, ways in changes.items()}


def choice_of_row(changes: Changes) -> Choice:
    """Open while one of its cells is; else what was chosen for all of them, or that they were chosen one by one."""
    chosen = {choice_of_cell(changes[name]) for name in in_conflict(changes)}
    if Choice.OPEN in chosen or not chosen:
        return Choice.OPEN
    return chosen.pop() if len(chosen) == 1 else Choice.MIXED


def taken(changes: Changes) -> dict[str, Any]:
    """What the file says in the cells that are taken over: without conflict, or chosen. What goes with another cell is taken with it."""
    return {name: ways["value"] for name, ways in changes.items() if _is_taken(changes, ways)}


def reopened(changes: Changes, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """With those cells to be decided anew."""
    again = set(names)
    return {
        name: {key: value for key, value in ways.items() if key != "choice" or name not in again} for name, ways in changes.items()
    }  # fmt: skip


def _is_taken(changes: Changes, ways: Mapping[str, Any]) -> bool:
    leading = changes.get(ways.get("with", ""), ways)
    return not leading["conflict"] or choice_of_cell(leading) is Choice.FILE
