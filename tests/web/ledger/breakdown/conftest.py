"""A plan in force with everything of it to be decided, its zone with a few units, and its scheme opened."""

from __future__ import annotations

import pytest
from tests.factories.life import approved, decided
from tests.factories.web import SMALL_TEXT, make_person, make_reviewed_plan, make_unit

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.bridge.breakdown import Choice, accept, proposals
from lantu_web.plans.models import Item, Plan
from lantu_web.tasks.commands.dividing import open_division
from lantu_web.tasks.models import Division, Task


@pytest.fixture
def economy(zone: Zone) -> Unit:
    return make_unit(zone, "经济发展局", "003", short_name="经发局")


@pytest.fixture
def plan(zone: Zone, unit: Unit, other_unit: Unit, economy: Unit, officer: Person) -> Plan:
    return approved(decided(make_reviewed_plan(zone, SMALL_TEXT, unit=unit)), officer)


@pytest.fixture
def division(plan: Plan, officer: Person) -> Division:
    return open_division(by=officer, plan_id=plan.pk)


@pytest.fixture
def everything(division: Division, officer: Person) -> dict[str, Task]:
    """All that is proposed, taken over as proposed; by the code of the item."""
    choices = [
        Choice(item=one.said.item.pk, lead_unit=one.draft.lead_unit, left_out=one.draft.left_out) for one in proposals(division.plan)
    ]
    made = accept(by=officer, division_id=division.pk, choices=choices)
    codes = dict(Item.objects.filter(plan=division.plan).values_list("pk", "code"))
    return {codes[task.item_id]: task for task in made if task.item_id is not None}


@pytest.fixture
def outsider(other_zone: Zone) -> tuple[User, Person]:
    """A planning officer of the other zone."""
    return make_person(Role.PLANNING_OFFICER, other_zone, None, username="outsider")


@pytest.fixture
def contact(zone: Zone, economy: Unit) -> tuple[User, Person]:
    return make_person(Role.CONTACT_PERSON, zone, economy, username="contact")
