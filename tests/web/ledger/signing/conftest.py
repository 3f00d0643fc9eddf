"""A division of three tasks, sent out to two units, and the people of both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person, make_unit

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.lib import clock
from lantu_web.tasks.commands.signing import Seen, send
from lantu_web.tasks.enums import IndicatorKind
from lantu_web.tasks.models import Cooperation, Division, Node, Signature, Task, YearPart

YEAR = clock.today().year
DUE = date(YEAR + 2, 12, 31)


@pytest.fixture
def third_unit(zone: Zone) -> Unit:
    return make_unit(zone, "住房建设局", "003")


@pytest.fixture
def contact(zone: Zone, unit: Unit) -> tuple[User, Person]:
    """The contact person of the lead unit."""
    return make_person(Role.CONTACT_PERSON, zone, unit, username="contact")


@pytest.fixture
def helper(zone: Zone, other_unit: Unit) -> tuple[User, Person]:
    """The contact person of the cooperating unit."""
    return make_person(Role.CONTACT_PERSON, zone, other_unit, username="cooperating")


@pytest.fixture
def stranger(zone: Zone, third_unit: Unit) -> tuple[User, Person]:
    """The contact person of a unit that has no part in any task."""
    return make_person(Role.CONTACT_PERSON, zone, third_unit, username="stranger")


@pytest.fixture
def outsider(other_zone: Zone) -> tuple[User, Person]:
    """A planning officer of the other zone."""
    return make_person(Role.PLANNING_OFFICER, other_zone, None, username="outsider")


@pytest.fixture
def division(zone: Zone) -> Division:
    return make_division(zone)


@pytest.fixture
def draft(division: Division, unit: Unit, other_unit: Unit) -> Task:
    """Led by one unit, with another, broken down over three years."""
    return make_whole_task(division, unit, other_unit)


def make_whole_task(division: Division, unit: Unit, other_unit: Unit, title: str = "建成创新平台30家") -> Task:
    task = make_task(
        division, title, lead=unit, due_on=DUE, indicator_kind=IndicatorKind.CUMULATIVE_COUNT, target=30, target_year=DUE.year,
        measured_in="家", lead_reason="原文提到“创新平台”，此前同类任务由该单位牵头",
    )  # fmt: skip
    Cooperation.objects.create(task=task, unit=other_unit)
    for year in range(YEAR, YEAR + 3):
        part = YearPart.objects.create(task=task, year=year, goal=f"新建平台10家（{year}年）", value=10)
        Node.objects.create(task=task, part=part, year=year, quarter=2, due_on=date(year, 6, 30), latest_on=DUE, text=f"{year}年上半年完成遴选")
    return task


@pytest.fixture
def task(draft: Task, division: Division, officer: Person) -> Task:
    """The same, sent out."""
    return sent(draft, division, officer)


def sent(task: Task, division: Division, officer: Person) -> Task:
    send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today() + timedelta(days=10))
    task.refresh_from_db()
    return task


def signature_of(task: Task, unit: Unit) -> Signature:
    """What counts now."""
    return Signature.objects.get(task=task, unit=unit, is_superseded=False)


def seen_of(task: Task, unit: Unit) -> Seen:
    row = signature_of(task, unit)
    return Seen(row.pk, row.revision)
