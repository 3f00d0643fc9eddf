"""Rows for the tests of the site: small, valid, fictional."""

from __future__ import annotations

from datetime import date
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role, UnitKind
from lantu_web.accounts.models import Post, Unit, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock
from lantu_web.plans.models import Plan

PASSWORD = "kept-safe-2026"


def make_zone(slug: str = "yunxi", name: str = "云溪新区") -> Zone:
    return Zone.objects.create(slug=slug, name=name)


def make_unit(zone: Zone, name: str = "发展改革局", code: str | None = None, **values: Any) -> Unit:
    values.setdefault("kind", UnitKind.BUREAU)
    return Unit.objects.create(zone=zone, name=name, code=code or f"U{Unit.objects.count() + 1:03}", **values)


def make_user(username: str = "zhao", name: str = "赵启明", **values: Any) -> User:
    return User.objects.create_user(username=username, name=name, password=PASSWORD, **values)


def make_post(user: User, role: Role, zone: Zone | None = None, unit: Unit | None = None, **values: Any) -> Post:
    if role is Role.EVALUATOR:
        values.setdefault("valid_to", date(clock.today().year + 1, 12, 31))
    return Post.objects.create(user=user, role=role, zone=zone, unit=unit, **values)


def make_person(role: Role, zone: Zone | None, unit: Unit | None = None, username: str | None = None) -> tuple[User, Person]:
    """A user with one post, and the same as who acts in that zone."""
    user = make_user(username or f"{role.value}-{User.objects.count() + 1}", name=str(role.label))
    make_post(user, role, zone, unit)
    return user, person_in_zone(user, zone, on=clock.today(), address="192.0.2.1")


def make_plan(zone: Zone, name: str = "云溪新区高质量发展五年规划纲要", **values: Any) -> Plan:
    values.setdefault("period_start", 2026)
    values.setdefault("period_end", 2030)
    return Plan.objects.create(zone=zone, name=name, **values)
