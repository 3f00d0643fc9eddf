"""What stands above a task or a plan and was not sent out or approved: its name reaches nobody who may not read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.tasks import make_task
from tests.factories.web import make_person
from tests.web.api.conftest import program_of

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Division, Task

LogIn = Callable[[User], Client]
SECRET = "尚未下发的上级任务"


@pytest.fixture
def child(division: Division, unit: Unit) -> Task:
    above = make_task(division, SECRET, unit)
    return make_task(division, "已下发的下级任务", unit, parent=above, state=TaskState.SENT)


def page_of(person: User, task: Task, logged_in: LogIn) -> str:
    return logged_in(person).get(reverse("office:task", args=["yunxi", task.pk])).content.decode()


@pytest.mark.parametrize("role", [Role.CONTACT_PERSON, Role.UNIT_HEAD, Role.EVALUATOR])
@pytest.mark.parametrize("state", [TaskState.DRAFT, TaskState.WITHDRAWN])
def test_a_task_above_that_is_not_out_is_named_to_no_reader(
    state: TaskState, role: Role, child: Task, zone: Zone, unit: Unit, logged_in: LogIn
) -> None:
    Task.objects.filter(pk=child.parent_id).update(state=state)
    reader, person = make_person(role, zone, unit)
    page = page_of(reader, child, logged_in)
    assert ("已下发的下级任务" in page, SECRET in page) == (True, False)
    calling = program_of(person)
    (row,) = calling.get("/tasks")[1]["items"]
    assert (row["parent_id"], calling.get(f"/tasks/{child.pk}")[1]["task"]["parent_id"]) == (None, None)


@pytest.mark.parametrize("role", [Role.PLANNING_OFFICER, Role.LEADER])
def test_who_reads_drafts_is_told(role: Role, child: Task, zone: Zone, logged_in: LogIn) -> None:
    reader, person = make_person(role, zone)
    assert SECRET in page_of(reader, child, logged_in)
    calling = program_of(person)
    rows = {row["id"]: row["parent_id"] for row in calling.get("/tasks")[1]["items"]}
    assert rows == {child.parent_id: None, child.pk: child.parent_id}
    assert calling.get(f"/tasks/{child.pk}")[1]["task"]["parent_id"] == child.parent_id


def test_once_it_is_out_everybody_is_told(child: Task, contact: tuple[User, Person], logged_in: LogIn) -> None:
    Task.objects.filter(pk=child.parent_id).update(state=TaskState.SENT)
    assert SECRET in page_of(contact[0], child, logged_in)
    assert program_of(contact[1]).get(f"/tasks/{child.pk}")[1]["task"]["parent_id"] == child.parent_id
