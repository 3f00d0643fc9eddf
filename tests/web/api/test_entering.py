"""Who may call: a token and nothing else, so often a minute, and what is refused has one shape."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.web.api.conftest import Program, program_of

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import ApiToken, User, Zone
from lantu_web.lib import clock

STRANGER = {"error": {"code": "unauthorised", "message": "Send a valid token: Authorization: Bearer …", "field": None}}


def test_a_token_says_who_calls(calling: Program, officer: Person, zone: Zone) -> None:
    status, me = calling.get("/me")
    assert status == 200
    assert {key: me[key] for key in ("id", "name", "roles", "unit_ids", "language")} == {
        "id": officer.user_id, "name": officer.name, "roles": ["planning_officer"], "unit_ids": sorted(officer.unit_ids), "language": "zh-hans",
    }
    assert me["zone"]["slug"] == zone.slug
    assert {"right": "plan.approve", "label": "Record the approval of a plan, close a plan", "reach": "zone"} in me["rights"]
    assert "digest" not in me["token"]


def test_without_a_token_nothing_is_told(zone: Zone) -> None:
    assert Program().get("/me") == (401, STRANGER)
    assert Program("lantu_wrong").get("/me") == (401, STRANGER)


@pytest.mark.parametrize("values", [{"revoked_at": clock.now()}, {"expires_on": date(2020, 1, 1)}], ids=["revoked", "expired"])
def test_a_token_that_is_over_is_none(calling: Program, values: dict[str, object]) -> None:
    ApiToken.objects.update(**values)
    assert calling.get("/me") == (401, STRANGER)


def test_a_person_who_is_kept_out_has_no_token_either(calling: Program) -> None:
    User.objects.update(is_active=False)
    assert calling.get("/me") == (401, STRANGER)


def test_a_session_opens_nothing(officer: Person) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=officer.user_id), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/me", headers={"accept-language": "en"}).json() == STRANGER


def test_another_scheme_is_no_token_and_is_not_written_down(calling: Program, caplog: pytest.LogCaptureFixture, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEBUG = True
    with caplog.at_level(logging.DEBUG):
        response = Client().get("/api/v1/me", headers={"authorization": f"Token {calling.token}"})
        calling.get("/me")
    assert response.status_code == 401
    assert calling.token not in caplog.text


def test_messages_are_in_the_language_of_the_caller(zone: Zone) -> None:
    assert Program(language="zh-CN").get("/me")[1]["error"]["message"] == "请提供有效令牌：Authorization: Bearer …"
    assert Program(language="fr").get("/me")[1]["error"]["message"] == "请提供有效令牌：Authorization: Bearer …"


def test_an_address_that_is_none_is_answered_in_the_same_shape(calling: Program) -> None:
    nothing = {"error": {"code": "not_found", "message": "There is nothing here that you may see.", "field": None}}
    assert calling.get("/nonsense/1") == (404, nothing)
    assert Program().get("/nonsense/1") == (401, STRANGER)


def test_a_token_has_so_many_calls_a_minute(calling: Program, officer: Person, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANTU_API_CALLS_PER_MINUTE = 2
    assert [calling.get("/me")[0] for _ in range(4)] == [200, 200, 429, 429]
    assert program_of(officer).get("/me")[0] == 200


def test_who_waits_is_told_how_long(calling: Program, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANTU_API_CALLS_PER_MINUTE = 1
    calling.get("/me")
    response = calling.client.get("/api/v1/me", headers=calling.headers)
    seconds = int(response["Retry-After"])
    assert 0 < seconds <= 60
    assert response.json() == {"error": {"code": "too_many", "message": f"Too many calls; wait {seconds} seconds.", "field": None}}


def test_an_address_without_a_token_has_so_many_too_and_takes_none_from_others(calling: Program, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANTU_API_STRANGERS_PER_MINUTE = 2
    assert [Program(f"lantu_{number}").get("/me")[0] for number in range(4)] == [401, 401, 429, 429]
    assert Client().get("/api/v1/openapi.json").status_code == 429
    assert calling.get("/me")[0] == 200


def test_use_is_noted_but_not_with_every_call(calling: Program) -> None:
    calling.get("/me")
    first = ApiToken.objects.get().last_used_at
    calling.get("/me")
    assert first is not None
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(hours=1))
    calling.get("/me")
    assert ApiToken.objects.get().last_used_at > first  # type: ignore[operator]


def test_what_cannot_be_read_is_refused(calling: Program) -> None:
    response = calling.client.post("/api/v1/units", data="{", content_type="application/json", headers=calling.headers)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "refused")


def test_what_is_too_large_is_refused(calling: Program) -> None:
    body = "x" * (6 * 1024 * 1024)
    response = calling.client.post("/api/v1/units", data=body, content_type="application/json", headers=calling.headers)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "too_large")


def test_a_fault_of_the_program_is_told_without_its_trace(calling: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lantu_web.api.routers.me.tokens_of", lambda user: 1 / 0)
    calling.client.raise_request_exception = False
    status, answer = calling.get("/me/tokens")
    assert (status, answer["error"]["code"]) == (500, "fault")
    assert "division" not in str(answer)


def test_one_sees_and_ends_ones_own_tokens(calling: Program, officer: Person, zone: Zone) -> None:
    other = program_of(officer)
    listed = calling.get("/me/tokens")[1]
    assert (listed["total"], listed["page"], listed["page_size"]) == (2, 1, 50)
    key = ApiToken.objects.order_by("-pk").first().pk  # type: ignore[union-attr]
    assert calling.delete(f"/me/tokens/{key}")[0] == 200
    assert other.get("/me")[0] == 401
    assert calling.delete(f"/me/tokens/{key}")[0] == 409
    assert calling.delete("/me/tokens/999999")[0] == 404


def test_a_reading_token_ends_no_token(officer: Person) -> None:
    reading = program_of(officer, may_write=False)
    forbidden = {"error": {"code": "forbidden", "message": "This token may read only.", "field": None}}
    assert reading.delete(f"/me/tokens/{ApiToken.objects.get().pk}") == (403, forbidden)
