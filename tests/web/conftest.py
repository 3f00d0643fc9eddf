"""What every test of the site stands on: a zone with two units, another zone, and people of every role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.web import make_person, make_unit, make_zone

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone


@pytest.fixture
def zone(db: None) -> Zone:
    return make_zone()


@pytest.fixture
def other_zone(db: None) -> Zone:
    return make_zone("heyuan", "河源新区")


@pytest.fixture
def unit(zone: Zone) -> Unit:
    return make_unit(zone, "发展改革局", "001")


@pytest.fixture
def other_unit(zone: Zone) -> Unit:
    return make_unit(zone, "生态环境局", "002")


@pytest.fixture
def officer(zone: Zone, unit: Unit) -> Person:
    """A planning officer of the zone."""
    return make_person(Role.PLANNING_OFFICER, zone, unit, username="officer")[1]


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    """A browser in which that user is logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in
