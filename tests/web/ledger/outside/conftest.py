"""A task that was sent out, a program that listens on this machine, and people who may and may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from tests.factories.receiver import Receiver, listening
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.lib import clock
from lantu_web.tasks.enums import Event, TaskState
from lantu_web.tasks.models import Division, Task, Webhook

HERE = [ip_network("127.0.0.0/8")]


@pytest.fixture
def division(zone: Zone) -> Division:
    return make_division(zone)


@pytest.fixture
def task(division: Division, unit: Unit) -> Task:
    """Sent out, led by the first unit."""
    return make_task(division, lead=unit, state=TaskState.SENT, due_on=date(clock.today().year + 1, 6, 30))


@pytest.fixture
def contact(zone: Zone, unit: Unit) -> tuple[User, Person]:
    """The contact person of the lead unit."""
    return make_person(Role.CONTACT_PERSON, zone, unit, username="contact")


@pytest.fixture
def other_contact(zone: Zone, other_unit: Unit) -> tuple[User, Person]:
    return make_person(Role.CONTACT_PERSON, zone, other_unit, username="other-contact")


@pytest.fixture
def outsider(other_zone: Zone) -> tuple[User, Person]:
    """A planning officer of the other zone."""
    return make_person(Role.PLANNING_OFFICER, other_zone, None, username="outsider")


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.LANTU_WEBHOOK_NETWORKS = HERE
    with listening() as found:
        yield found


@pytest.fixture
def hook(zone: Zone, receiver: Receiver) -> Webhook:
    """Told of changes of tasks and of comments."""
    events = [Event.TASK_CHANGED, Event.COMMENT_WRITTEN]
    return Webhook.objects.create(zone=zone, url=receiver.url, events=events, secret="whsec_kept", created_at=clock.now())


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let time pass."""

    def pass_by(**time: float) -> None:
        then = clock.now() + timedelta(**time)
        monkeypatch.setattr(clock, "now", lambda: then)

    return pass_by
