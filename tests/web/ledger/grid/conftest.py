"""A ledger of six tasks with all that rows show, and people who look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.tasks.enums import LineKind, Signing, TaskState
from lantu_web.tasks.models import Cooperation, Division, Node, WorkLine, YearPart

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with patch("lantu_web.lib.clock.today", return_value=TODAY):
        yield


@pytest.fixture
def division(zone: Zone, unit: Unit) -> Division:
    return make_division(zone, round=1, sent_at="2026-04-01T00:00:00Z")


@pytest.fixture
def leader(zone: Zone) -> User:
    return make_person(Role.LEADER, zone, None, username="leader")[0]


@pytest.fixture
def contact(zone: Zone, unit: Unit) -> tuple[User, Person]:
    return make_person(Role.CONTACT_PERSON, zone, unit, username="contact")


@pytest.fixture
def outsider(other_zone: Zone) -> tuple[User, Person]:
    return make_person(Role.PLANNING_OFFICER, other_zone, None, username="outsider")


@pytest.fixture
def ledger(division: Division, unit: Unit, other_unit: Unit, leader: User, contact: tuple[User, Person]) -> Any:
    """``equipment`` (overdue, with everything), ``robots``, ``river`` of the other unit, ``market`` left to the market, ``draft``, ``gone``."""
    sent = {"state": TaskState.SENT, "round": 1}
    section = Section.objects.create(unit=unit, name="产业科")
    line = WorkLine.objects.create(zone=division.zone, name="产业攻坚线", position=1)
    theme = WorkLine.objects.create(zone=division.zone, name="绿色发展", kind=LineKind.THEME, position=1)
    equipment = make_task(
        division, "做强精密装备产业", unit, due_on=date(2026, 6, 30), start_on=date(2026, 2, 1), sponsor=leader, section=section,
        person=contact[0], chapter="第二章 产业", topic="工业", signing=Signing.SIGNED, measured_in="亿元", target=180, target_year=2028, **sent,
    )  # fmt: skip
    robots = make_task(
        division, "培育智能机器人产业", unit, due_on=date(2027, 3, 31), chapter="第二章 产业", signing=Signing.WAITING, **sent
    )
    river = make_task(division, "实施澜河综合治理", other_unit, due_on=date(2026, 12, 31), chapter="第四章 生态", signing=Signing.OBJECTED, **sent)
    market = make_task(division, "发展民间文旅", None, left_out="由市场主体自主实施", **sent)
    draft = make_task(division, "尚未下发的任务", unit)
    gone = make_task(division, "已撤回的任务", unit, state=TaskState.WITHDRAWN)
    Cooperation.objects.create(task=equipment, unit=other_unit)
    equipment.lines.set([line, theme])
    river.lines.set([theme])
    part = YearPart.objects.create(task=equipment, year=2026, goal="产值达到120亿元", value=120)
    YearPart.objects.create(task=equipment, year=2027, goal="产值达到150亿元", value=150)
    for quarter, day, text, done in (
        (1, date(2026, 3, 31), "开工", date(2026, 3, 20)), (2, date(2026, 6, 30), "主体完工", None),
    ):  # fmt: skip
        Node.objects.create(
            task=equipment, part=part, year=2026, quarter=quarter, due_on=day, latest_on=equipment.latest_on, text=text, done_on=done
        )
    return SimpleNamespace(
        equipment=equipment, robots=robots, river=river, market=market, draft=draft, gone=gone, line=line, theme=theme, section=section
    )


@pytest.fixture
def browser(officer: Person, logged_in: Callable[[User], Client]) -> Client:
    """The planning officer's, in English, so that words can be read in the tests."""
    return speaking(logged_in, User.objects.get(pk=officer.user_id), "en")


def speaking(logged_in: Callable[[User], Client], user: User, language: str) -> Client:
    User.objects.filter(pk=user.pk).update(language=language)
    user.refresh_from_db()
    return logged_in(user)
