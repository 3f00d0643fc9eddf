"""The screens of webhooks and of the calendar: what they show, do and refuse; secrets are shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.receiver import Receiver
from tests.factories.web import make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User, Zone
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.enums import DeliveryState, Event
from lantu_web.tasks.models import CalendarFeed, Delivery, Task, Webhook

URL = "https://receiver.example/lantu"


@pytest.fixture
def browser(zone: Zone, logged_in: Callable[[User], Client]) -> Client:
    """The planning officer's, in English."""
    user = make_person(Role.PLANNING_OFFICER, zone, None, username="officer-at-the-screen")[0]
    User.objects.filter(pk=user.pk).update(language="en")
    return logged_in(user)


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_webhook_is_made_and_its_secret_shown_once(browser: Client) -> None:
    assert "No program is told of anything yet." in text(browser.get("/z/yunxi/webhooks/"))
    response = browser.post("/z/yunxi/webhooks/new/", {"url": URL, "events": ["task.changed", "task.signed"]})
    hook = Webhook.objects.get()
    assert (response.status_code, hook.secret in text(response), response["Cache-Control"]) == (200, True, "max-age=0, no-cache, no-store, must-revalidate, private")
    page = text(browser.get(f"/z/yunxi/webhooks/{hook.pk}/"))
    assert (hook.secret in page, URL in page, "Task signed for" in page, "Comment written" in page) == (False, True, True, False)
    assert URL in text(browser.get("/z/yunxi/webhooks/"))


def test_what_is_refused_is_told_beside_the_field(browser: Client) -> None:
    response = browser.post("/z/yunxi/webhooks/new/", {"url": "https://127.0.0.1/", "events": ["task.changed"]})
    assert (response.status_code, response.context["form"].errors.keys(), Webhook.objects.count()) == (422, {"url"}, 0)
    assert "LANTU_WEBHOOK_NETWORKS" in text(response)
    response = browser.post("/z/yunxi/webhooks/new/", {"url": URL})
    assert (response.status_code, response.context["form"].errors.keys()) == (422, {"events"})


def test_it_is_changed_renewed_retired_and_revived(browser: Client, hook: Webhook) -> None:
    place = f"/z/yunxi/webhooks/{hook.pk}/"
    given = {"url": hook.url, "events": ["task.signed"], "expected": 1}
    assert browser.post(f"{place}edit/", given)["Location"] == place
    assert browser.post(f"{place}edit/", given).status_code == 422  # a page that was opened before
    answer = browser.post(f"{place}secret/", {"expected": 2})
    assert Webhook.objects.get().secret in text(answer)
    assert browser.post(f"{place}secret/", {"expected": 2}).status_code == 409
    assert browser.post(f"{place}retire/", {"expected": 3}).status_code == 302
    assert "Out of use" in text(browser.get(place))
    assert browser.post(f"{place}revive/", {"expected": 4}).status_code == 302
    hook.refresh_from_db()
    assert (hook.events, hook.is_active, hook.revision) == (["task.signed"], True, 5)


def test_messages_are_listed_by_state_and_sent_again(browser: Client, hook: Webhook, officer: Person, task: Task, receiver: Receiver) -> None:
    tell(by=officer, event=Event.TASK_CHANGED, task=task)
    Delivery.objects.update(state=DeliveryState.GIVEN_UP, next_at=None, problem="No answer", attempts=9)
    lost, place = Delivery.objects.get(), f"/z/yunxi/webhooks/{hook.pk}/"
    page = text(browser.get(f"{place}?state=given_up"))
    assert (task.title in page, "No answer" in page, "Send again" in page) == (True, True, True)
    assert task.title not in text(browser.get(f"{place}?state=delivered"))
    assert task.title in text(browser.get(f"{place}?state=nonsense"))
    assert browser.post(f"{place}messages/{lost.pk}/again/")["Location"] == place
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert browser.post(f"{place}messages/{lost.pk + 1}/again/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries_whatever_it_shows(
    rows: int, browser: Client, zone: Zone, officer: Person, django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    for number in range(rows):
        Webhook.objects.create(zone=zone, url=f"{URL}/{number}", events=["task.changed"], secret="x", created_at="2026-01-01T00:00Z")
    with django_assert_max_num_queries(12):
        assert text(browser.get("/z/yunxi/webhooks/")).count(URL) == rows


def test_strangers_and_units_find_no_webhook(
    hook: Webhook, logged_in: Callable[[User], Client], outsider: tuple[User, Person], contact: tuple[User, Person]
) -> None:  # fmt: skip
    place = f"/z/yunxi/webhooks/{hook.pk}/"
    assert logged_in(outsider[0]).get(place).status_code == 404
    assert logged_in(outsider[0]).get(f"/z/heyuan/webhooks/{hook.pk}/").status_code == 404
    assert logged_in(contact[0]).get(place).status_code == 403
    assert logged_in(contact[0]).get("/z/yunxi/webhooks/").status_code == 403


def test_a_calendar_address_is_made_shown_once_and_revoked(task: Task, contact: tuple[User, Person], logged_in: Callable[[User], Client]) -> None:
    client = logged_in(contact[0])
    first = client.get("/z/yunxi/calendar/")
    assert (task.title in text(first), CalendarFeed.objects.count()) == (True, 0)
    address = client.post("/z/yunxi/calendar/").context["made"]
    assert address.startswith("http://testserver/calendar/") and address.endswith(".ics")
    assert (Client().get(address).status_code, address in text(client.get("/z/yunxi/calendar/"))) == (200, False)
    second = client.post("/z/yunxi/calendar/").context["made"]
    assert (Client().get(address).status_code, Client().get(second).status_code) == (404, 200)
    assert client.post("/z/yunxi/calendar/close/").status_code == 302
    assert Client().get(second).status_code == 404
    assert client.post("/z/yunxi/calendar/close/").status_code == 409
