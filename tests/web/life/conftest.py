"""A reviewed plan ready for approval, and the same approved."""

from __future__ import annotations

import pytest
from tests.factories.life import approved, decided
from tests.factories.web import make_person, make_reviewed_plan

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.plans.models import Plan


@pytest.fixture
def reviewed(zone: Zone, unit: Unit) -> Plan:
    """In review, nothing decided yet."""
    return make_reviewed_plan(zone, unit=unit)


@pytest.fixture
def ready(reviewed: Plan) -> Plan:
    """Everything accepted but the actors, which are rejected."""
    return decided(reviewed)


@pytest.fixture
def plan(ready: Plan, officer: Person) -> Plan:
    """Approved as version 1."""
    return approved(ready, officer)


@pytest.fixture
def outsider(other_zone: Zone) -> tuple[User, Person]:
    """A planning officer of the other zone."""
    return make_person(Role.PLANNING_OFFICER, other_zone, None, username="outsider")


@pytest.fixture
def leader(zone: Zone) -> tuple[User, Person]:
    return make_person(Role.LEADER, zone, None, username="leader")


@pytest.fixture
def contact(zone: Zone, other_unit: Unit) -> tuple[User, Person]:
    """The contact person of another unit than the plan's."""
    return make_person(Role.CONTACT_PERSON, zone, other_unit, username="contact")
