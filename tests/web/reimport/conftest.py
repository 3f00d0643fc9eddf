"""A decided plan in review, and amended texts of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.factories.life import decided
from tests.factories.reimport import amended_by
from tests.factories.web import make_reviewed_plan

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, Zone
from lantu_web.plans.models import Plan, Reimport

Amend = Callable[..., Reimport]


@pytest.fixture
def plan(zone: Zone, unit: Unit) -> Plan:
    return decided(make_reviewed_plan(zone, unit=unit))


@pytest.fixture
def amend(plan: Plan, officer: Person) -> Amend:
    """Compare the plan with its text after these replacements: ``amend(("500亿元", "480亿元"))``."""
    return lambda *replacements: amended_by(plan, officer, *replacements)
