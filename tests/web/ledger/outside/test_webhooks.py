"""Webhooks: made with a secret that is shown once, changed, renewed, retired; by those who may, where they act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.factories.receiver import Receiver
from tests.factories.web import make_person
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands import webhooks
from lantu_web.tasks.commands.dividing import withdraw
from lantu_web.tasks.commands.talking import comment
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.enums import DeliveryState, Event
from lantu_web.tasks.models import Delivery, Task, Webhook

URL = "https://receiver.example/lantu"


def made(by: Person, url: str = URL, events: tuple[str, ...] = ("task.changed",)) -> Webhook:
    return webhooks.make(by=by, url=url, events=events)[0]


def test_a_webhook_is_made_with_a_secret_that_the_trail_does_not_know(zone: Zone, officer: Person) -> None:
    hook, secret = webhooks.make(by=officer, url=f" {URL} ", events=["comment.written", "task.changed"])
    assert (hook.zone, hook.url, hook.events, hook.is_active, hook.revision) == (zone, URL, ["task.changed", "comment.written"], True, 1)
    assert secret == hook.secret and secret.startswith("whsec_") and len(secret) > 40
    entry = Entry.objects.get(action="webhook.make")
    assert entry.after == {"url": URL, "events": ["task.changed", "comment.written"]}
    assert secret not in str(vars(entry))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"url": "nonsense"}, "url"), ({"url": "https://127.0.0.1/"}, "url"), ({"events": []}, "events"), ({"events": ["task.burnt"]}, "events"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_field(values: dict[str, Any], field: str, officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        webhooks.make(by=officer, **{"url": URL, "events": ["task.changed"], **values})
    assert (caught.value.field, Webhook.objects.count()) == (field, 0)


def test_an_address_is_told_once_a_zone(officer: Person, outsider: tuple[User, Person]) -> None:
    hook = made(officer)
    other = made(officer, "https://other.example/")
    made(outsider[1])
    with pytest.raises(Invalid, match="该地址已有"):
        made(officer)
    with pytest.raises(Invalid, match="该地址已有"):
        webhooks.change(by=officer, webhook_id=other.pk, expected=1, url=hook.url, events=["task.changed"])


def test_a_zone_has_so_many(officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST", 1)
    made(officer)
    with pytest.raises(Conflict):
        made(officer, "https://other.example/")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PLANNING_OFFICER, Role.SYSTEM_ADMINISTRATOR)])
def test_others_make_none(role: Role, zone: Zone, unit: Unit) -> None:
    with pytest.raises(Forbidden):
        made(make_person(role, zone, unit)[1])


def test_a_reading_token_makes_none(officer: Person) -> None:
    with pytest.raises(Forbidden):
        made(replace(officer, may_write=False))


def test_it_is_changed_and_what_changes_nothing_leaves_no_trace(officer: Person) -> None:
    hook = made(officer)
    changed = webhooks.change(by=officer, webhook_id=hook.pk, expected=1, url=URL, events=["task.signed"])
    again = webhooks.change(by=officer, webhook_id=hook.pk, expected=2, url=URL, events=["task.signed"])
    assert (changed.events, changed.revision, again.revision) == (["task.signed"], 2, 2)
    entry = Entry.objects.get(action="webhook.change")
    assert (entry.before, entry.after) == ({"url": URL, "events": ["task.changed"]}, {"url": URL, "events": ["task.signed"]})


def test_a_new_secret_takes_the_place_of_the_old_one(officer: Person) -> None:
    hook, old = webhooks.make(by=officer, url=URL, events=["task.changed"])
    renewed, new = webhooks.renew_secret(by=officer, webhook_id=hook.pk, expected=1)
    assert (renewed.secret, renewed.revision, new == old) == (new, 2, False)
    assert Entry.objects.get(action="webhook.renew_secret").after is None


def test_out_of_use_and_back(officer: Person, task: Task) -> None:
    hook = made(officer)
    tell(by=officer, event=Event.TASK_CHANGED, task=task)
    webhooks.retire(by=officer, webhook_id=hook.pk, expected=1)
    tell(by=officer, event=Event.TASK_CHANGED, task=task)
    assert list(Delivery.objects.values_list("state", "next_at", "lease_until")) == [(DeliveryState.GIVEN_UP, None, None)]
    with pytest.raises(Conflict, match="早已停用"):
        webhooks.retire(by=officer, webhook_id=hook.pk, expected=2)
    webhooks.revive(by=officer, webhook_id=hook.pk, expected=2)
    with pytest.raises(Conflict, match="正在使用"):
        webhooks.revive(by=officer, webhook_id=hook.pk, expected=3)
    tell(by=officer, event=Event.TASK_CHANGED, task=task)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(("state", "told"), [("draft", []), ("withdrawn", []), ("sent", ["竣工日期待定"]), ("finished", ["竣工日期待定"])])
def test_what_is_said_of_a_task_leaves_only_while_it_is_out(state: str, told: list[str], hook: Webhook, officer: Person, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(state=state, finished_on=clock.today() if state == "finished" else None)
    comment(by=officer, task_id=task.pk, text="竣工日期待定")
    assert [payload["text"] for payload in Delivery.objects.values_list("payload", flat=True)] == told


def test_a_withdrawal_is_told_and_then_no_more(hook: Webhook, officer: Person, task: Task) -> None:
    withdraw(by=officer, task_id=task.pk, expected=task.revision, reason="另有安排")
    comment(by=officer, task_id=task.pk, text="竣工日期待定")
    (told,) = Delivery.objects.values_list("payload", flat=True)
    assert (told["event"], told["state"]) == ("task.changed", "withdrawn")


ACTS: list[Callable[..., object]] = [
    lambda **values: webhooks.change(url=URL, events=["task.signed"], **values), webhooks.renew_secret, webhooks.retire, webhooks.revive,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=["change", "renew", "retire", "revive"])
def test_neither_stale_nor_of_another_zone(act: Callable[..., object], officer: Person, outsider: tuple[User, Person]) -> None:
    hook = made(officer)
    for by, expected in ((officer, 7), (outsider[1], 1)):
        with pytest.raises(Conflict):
            act(by=by, webhook_id=hook.pk, expected=expected)
    hook.refresh_from_db()
    assert hook.revision == 1


def test_only_events_that_were_chosen_are_told_and_only_in_the_zone(officer: Person, outsider: tuple[User, Person], task: Task) -> None:
    made(outsider[1])
    made(officer, "https://comments.example/", ("comment.written",))
    hook = made(officer)
    tell(by=officer, event=Event.TASK_CHANGED, task=task, field="due_on")
    delivery = Delivery.objects.get()
    assert (delivery.webhook, delivery.event, delivery.state, delivery.attempts) == (hook, Event.TASK_CHANGED, DeliveryState.WAITING, 0)
    assert delivery.payload == {
        "event": "task.changed", "at": delivery.made_at.isoformat(), "by": officer.name, "task": task.pk, "number": task.number,
        "title": task.title, "plan": task.plan_id, "revision": task.revision, "field": "due_on",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_same_address_made_twice_at_once_is_one(officer: Person) -> None:
    found = at_once(*[lambda: made(officer)] * 2)
    assert (sorted(type(one).__name__ for one in found), Webhook.objects.count()) == (["Invalid", "Webhook"], 1)


@pytest.mark.django_db(transaction=True)
def test_two_renewals_at_once_give_one_secret(officer: Person, receiver: Receiver) -> None:
    hook = made(officer, receiver.url)
    found = at_once(*[lambda: webhooks.renew_secret(by=officer, webhook_id=hook.pk, expected=1)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "tuple"]
