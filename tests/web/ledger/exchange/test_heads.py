"""Heads that somebody worked on: what is read all the same, what is told, what is refused; and rows whose cells were mixed up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.web.ledger.exchange.conftest import bring_back, column, data_of, edited, export, put
from tests.web.ledger.exchange.test_years import taken

from lantu_web.accounts.acting import Person
from lantu_web.tasks.models import Exchange, ExchangeRow, Task
from lantu_web.tasks.queries.exchanges import tallies


def back(by: Person, act: Callable[[Any], None]) -> Exchange:
    return bring_back(by, edited(data_of(export(by)), act))


def changes(exchange: Exchange) -> list[tuple[int, str, list[str]]]:
    return [(row.row, row.verdict, list(row.changes)) for row in exchange.rows.order_by("row")]


def headed(heading: str, text: Any) -> Callable[[Any], None]:
    """The source of the first task is changed, and one head says something else."""

    def act(sheet: Any) -> None:
        put("文件依据", "《规划》", 5)(sheet)
        sheet.cell(4, column(sheet, heading)).value = text

    return act


@pytest.mark.parametrize(
    ("heading", "text", "fields", "notes"),
    [("文件依据", "任务来源", ["source"], 0), ("文件依据", "*文件依据", ["source"], 0), ("2027年", 2027, ["source"], 0), ("2027年", "２０２７年度", ["source"], 0),
     ("文件依据", "依据的文件", [], 2), ("文件依据", None, [], 1)],
)  # fmt: skip
def test_a_renamed_head_is_read_or_told(heading: str, text: Any, fields: list[str], notes: int, tasks: list[Task], officer: Person) -> None:
    found = back(officer, headed(heading, text))
    assert changes(found) == ([(5, "changed", fields)] if fields else [])
    told = found.told.get("notes", [])
    assert (len(told), all(heading in note or str(text) in note for note in told)) == (notes, True)


def test_a_copied_column_is_refused(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        at = sheet.max_column + 1
        sheet.cell(4, at).value, sheet.cell(5, at).value = "文件依据", "《规划》"

    found = back(officer, act)
    assert (found.state, ExchangeRow.objects.count(), all(cell in found.problem for cell in ("文件依据", "4"))) == ("failed", 0, True)


def test_heads_in_the_neighbouring_rows_are_found(tasks: list[Task], officer: Person) -> None:
    def unmerged(sheet: Any) -> None:
        for area in [str(area) for area in sheet.merged_cells.ranges if area.min_row == 3]:
            sheet.unmerge_cells(area)
        put("签收情况", "x", 5)(sheet)
        put("文件依据", "《规划》", 5)(sheet)

    def lowered(sheet: Any) -> None:
        put("文件依据", "《规划》", 5)(sheet)
        at = column(sheet, "蓝图版本") - 1
        sheet.insert_rows(5)
        for place in range(1, at):
            sheet.cell(5, place).value, sheet.cell(4, place).value = sheet.cell(4, place).value, None

    assert changes(back(officer, unmerged)) == [(5, "changed", ["source"])]
    assert changes(back(officer, lowered)) == [(6, "changed", ["source"])]


def test_another_sheet_of_the_ledger_is_told(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet).title = "台账副本"

    found = back(officer, act)
    assert (changes(found), len(found.told["notes"]), "台账副本" in found.told["notes"][0]) == ([], 1, True)


def test_rows_whose_hidden_cells_stayed_behind_are_wrong(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        for at in range(1, column(sheet, "蓝图版本") - 1):
            one, other = sheet.cell(5, at), sheet.cell(7, at)
            one.value, other.value = other.value, one.value

    found = back(officer, act)
    assert (changes(found), found.told["same"], len(found.told["notes"])) == ([(5, "wrong", []), (7, "wrong", [])], 1, 1)


def test_rows_with_a_note_count_as_unchanged(tasks: list[Task], officer: Person) -> None:
    found = back(officer, put("状态", "已完成"))
    assert tallies(found) == {"same": 3}


def test_of_a_file_that_is_too_long_nothing_stays(tasks: list[Task], officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lantu_web.tasks.spreadsheet.reading.ROWS", 2)
    monkeypatch.setattr("lantu_web.tasks.commands.exchange_imports.PORTION", 1)
    found = back(officer, put("文件依据", "《规划》"))
    assert (found.state, ExchangeRow.objects.count()) == ("failed", 0)


@pytest.mark.parametrize(("heading", "typed"), [("2027年", 165), ("2027年", "；完成遴选"), ("牵头单位", "生态环境局")])
def test_what_was_taken_over_comes_in_again_without_a_conflict(heading: str, typed: Any, tasks: list[Task], officer: Person) -> None:
    Task.objects.update(indicator_kind="")
    data = edited(data_of(export(officer)), put(heading, typed, 6))
    assert taken(bring_back(officer, data), officer).state == "applied"
    again = bring_back(officer, data)
    assert (again.told["same"], changes(again)) == (3, [])
