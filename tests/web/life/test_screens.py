"""Every screen of a plan's life: shown to those who may, hidden from those who may not, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.life import BODY, adjusted, adopted, changed, consulted, drafted, item_of
from tests.factories.web import make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.plans.enums import AdjustmentState, PlanState
from lantu_web.plans.models import Adjustment, Candidate, Item, Opinion, Plan, Version
from lantu_web.plans.queries.versions import state_at

LogIn = Callable[[User], Client]


@pytest.fixture
def browser(officer: Person, logged_in: LogIn) -> Client:
    return logged_in(User.objects.get(pk=officer.user_id))


def at(name: str, pk: int, *more: object) -> str:
    return reverse(f"office:{name}", args=["yunxi", pk, *more])


PLAN_PAGES = ("items", "versions", "compare", "adjustments", "opinions")


@pytest.mark.parametrize("name", PLAN_PAGES)
def test_pages_of_a_plan_in_force(
    name: str, plan: Plan, officer: Person, browser: Client, leader: tuple[User, Person], outsider: tuple[User, Person], contact: tuple[User, Person],
    logged_in: LogIn, client: Client,
) -> None:  # fmt: skip
    adjusted(plan, officer)
    url = at(name, plan.pk)
    for person in (browser, logged_in(leader[0]), logged_in(contact[0])):
        assert person.get(url).status_code == 200
    assert logged_in(outsider[0]).get(url).status_code == 404
    assert client.get(url).headers["Location"].startswith(reverse("office:login"))


@pytest.mark.parametrize("name", ["items", "versions", "adjustments", "opinions", "plan-approve"])
def test_a_draft_is_hidden_from_other_units(name: str, ready: Plan, contact: tuple[User, Person], logged_in: LogIn) -> None:
    assert logged_in(contact[0]).get(at(name, ready.pk)).status_code in ((404,) if name != "plan-approve" else (403,))


@pytest.mark.parametrize("name", ["plan-approve", "plan-close", "adjustment-new"])
@pytest.mark.parametrize("role", [Role.LEADER, Role.CONTACT_PERSON, Role.UNIT_HEAD, Role.EVALUATOR, Role.AUDITOR, Role.SUPERVISION_OFFICER])
def test_forms_are_for_planning_officers(name: str, role: Role, plan: Plan, zone: Zone, unit: Unit, logged_in: LogIn) -> None:
    browser = logged_in(make_person(role, zone, unit)[0])
    for ask in (browser.get, browser.post):
        assert ask(at(name, plan.pk)).status_code == 403


def test_approval_by_its_form(ready: Plan, browser: Client) -> None:
    shown = browser.get(at("plan-approve", ready.pk))
    assert shown.context["hurdles"] == () and shown.context["summary"].total == 27
    form = {"approving_body": BODY, "document_number": "云管发〔2026〕3号", "approved_on": "2026-01-20", "expected": ready.revision}
    answer = browser.post(at("plan-approve", ready.pk), form)
    assert (answer.status_code, answer.headers["Location"]) == (302, at("items", ready.pk))
    again = browser.post(at("plan-approve", ready.pk), form)
    assert (again.status_code, Version.objects.count()) == (422, 1)


def test_an_approval_that_is_hindered_says_where(ready: Plan, browser: Client) -> None:
    Candidate.objects.filter(plan=ready, heading__number="第二章").update(state="open")
    answer = browser.get(at("plan-approve", ready.pk)).content.decode()
    assert "第二章 主要目标" in answer
    form = {"approving_body": BODY, "document_number": "3号", "approved_on": "2026-01-20", "expected": ready.revision}
    assert browser.post(at("plan-approve", ready.pk), form).status_code == 422
    assert not Version.objects.exists()


def test_closing_by_its_form(plan: Plan, browser: Client) -> None:
    assert browser.post(at("plan-close", plan.pk), {"closed_on": "2026-10-01", "expected": plan.revision}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.CLOSED


def test_items_show_original_beside_revised_with_the_papers(plan: Plan, officer: Person, browser: Client) -> None:
    adjusted(plan, officer, value="3.2")
    answer = browser.get(at("items", plan.pk), {"text": "M-002"}).content.decode()
    for words in ("<del>3.5</del>", "<ins>3.2</ins>", "云管发〔2026〕18号", "云溪新区党工委", "2026-06-30", "研发经费投入强度提高到3.5%以上"):
        assert words in answer


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"kind": "project"}, ["X-001", "X-002"]), ({"text": "污水"}, ["R-003", "R-003-1", "M-007"]), ({"only": "revised"}, ["M-002"]),
        ({"chapter": "第四章 保障措施"}, ["R-004", "R-004-1"]), ({"only": "removed"}, []), ({"kind": "<script>"}, None),
    ],
)  # fmt: skip
def test_items_are_found(query: dict[str, str], codes: list[str] | None, plan: Plan, officer: Person, browser: Client) -> None:
    adjusted(plan, officer)
    answer = browser.get(at("items", plan.pk), query)
    found = [one.item.code for group in answer.context["groups"] for one in group.items]
    if codes is not None:
        assert set(codes) <= set(found) if "text" in query else codes == found
    else:
        assert len(found) == Item.objects.count()


def test_comparison_on_its_page(plan: Plan, officer: Person, browser: Client) -> None:
    adjusted(plan, officer, value="3.2")
    answer = browser.get(at("compare", plan.pk), {"from": "1", "to": "2"})
    assert [row.code for row in answer.context["page"].object_list] == ["M-002"]
    assert "<del>3.5</del>" in answer.content.decode() and "<ins>3.2</ins>" in answer.content.decode()
    everything = browser.get(at("compare", plan.pk), {"from": "2", "to": "1", "all": "on"})
    assert everything.context["page"].paginator.count == Item.objects.count()
    assert browser.get(at("compare", plan.pk), {"from": "x", "to": "99"}).status_code == 200


def test_an_adjustment_from_its_beginning_to_its_end(plan: Plan, officer: Person, browser: Client) -> None:
    began = browser.post(at("adjustment-new", plan.pk), {"title": "调整研发目标", "trigger": "environment", "reason": "形势变化"})
    adjustment = Adjustment.objects.get()
    assert began.headers["Location"] == at("adjustment", adjustment.pk)
    item = item_of(plan, "M-002")
    shown = browser.get(at("adjustment-change", adjustment.pk, item.pk))
    values = {name: field.value() or "" for name, field in ((n, shown.context["form"][n]) for n in shown.context["form"].fields)}
    assert browser.post(at("adjustment-change", adjustment.pk, item.pk), {**values, "value": "3,x"}).status_code == 422
    assert browser.post(at("adjustment-change", adjustment.pk, item.pk), {**values, "value": "3.2", "reason": "稳妥"}).status_code == 302
    added = browser.get(at("adjustment-add", adjustment.pk, "measure"))
    task = str(item_of(plan, "R-001").pk)
    assert task in dict(added.context["form"].fields["task"].choices)
    assert browser.post(at("adjustment-add", adjustment.pk, "measure"), {"text": "建设中试基地", "task": task, "expected": 2}).status_code == 302
    line = adjustment.items.get(item=item)
    assert browser.get(at("adjustment-line", adjustment.pk, line.pk)).status_code == 200
    assert browser.post(at("adjustment-line", adjustment.pk, line.pk), {**values, "value": "3.1", "expected": 3}).status_code == 302
    assert browser.post(at("adjustment-remove", adjustment.pk, item_of(plan, "X-001").pk), {"expected": 4}).status_code == 302
    dropped = adjustment.items.get(change="remove")
    assert browser.post(at("adjustment-line-drop", adjustment.pk, dropped.pk), {"expected": 5}).status_code == 302
    assert browser.post(at("adjustment-consult", adjustment.pk), {"expected": 1}).status_code == 409
    assert browser.post(at("adjustment-consult", adjustment.pk), {"expected": 6}).status_code == 302
    opinion = {"position": "agree", "text": "同意", "given_on": "2026-06-01", "body": "专家论证组"}
    assert browser.post(at("adjustment-opinion", adjustment.pk), opinion).status_code == 302
    papers = {
        "approving_body": BODY, "upper_body": "云溪新区党工委", "document_number": "云管发〔2026〕18号", "approved_on": "2026-06-30",
        "effective_on": "2026-07-01", "expected": 7,
    }  # fmt: skip
    assert browser.get(at("adjustment-approve", adjustment.pk)).status_code == 200
    assert browser.post(at("adjustment-approve", adjustment.pk), {**papers, "effective_on": "2026-06-01"}).status_code == 422
    assert browser.post(at("adjustment-approve", adjustment.pk), papers).status_code == 302
    page = browser.get(at("adjustment", adjustment.pk)).content.decode()
    for words in ("专家论证组", "云管发〔2026〕18号", "<del>3.5</del>", "<ins>3.1</ins>", "建设中试基地"):
        assert words in page
    now = state_at(plan, 2)
    assert (now["M-002"]["value"], now["R-001-3"]) == ("3.1", {"text": "建设中试基地"})


def test_steps_back(plan: Plan, officer: Person, browser: Client) -> None:
    adjustment = consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)
    assert browser.post(at("adjustment-take-back", adjustment.pk), {"expected": 3}).status_code == 302
    edit = {"title": "新名称", "trigger": "midterm", "reason": "中期评估", "expected": 4}
    assert browser.post(at("adjustment-edit", adjustment.pk), edit).status_code == 302
    assert browser.post(at("adjustment-withdraw", adjustment.pk), {"expected": 5}).status_code == 302
    adjustment.refresh_from_db()
    assert (adjustment.title, adjustment.state) == ("新名称", AdjustmentState.WITHDRAWN)
    assert browser.post(at("adjustment-withdraw", adjustment.pk), {}).status_code == 409


def test_a_stale_line_is_shown_and_renewed(plan: Plan, officer: Person, browser: Client) -> None:
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.1")
    adjusted(plan, officer, value="3.2")
    assert browser.get(at("adjustment", adjustment.pk)).context["is_stale"] is True
    assert browser.post(at("adjustment-line-renew", adjustment.pk, adjustment.items.get().pk), {"expected": adjustment.revision}).status_code == 302
    assert browser.get(at("adjustment", adjustment.pk)).context["is_stale"] is False


WRITES = ("consult", "take-back", "withdraw", "approve", "edit")


@pytest.mark.parametrize("name", WRITES)
def test_steps_are_for_planning_officers_of_the_zone(
    name: str, plan: Plan, officer: Person, contact: tuple[User, Person], leader: tuple[User, Person], outsider: tuple[User, Person], logged_in: LogIn, client: Client
) -> None:  # fmt: skip
    adjustment = consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)
    url = at(f"adjustment-{name}", adjustment.pk)
    for person in (contact, leader):
        assert logged_in(person[0]).post(url).status_code == 403
    assert logged_in(outsider[0]).post(url).status_code == 404
    assert client.post(url).status_code == 302
    adjustment.refresh_from_db()
    assert adjustment.state == AdjustmentState.CONSULTATION


def test_an_adjustment_of_another_zone_is_not_there(plan: Plan, officer: Person, other_zone: Zone, outsider: tuple[User, Person], logged_in: LogIn) -> None:
    adjustment = drafted(plan, officer)
    url = reverse("office:adjustment", args=[other_zone.slug, adjustment.pk])
    assert logged_in(outsider[0]).get(url).status_code == 404
    assert logged_in(outsider[0]).get(at("adjustment", adjustment.pk)).status_code == 404


def test_a_unit_reads_an_adjustment_and_gives_its_opinion(plan: Plan, officer: Person, contact: tuple[User, Person], logged_in: LogIn) -> None:
    adjustment = consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)
    browser = logged_in(contact[0])
    assert browser.get(at("adjustment", adjustment.pk)).context["may_give"] is True
    form = {"position": "object", "text": "目标偏低 <script>alert(1)</script>", "given_on": "2026-06-01", "body": "别人"}
    assert browser.post(at("adjustment-opinion", adjustment.pk), form).status_code == 302
    assert Opinion.objects.get().body == "生态环境局"
    page = browser.get(at("opinions", plan.pk)).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


def test_an_opinion_on_the_plan(plan: Plan, contact: tuple[User, Person], logged_in: LogIn) -> None:
    browser = logged_in(contact[0])
    assert browser.post(at("opinions", plan.pk), {"position": "object", "text": "", "given_on": "2026-06-01"}).status_code == 422
    assert browser.post(at("opinions", plan.pk), {"position": "note", "text": "建议补充", "given_on": "2026-06-01"}).status_code == 302


@pytest.mark.parametrize("form", [{}, {"position": "nonsense"}, {"position": "agree", "text": "同意", "given_on": "2026-06-01"}])
def test_who_may_give_no_opinion_is_told_so_whatever_was_sent(form: dict[str, str], plan: Plan, zone: Zone, logged_in: LogIn) -> None:
    browser = logged_in(make_person(Role.AUDITOR, zone)[0])
    assert browser.get(at("opinions", plan.pk)).status_code == 200
    assert browser.post(at("opinions", plan.pk), form).status_code == 403
    assert Opinion.objects.count() == 0


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("items", 13), ("versions", 6), ("compare", 9), ("adjustments", 6), ("opinions", 7)])
def test_queries_do_not_grow(
    times: int, name: str, queries: int, plan: Plan, officer: Person, browser: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:  # fmt: skip
    for turn in range(times):
        adjustment = consulted(changed(drafted(plan, officer), item_of(plan, f"M-00{turn + 1}"), officer, value=f"3.{turn}1"), officer)
        Opinion.objects.create(plan=plan, adjustment=adjustment, body="局", position="agree", given_on="2026-06-01", at=adjustment.created_at)
        adopted(adjustment, officer)
    browser.get(at(name, plan.pk))
    with django_assert_num_queries(queries):
        assert browser.get(at(name, plan.pk)).status_code == 200
