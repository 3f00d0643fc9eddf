"""The wrong file: whoever chose it is told that nothing of a plan is in it, and takes it back before anybody decided anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.web import SMALL_TEXT, make_person, make_plan, make_reading, make_reviewed_plan
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.bridge.ingest import lay_out as lay_out_reading
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden
from lantu_web.plans.commands.lay_out import take_back
from lantu_web.plans.commands.review.candidates import accept, reopen
from lantu_web.plans.enums import PlanState
from lantu_web.plans.models import Candidate, Finding, Heading, Plan, Reimport, Sentence

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
RECIPE = "红烧肉\n五花肉洗净切块，冷水下锅焯水。\n炒糖色后加入酱油和料酒，小火慢炖。\n"


def rows(plan: Plan) -> list[int]:
    return [model._default_manager.filter(plan=plan).count() for model in (Heading, Sentence, Candidate, Finding)]


def of_another_zone(zone: Zone) -> Person:
    return make_person(Role.PLANNING_OFFICER, zone)[1]


def test_a_text_with_nothing_of_a_plan_says_so(zone: Zone) -> None:
    plan = make_reviewed_plan(zone, RECIPE)
    finding = Finding.objects.get(plan=plan, code="nothing_found")
    assert plan.candidates.count() == 0
    assert (finding.severity, finding.message) == ("error", "未从文本中找到任何目标、任务或项目，请核对是否选错了文件。")
    assert plan.reading is not None
    assert plan.reading.result.text[finding.start : finding.end] == "红烧肉"


def test_a_plan_says_nothing_of_that(zone: Zone) -> None:
    assert not Finding.objects.filter(plan=make_reviewed_plan(zone), code="nothing_found").exists()


def test_the_text_is_taken_back_and_another_one_laid_out(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = make_reviewed_plan(zone, unit=unit)
    reading, before = plan.reading, rows(plan)
    other = make_reviewed_plan(zone, f"{SMALL_TEXT}另一个。\n", name="另一规划", unit=unit)
    kept = rows(other)
    plan = take_back(by=officer, plan_id=plan.pk, expected=plan.revision)
    assert (plan.state, plan.reading, rows(plan), rows(other)) == (PlanState.DRAFT, None, [0, 0, 0, 0], kept)
    entry = Entry.objects.get(action="plan.take_back_text")
    assert (entry.object_id, entry.after) == (str(plan.pk), {"state": "draft", "reading": None})
    assert reading is not None
    plan = lay_out_reading(by=officer, plan_id=plan.pk, reading=reading)
    assert (plan.state, rows(plan)) == (PlanState.IN_REVIEW, before)


def test_not_twice_nor_on_an_older_view(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = make_reviewed_plan(zone, unit=unit)
    for expected in (plan.revision - 1, plan.revision, plan.revision + 1):
        if expected == plan.revision:
            take_back(by=officer, plan_id=plan.pk, expected=expected)
            continue
        with pytest.raises(Conflict):
            take_back(by=officer, plan_id=plan.pk, expected=expected)
    assert Entry.objects.filter(action="plan.take_back_text").count() == 1


def test_not_after_a_decision_even_one_that_was_reopened(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = make_reviewed_plan(zone, unit=unit)
    candidate = plan.candidates.all()[0]
    accept(by=officer, candidate=candidate, expected=1)
    reopen(by=officer, candidate=candidate, expected=2)
    before = rows(plan)
    plan.refresh_from_db()
    with pytest.raises(Conflict):
        take_back(by=officer, plan_id=plan.pk, expected=plan.revision)
    assert rows(plan) == before


@pytest.mark.parametrize("is_done", [False, True])
def test_not_while_an_amended_file_is_under_way(is_done: bool, zone: Zone, unit: Unit, officer: Person) -> None:
    plan = make_reviewed_plan(zone, unit=unit)
    finished = {"state": "done", "finished_at": clock.now()} if is_done else {}
    reading = make_reading(plan, b"amended", purpose="reimport", **finished)
    if is_done:
        Reimport.objects.create(plan=plan, reading=reading, created_at=clock.now())
    with pytest.raises(Conflict):
        take_back(by=officer, plan_id=plan.pk, expected=plan.revision)


def test_not_by_a_leader_nor_from_another_zone(zone: Zone, other_zone: Zone, unit: Unit) -> None:
    plan = make_reviewed_plan(zone, unit=unit)
    with pytest.raises(Forbidden):
        take_back(by=make_person(Role.LEADER, zone)[1], plan_id=plan.pk, expected=plan.revision)
    with pytest.raises(Conflict):
        take_back(by=of_another_zone(other_zone), plan_id=plan.pk, expected=plan.revision)
    assert rows(plan)[0] > 0


@pytest.mark.django_db(transaction=True)
def test_a_decision_at_the_same_moment_wins_or_is_refused(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = make_reviewed_plan(zone, unit=unit)
    candidate = plan.candidates.all()[0]
    found = at_once(
        lambda: take_back(by=officer, plan_id=plan.pk, expected=plan.revision), lambda: accept(by=officer, candidate=candidate, expected=1)
    )
    assert [isinstance(one, Conflict) for one in found].count(True) == 1
    plan.refresh_from_db()
    assert (plan.state == PlanState.DRAFT) is isinstance(found[1], Conflict)


def test_the_page_offers_it_while_nothing_is_decided(zone: Zone, unit: Unit, officer: Person, logged_in: LogIn) -> None:
    client, plan = logged_in(User.objects.get(username="officer")), make_reviewed_plan(zone, RECIPE, unit=unit)
    page, back = f"/z/yunxi/plans/{plan.pk}/", f"/z/yunxi/plans/{plan.pk}/take-back/"
    shown = client.get(page).content.decode()
    assert (back in shown, "撤回审核稿" in shown, "请核对是否选错了文件" in shown) == (True, True, True)
    assert client.post(back, {"revision": "0"}).status_code == 409
    assert client.post(back, {"revision": plan.revision}).headers["Location"] == page
    after = client.get(page).content.decode()
    assert (back in after, "撤回了审核稿" in after) == (False, True)
    leader = logged_in(make_person(Role.LEADER, zone)[0])
    assert (leader.post(back).status_code, Client().post(back).status_code) == (403, 302)


def test_the_page_offers_nothing_to_a_draft_or_after_a_decision(zone: Zone, unit: Unit, officer: Person, logged_in: LogIn) -> None:
    client, plan = logged_in(User.objects.get(username="officer")), make_reviewed_plan(zone, unit=unit)
    accept(by=officer, candidate=plan.candidates.all()[0], expected=1)
    for one in (plan, make_plan(zone, "未上传的规划", unit=unit)):
        assert "take-back" not in client.get(f"/z/yunxi/plans/{one.pk}/").content.decode()
