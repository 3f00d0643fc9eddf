"""Webhooks and the calendar in a browser: axe finds no serious fault in any size, shade or language; secrets can be reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_post, make_unit, make_user, make_zone

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User
from lantu_web.lib import clock
from lantu_web.tasks.enums import DeliveryState, Event, TaskState
from lantu_web.tasks.models import Delivery, Node, Webhook

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [
    pytest.param("laptop", False, "zh-hans", id="laptop"),
    pytest.param("desk", True, "zh-hans", id="desk-dark"),
    pytest.param("phone", False, "zh-hans", id="phone"),
    pytest.param("laptop", True, "en", id="laptop-dark-en"),
]


@pytest.fixture
def officer() -> User:
    """Of a zone with tasks that fall due and a webhook with messages in every state."""
    zone = make_zone()
    unit = make_unit(zone, "发展改革局", "001")
    user = make_user("officer", "赵启明")
    make_post(user, Role.PLANNING_OFFICER, zone, unit)
    division, today, now = make_division(zone), clock.today(), clock.now()
    task = make_task(division, "建设精密装备产业园二期", unit, state=TaskState.SENT, due_on=today + timedelta(days=90))
    for days, text in ((-5, "完成土地平整"), (30, "主体工程开工")):
        day = today + timedelta(days=days)
        Node.objects.create(task=task, year=day.year, quarter=(day.month + 2) // 3, due_on=day, latest_on=task.latest_on, text=text)
    events = [Event.TASK_CHANGED, Event.TASK_SIGNED, Event.TASK_OBJECTED]
    hook = Webhook.objects.create(zone=zone, url="https://ledger.example/lantu/receive", events=events, secret="x", created_at=now)
    told = {"number": task.number, "title": task.title}
    states = {DeliveryState.DELIVERED: "", DeliveryState.WAITING: "接收方返回 503。", DeliveryState.GIVEN_UP: "ledger.example 无应答"}
    for state, problem in states.items():
        done = now if state == DeliveryState.DELIVERED else None
        Delivery.objects.create(
            webhook=hook, event=Event.TASK_CHANGED, payload=told, state=state, problem=problem, attempts=3, made_at=now, delivered_at=done,
            next_at=now + timedelta(days=1), status=None if problem else 204,
        )  # fmt: skip
    return user


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_every_page_holds(size: str, dark: bool, language: str, officer: User, open_page: OpenPage, shots: Callable[..., None]) -> None:
    page, hook = open_page(officer, size=size, dark=dark, language=language), Webhook.objects.get()
    places = {"webhooks": "webhooks", "webhook-new": "webhooks/new", "webhook": f"webhooks/{hook.pk}", "calendar": "calendar"}
    for name, path in places.items():
        page.goto(f"/z/yunxi/{path}/")
        shots(page, f"outside-{name}-{size}-{language}", full=True)
        assert faults(page) == []


def test_a_calendar_address_is_made_by_keyboard(officer: User, open_page: OpenPage) -> None:
    page = open_page(officer, language="en")
    page.goto("/z/yunxi/calendar/")
    page.get_by_role("button", name="Make an address").press("Enter")
    secret = page.locator(".entrance__secret")
    secret.focus()
    assert secret.inner_text().endswith(".ics")
    assert faults(page) == []
