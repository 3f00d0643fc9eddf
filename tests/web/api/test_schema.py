"""The description of the interface holds: whatever is asked, nothing breaks, and what is answered is what the description says."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.factories import rights_addresses as table
from tests.factories.openapi_bodies import request_of
from tests.factories.rights_world import Actor, Thing, World, standing
from tests.factories.web import make_post, make_user
from tests.web.api.conftest import program_of

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.api import api
from lantu_web.lib import clock

pytestmark = pytest.mark.django_db

DOCUMENT: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = [
    pytest.param(method, path, id=operation["operationId"]) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()
]
EXAMPLES = 100 if os.environ.get("LANTU_EXAMPLES") == "thorough" else 4
STRANGE = st.sampled_from(["", "0", "-1", "1e9", "9" * 30, "\x00", "未来", "<script>alert(1)</script>", "2026-13-40", "true", "null"])


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everything that can be asked for, gone when the module is over."""
    with standing(django_db_blocker) as made:
        yield made


def caller_of(world: World, operation: str) -> Actor:
    """Somebody who may ask: the planning officer, or the system administrator for people and zones, the auditor for the trail."""
    right = table.API[operation][0]
    name = "planning_officer"
    if right is not None and right.value.startswith(("people.write", "zone.")):
        name = "system_administrator"
    if right is not None and right.value.startswith("audit."):
        name = "auditor"
    return next(actor for actor in world.actors if actor.name == name)


def ids_of(world: World, actor: Actor, operation: str) -> dict[str, int]:
    kind = table.API[operation][1]
    things = world.things.get(kind, (Thing(label="", zone="", ids=actor.own),))
    return dict(things[0].ids)


def call(actor: Actor, method: str, address: str, **values: Any) -> Any:
    """The answer; what was written is taken back."""
    with transaction.atomic():
        response = Client().generic(method, address, headers={"authorization": f"Bearer {actor.token}"}, **values)
        if response.streaming:
            list(response.streaming_content)
        transaction.set_rollback(True)
    return response


def holds(response: Any, operation: dict[str, Any]) -> None:
    """The status is one of those that are described, the content as described for it."""
    answers = operation["responses"]
    assert str(response.status_code) in answers, (response.status_code, response.content[:300])
    content = answers[str(response.status_code)].get("content", {})
    if "application/json" in content:
        schema = {**content["application/json"]["schema"], "components": DOCUMENT["components"]}
        faults = [fault.message for fault in Draft202012Validator(schema).iter_errors(response.json())]
        assert faults == []
    elif response.status_code == 204:
        assert response.content == b""


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_smallest_request_is_answered_as_described(world: World, method: str, path: str) -> None:
    operation = DOCUMENT["paths"][path][method]
    name = operation["operationId"]
    actor = caller_of(world, name)
    address = path.format(**ids_of(world, actor, name)) + table.QUERIES.get(name, "")
    response = call(actor, method.upper(), address, **request_of(operation, DOCUMENT))
    holds(response, operation)
    assert response.status_code not in (401, 403, 404)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_asked_is_answered_as_described(world: World, method: str, path: str) -> None:
    operation = DOCUMENT["paths"][path][method]
    name = operation["operationId"]
    actor = caller_of(world, name)
    ids = ids_of(world, actor, name)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=SCHEMA[path][method.upper()].as_strategy(), real=st.booleans(), query=st.dictionaries(STRANGE, STRANGE, max_size=2))
    def asks(case: Any, real: bool, query: dict[str, str]) -> None:
        asked = {key: ids.get(key, 1) if real else value for key, value in (case.path_parameters or {}).items()}
        body = {} if "multipart" in str(case.media_type) or not isinstance(case.body, dict | list) else {"data": json.dumps(case.body)}
        values = request_of(operation, DOCUMENT) | ({**body, "content_type": "application/json"} if body else {})
        address = path.format(**asked)
        parameters = {**(case.query or {}), **query}
        response = call(actor, method.upper(), address, query_params={key: str(value) for key, value in parameters.items()}, **values)
        if response.status_code != 404 or "404" in operation["responses"]:
            holds(response, operation)

    asks()


def test_a_token_for_reading_writes_nothing(world: World) -> None:
    """Every operation that writes, with the rights to all of them."""
    zone = Zone.objects.get(slug="yunxi")
    user = make_user("everything")
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.PLANNING_OFFICER):
        make_post(user, role, None if role is Role.SYSTEM_ADMINISTRATOR else zone)
    reading = program_of(person_in_zone(user, zone, on=clock.today()), may_write=False)
    told = {
        operation["operationId"]: reading.call(method.upper(), re.sub(r"{\w+}", "1", path.removeprefix("/api/v1")))
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
        if operation["x-writes"]
    }  # fmt: skip
    refused = (403, {"error": {"code": "forbidden", "message": "This token may read only.", "field": None}})
    assert len(told) > 50
    assert {name: answer for name, answer in told.items() if answer != refused} == {}


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "1e400", "[" * 3000, '{"name": "\\ud800"}', '{"name": NaN}', '{"name": "a\\u0000b"}'])
@pytest.mark.parametrize("path", ["/plans", "/units", "/groups"])
def test_bodies_that_are_none_are_refused(world: World, path: str, body: str) -> None:
    actor = caller_of(world, "create_plan")
    response = call(actor, "POST", f"/api/v1{path}", data=body, content_type="application/json")
    assert response.status_code in (201, 400, 422)
    assert response.status_code != 201 or "\x00" not in response.json()["name"]


def test_the_description_is_open_to_everybody_and_says_its_version() -> None:
    response = Client().get("/api/v1/openapi.json")
    assert (response.status_code, response.json()["openapi"]) == (200, "3.1.0")
    assert response.json()["components"]["securitySchemes"] == {"TokenAuth": {"type": "http", "scheme": "bearer"}}


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["tags"]
            refusals = {status for status, answer in operation["responses"].items() if answer.get("content") == refusal}
            assert {"401", "403", "422", "429"} <= refusals
            assert ("404" in refusals) == ("{" in path)
    names = [operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))
