"""Programs that call the API, each with a token of its person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from tests.factories.web import make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.tokens import make
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, Zone
from lantu_web.api import rates
from lantu_web.lib import clock


class Program:
    """A caller with one token (or none); answers are parsed."""

    def __init__(self, token: str = "", language: str = "en") -> None:
        self.client, self.token = Client(), token
        self.headers = {"accept-language": language, **({"authorization": f"Bearer {token}"} if token else {})}

    def call(self, method: str, path: str, body: Any = None, **values: Any) -> tuple[int, Any]:
        """The status and the parsed answer."""
        if body is not None:
            values |= {"data": json.dumps(body), "content_type": "application/json"}
        response = self.client.generic(method, f"/api/v1{path}", headers=self.headers, **values)
        return response.status_code, response.json() if response.content else None

    def get(self, path: str) -> tuple[int, Any]:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None) -> tuple[int, Any]:
        return self.call("POST", path, {} if body is None else body)

    def put(self, path: str, body: Any) -> tuple[int, Any]:
        return self.call("PUT", path, body)

    def delete(self, path: str) -> tuple[int, Any]:
        return self.call("DELETE", path)


def program_of(person: Person, *, may_write: bool = True, language: str = "en") -> Program:
    """A program with a new token of that person."""
    raw = make(by=person, name="probe", may_write=may_write, expires_on=date(clock.today().year + 1, 1, 1))[1]
    return Program(raw, language)


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Calls are counted from nothing, and no test crosses the end of a minute."""
    now = clock.now()
    monkeypatch.setattr(rates, "clock", SimpleNamespace(now=lambda: now))
    caches["rates"].clear()
    yield
    caches["rates"].clear()


@pytest.fixture
def calling(officer: Person) -> Program:
    """A program of the planning officer."""
    return program_of(officer)


@pytest.fixture
def as_role(zone: Zone, unit: Unit) -> Callable[[Role], Program]:
    """A program of a person with that role in the zone's first unit (the system administrator's acts in the zone)."""

    def made(role: Role, **values: Any) -> Program:
        if role is Role.SYSTEM_ADMINISTRATOR:
            from dataclasses import replace

            person = replace(make_person(role, None)[1], zone_id=zone.pk)
            return program_of(person, **values)
        return program_of(make_person(role, zone, unit)[1], **values)

    return made
