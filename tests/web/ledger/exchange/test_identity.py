"""Export and import undo each other: whatever a ledger says comes back as it was, and whatever a file changes is what the next one shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.web.ledger.exchange.conftest import bring_back, column, data_of, edited, export

from lantu_web.accounts.acting import Person
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.commands.exchange import take_over
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.goals import Goal, read, tidied, told
from lantu_web.tasks.models import Change, Task, YearPart
from lantu_web.tasks.queries.values import values_of
from lantu_web.tasks.spreadsheet.cells import clean
from lantu_web.tasks.spreadsheet.reading import Workbook

FEW = settings(max_examples=settings.default.max_examples // 12, suppress_health_check=list(HealthCheck))  # each writes and reads whole files
LETTERS = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("=+-@\t'、，重点任务　 1２_x0041_")
TEXT = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
NUMBER = st.none() | st.decimals(min_value=-(10**13), max_value=10**13, places=6, allow_nan=False, allow_infinity=False)
DAY = st.none() | st.dates(date(1850, 1, 1), date(2150, 12, 31))
YEAR = st.none() | st.integers(1949, 2100)
VALUES = st.fixed_dictionaries({
    "title": TEXT, "source": TEXT | st.just(""), "topic": TEXT | st.just(""), "measured_in": TEXT | st.just(""), "baseline": NUMBER,
    "target": NUMBER, "baseline_year": YEAR, "target_year": YEAR, "due_on": DAY,
    "years": st.dictionaries(st.integers(2026, 2028), st.tuples(TEXT | st.just(""), NUMBER), max_size=3),
})  # fmt: skip


def lay(tasks: list[Task], rows: list[dict[str, Any]]) -> None:
    for task, values in zip(tasks, rows, strict=False):
        task.nodes.all().delete()
        task.parts.all().delete()
        years = values["years"].items()
        YearPart.objects.bulk_create([YearPart(task=task, year=year, goal=goal, value=value) for year, (goal, value) in years])
        known = {name: str(value)[: FIELDS[name].length].strip() or "x" if name == "title" else value for name, value in values.items() if name != "years"}
        Task.objects.filter(pk=task.pk).update(**known | {"indicator_kind": "", "start_on": None, "latest_on": values["due_on"]})


@FEW
@given(rows=st.lists(VALUES, min_size=3, max_size=3))
def test_an_unchanged_export_changes_nothing(rows: list[dict[str, Any]], tasks: list[Task], officer: Person) -> None:
    with transaction.atomic():
        lay(tasks, rows)
        before = [values_of(task) for task in Task.objects.order_by("pk")]
        data = data_of(export(officer))
        for one in (data, edited(data, lambda sheet: None)):
            back = bring_back(officer, one)
            assert (back.state, back.told, list(back.rows.values("changes", "messages"))) == ("ready", {"rows": 3, "same": 3, "missing": 0}, [])
        assert [values_of(task) for task in Task.objects.order_by("pk")] == before
        assert not Change.objects.exists()
        transaction.set_rollback(True)


TYPED: dict[Type, st.SearchStrategy[Any]] = {
    Type.LINE: TEXT, Type.NUMBER: st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=3).map(float) | st.decimals(-1000, 1000, places=6).map(str),
    Type.DAY: st.dates(date(1950, 1, 1), date(2099, 12, 31)) | st.dates(date(1950, 1, 1), date(2099, 12, 31)).map("{0.year}年{0.month}月{0.day}日".format),
    Type.YEAR: st.integers(1949, 2100) | st.integers(1949, 2100).map("{}年".format),
}  # fmt: skip
EDITABLE = ("title", "source", "topic", "measured_in", "baseline", "target", "baseline_year", "target_year", "due_on")
EDIT = st.sampled_from(EDITABLE).flatmap(lambda name: st.tuples(st.just(name), st.integers(5, 7), TYPED[FIELDS[name].type]))


@FEW
@given(rows=st.lists(VALUES, min_size=3, max_size=3), edits=st.lists(EDIT, max_size=6))
def test_what_a_file_says_is_what_the_next_one_shows(rows: list[dict[str, Any]], edits: list[tuple[str, int, Any]], tasks: list[Task], officer: Person) -> None:
    with transaction.atomic():
        lay(tasks, rows)

        def act(sheet: Any) -> None:
            for name, row, value in edits:
                cell = sheet.cell(row, column(sheet, COLUMNS[name].heading))
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"

        data = edited(data_of(export(officer)), act)
        back = bring_back(officer, data)
        assert [row.messages for row in back.rows.all()] == [[] for _row in back.rows.all()]
        if back.rows.exists():
            take_over(by=officer, exchange_id=back.pk, expected=back.revision)
            run(exchange_id=back.pk)
            back.refresh_from_db()
            assert (back.state, [row.messages for row in back.rows.all()]) == ("applied", [[] for _row in back.rows.all()])
        assert shown(data_of(export(officer))) == shown(data)
        again = bring_back(officer, data)
        assert (again.told["same"], again.rows.count()) == (3, 0)
        transaction.set_rollback(True)


def shown(data: bytes) -> list[dict[str, str]]:
    """Every cell that can be changed, as it is compared."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        path.write_bytes(data)
        book = Workbook(path)
        found = [{name: clean(row.texts[name], FIELDS[name].type) for name in EDITABLE} for row in book.rows(book.heads())]
        book.close()
    return found


UNITS = st.sampled_from(["亿元", "%", "家", "", "5", "万吨标准煤", "-"]) | TEXT
AMOUNT = st.none() | st.decimals(min_value=-(10**13), max_value=10**13, places=6, allow_nan=False) | st.integers(0, 200).map(Decimal)
WORDS = st.just("") | TEXT | st.builds("{}{}{}{}".format, TEXT, st.integers(0, 200), UNITS, TEXT) | st.builds("{}{}".format, st.integers(0, 200), UNITS)


@given(goal=WORDS, value=AMOUNT, unit=UNITS)
@example(goal="产值达到140亿元", value=None, unit="亿元")
@example(goal="140亿元", value=Decimal(140), unit="亿元")
@example(goal="；；", value=None, unit="")
@example(goal="5", value=Decimal(5), unit="5")
def test_a_target_is_read_as_it_was_told(goal: str, value: Decimal | None, unit: str) -> None:
    wanted = Goal(goal=tidied(goal), value=value) if tidied(goal) or value is not None else None
    assert read(told(goal, value, unit), unit) == wanted


def test_every_digit_of_a_number_comes_back(tasks: list[Task], officer: Person) -> None:
    Task.objects.filter(pk=tasks[2].pk).update(target=Decimal("12345678901234.123456"), baseline=Decimal("-0.000001"))
    back = bring_back(officer, data_of(export(officer)))
    assert (back.told["same"], back.rows.count()) == (3, 0)
