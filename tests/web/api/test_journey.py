"""A plan's whole life through the API alone: registered, uploaded, read, reviewed, approved, adjusted, compared, audited."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.web import SMALL_TEXT, make_unit
from tests.web.api.conftest import Program, program_of

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, Zone
from lantu_web.bridge.read_original import read_original

pytestmark = pytest.mark.django_db


def upload(calling: Program, plan_id: int, data: bytes, name: str = "规划.txt") -> tuple[int, Any]:
    response = calling.client.post(f"/api/v1/plans/{plan_id}/readings", {"file": SimpleUploadedFile(name, data)}, headers=calling.headers)
    return response.status_code, response.json()


def all_of(calling: Program, path: str) -> list[dict[str, Any]]:
    mark = "&" if "?" in path else "?"
    status, page = calling.get(f"{path}{mark}page_size=200")
    assert status == 200, page
    assert page["total"] == len(page["items"])
    return page["items"]  # type: ignore[no-any-return]


@pytest.fixture
def plan(calling: Program, unit: Unit) -> dict[str, Any]:
    status, made = calling.post("/plans", {"name": "云溪新区规划", "kind": "development", "unit_id": unit.pk, "period_start": 2026, "period_end": 2030})
    assert status == 201
    return made  # type: ignore[no-any-return]


@pytest.fixture
def read(calling: Program, plan: dict[str, Any]) -> dict[str, Any]:
    """The plan, in review."""
    reading = upload(calling, plan["id"], SMALL_TEXT.encode())[1]
    read_original(reading_id=reading["id"])
    return calling.get(f"/plans/{plan['id']}")[1]  # type: ignore[no-any-return]


def accept_all(calling: Program, plan: dict[str, Any]) -> None:
    for candidate in all_of(calling, f"/plans/{plan['id']}/candidates?state=open"):
        seen = {"revision": candidate["revision"]}
        assert calling.post(f"/plans/{plan['id']}/candidates/{candidate['id']}/accept", seen)[0] == 200


def test_a_plan_is_registered_found_and_changed(calling: Program, plan: dict[str, Any], unit: Unit) -> None:
    assert plan == {
        "id": plan["id"], "name": "云溪新区规划", "kind": "development", "level": "zone", "state": "draft", "unit": {"id": unit.pk, "name": unit.name},
        "parent_id": None, "issuing_body": "", "approving_body": "", "document_number": "", "issued_on": None, "period_start": 2026,
        "period_end": 2030, "filing_number": "", "filed_on": None, "approved_on": None, "closed_on": None, "revision": 1,
    }
    listed = calling.get("/plans?kind=development&year=2027&text=云溪&sort=-period")[1]
    assert listed == {"items": [plan], "total": 1, "page": 1, "page_size": 50}
    assert calling.get("/plans?state=approved")[1]["items"] == []
    assert calling.get("/plans/tree")[1]["items"] == [{"plan": plan, "depth": 0, "children": 0}]
    change = {"name": "云溪新区五年规划", "unit_id": unit.pk, "period_start": 2026, "period_end": 2030, "revision": 1}
    status, changed = calling.put(f"/plans/{plan['id']}", change)
    assert (status, changed) == (200, {**plan, "name": "云溪新区五年规划", "revision": 2})
    assert calling.put(f"/plans/{plan['id']}", change)[0] == 409
    status, filed = calling.post(f"/plans/{plan['id']}/filing", {"revision": 2, "filing_number": "备〔2026〕1号", "filed_on": "2026-02-01"})
    assert (status, filed["filing_number"], filed["filed_on"]) == (200, "备〔2026〕1号", "2026-02-01")


def test_what_cannot_be_names_its_field(calling: Program, plan: dict[str, Any]) -> None:
    taken = calling.post("/plans", {"name": "云溪新区规划"})
    assert taken == (422, {"error": {"code": "invalid", "message": "“云溪新区规划” is in the register already.", "field": "name"}})
    assert calling.post("/plans", {"name": "x", "kind": "poem"})[1]["error"]["field"] == "kind"
    assert calling.post("/plans", {"name": "x", "colour": "red"})[1]["error"]["field"] == "colour"


def test_a_file_is_uploaded_read_and_given_back(calling: Program, plan: dict[str, Any]) -> None:
    status, reading = upload(calling, plan["id"], SMALL_TEXT.encode())
    assert (status, reading["state"], reading["percent"], reading["plan_id"]) == (202, "queued", 0, plan["id"])
    assert upload(calling, plan["id"], b"other")[0] == 409
    read_original(reading_id=reading["id"])
    told = calling.get(f"/readings/{reading['id']}")[1]
    assert (told["state"], told["stage"], told["percent"], told["message"]) == ("done", "finished", 100, "")
    assert [one["id"] for one in all_of(calling, f"/plans/{plan['id']}/readings")] == [reading["id"]]
    response = calling.client.get(f"/api/v1/originals/{reading['original']['id']}/file", headers=calling.headers)
    assert b"".join(response.streaming_content) == SMALL_TEXT.encode()  # type: ignore[attr-defined]
    assert response["X-Lantu-SHA256"] == reading["original"]["sha256"]
    assert calling.post(f"/readings/{reading['id']}/cancel")[0] == 409


def test_a_reading_that_waits_is_cancelled(calling: Program, plan: dict[str, Any]) -> None:
    reading = upload(calling, plan["id"], SMALL_TEXT.encode())[1]
    status, told = calling.post(f"/readings/{reading['id']}/cancel")
    assert (status, told["state"]) == (200, "cancelled")


def test_a_file_that_is_no_plan_says_why(calling: Program, plan: dict[str, Any]) -> None:
    assert upload(calling, plan["id"], b"", "空.txt")[1]["error"]["field"] == "file"
    reading = upload(calling, plan["id"], b"All quiet on the western front. " * 9)[1]
    read_original(reading_id=reading["id"])
    told = calling.get(f"/readings/{reading['id']}")[1]
    assert (told["state"], told["problem"]) == ("failed", "NotAPlan")
    assert told["message"].startswith("The text was read, but it does not look like a Chinese plan.")


def test_a_file_that_is_too_large_is_refused_before_it_is_taken_in(calling: Program, plan: dict[str, Any], settings) -> None:  # type: ignore[no-untyped-def]
    settings.LANTU_UPLOAD_BYTES = 1000
    status, answer = upload(calling, plan["id"], b"x" * 100_000)
    assert (status, answer["error"]["code"]) == (413, "too_large")
    assert upload(calling, plan["id"], b"x" * 2_000)[0] == 422


def test_the_text_is_read_and_covered(calling: Program, read: dict[str, Any]) -> None:
    path = f"/plans/{read['id']}"
    headings = all_of(calling, f"{path}/headings")
    assert [(one["number"], one["title"]) for one in headings if one["level"] == 1][:2] == [("第一章", "发展基础"), ("第二章", "主要目标")]
    sentences = all_of(calling, f"{path}/sentences")
    assert [one["position"] for one in sentences] == list(range(len(sentences)))
    last = headings[-1]
    below = all_of(calling, f"{path}/sentences?section={last['id']}&standing=open")
    assert {one["heading_id"] for one in below} == {last["id"]}
    before = calling.get(f"{path}/coverage")[1]
    status, marked = calling.post(f"{path}/sentences/{below[0]['id']}/not-a-task", {"revision": 1, "reason": "一般性要求"})
    assert (status, marked["standing"], marked["reason"], marked["revision"]) == (200, "not_a_task", "一般性要求", 2)
    after = calling.get(f"{path}/coverage")[1]
    assert after["not_a_task"] == before["not_a_task"] + len(below[0]["text"])
    assert calling.post(f"{path}/sentences/{below[0]['id']}/not-a-task", {"revision": 1, "reason": "一般性要求"})[0] == 409
    assert calling.post(f"{path}/sentences/{below[0]['id']}/reopen", {"revision": 2})[1]["standing"] == "open"
    seen = [{"id": one["id"], "revision": 3 if one is below[0] else 1} for one in below]
    status, rows = calling.post(f"{path}/sentences/not-a-task", {"section": last["id"], "seen": seen, "reason": "保障性表述"})
    assert (status, {one["standing"] for one in rows}) == (200, {"not_a_task"})


def test_candidates_are_decided(calling: Program, read: dict[str, Any], officer: Person) -> None:
    path = f"/plans/{read['id']}/candidates"
    targets = all_of(calling, f"{path}?kind=target")
    first = targets[0]
    status, accepted = calling.post(f"{path}/{first['id']}/accept", {"revision": first["revision"]})
    assert (status, accepted["state"], accepted["decided_by"]) == (200, "accepted", {"id": officer.user_id, "name": officer.name})
    late = calling.post(f"{path}/{first['id']}/accept", {"revision": first["revision"]})
    assert (late[0], late[1]["error"]["code"]) == (409, "conflict")
    status, edited = calling.put(f"{path}/{first['id']}", {"revision": 2, "content": {**first["content"], "value": "510.0"}})
    assert (status, edited["content"]["value"], edited["revision"]) == (200, "510", 3)
    wrong = calling.put(f"{path}/{first['id']}", {"revision": 3, "content": {**first["content"], "value": "viel"}})
    assert (wrong[0], wrong[1]["error"]["field"]) == (422, "value")
    second = targets[1]
    status, rejected = calling.post(f"{path}/{second['id']}/reject", {"revision": 1, "reason": "duplicate"})
    assert (status, rejected["state"], rejected["reject_reason"]) == (200, "rejected", "duplicate")
    assert calling.post(f"{path}/{second['id']}/reopen", {"revision": 2})[1]["state"] == "open"
    told = calling.get(f"{path}/{second['id']}")[1]
    assert [one["act"] for one in told["history"]] == ["reopen", "reject"]


def test_candidates_are_split_merged_and_added(calling: Program, read: dict[str, Any]) -> None:
    path = f"/plans/{read['id']}/candidates"
    task = all_of(calling, f"{path}?kind=task")[0]
    middle = (task["start"] + task["end"]) // 2
    parts = [
        {"start": task["start"], "end": middle, "content": {**task["content"], "title": "前一半"}},
        {"start": middle, "end": task["end"], "content": {**task["content"], "title": "后一半"}},
    ]
    status, made = calling.post(f"{path}/{task['id']}/split", {"revision": 1, "parts": parts})
    assert (status, [one["label"] for one in made], {one["parent_id"] for one in made}) == (200, ["前一半", "后一半"], {task["id"]})
    seen = [{"id": one["id"], "revision": one["revision"]} for one in made]
    status, merged = calling.post(f"{path}/merge", {"seen": seen, "content": task["content"], "accept": True})
    assert (status, merged["origin"], merged["state"], merged["start"], merged["end"]) == (201, "merged", "accepted", task["start"], task["end"])
    words = {"start": task["start"], "end": task["end"], "kind": "mechanism", "content": {"name": "链长制", "category": "", "practice": ""}}
    status, added = calling.post(path, words)
    assert (status, added["origin"], added["state"], added["label"]) == (201, "added", "accepted", "链长制")


def test_a_section_is_accepted_at_once(calling: Program, read: dict[str, Any]) -> None:
    path = f"/plans/{read['id']}"
    heading = next(one for one in all_of(calling, f"{path}/headings") if one["title"] == "主要目标")
    rows = all_of(calling, f"{path}/candidates?section={heading['id']}&state=open")
    seen = [{"id": one["id"], "revision": one["revision"]} for one in rows]
    body = {"section": heading["id"], "seen": seen, "with_doubt": True}
    status, accepted = calling.post(f"{path}/candidates/accept", body)
    assert (status, {one["state"] for one in accepted}, len(accepted)) == (200, {"accepted"}, len(rows))
    assert calling.post(f"{path}/candidates/accept", body)[0] == 409


def test_a_plan_is_approved_adjusted_and_compared(calling: Program, read: dict[str, Any], zone: Zone, unit: Unit, as_role: Any) -> None:
    path = f"/plans/{read['id']}"
    given = {"revision": read["revision"], "approving_body": "新区管委会", "document_number": "云管发〔2026〕1号", "approved_on": "2026-01-20"}
    assert {one["code"] for one in calling.get(f"{path}/approval")[1]["hurdles"]} == {"open_candidates", "nothing_accepted"}
    assert calling.post(f"{path}/approval", given)[0] == 409
    accept_all(calling, read)
    status, version = calling.post(f"{path}/approval", given)
    assert (status, version["number"], version["effective_on"]) == (201, 1, "2026-01-20")
    items = all_of(calling, f"{path}/items?kind=target")
    adjustment = calling.post(f"{path}/adjustments", {"title": "调整目标", "trigger": "environment", "reason": "外部环境变化"})[1]
    lines = f"/adjustments/{adjustment['id']}/lines"
    change = {"revision": 1, "change": "change", "item_id": items[0]["id"], "content": {**items[0]["content"], "value": "480"}}
    status, detail = calling.post(lines, change)
    assert (status, [one["code"] for one in detail["lines"]], detail["adjustment"]["revision"]) == (201, [items[0]["code"]], 2)
    assert calling.post(lines, {"revision": 2, "change": "add"})[1]["error"]["field"] == "kind"
    calling.post(f"/adjustments/{adjustment['id']}/consult", {"revision": 2})
    contact = as_role(Role.CONTACT_PERSON)
    said = {"position": "agree", "given_on": "2026-06-01"}
    status, opinion = contact.post(f"/adjustments/{adjustment['id']}/opinions", said)
    assert (status, opinion["body"], opinion["unit"]) == (201, unit.name, {"id": unit.pk, "name": unit.name})
    approval = {"revision": 3, "approving_body": "新区管委会", "document_number": "云管发〔2026〕9号", "approved_on": "2026-06-30", "effective_on": "2026-07-01"}
    status, second = calling.post(f"/adjustments/{adjustment['id']}/approval", approval)
    assert (status, second["number"]) == (201, 2)
    compared = calling.get(f"{path}/versions/compare?first=1&second=2")[1]
    assert [(row["code"], row["change"], [pair["name"] for pair in row["fields"]]) for row in compared["rows"]] == [(items[0]["code"], "change", ["value"])]
    revised = all_of(calling, f"{path}/items?only=revised")
    assert [(one["original"]["value"], one["content"]["value"], one["since_version"]) for one in revised] == [(items[0]["content"]["value"], "480", 2)]
    baseline = {one["code"]: one["content"] for one in all_of(calling, f"{path}/versions/1/items")}
    assert baseline[items[0]["code"]] == items[0]["content"]
    assert [one["number"] for one in all_of(calling, f"{path}/versions")] == [2, 1]
    plan = calling.get(path)[1]
    assert plan["state"] == "adjusted"
    status, closed = calling.post(f"{path}/closing", {"revision": plan["revision"], "closed_on": "2026-08-01"})
    assert (status, closed["state"]) == (200, "closed")
    assert calling.get(f"{path}/opinions")[1]["total"] == 1


def test_an_amended_file_is_compared_decided_and_taken_over(calling: Program, read: dict[str, Any]) -> None:
    accept_all(calling, read)
    amended = SMALL_TEXT.replace("500亿元左右", "520亿元左右").replace("建立河湖长巡查机制，完善水质监测平台。", "")
    read_original(reading_id=upload(calling, read["id"], amended.encode())[1]["id"])
    (reimport,) = all_of(calling, f"/plans/{read['id']}/reimports")
    path = f"/reimports/{reimport['id']}"
    tallies = {one["difference"]: one["open"] for one in calling.get(path)[1]["tallies"]}
    assert tallies["changed"] > 0
    line = next(one for one in all_of(calling, f"{path}/lines?difference=changed") if one["choice"] == "open")
    status, chosen = calling.post(f"{path}/lines/{line['id']}/choose", {"revision": line["revision"], "choice": "take"})
    assert (status, chosen["choice"]) == (200, "take")
    for difference in ("changed", "dropped", "new"):
        revision = calling.get(path)[1]["reimport"]["revision"]
        assert calling.post(f"{path}/choose", {"revision": revision, "difference": difference, "choice": "keep"})[0] == 200
    status, done = calling.post(f"{path}/apply", {"revision": calling.get(path)[1]["reimport"]["revision"]})
    assert (status, done["reimport"]["applied_at"] is not None) == (200, True)
    assert calling.post(f"{path}/give-up", {"revision": done["reimport"]["revision"]})[0] == 409


def test_the_trail_is_read_and_holds(calling: Program, read: dict[str, Any], as_role: Any) -> None:
    auditor = as_role(Role.AUDITOR)
    assert calling.get("/audit/entries")[0] == 403
    entries = auditor.get(f"/audit/entries?object_type=plans.plan&object_id={read['id']}")[1]["items"]
    assert [(one["action"], one["surface"]) for one in entries] == [("plan.lay_out", "job"), ("plan.enter", "api")]
    chain = auditor.get("/audit/chain")[1]
    assert (chain["holds"], chain["breaks"], chain["length"] > 0) == (True, [], True)


def test_what_somebody_else_has_is_not_there(read: dict[str, Any], other_zone: Zone) -> None:
    from tests.factories.web import make_person

    other = program_of(make_person(Role.PLANNING_OFFICER, other_zone, make_unit(other_zone, "别处发改局"))[1])
    candidate = f"/plans/{read['id']}/candidates"
    assert [other.get(path)[0] for path in (f"/plans/{read['id']}", candidate, f"/plans/{read['id']}/readings")] == [404, 404, 404]
    assert other.get("/plans")[1]["items"] == []
    assert other.post(f"/plans/{read['id']}/approval", {"revision": 1, "approving_body": "x", "document_number": "x", "approved_on": None})[0] == 404
