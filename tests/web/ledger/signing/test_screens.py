"""Screens of signing and of work: a contact person finds what to sign and why; units that must not see it do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.life import approved, decided, item_of
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person, make_reviewed_plan
from tests.web.ledger.signing.conftest import DUE, YEAR, make_whole_task, sent, signature_of

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.extending import ask
from lantu_web.tasks.commands.parts import set_years
from lantu_web.tasks.commands.signing import object_to, sign
from lantu_web.tasks.drafts import YearDraft
from lantu_web.tasks.models import Comment, Cooperation, Division, Extension, Signature, Task, TaskFile

LogIn = Callable[[User], Client]
LATER = date(DUE.year + 1, 6, 30)


@pytest.fixture
def browser(contact: tuple[User, Person], logged_in: LogIn) -> Client:
    return logged_in(contact[0])


@pytest.fixture
def office(officer: Person, logged_in: LogIn) -> Client:
    return logged_in(User.objects.get(pk=officer.user_id))


def at(name: str, *more: object) -> str:
    return reverse(f"office:{name}", args=["yunxi", *more])


def test_a_contact_person_is_led_to_the_unit_and_finds_what_to_sign_and_why(task: Task, unit: Unit, browser: Client) -> None:
    assert browser.get("/").headers["Location"] == at("my-unit")
    answer = browser.get(at("my-unit"))
    mine, page = answer.context["mine"], answer.content.decode()
    assert [(one.row.task, one.row.part, one.why) for one in mine.to_sign] == [(task, "lead", task.lead_reason)]
    for words in ("发展改革局", "建成创新平台30家", "发展改革局牵头这项任务", "此前同类任务由该单位牵头", at("sign", signature_of(task, unit).pk)):
        assert words in page


def test_officers_and_leaders_start_where_they_did(office: Client, zone: Zone, logged_in: LogIn) -> None:
    leader = make_person(Role.LEADER, zone)[0]
    for person in (office, logged_in(leader)):
        assert person.get("/").headers["Location"] == at("zone-home")
    assert logged_in(leader).get(at("my-unit")).status_code == 403


def test_who_has_no_unit_is_told_so(zone: Zone, logged_in: LogIn) -> None:
    officer = make_person(Role.PLANNING_OFFICER, zone, None, username="no-unit")[0]
    assert "没有单位任职" in logged_in(officer).get(at("my-unit")).content.decode()


def test_a_draft_waits_for_nobody(draft: Task, browser: Client) -> None:
    assert browser.get(at("my-unit")).context["mine"].to_sign_count == 0
    assert browser.get(at("task", draft.pk)).status_code == 404


@pytest.mark.parametrize("name", ["sign", "sign-object"])
def test_pages_of_a_signature_are_the_units_own(
    name: str, task: Task, unit: Unit, browser: Client, helper: tuple[User, Person], stranger: tuple[User, Person], outsider: tuple[User, Person],
    logged_in: LogIn, client: Client, zone: Zone,
) -> None:  # fmt: skip
    url = at(name, signature_of(task, unit).pk)
    assert browser.get(url).status_code == 200
    for person in (helper, stranger):
        assert logged_in(person[0]).get(url).status_code == 404
        assert logged_in(person[0]).post(url).status_code == 404
    assert logged_in(outsider[0]).get(url).status_code == 404
    assert logged_in(make_person(Role.AUDITOR, zone)[0]).get(url).status_code == 403
    assert client.get(url).headers["Location"].startswith(reverse("office:login"))


def test_signing_leads_to_the_next_and_then_home(task: Task, division: Division, unit: Unit, other_unit: Unit, officer: Person, browser: Client) -> None:
    second = sent(make_whole_task(division, unit, other_unit, "培育龙头企业"), division, officer)
    rows = [signature_of(one, unit) for one in (task, second)]
    first = browser.post(at("sign", rows[0].pk), {"expected": rows[0].revision})
    assert first.headers["Location"] == at("sign", rows[1].pk)
    assert browser.post(at("sign", rows[1].pk), {"expected": 1}).headers["Location"] == at("my-unit")
    again = browser.post(at("sign", rows[0].pk), {"expected": rows[0].revision})
    assert (again.status_code, signature_of(task, unit).state) == (422, "signed")


def test_many_are_ticked_and_signed(task: Task, unit: Unit, browser: Client) -> None:
    row = signature_of(task, unit)
    assert browser.post(at("sign-many"), {"sent": "1"}).status_code == 422
    assert browser.post(at("sign-many"), {"signatures": [f"{row.pk}.9"]}).status_code == 422
    assert browser.post(at("sign-many"), {"signatures": ["x", "1.2.3", f"{row.pk}.{row.revision}"]}).status_code == 302
    assert signature_of(task, unit).state == "signed"


def test_an_objection_by_its_form(task: Task, unit: Unit, browser: Client) -> None:
    row = signature_of(task, unit)
    url = at("sign-object", row.pk)
    form = browser.get(url).context["form"]
    cooperating = list(task.cooperating.values_list("pk", flat=True))
    given = {
        "expected": row.revision, "title": task.title, "due_on": LATER.isoformat(), "lead_unit": task.lead_unit_id, "cooperating": cooperating,
        "target": "30", **{f"year-{year}": "10" for year in range(YEAR, YEAR + 3)},
    }  # fmt: skip
    assert [field.name for field in form.year_fields()] == [f"year-{year}" for year in range(YEAR, YEAR + 3)]
    assert browser.post(url, given).status_code == 422  # no reason
    assert browser.post(url, {**given, "reason": "资金尚未落实", f"year-{YEAR}": "8"}).status_code == 302
    found = signature_of(task, unit)
    assert (found.state, found.counter) == ("objected", {"due_on": LATER.isoformat(), "years": {str(YEAR): "8"}})
    assert "资金尚未落实" in browser.get(at("my-unit")).content.decode()


def test_an_objection_that_leaves_the_units_as_they_are_says_nothing_of_them(
    task: Task, unit: Unit, other_unit: Unit, third_unit: Unit, browser: Client
) -> None:
    """In whatever order they were named."""
    Cooperation.objects.filter(task=task).delete()
    Cooperation.objects.bulk_create([Cooperation(task=task, unit=one, position=at_) for at_, one in enumerate((third_unit, other_unit))])
    row = signature_of(task, unit)
    given = {
        "expected": row.revision, "title": task.title, "due_on": DUE.isoformat(), "lead_unit": unit.pk, "target": "30", "reason": "资金尚未落实",
        "cooperating": [other_unit.pk, third_unit.pk], **{f"year-{year}": "10" for year in range(YEAR, YEAR + 3)},
    }  # fmt: skip
    assert browser.post(at("sign-object", row.pk), given).status_code == 302
    assert signature_of(task, unit).counter == {}


def test_who_signs_again_sees_which_years_are_others(
    task: Task, unit: Unit, contact: tuple[User, Person], officer: Person, browser: Client
) -> None:
    row = signature_of(task, unit)
    sign(by=contact[1], signature_id=row.pk, expected=row.revision)
    years = [YearDraft(year=YEAR + at_, goal=f"新建平台10家（{YEAR + at_}年）", value=Decimal(value)) for at_, value in enumerate((8, 10, 12))]
    task.refresh_from_db()
    set_years(by=officer, task_id=task.pk, expected=task.revision, years=years)
    asked = browser.get(at("sign", signature_of(task, unit).pk)).context["asked"]
    assert [(told.label, told.now, told.other) for told in asked.changes] == [
        (str(YEAR), f"10家 新建平台10家（{YEAR}年）", f"8家 新建平台10家（{YEAR}年）"),
        (str(YEAR + 2), f"10家 新建平台10家（{YEAR + 2}年）", f"12家 新建平台10家（{YEAR + 2}年）"),
    ]  # fmt: skip
    assert not asked.has_other_nodes


@pytest.fixture
def objection(task: Task, unit: Unit, contact: tuple[User, Person]) -> Signature:
    row = signature_of(task, unit)
    return object_to(by=contact[1], signature_id=row.pk, expected=row.revision, reason="资金尚未落实", counter={"due_on": LATER.isoformat()})


def test_the_office_sees_objections_side_by_side_and_follows_one(objection: Signature, task: Task, office: Client, browser: Client) -> None:
    page = office.get(at("objections", task.plan_id))
    assert [(pair.now, pair.other) for pair in page.context["open"][0].pairs] == [(DUE.isoformat(), LATER.isoformat())]
    assert "待处理异议1项" in office.get(at("zone-home")).content.decode()
    assert browser.post(at("settle-follow", objection.pk), {"expected": objection.revision}).status_code == 403
    office.post(at("settle-follow", objection.pk), {"expected": objection.revision})
    task.refresh_from_db()
    assert (task.due_on, Signature.objects.get(pk=objection.pk).outcome) == (LATER, "followed")
    assert [row.pk for row in office.get(at("objections", task.plan_id)).context["settled"]] == [objection.pk]


def test_the_office_is_told_what_changed_since_the_objection(objection: Signature, task: Task, office: Client, officer: Person) -> None:
    urls = (at("objections", task.plan_id), at("settle", signature_of(task, objection.unit).pk))
    assert ["在单位提出异议后有变动" in office.get(url).content.decode() for url in urls] == [False, False]
    change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"title": "建成市级创新平台30家"})
    for url in (urls[0], at("settle", signature_of(task, objection.unit).pk)):
        page = office.get(url).content.decode()
        assert ("在单位提出异议后有变动" in page, f"<del lang=\"zh-Hans\">{task.title}</del>" in page) == (True, True)


def test_the_office_does_not_follow_and_says_why(objection: Signature, task: Task, office: Client, browser: Client) -> None:
    url = at("settle", objection.pk)
    assert office.get(url).context["form"]["due_on"].value() == LATER.isoformat()
    given = {"expected": objection.revision, "title": task.title, "lead_unit": task.lead_unit_id, "outcome": "kept"}
    assert office.post(url, given).status_code == 422
    assert office.post(url, {**given, "note": "省级部署，期限不变"}).status_code == 302
    assert "省级部署，期限不变" in browser.get(at("my-unit")).content.decode()
    assert office.get(url).context["is_open"] is False


def test_the_page_of_a_task_holds_everything(task: Task, contact: tuple[User, Person], browser: Client, stranger: tuple[User, Person], logged_in: LogIn) -> None:
    browser.post(at("task-comment", task.pk), {"text": "请 @contact 补充 <script>"})
    browser.post(at("task-file-add", task.pk), {"file": SimpleUploadedFile("证明.txt", b"ok")})
    browser.post(at("task-people", task.pk), {"expected": task.revision + 1, "person": contact[0].pk})
    answer = browser.get(at("task", task.pk))
    page = answer.content.decode()
    assert [len(answer.context[name]) for name in ("years", "rounds", "comments", "files")] == [3, 1, 1, 1]
    assert "&lt;script&gt;" in page and "证明.txt" in page and "责任人" in page
    other = logged_in(stranger[0]).get(at("task", task.pk))
    assert (other.status_code, other.context["can"].work, other.context["can"].keep_files) == (200, False, False)
    file = TaskFile.objects.get()
    got = browser.get(at("task-file", task.pk, file.pk))
    assert (b"".join(got.streaming_content), got.headers["Content-Disposition"].startswith("attachment")) == (b"ok", True)
    assert logged_in(stranger[0]).post(at("task-file-remove", task.pk, file.pk)).status_code == 403
    browser.post(at("task-file-remove", task.pk, file.pk))
    assert browser.get(at("task-file", task.pk, file.pk)).status_code == 404


def test_from_the_plan_s_words_to_the_task_and_back(zone: Zone, unit: Unit, officer: Person, office: Client) -> None:
    plan = approved(decided(make_reviewed_plan(zone, unit=unit)), officer)
    item = item_of(plan, "M-001")
    task = make_task(make_division(zone, plan), lead=unit, item=item)
    there = f"{at('items', plan.pk)}?text={item.code}#item-{item.code}"
    assert there in office.get(at("task", task.pk)).content.decode()
    assert at("task", task.pk) in office.get(at("items", plan.pk), {"text": item.code}).content.decode()


def test_what_is_refused_is_told_on_the_page(task: Task, browser: Client) -> None:
    told = browser.post(at("task-comment", task.pk), {"text": " "}, follow=True)
    assert (told.status_code, Comment.objects.count()) == (200, 0) and "alert-danger" in told.content.decode()
    told = browser.post(at("task-file-add", task.pk), {}, follow=True)
    assert "alert-danger" in told.content.decode()


def test_a_year_is_claimed_sent_back_claimed_and_verified(task: Task, browser: Client, office: Client) -> None:
    part = task.parts.get(year=YEAR)
    assert browser.post(at("part-verify", task.pk, part.pk), {"expected": 1}).status_code == 403
    browser.post(at("part-claim", task.pk, part.pk), {"expected": 1, "note": "已完成"})
    assert "申报完成，待核验" in office.get(at("zone-home")).content.decode()
    office.post(at("part-send-back", task.pk, part.pk), {"expected": 2, "note": "缺材料"})
    assert "缺材料" in browser.get(at("my-unit")).content.decode()
    browser.post(at("part-claim", task.pk, part.pk), {"expected": 3})
    office.post(at("part-verify", task.pk, part.pk), {"expected": 4})
    part.refresh_from_db()
    assert part.state == "finished"
    node = task.nodes.get(year=YEAR)
    browser.post(at("node-done", task.pk, node.pk), {"expected": node.revision})
    node.refresh_from_db()
    assert node.done_on is not None
    browser.post(at("node-done", task.pk, node.pk), {"expected": node.revision, "open": "1"})
    node.refresh_from_db()
    assert node.done_on is None


def test_a_later_date_by_its_forms(task: Task, browser: Client, office: Client) -> None:
    assert browser.post(at("extension-ask", task.pk), {"due_on": DUE.isoformat(), "reason": "延后"}).status_code == 422
    assert browser.post(at("extension-ask", task.pk), {"due_on": LATER.isoformat(), "reason": "延后"}).status_code == 302
    url = at("extension", Extension.objects.get().pk)
    assert browser.get(url).status_code == 403
    assert office.post(url, {"expected": 1, "decision": "refuse"}).status_code == 422
    assert office.post(url, {"expected": 1, "decision": "approve"}).status_code == 302
    task.refresh_from_db()
    assert (task.due_on, task.latest_on) == (DUE, LATER)


def test_carrying_over_shows_first_what_it_will_do(task: Task, office: Client, browser: Client) -> None:
    url = at("carry-over", task.plan_id)
    assert browser.get(url).status_code == 403
    assert [one.part.year for one in office.get(url).context["carried"]] == [YEAR]
    assert office.post(url, {"year": YEAR + 1}).status_code == 422
    assert office.post(url, {"year": YEAR}).status_code == 302
    assert task.parts.filter(carried_from__isnull=False).count() == 1
    assert office.post(url, {"year": YEAR}).status_code == 422


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("my-unit", 26), ("sign-many", 17), ("objections", 17)])
def test_queries_do_not_grow(
    times: int, name: str, queries: int, division: Division, unit: Unit, other_unit: Unit, officer: Person, contact: tuple[User, Person], browser: Client,
    office: Client, django_assert_max_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    for turn in range(times):
        task = sent(make_whole_task(division, unit, other_unit, f"任务{turn}"), division, officer)
        row = signature_of(task, other_unit)
        object_to(by=officer, signature_id=row.pk, expected=row.revision, reason="不可行", counter={"due_on": LATER.isoformat()})
        ask(by=contact[1], task_id=task.pk, due_on=LATER, reason="延后")
    who, url = (office, at(name, division.plan_id)) if name == "objections" else (browser, at(name))
    who.get(url)
    with django_assert_max_num_queries(queries):
        assert who.get(url).status_code == 200


def test_people_are_offered_to_those_who_may_comment(task: Task, browser: Client, zone: Zone, other_zone: Zone, logged_in: LogIn) -> None:
    answer = browser.get(at("task-readers", task.pk), {"text": "contact"})
    assert [(one.word, one.units) for one in answer.context["readers"]] == [("单位联系人", "发展改革局")]
    outsider = make_person(Role.PLANNING_OFFICER, other_zone, None, username="far")[0]
    evaluator = make_person(Role.EVALUATOR, zone, None, username="evaluator")[0]
    assert [logged_in(user).get(at("task-readers", task.pk)).status_code for user in (outsider, evaluator)] == [404, 403]
