"""A small ledger with everything that a workbook shows, and the way of a file through the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_post, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.exchange import ask_export, receive_ledger
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.enums import ExchangeKind, LineKind
from lantu_web.tasks.models import Cooperation, Division, Exchange, Node, Task, WorkLine, YearPart

Sheet = Any


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT, settings.LANTU_INCOMING = tmp_path / "files", tmp_path / "incoming"
    yield


@pytest.fixture
def division(zone: Zone) -> Division:
    return make_division(zone)


@pytest.fixture
def line(zone: Zone) -> WorkLine:
    return WorkLine.objects.create(zone=zone, name="产业攻坚", kind=LineKind.WORK_LINE)


@pytest.fixture
def people(zone: Zone, unit: Unit) -> tuple[User, User]:
    """A leader and a clerk of the unit."""
    leader, clerk = make_user("leader-1", "王建国"), make_user("clerk-1", "李小红")
    make_post(leader, Role.LEADER, zone)
    make_post(clerk, Role.CONTACT_PERSON, zone, unit)
    return leader, clerk


@pytest.fixture
def tasks(division: Division, unit: Unit, other_unit: Unit, line: WorkLine, people: tuple[User, User]) -> list[Task]:
    """Three: one with everything, one that begins like a formula, one with nothing but words."""
    section = Section.objects.create(unit=unit, name="综合科")
    full = make_task(
        division, "壮大精密装备产业", lead=unit, section=section, person=people[1], sponsor=people[0], start_on=date(2026, 1, 1),
        due_on=date(2028, 12, 31), latest_on=date(2028, 12, 31), source="《纲要》第三章第一节", topic="产业", chapter="第三章",
        measured_in="亿元", baseline=Decimal("120.5"), baseline_year=2025, target=Decimal("180"), target_year=2028, indicator_kind="level_up",
    )  # fmt: skip
    Cooperation.objects.create(task=full, unit=other_unit, position=0)
    full.lines.add(line)
    part = YearPart.objects.create(task=full, year=2026, goal="产值达到140亿元", value="140")
    YearPart.objects.create(task=full, year=2027, value="160")
    Node.objects.create(task=full, part=part, year=2026, quarter=2, due_on=date(2026, 6, 30), latest_on=full.latest_on, text="园区二期开工")
    formula = make_task(division, "=1+1 培育机器人产业", lead=unit, source="+cmd|' /C calc'!A0", topic="@产业")
    return [full, formula, make_task(division, "改善水环境质量", lead=other_unit)]


@pytest.fixture
def contact(people: tuple[User, User], zone: Zone) -> Person:
    """Contact person of the unit that leads the first two."""
    return person_in_zone(people[1], zone, on=clock.today())


def export(by: Person, **values: Any) -> Exchange:
    """A finished export; all columns where none are named."""
    from lantu_web.tasks.columns import COLUMNS

    values = {"kind": ExchangeKind.EXPORT_LEDGER, "year": 2026, "columns": tuple(COLUMNS), **values}
    exchange = ask_export(by=by, **values)
    run(exchange_id=exchange.pk)
    exchange.refresh_from_db()
    return exchange


def data_of(exchange: Exchange) -> bytes:
    return on_disk(exchange.path).read_bytes()


def bring_back(by: Person, data: bytes, name: str = "台账.xlsx") -> Exchange:
    """A finished dry run."""
    exchange = receive_ledger(by=by, chunks=[data], file_name=name)
    run(exchange_id=exchange.pk)
    exchange.refresh_from_db()
    return exchange


def edited(data: bytes, act: Callable[[Sheet], None]) -> bytes:
    """The workbook after somebody worked in its first sheet."""
    book = openpyxl.load_workbook(BytesIO(data))
    act(book.worksheets[0])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed_on_both_sides(by: Person, task: Task, cells: Iterable[tuple[str, str, int]]) -> Exchange:
    """A dry run of a file in which the ``cells`` (heading, value, row) were written while the site changed title and topic of the task."""
    data = data_of(export(by))
    change(by=by, task_id=task.pk, expected=1, values={"title": "培育智能机器人产业", "topic": "制造"})

    def act(sheet: Sheet) -> None:
        for cell in cells:
            put(*cell)(sheet)

    return bring_back(by, edited(data, act))


def column(sheet: Sheet, heading: str) -> int:
    """The number of the column under that heading."""
    return next(cell.column for row in (4, 3) for cell in sheet[row] if cell.value == heading)


def put(heading: str, value: Any, row: int = 5) -> Callable[[Sheet], None]:
    def act(sheet: Sheet) -> None:
        sheet.cell(row=row, column=column(sheet, heading)).value = value

    return act
