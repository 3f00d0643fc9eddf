"""Everybody asks for everything: every kind of person, every address of the office and the API, every object of their own unit, of another
unit, of another zone. What is expected follows from the one table of rights (``accounts.rights``) and from nothing that a view says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from tests.factories import rights_addresses as table
from tests.factories.openapi_bodies import request_of
from tests.factories.rights_world import Actor, Thing, World, standing

from lantu_web.accounts.rights import Reach, Right
from lantu_web.api import api

pytestmark = pytest.mark.django_db

OF_PLANS = frozenset({"plan", "reading", "original", "force", "version", "adjustment", "adjustment item", "adjustment line"})
OF_REVIEWS = frozenset({"review", "part", "candidate", "sentence", "finding", "reimport", "reimport line"})
OF_PEOPLE = frozenset({"person", "post", "identity"})
ABOVE_ZONES = frozenset({"installation", "zone object", "administrator"})
OWN = frozenset({"own token", "own import", "own exchange", "own exchange row", "own export"})
LEAVING = frozenset({"logout", "sessions-end"})  # they lead to the login
ACTORS = (
    "anonymous", "system_administrator", "planning_officer", "supervision_officer", "contact_person", "unit_head", "leader", "evaluator",
    "auditor", "officer of the other zone", "contact person and auditor", "contact person here, officer there",
    "officer whose post has ended", "deactivated officer",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, and gone when the module is over: all of it stands in one transaction."""
    refusals = ("lantu_web.office.views.errors.render", "lantu_web.office.middleware.render")
    with standing(django_db_blocker) as made, patch(refusals[0], bare), patch(refusals[1], bare):
        yield made


def bare(request: Any, template: str, context: Any = None, status: int = 200) -> HttpResponse:
    """A refusal without its page, which has tests of its own: here are thousands."""
    return HttpResponse(status=status)


@contextmanager
def undone() -> Iterator[None]:
    """What a call writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def office_patterns(resolver: Any = None, namespace: str = "") -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from office_patterns(pattern, pattern.namespace or namespace)
        elif namespace != "api":
            yield pattern


def api_operations() -> dict[str, tuple[str, str, Any]]:
    """Operation → (method, address, view)."""
    found = {}
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if operation.include_in_schema:
                    found[str(operation.operation_id)] = (operation.methods[0], re.sub(r"{\w+:", "{", path), operation.view_func)
    return found


def test_every_address_of_the_office_stands_in_the_table_with_the_right_that_its_door_asks_for() -> None:
    found = {str(pattern.name): getattr(pattern.callback, "right", "open") for pattern in office_patterns()}
    assert found == {name: "open" if row == table.PUBLIC else row[0] for name, row in table.OFFICE.items()}


def test_every_operation_stands_in_the_table_with_its_right() -> None:
    found = {name: view.right for name, (_method, _path, view) in api_operations().items()}
    assert found == {name: row[0] for name, row in table.API.items()}


def test_everything_else_of_the_interface_is_its_description_or_needs_a_token() -> None:
    shown = {"openapi-json", "api-root"}
    hidden = [operation for router in api._get_bound_routers() for view in router.path_operations.values() for operation in view.operations]
    assert all(operation.auth_callbacks for operation in hidden)
    assert {str(pattern.name) for pattern in api.urls[0] if pattern.name in shown} == shown


def sees(actor: Actor, kind: str, thing: Thing, zone: str) -> bool:
    """Whether the thing is there for somebody who acts in that zone."""
    by = actor.acting(zone)
    if thing.zone != zone:
        return False
    if kind in OF_REVIEWS:
        return by.may_in_unit(Right.PLAN_DRAFT_READ, thing.unit)
    if kind in OF_PLANS:
        return by.may_in_unit(Right.PLAN_DRAFT_READ, thing.unit) if thing.is_draft else by.may(Right.PLAN_READ)
    if kind in OF_PEOPLE:
        return by.may_in_unit(Right.PEOPLE_READ, thing.unit)
    return True


def expected(actor: Actor, right: Right | None, kind: str, thing: Thing, zone: str) -> set[str]:
    """What the table of rights says of that person, acting in that zone, and that thing."""
    by = actor.acting(zone)
    if right is not None and not by.may(right):
        return {"forbidden"}
    if not sees(actor, kind, thing, zone):
        return {"missing"}
    if right is not None and kind != "zone" and not by.may_in_unit(right, thing.unit):
        return {"forbidden", "missing"}
    return {"allowed"}


def expected_above(actor: Actor, right: Right) -> set[str]:
    """Pages of the installation: who has no post there learns nothing of them."""
    by = actor.acting("")
    return {"allowed"} if by.reach(right) is Reach.INSTALLATION else {"missing"}


def outcome(response: Any) -> str:
    status, place = response.status_code, urlsplit(response.headers.get("Location", "")).path
    if response.streaming:
        list(response.streaming_content)  # so that its file is closed
    if status in (302, 303) and place == reverse("office:login"):
        return "stranger"
    return {401: "stranger", 403: "forbidden", 404: "missing", 405: "not so", 500: "broken"}.get(status, "allowed")


def cases(world: World, actor: Actor, kind: str) -> list[Thing]:
    if kind in OWN:
        unit = min(actor.units, default=None)
        return [Thing(label="own", zone=actor.zone, unit=unit, ids=actor.own or dict.fromkeys(("token_id", "import_id", "exchange_id", "row_id", "export_id"), 1))]
    if kind in ("public", "own", "installation"):
        return [Thing(label="", zone=actor.zone, ids={})]
    things = list({thing.zone: thing for thing in world.things[kind]}.values()) if kind == "zone" else list(world.things[kind])
    return things if actor.roles else things[:1]  # who has no post is refused before anything is looked for


def office_address(name: str, kind: str, thing: Thing, zone: str) -> str:
    kwargs: dict[str, Any] = {given: thing.ids[own] for given, own in table.KWARGS.get(kind, {}).items()} | table.MORE_KWARGS.get(name, {})
    if kind not in ABOVE_ZONES | {"public", "own", "own token"}:
        kwargs["zone"] = zone
    return reverse(f"office:{name}", kwargs=kwargs)


def expected_of_office(address: str, actor: Actor, right: Right | None, kind: str, thing: Thing, zone: str) -> set[str]:
    if kind == "public":
        return {"allowed", "missing", "forbidden", "stranger"}
    if not actor.may_come_in:
        return {"stranger"}
    if kind in ("own", "own token"):
        return {"stranger"} if address in LEAVING else {"allowed"}
    if kind in ABOVE_ZONES:
        assert right is not None
        return expected_above(actor, right)
    if not actor.enters(zone):
        return {"missing"}
    return expected(actor, right, kind, thing, zone)


def zones_to_ask_in(actor: Actor, kind: str, thing: Thing) -> list[str]:
    """Under the zone of the thing, and for a thing of another zone under the actor's own: a wrong key behind a right address."""
    if kind in {*ABOVE_ZONES, "zone"} or thing.zone == actor.zone or not actor.roles:
        return [thing.zone]
    return [actor.zone, thing.zone] if actor.enters(thing.zone) else [actor.zone]


@pytest.mark.parametrize("name", ACTORS)
def test_the_office_opens_to_whom_the_table_of_rights_says(world: World, name: str) -> None:
    actor = next(one for one in world.actors if one.name == name)
    assert actor.client is not None
    actor.client.raise_request_exception = False
    wrong = []
    for address, (right, kind) in table.OFFICE.items():
        for thing in cases(world, actor, kind):
            for zone in zones_to_ask_in(actor, kind, thing):
                hoped = expected_of_office(address, actor, right, kind, thing, zone)
                told = asked(actor.client, office_address(address, kind, thing, zone), both="allowed" in hoped)
                writing = hoped_of_a_post(address, actor, hoped, kind, thing, zone)
                if not told or any(answer not in (writing if method == "POST" else hoped) for method, answer in told.items()):
                    wrong.append(f"{address} in {zone} ({thing.label}): {told}, expected {sorted(hoped)}, of a POST {sorted(writing)}")
    assert not wrong, "\n".join(wrong)


def hoped_of_a_post(address: str, actor: Actor, hoped: set[str], kind: str, thing: Thing, zone: str) -> set[str]:
    """The same, but where writing asks for a right of its own: who lacks it is refused."""
    right = table.OFFICE_POST.get(address)
    if right is None or "forbidden" not in expected_of_office(address, actor, right, kind, thing, zone):
        return hoped
    return (hoped - {"allowed"}) | {"forbidden"}


def asked(client: Client, path: str, *, both: bool) -> dict[str, str]:
    """How it answers to each of the methods that it knows; where it is to refuse, the one that could write is enough."""
    told: dict[str, str] = {}
    cookies = deepcopy(client.cookies)
    for method in ("POST", "GET"):
        if both or not told:
            client.cookies = deepcopy(cookies)
            with undone():
                answer = outcome(client.generic(method, path))
            told |= {method: answer} if answer != "not so" else {}
    client.cookies = cookies
    return told


def expected_of_api(actor: Actor, right: Right | None, kind: str, thing: Thing) -> set[str]:
    """A token acts in the zone that it was made for."""
    if not actor.may_come_in:
        return {"stranger"}
    if kind == "own" or (kind == "own token" and right is None):
        return {"allowed"}
    if kind == "zone object":
        return expected(actor, right, "zone", Thing(label="", zone=actor.zone, ids={}), actor.zone)
    if kind == "zone":  # of such operations the token says which zone it is
        thing = Thing(label="", zone=actor.zone, ids={})
    return expected(actor, right, kind, thing, actor.zone)


@pytest.fixture(scope="module")
def bodies() -> dict[str, dict[str, Any]]:
    """For each operation the smallest request that it accepts, so that a thing is looked for."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    every = [operation for path in document["paths"].values() for operation in path.values()]
    return {operation["operationId"]: request_of(operation, document) for operation in every}


@pytest.mark.parametrize("name", ACTORS)
def test_the_interface_opens_to_whom_the_table_of_rights_says(world: World, bodies: dict[str, Any], name: str) -> None:
    actor = next(one for one in world.actors if one.name == name)
    client, headers = Client(raise_request_exception=False), {"authorization": f"Bearer {actor.token}"} if actor.token else {}
    wrong = []
    operations = api_operations()
    for operation, (right, kind) in table.API.items():
        method, path, _view = operations[operation]
        for thing in cases(world, actor, kind) if kind != "zone" else [Thing(label="", zone=actor.zone, ids={})]:
            with undone():
                address = f"/api/v1{path.format(**thing.ids)}{table.QUERIES.get(operation, '')}"
                told = outcome(client.generic(method, address, headers=headers, **bodies[operation]))
            hoped = expected_of_api(actor, right, kind, thing)
            if told not in hoped:
                wrong.append(f"{operation} ({thing.label}): {told}, expected {sorted(hoped)}")
    assert not wrong, "\n".join(wrong)
