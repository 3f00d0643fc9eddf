"""The ledger through the interface: found, changed one by one and together, signed, talked about; what one may not see is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from tests.factories.tasks import make_task
from tests.web.api.conftest import Program, program_of

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.lib import clock
from lantu_web.tasks.commands.signing import send
from lantu_web.tasks.enums import LineKind, SignatureState, TaskState
from lantu_web.tasks.models import Change, Cooperation, Division, Signature, Task, Webhook, WorkLine, YearPart

DUE = date(clock.today().year + 1, 6, 30)


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    caches["rates"].clear()
    yield
    caches["rates"].clear()


@pytest.fixture
def calling(officer: Person) -> Program:
    return program_of(officer)


@pytest.fixture
def of_unit(contact: tuple[User, Person]) -> Program:
    """A program of the lead unit's contact person."""
    return program_of(contact[1])


@pytest.fixture
def sent(division: Division, unit: Unit, officer: Person) -> list[Task]:
    """Three tasks of the unit, waiting for its signature."""
    tasks = [make_task(division, f"第{number}项任务", unit, due_on=DUE) for number in (1, 2, 3)]
    send(by=officer, division_id=division.pk, task_ids=[task.pk for task in tasks], sign_by=clock.today())
    return [Task.objects.get(pk=task.pk) for task in tasks]


def wish(task: Task, revision: int | None = None, **values: Any) -> dict[str, Any]:
    return {"id": task.pk, "revision": revision or task.revision, "values": values}


def test_tasks_are_found_by_the_filters_of_the_ledger(calling: Program, sent: list[Task], division: Division, other_unit: Unit) -> None:
    make_task(division, "草稿", other_unit)
    status, found = calling.get("/tasks?text=第2项&sort=-number&page_size=10")
    assert (status, found["total"], [row["id"] for row in found["items"]]) == (200, 1, [sent[1].pk])
    assert [row["title"] for row in calling.get("/tasks?sort=-number&page_size=2&page=2")[1]["items"]] == ["第2项任务", "第1项任务"]
    assert calling.get(f"/tasks?unit={other_unit.pk}&state=draft")[1]["total"] == 1
    assert calling.get("/tasks?due=sometime")[0] == calling.get("/tasks?sort=colour")[0] == 422


def test_a_line_holds_the_parts_and_nodes_of_one_year(of_unit: Program, task: Task, unit: Unit, other_unit: Unit) -> None:
    part = YearPart.objects.create(task=task, year=DUE.year, goal="完成一期", value="12.50")
    Cooperation.objects.create(task=task, unit=other_unit)
    line = WorkLine.objects.create(zone=task.zone, kind=LineKind.THEME, name="产业强区")
    task.lines.add(line)
    (row,) = of_unit.get(f"/tasks?year={DUE.year}")[1]["items"]
    assert {name: row[name] for name in ("id", "year", "lead_unit", "cooperating", "lines", "parts", "nodes", "due_on", "baseline", "is_late")} == {
        "id": task.pk, "year": DUE.year, "lead_unit": {"id": unit.pk, "name": "发展改革局"},
        "cooperating": [{"id": other_unit.pk, "name": "生态环境局"}], "lines": [{"id": line.pk, "name": "产业强区"}],
        "parts": [{"id": part.pk, "goal": "完成一期", "value": "12.5", "state": "open"}], "nodes": [], "due_on": DUE.isoformat(),
        "baseline": None, "is_late": False,
    }  # fmt: skip
    assert of_unit.get("/tasks?year=2020")[1]["items"][0]["parts"] == []
    detail = of_unit.get(f"/tasks/{task.pk}")[1]
    assert (detail["task"]["lines"], [one["year"] for one in detail["parts"]], detail["division_id"]) == (row["lines"], [DUE.year], Division.objects.get().pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_the_same_number_of_queries(rows: int, calling: Program, division: Division, unit: Unit, django_assert_max_num_queries: Any) -> None:
    for number in range(rows):
        make_task(division, str(number), unit, state=TaskState.SENT)
    calling.get("/tasks")
    with django_assert_max_num_queries(9):
        assert len(calling.get("/tasks")[1]["items"]) == rows


def test_units_find_no_drafts_and_other_zones_find_nothing(of_unit: Program, outsider: tuple[User, Person], division: Division, unit: Unit, task: Task) -> None:
    draft = make_task(division, "草稿", unit)
    assert [row["id"] for row in of_unit.get("/tasks")[1]["items"]] == [task.pk]
    assert of_unit.get(f"/tasks/{draft.pk}")[0] == 404
    elsewhere = program_of(outsider[1])
    assert (elsewhere.get("/tasks")[1]["total"], elsewhere.get(f"/tasks/{task.pk}")[0]) == (0, 404)
    assert elsewhere.post("/tasks/changes", {"items": [wish(task, title="x")]})[1]["refused"] == 1


def test_a_task_is_changed_with_what_was_given_alone(calling: Program, sent: list[Task]) -> None:
    status, changed = calling.put(f"/tasks/{sent[0].pk}", {"revision": sent[0].revision, "values": {"topic": "产业", "due_on": None}, "reason": "更正"})
    assert (status, changed["topic"], changed["due_on"], changed["title"]) == (200, "产业", None, "第1项任务")
    status, refused = calling.put(f"/tasks/{sent[0].pk}", {"revision": sent[0].revision, "values": {"topic": "x"}})
    assert (status, refused["error"]["code"]) == (409, "conflict")
    assert calling.put(f"/tasks/{sent[0].pk}", {"revision": 1, "values": {"colour": "x"}})[0] == 422


def test_a_unit_changes_its_own_fields_only(of_unit: Program, sent: list[Task], contact: tuple[User, Person], other_contact: tuple[User, Person]) -> None:
    place, revision = f"/tasks/{sent[0].pk}", sent[0].revision
    assert of_unit.put(place, {"revision": revision, "values": {"person": contact[0].pk}})[1]["person"]["id"] == contact[0].pk
    assert of_unit.put(place, {"revision": revision + 1, "values": {"title": "x"}})[0] == 403
    assert program_of(other_contact[1]).put(place, {"revision": revision + 1, "values": {}})[0] == 403


def test_many_changes_are_answered_one_by_one(calling: Program, sent: list[Task]) -> None:
    items = [wish(sent[2], topic="丙"), wish(sent[0], topic="甲"), wish(sent[1], revision=99, topic="乙")]
    status, told = calling.post("/tasks/changes", {"items": items})
    assert (status, told["done"], told["refused"], [one["id"] for one in told["items"]]) == (200, 2, 1, [sent[2].pk, sent[0].pk, sent[1].pk])
    assert [one["error"] and one["error"]["code"] for one in told["items"]] == [None, None, "conflict"]
    assert list(Task.objects.order_by("pk").values_list("topic", flat=True)) == ["甲", "", "丙"]
    assert calling.post("/tasks/undo", {"batch": told["batch"]}) == (200, {"count": 2, "kept": []})
    assert set(Task.objects.values_list("topic", flat=True)) == {""}


def test_with_the_flag_all_or_none(calling: Program, sent: list[Task]) -> None:
    before = Change.objects.count()
    items = [wish(sent[0], topic="甲"), wish(sent[1], due_on="2020-01-01", start_on="2021-01-01")]
    status, told = calling.post("/tasks/changes", {"items": items, "is_whole": True})
    assert (status, told["done"], told["refused"]) == (200, 0, 2)
    assert [(one["error"]["code"], one["error"]["field"]) for one in told["items"]] == [("conflict", None), ("invalid", "start_on")]
    assert (set(Task.objects.values_list("topic", flat=True)), Change.objects.count()) == ({""}, before)
    assert calling.post("/tasks/changes", {"items": [wish(sent[0], topic="甲"), wish(sent[1], topic="乙")], "is_whole": True})[1]["done"] == 2


@pytest.mark.parametrize("items", ["none", "twice"])
def test_a_request_of_nothing_or_of_one_task_twice_is_refused(items: str, calling: Program, task: Task) -> None:
    given = [] if items == "none" else [wish(task, topic="甲"), wish(task, topic="乙")]
    status, told = calling.post("/tasks/changes", {"items": given})
    assert (status, told["error"]["field"]) == (422, "items")


def test_one_field_of_many_tasks(calling: Program, sent: list[Task], other_unit: Unit) -> None:
    seen = [{"id": task.pk, "revision": task.revision} for task in sent]
    status, told = calling.post("/tasks/assign", {"seen": seen, "field": "cooperating", "value": [other_unit.pk], "mode": "add"})
    assert (status, told["changed"], Cooperation.objects.filter(unit=other_unit).count()) == (200, 3, 3)
    again = [{"id": task.pk, "revision": Task.objects.get(pk=task.pk).revision} for task in sent]
    same = {"seen": again, "field": "cooperating", "value": [other_unit.pk], "mode": "add"}
    assert calling.post("/tasks/assign", same) == (200, {"batch": None, "changed": 0})
    for field, value in (("cooperating", "x"), ("lead_unit", "x"), ("due_on", 7), ("lines", None), ("colour", "x")):
        assert calling.post("/tasks/assign", {"seen": seen, "field": field, "value": value})[0] == 422


def test_a_division_from_its_beginning_to_its_signatures(calling: Program, of_unit: Program, division: Division, unit: Unit) -> None:
    drafts = [{"title": "建设产业园", "lead_unit": unit.pk, "due_on": DUE.isoformat()}, {"title": "留给市场", "left_out": "由市场主体推进"}]
    status, made = calling.post(f"/divisions/{division.pk}/tasks", {"drafts": drafts})
    assert (status, len(made)) == (201, 2)
    assert of_unit.get("/divisions")[1]["total"] == 0
    assert calling.post(f"/divisions/{division.pk}/send", {"task_ids": [one["id"] for one in made], "sign_by": clock.today().isoformat()}) == (200, {"count": 2})
    assert of_unit.get(f"/divisions/{division.pk}")[1]["round"] == 1
    (waiting,) = of_unit.get("/signatures?mine=true&state=waiting")[1]["items"]
    assert (waiting["title"], waiting["part"], waiting["content"]["title"]) == ("建设产业园", "lead", "建设产业园")
    status, signed = of_unit.post(f"/signatures/{waiting['id']}/sign", {"revision": waiting["revision"]})
    assert (status, signed["state"]) == (200, "signed")
    assert of_unit.post(f"/signatures/{waiting['id']}/sign", {"revision": waiting["revision"]})[0] == 409


def test_an_objection_is_said_and_settled(calling: Program, of_unit: Program, sent: list[Task], other_contact: tuple[User, Person]) -> None:
    (row, *_others) = of_unit.get("/signatures?mine=true")[1]["items"]
    counter = {"fields": {"due_on": date(DUE.year, 12, 31).isoformat()}}
    given = {"revision": row["revision"], "reason": "报批需要时间", "counter": counter}
    assert program_of(other_contact[1]).post(f"/signatures/{row['id']}/object", given)[0] == 403
    status, objected = of_unit.post(f"/signatures/{row['id']}/object", given)
    assert (status, objected["state"], objected["counter"]) == (200, "objected", counter["fields"])
    settled = {"revision": objected["revision"], "outcome": "followed", "note": "同意", "values": counter}
    status, told = calling.post(f"/signatures/{row['id']}/settle", settled)
    assert (status, told["state"], told["outcome"]) == (200, "settled", "followed")
    assert calling.get(f"/tasks/{row['task_id']}")[1]["task"]["due_on"] == counter["fields"]["due_on"]


def test_many_signatures(of_unit: Program, sent: list[Task]) -> None:
    rows = of_unit.get("/signatures?mine=true")[1]["items"]
    items = [{"id": row["id"], "revision": row["revision"]} for row in rows]
    stale = [*items[:2], {**items[2], "revision": 77}]
    assert of_unit.post("/signatures/sign", {"items": stale, "is_whole": True})[1]["done"] == 0
    assert set(Signature.objects.values_list("state", flat=True)) == {SignatureState.WAITING}
    assert of_unit.post("/signatures/sign", {"items": stale})[1]["done"] == 2
    assert sorted(Signature.objects.values_list("state", flat=True)) == ["signed", "signed", "waiting"]


def test_years_nodes_and_what_becomes_of_them(calling: Program, of_unit: Program, sent: list[Task]) -> None:
    place, year = f"/tasks/{sent[0].pk}", clock.today().year
    detail = calling.put(f"{place}/years/{year}", {"revision": sent[0].revision, "goal": "开工"})[1]
    status, detail = calling.post(f"{place}/nodes", {"revision": detail["task"]["revision"], "due_on": f"{year}-12-31", "text": "主体完工"})
    assert (status, [part["goal"] for part in detail["parts"]], [node["text"] for node in detail["nodes"]]) == (201, ["开工"], ["主体完工"])
    node, part = detail["nodes"][0], detail["parts"][0]
    late = {"revision": detail["task"]["revision"], "due_on": f"{DUE.year + 1}-01-01", "text": "太晚"}
    assert calling.post(f"{place}/nodes", late)[0] == 422
    assert of_unit.post(f"/nodes/{node['id']}/done", {"revision": node["revision"], "done_on": clock.today().isoformat()})[1]["done_on"] == clock.today().isoformat()
    claimed = of_unit.post(f"/parts/{part['id']}/claim", {"revision": part["revision"], "note": "已开工"})[1]
    assert of_unit.post(f"/parts/{part['id']}/verify", {"revision": claimed["revision"]})[0] == 403
    assert calling.post(f"/parts/{part['id']}/verify", {"revision": claimed["revision"]})[0] == 409  # its last part, and not signed for yet
    Task.objects.filter(pk=sent[0].pk).update(signing="signed")
    assert calling.post(f"/parts/{part['id']}/verify", {"revision": claimed["revision"]})[1]["state"] == "finished"


def test_comments_later_dates_and_history(calling: Program, of_unit: Program, sent: list[Task], contact: tuple[User, Person]) -> None:
    place = f"/tasks/{sent[0].pk}"
    assert calling.post(f"{place}/comments", {"text": f"@{contact[0].name} 请尽快签收"})[1]["mentioned"] == [{"id": contact[0].pk, "name": contact[0].name}]
    asked = of_unit.post(f"{place}/extensions", {"due_on": date(DUE.year, 9, 30).isoformat(), "reason": "报批延后"})[1]
    assert calling.get("/extensions?state=asked")[1]["total"] == 1
    decided = calling.post(f"/extensions/{asked['id']}/decide", {"revision": asked["revision"], "is_approved": True})[1]
    assert (decided["state"], calling.get(place)[1]["task"]["latest_on"]) == ("approved", f"{DUE.year}-09-30")
    history = of_unit.get(f"{place}/changes")[1]["items"]
    assert [one["action"] for one in history][-1] == "task.send"
    assert all(one["label"] != one["action"] for one in history)


def test_a_webhook_through_the_interface_tells_its_secret_once(calling: Program) -> None:
    status, made = calling.post("/webhooks", {"url": "https://receiver.example/", "events": ["task.changed"]})
    hook = Webhook.objects.get()
    assert (status, made["secret"], made["webhook"]["id"]) == (201, hook.secret, hook.pk)
    assert hook.secret not in str([calling.get("/webhooks"), calling.get(f"/webhooks/{hook.pk}")])
    assert calling.post(f"/webhooks/{hook.pk}/secret", {"revision": 1})[1]["secret"] == Webhook.objects.get().secret != hook.secret
    assert calling.post(f"/webhooks/{hook.pk}/retire", {"revision": 2})[1]["is_active"] is False
    assert calling.get(f"/webhooks/{hook.pk}/deliveries?state=given_up")[1]["total"] == 0


def test_what_is_due(of_unit: Program, sent: list[Task]) -> None:
    assert [(one["kind"], one["id"]) for one in of_unit.get("/calendar")[1]["items"]] == [("task", task.pk) for task in sent]


@pytest.mark.parametrize(("query", "named"), [("stat=sent", "stat"), ("state=gone&page=2", "state、page"), ("unit=abc", "unit"), ("size=50&state=sent&text=", "")])
def test_filters_of_an_export_are_known(query: str, named: str, calling: Program) -> None:
    status, told = calling.post("/exchanges", {"kind": "export_ledger", "query": query})
    assert (status, told.get("error", {}).get("message", "")) == ((422, f"The ledger has no such filter: {named}.") if named else (202, ""))



def test_an_export_is_asked_for_and_followed(calling: Program, of_unit: Program, sent: list[Task]) -> None:
    status, asked = calling.post("/exchanges", {"kind": "export_ledger", "query": "text=第2项"})
    assert (status, asked["state"], asked["query"]) == (202, "queued", "text=第2项")
    place = f"/exchanges/{asked['id']}"
    assert (calling.get(place)[0], of_unit.get(place)[0]) == (200, 404)
    assert calling.get(f"{place}/file")[0] == 409
    assert calling.post(f"{place}/give-up")[1]["state"] == "given_up"


@pytest.mark.parametrize("path", ["/tasks", "/plans", "/signatures", "/extensions", "/divisions", "/calendar", "/me"])
def test_a_filter_that_is_not_known_is_refused_and_named(path: str, calling: Program) -> None:
    status, told = calling.get(f"{path}?nope=1&unitt=2")
    assert (status, told["error"]["code"], told["error"]["field"]) == (422, "invalid", "nope, unitt")


@pytest.mark.parametrize("value", [True, 1.0, "x"])
def test_an_id_is_a_whole_number(value: object, calling: Program, sent: list[Task], division: Division, unit: Unit) -> None:
    seen = [{"id": sent[0].pk, "revision": sent[0].revision}]
    bodies = [
        calling.put(f"/tasks/{sent[0].pk}", {"revision": sent[0].revision, "values": {"lead_unit": value}}),
        calling.put(f"/tasks/{sent[0].pk}", {"revision": value, "values": {}}),
        calling.post("/tasks/changes", {"items": [{"id": value, "revision": 1, "values": {}}]}),
        calling.post("/tasks/assign", {"seen": seen, "field": "lead_unit", "value": value}),
        calling.post("/tasks/assign", {"seen": seen, "field": "cooperating", "value": [value]}),
        calling.post(f"/divisions/{division.pk}/tasks", {"drafts": [{"title": "新", "lead_unit": value}]}),
    ]
    assert [status for status, _told in bodies] == [422] * len(bodies)


def test_a_refusal_names_what_was_wrong(calling: Program, sent: list[Task], division: Division) -> None:
    seen = [{"id": sent[0].pk, "revision": sent[0].revision}]
    told = calling.post("/tasks/assign", {"seen": seen, "field": "lead_unit", "value": 5.5})[1]["error"]
    assert (told["field"], told["message"]) == ("value", "value is not valid.")
    place = f"/divisions/{division.pk}/tasks"
    named = [
        calling.post(place, {"drafts": [{"title": "新", **wrong}]})[1]["error"]["field"]
        for wrong in ({"target": "abc"}, {"baseline": "abc"}, {"cooperating": [987654]}, {"lead_unit": 987654}, {"nodes": [{"due_on": "2026-06-30", "text": ""}]})
    ]
    assert named == ["target", "baseline", "drafts.0.cooperating", "drafts.0.lead_unit", "drafts.0.nodes.0.text"]
    assert calling.post(f"/divisions/{division.pk}/send", {"task_ids": [1], "sign_by": None})[1]["error"]["field"] == "sign_by"


def test_how_many_at_once_is_told_once(calling: Program) -> None:
    items = [{"id": pk, "revision": 1, "values": {}} for pk in range(1, 502)]
    told = calling.post("/tasks/changes", {"items": items})[1]["error"]
    assert (told["field"], "500" in told["message"]) == ("items", True)
