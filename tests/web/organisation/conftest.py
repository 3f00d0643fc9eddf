"""People who look at the organisation from every side, and a date on which things happen."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.web import make_person, make_post, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock


@pytest.fixture
def today() -> date:
    return clock.today()


@pytest.fixture
def administrator(zone: Zone) -> Person:
    """A system administrator, acting in the zone."""
    user = make_user("admin", "系统管理员")
    make_post(user, Role.SYSTEM_ADMINISTRATOR)
    return person_in_zone(user, zone, on=clock.today(), address="192.0.2.1")


@pytest.fixture
def contact(zone: Zone, unit: Unit) -> Person:
    """The contact person of the unit."""
    return make_person(Role.CONTACT_PERSON, zone, unit, username="contact")[1]
