"""Annual targets in a workbook: what somebody writes into a year's cell, what it becomes, what cannot be, what is in conflict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from tests.web.ledger.exchange.conftest import bring_back, column, data_of, edited, export, put

from lantu_web.accounts.acting import Person
from lantu_web.audit.models import Entry
from lantu_web.tasks.commands.exchange import choose, take_over
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.commands.parts import set_part
from lantu_web.tasks.enums import PartState, TaskState
from lantu_web.tasks.models import Change, Exchange, ExchangeRow, Signature, Task, YearPart

Years = dict[int, tuple[str, Decimal | None]]
KEPT: Years = {2026: ("产值达到140亿元", Decimal(140)), 2027: ("", Decimal(160))}


@pytest.fixture
def whole(tasks: list[Task]) -> Task:
    """With a path that reaches its target."""
    YearPart.objects.create(task=tasks[0], year=2028, goal="", value=180)
    return tasks[0]


@pytest.fixture
def sent(whole: Task) -> Task:
    Task.objects.filter(pk=whole.pk).update(state=TaskState.SENT)
    return whole


def years(task: Task) -> Years:
    return {part.year: (part.goal, part.value) for part in YearPart.objects.filter(task=task, carried_from=None)}


def taken(exchange: Exchange, by: Person) -> Exchange:
    exchange = take_over(by=by, exchange_id=exchange.pk, expected=exchange.revision)
    run(exchange_id=exchange.pk)
    exchange.refresh_from_db()
    return exchange


def cell_of(data: bytes, heading: str, row: int = 5) -> str:
    import io

    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return str(sheet.cell(row, column(sheet, heading)).coordinate)


def told(row: ExchangeRow) -> list[tuple[str, str, str]]:
    return [(one["cell"], one["value"], one["message"]) for one in row.messages]


def test_cells_say_words_and_values(whole: Task, officer: Person) -> None:
    YearPart.objects.filter(task=whole, year=2028).update(goal="再上台阶")
    sheet = openpyxl.load_workbook(io_of(export(officer))).worksheets[0]
    assert [sheet.cell(5, column(sheet, f"{year}年")).value for year in (2026, 2027, 2028)] == ["产值达到140亿元", "160亿元", "180亿元；再上台阶"]


def io_of(exchange: Exchange) -> Any:
    import io

    return io.BytesIO(data_of(exchange))


EDITS: list[tuple[str, Any, tuple[str, Decimal | None] | None]] = [
    ("2026年", "产值达到145亿元", ("产值达到145亿元", Decimal(145))),
    ("2026年", 145, ("", Decimal(145))),
    ("2026年", "１４５．５ 亿元", ("", Decimal("145.5"))),
    ("2026年", "145亿元；打基础", ("打基础", Decimal(145))),
    ("2026年", "145;打基础", ("打基础", Decimal(145))),
    ("2026年", "；产值145亿元", ("产值145亿元", None)),
    ("2026年", "打基础", ("打基础", None)),
    ("2026年", "产值130至145亿元", ("产值130至145亿元", None)),
    ("2026年", "产值130亿元，力争145亿元", ("产值130亿元，力争145亿元", None)),
    ("2026年", " 产值达到140亿元 ", ("产值达到140亿元", Decimal(140))),
    ("2027年", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "typed", "wanted"), EDITS)
def test_what_somebody_wrote_is_understood(
    heading: str, typed: Any, wanted: tuple[str, Decimal | None] | None, tasks: list[Task], officer: Person
) -> None:
    back = bring_back(officer, edited(data_of(export(officer)), put(heading, typed)))
    year, hoped = int(heading[:4]), dict(KEPT)
    hoped.pop(year)
    hoped |= {year: wanted} if wanted else {}
    if hoped == KEPT:
        assert (back.told["same"], back.rows.count()) == (3, 0)
        return
    assert [(row.row, row.verdict, list(row.changes), row.messages) for row in back.rows.all()] == [(5, "changed", [str(year)], [])]
    done = taken(back, officer)
    assert (done.state, [row.messages for row in done.rows.all()], years(tasks[0])) == ("applied", [[]], hoped)
    change = Change.objects.get()
    assert (change.action, change.batch, "台账.xlsx" in change.reason, list(change.after or {})) == ("task.import", done.batch, True, ["parts"])
    assert Entry.objects.filter(action="task.import").count() == 1


def test_years_and_target_come_in_together(sent: Task, officer: Person) -> None:
    def act(sheet: Any) -> None:
        put("2028年", "200亿元")(sheet)
        put("目标值", 200)(sheet)

    back = bring_back(officer, edited(data_of(export(officer)), act))
    assert [(row.verdict, row.messages) for row in back.rows.all()] == [("changed", [])]
    done = taken(back, officer)
    sent.refresh_from_db()
    assert (done.state, sent.target, years(sent)[2028]) == ("applied", 200, ("", Decimal(200)))
    assert {(one.action, one.batch) for one in Change.objects.all()} == {("task.import", done.batch)}


SHORT: list[tuple[str, Any, str]] = [("2028年", "170亿元", "170亿元"), ("2028年", "再上台阶", "再上台阶"), ("目标值", 190, "180亿元"), ("2028年", None, "")]


@pytest.mark.parametrize(("heading", "typed", "value"), SHORT)
def test_years_that_miss_the_target_are_refused_before_anything_is_written(
    heading: str, typed: Any, value: str, sent: Task, officer: Person
) -> None:
    data = edited(data_of(export(officer)), put(heading, typed))
    [row] = bring_back(officer, data).rows.all()
    assert (row.verdict, [(cell, said) for cell, said, _message in told(row)]) == ("wrong", [(cell_of(data, "2028年"), value)])
    assert (years(sent)[2028], Change.objects.count()) == (("", Decimal(180)), 0)


def test_a_draft_may_miss_its_target(whole: Task, officer: Person) -> None:
    back = bring_back(officer, edited(data_of(export(officer)), put("2028年", "170亿元")))
    assert [row.verdict for row in back.rows.all()] == ["changed"]
    assert (taken(back, officer).state, years(whole)[2028]) == ("applied", ("", Decimal(170)))


@pytest.mark.parametrize(
    ("settle", "words"),
    [
        (lambda task: YearPart.objects.filter(task=task, year=2026).update(state=PartState.FINISHED, verified_on=date(2026, 12, 20)), "已核实完成"),
        (lambda task: YearPart.objects.filter(task=task, year=2026).update(state=PartState.CARRIED), "结转"),
        (lambda task: YearPart.objects.create(task=task, year=2026, goal="补上", carried_from=YearPart.objects.get(task=task, year=2027)), "结转"),
    ],
)
def test_years_in_which_something_is_settled_are_not_planned_anew(
    settle: Callable[[Task], Any], words: str, tasks: list[Task], officer: Person
) -> None:
    settle(tasks[0])
    data = edited(data_of(export(officer)), put("2026年", "145亿元"))
    [row] = bring_back(officer, data).rows.all()
    assert (row.verdict, [(cell, value) for cell, value, _message in told(row)]) == ("wrong", [(cell_of(data, "2026年"), "145亿元")])
    assert words in told(row)[0][2]
    unchanged = bring_back(officer, data_of(export(officer)))
    assert (unchanged.told["same"], unchanged.rows.count()) == (3, 0)


@pytest.mark.parametrize("typed", ["12345678901234567亿元", "0.1234567", "长" * 501])
def test_what_cannot_be_is_told_at_its_cell(typed: str, tasks: list[Task], officer: Person) -> None:
    data = edited(data_of(export(officer)), put("2026年", typed))
    [row] = bring_back(officer, data).rows.all()
    assert (row.verdict, [(cell, value) for cell, value, _message in told(row)]) == ("wrong", [(cell_of(data, "2026年"), typed[:200])])


class TestConflict:
    @pytest.fixture
    def back(self, tasks: list[Task], officer: Person) -> Exchange:
        data = data_of(export(officer))
        set_part(by=officer, task_id=tasks[0].pk, expected=1, year=2026, goal="", value="150")
        set_part(by=officer, task_id=tasks[0].pk, expected=2, year=2027, goal="", value="165")

        def act(sheet: Any) -> None:
            put("2026年", "145亿元")(sheet)
            put("领域", "制造业")(sheet)

        return bring_back(officer, edited(data, act))

    def test_a_year_changed_on_both_sides_is_a_conflict(self, back: Exchange) -> None:
        [row] = back.rows.all()
        assert (row.verdict, row.changes) == ("conflict", {
            "topic": {"base": "产业", "here": "产业", "file": "制造业", "conflict": False, "value": "制造业"},
            "2026": {"base": "产值达到140亿元", "here": "150亿元", "file": "145亿元", "conflict": True, "value": {"goal": "", "value": "145"}},
        })  # fmt: skip

    @pytest.mark.parametrize(("choice", "value"), [("file", 145), ("here", 150)])
    def test_it_is_decided(self, choice: str, value: int, back: Exchange, tasks: list[Task], officer: Person) -> None:
        [row] = back.rows.all()
        choose(by=officer, row_id=row.pk, expected=row.revision, choice=choice)
        assert taken(back, officer).state == "applied"
        assert (Task.objects.get(pk=tasks[0].pk).topic, years(tasks[0])) == ("制造业", {2026: ("", Decimal(value)), 2027: ("", Decimal(165))})

    def test_what_is_changed_after_the_dry_run_is_asked_again(self, tasks: list[Task], officer: Person) -> None:
        back = bring_back(officer, edited(data_of(export(officer)), put("2026年", "145亿元")))
        set_part(by=officer, task_id=tasks[0].pk, expected=1, year=2026, goal="", value="150")
        done = taken(back, officer)
        [row] = done.rows.all()
        assert (done.state, row.verdict, row.choice, row.changes["2026"]["here"]) == ("ready", "conflict", "open", "150亿元")
        assert years(tasks[0])[2026] == ("", Decimal(150))


def test_units_change_no_years(sent: Task, officer: Person, contact: Person) -> None:
    Task.objects.update(state=TaskState.SENT)
    data = edited(data_of(export(contact)), put("2026年", "145亿元"))
    back = bring_back(contact, data)
    assert [(row.row, row.verdict, [cell for cell, _value, _message in told(row)]) for row in back.rows.all()] == [(5, "wrong", [cell_of(data, "2026年")])]


def test_a_column_for_one_more_year_may_be_added(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        at = sheet.max_column + 1
        sheet.cell(4, at).value, sheet.cell(5, at).value = "2028年", "180亿元"

    data = edited(data_of(export(officer)), act)
    back = bring_back(officer, data)
    assert (taken(back, officer).state, years(tasks[0])) == ("applied", {**KEPT, 2028: ("", Decimal(180))})


def test_signed_years_that_come_in_are_signed_again(sent: Task, officer: Person) -> None:
    Task.objects.filter(pk=sent.pk).update(round=1, signing="signed")
    back = bring_back(officer, edited(data_of(export(officer)), put("2027年", "165亿元")))
    assert taken(back, officer).state == "applied"
    assert set(Signature.objects.filter(task=sent, is_superseded=False).values_list("state", flat=True)) == {"waiting"}


def test_the_workbook_holds_all_years_of_a_long_outline_and_takes_them_back(tasks: list[Task], officer: Person) -> None:
    for year in range(2028, 2041):
        YearPart.objects.create(task=tasks[2], year=year, value=year)
    data = data_of(export(officer))
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    heads = [cell.value for cell in sheet[4] if str(cell.value).endswith("年") and str(cell.value)[:4].isdigit()]
    assert heads == [f"{year}年" for year in range(2026, 2041)]
    back = bring_back(officer, edited(data, put("2040年", "3000", 7)))
    assert [(row.row, row.verdict, list(row.changes)) for row in back.rows.all()] == [(7, "changed", ["2040"])]


@pytest.mark.parametrize("text", ["；", ";", " ； ", "；\n"])
def test_a_separator_alone_is_told_and_changes_nothing(text: str, tasks: list[Task], officer: Person) -> None:
    back = bring_back(officer, edited(data_of(export(officer)), put("2026年", text)))
    [row] = back.rows.all()
    [told] = row.messages
    assert (row.verdict, told["cell"][-1], told["value"], "分号两侧都没有内容" in told["message"]) == ("wrong", "5", text.strip(), True)
    assert years(tasks[0]) == KEPT
