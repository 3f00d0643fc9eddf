"""The calendar: whose due dates, which days, the same entry under the same id; whoever has lost the right reads nothing."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person, make_plan, make_unit
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Conflict, Forbidden
from lantu_web.plans.enums import PlanState
from lantu_web.tasks.commands.calendars import close_feed, open_feed
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import CalendarFeed, Cooperation, Division, Node, Task
from lantu_web.tasks.queries.calendar import due_of

YEAR = clock.today().year + 1


def make_node(task: Task, on: date, text: str = "开工建设", **values: Any) -> Node:
    return Node.objects.create(task=task, year=on.year, quarter=(on.month + 2) // 3, due_on=on, latest_on=task.latest_on, text=text, **values)


def entries(secret: str) -> list[dict[str, str]]:
    response = Client().get(f"/calendar/{secret}.ics")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(response.content)
    shown = ("UID", "SUMMARY", "DTSTART", "SEQUENCE", "DESCRIPTION")
    return [{name.lower(): str(event.decoded(name)) for name in shown} for event in calendar.walk("VEVENT")]


def test_due_dates_and_nodes_stand_in_the_calendar(task: Task, contact: tuple[User, Person]) -> None:
    node = make_node(task, date(YEAR, 3, 31))
    _feed, secret = open_feed(by=contact[1])
    assert entries(secret) == [
        {
            "uid": f"node-{node.pk}@yunxi.lantu", "summary": "节点：开工建设", "dtstart": f"{YEAR}-03-31", "sequence": "1",
            "description": f"{task}\n牵头单位：发展改革局",
        },
        {
            "uid": f"task-{task.pk}@yunxi.lantu", "summary": f"到期：{task.title}", "dtstart": f"{YEAR}-06-30", "sequence": "1",
            "description": f"{task}\n牵头单位：发展改革局",
        },
    ]  # fmt: skip


def test_an_entry_keeps_its_id_when_it_moves_and_its_sequence_grows(task: Task, contact: tuple[User, Person]) -> None:
    secret = open_feed(by=contact[1])[1]
    before = entries(secret)[0]
    Task.objects.update(latest_on=date(YEAR, 9, 30), revision=2, state=TaskState.FINISHED, finished_on=clock.today())
    after = entries(secret)[0]
    assert (after["uid"], after["dtstart"], after["sequence"], after["summary"]) == (before["uid"], f"{YEAR}-09-30", "2", f"✓ {before['summary']}")


def test_only_what_is_ones_own_or_ones_units(division: Division, zone: Zone, unit: Unit, other_unit: Unit, contact: tuple[User, Person]) -> None:
    due, third = date(YEAR, 6, 30), make_unit(zone, "教育局", "003")

    def sent(title: str, lead: Unit, **values: Any) -> Task:
        return make_task(division, title, lead, **{"state": TaskState.SENT, "due_on": due, **values})

    sent("牵头", unit)
    Cooperation.objects.create(task=sent("配合", other_unit), unit=unit)
    sent("责任人", third, person=contact[0])
    sent("包保", third, sponsor=contact[0])
    sent("别家", third)
    sent("草稿", unit, state=TaskState.DRAFT)
    sent("无期", unit, due_on=None)
    assert {one.title for one in due_of(contact[1])} == {"牵头", "配合", "责任人", "包保"}


def test_drafts_of_ones_own_unit_are_not_due_even_for_the_planning_office(division: Division, unit: Unit, officer: Person) -> None:
    make_task(division, "草稿", unit, due_on=date(YEAR, 1, 1))
    assert due_of(officer) == []


def test_days_outside_of_the_window_are_left_out(division: Division, unit: Unit, contact: tuple[User, Person]) -> None:
    for days in (-181, -180, 1830, 1831):
        make_task(division, str(days), unit, state=TaskState.SENT, due_on=clock.today() + timedelta(days=days))
    assert [one.title for one in due_of(contact[1])] == ["-180", "1830"]


def test_the_page_shows_open_ones_only(task: Task, contact: tuple[User, Person]) -> None:
    make_node(task, date(YEAR, 3, 31), "已办", done_on=clock.today())
    make_node(task, date(YEAR, 4, 30), "未办")
    assert [one.title for one in due_of(contact[1], only_open=True)] == ["未办", task.title]
    assert [one.title for one in due_of(contact[1], only_open=True, most=1)] == ["未办"]


@pytest.mark.parametrize("tasks", [1, 3])
def test_two_queries_whatever_is_due(tasks: int, division: Division, unit: Unit, contact: tuple[User, Person], django_assert_num_queries: Any) -> None:
    for number in range(tasks):
        make_node(make_task(division, str(number), unit, state=TaskState.SENT, due_on=date(YEAR, 6, 30)), date(YEAR, 3, 31))
    with django_assert_num_queries(2):
        assert len(due_of(contact[1])) == 2 * tasks


def test_another_zone_stands_in_no_calendar(task: Task, other_zone: Zone, contact: tuple[User, Person]) -> None:
    there = make_division(other_zone, make_plan(other_zone, state=PlanState.APPROVED, approving_body="x", document_number="y", approved_on=date(2026, 1, 1)))
    make_task(there, "外地", make_unit(other_zone, "外局", "001"), state=TaskState.SENT, due_on=date(YEAR, 6, 30), person=contact[0])
    assert [one.title for one in due_of(contact[1])] == [task.title]


def test_the_secret_is_kept_as_a_hash_and_the_trail_does_not_know_it(contact: tuple[User, Person]) -> None:
    feed, secret = open_feed(by=contact[1])
    assert secret not in str([vars(feed), *[vars(entry) for entry in Entry.objects.all()]])
    assert [entry.action for entry in Entry.objects.order_by("number")] == ["calendar.open"]


def test_who_lost_post_or_access_reads_nothing_and_the_address_is_not_logged(
    task: Task, contact: tuple[User, Person], caplog: pytest.LogCaptureFixture
) -> None:  # fmt: skip
    secret = open_feed(by=contact[1])[1]
    assert len(entries(secret)) == 1
    with caplog.at_level(logging.DEBUG):
        User.objects.filter(pk=contact[0].pk).update(is_active=False)
        assert Client().get(f"/calendar/{secret}.ics").status_code == 404
        User.objects.filter(pk=contact[0].pk).update(is_active=True)
        Post.objects.filter(user=contact[0]).update(valid_to=clock.today() - timedelta(days=1))
        assert Client().get(f"/calendar/{secret}.ics").status_code == 404
    assert secret not in caplog.text
    assert Client().get("/calendar/nobody-has-this.ics").status_code == 404


def test_it_follows_a_new_post(task: Task, contact: tuple[User, Person], other_unit: Unit) -> None:
    secret = open_feed(by=contact[1])[1]
    Post.objects.filter(user=contact[0]).update(unit=other_unit)
    assert entries(secret) == []


def test_that_it_was_read_is_noted_but_not_each_time(contact: tuple[User, Person], later: Any) -> None:
    secret = open_feed(by=contact[1])[1]
    entries(secret)
    first = CalendarFeed.objects.get().last_used_at
    entries(secret)
    assert first is not None and CalendarFeed.objects.get().last_used_at == first
    later(minutes=6)
    entries(secret)
    assert CalendarFeed.objects.get().last_used_at > first  # type: ignore[operator]


def test_programs_and_those_without_the_right_make_none(contact: tuple[User, Person], zone: Zone) -> None:
    administrator = replace(make_person(Role.SYSTEM_ADMINISTRATOR, None)[1], zone_id=zone.pk)
    for by in (replace(contact[1], surface=Surface.API), replace(contact[1], may_write=False), administrator):
        with pytest.raises(Forbidden):
            open_feed(by=by)
    with pytest.raises(Conflict):
        close_feed(by=contact[1])


@pytest.mark.django_db(transaction=True)
def test_two_addresses_made_at_once_leave_one(contact: tuple[User, Person]) -> None:
    at_once(*[lambda: open_feed(by=contact[1])] * 2)
    assert (CalendarFeed.objects.count(), CalendarFeed.objects.filter(revoked_at=None).count()) == (2, 1)
