"""Opinions: appended, spoken for one's own unit or person, or entered by the officer as a letter says; only where one may read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.life import approved, changed, consulted, decided, drafted, item_of
from tests.factories.web import make_person, make_reviewed_plan
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.commands import adjustments
from lantu_web.plans.commands.approval import close
from lantu_web.plans.commands.opinions import give
from lantu_web.plans.models import Adjustment, Opinion, Plan

GIVEN: dict[str, Any] = {"position": "agree", "text": "同意。", "given_on": date(2026, 6, 1)}


@pytest.fixture
def asked(plan: Plan, officer: Person) -> Adjustment:
    return consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)


def test_a_unit_speaks_for_itself(asked: Adjustment, contact: tuple[User, Person], other_unit: Unit) -> None:
    opinion = give(by=contact[1], plan_id=asked.plan_id, adjustment_id=asked.pk, body="区人大常委会", **GIVEN)
    assert (opinion.body, opinion.unit, opinion.adjustment, opinion.text) == ("生态环境局", other_unit, asked, "同意。")
    assert Entry.objects.get(action="opinion.give").object_type == "plans.adjustment"


def test_nobody_speaks_for_another_unit(asked: Adjustment, contact: tuple[User, Person], unit: Unit) -> None:
    with pytest.raises(Forbidden):
        give(by=contact[1], plan_id=asked.plan_id, adjustment_id=asked.pk, unit_id=unit.pk, **GIVEN)


def test_an_evaluator_speaks_for_the_own_person(plan: Plan, zone: Zone) -> None:
    person = make_person(Role.EVALUATOR, zone)[1]
    assert give(by=person, plan_id=plan.pk, **GIVEN).body == person.name


def test_the_officer_enters_what_a_body_wrote(asked: Adjustment, officer: Person) -> None:
    assert give(by=officer, plan_id=asked.plan_id, adjustment_id=asked.pk, body="专家论证组", **GIVEN).body == "专家论证组"
    with pytest.raises(Invalid) as caught:
        give(by=officer, plan_id=asked.plan_id, adjustment_id=asked.pk, **GIVEN)
    assert caught.value.field == "body"


def test_a_second_opinion_stands_beside_the_first(plan: Plan, contact: tuple[User, Person]) -> None:
    give(by=contact[1], plan_id=plan.pk, **GIVEN)
    give(by=contact[1], plan_id=plan.pk, **{**GIVEN, "position": "object", "text": "不同意。"})
    assert list(Opinion.objects.order_by("pk").values_list("position", flat=True)) == ["agree", "object"]


def test_the_same_opinion_sent_twice_is_one(asked: Adjustment, contact: tuple[User, Person], leader: tuple[User, Person], later: Any) -> None:
    give(by=contact[1], plan_id=asked.plan_id, adjustment_id=asked.pk, **GIVEN)
    with pytest.raises(Conflict, match="生态环境局"):
        give(by=contact[1], plan_id=asked.plan_id, adjustment_id=asked.pk, **GIVEN)
    give(by=leader[1], plan_id=asked.plan_id, adjustment_id=asked.pk, **GIVEN)  # another person
    give(by=contact[1], plan_id=asked.plan_id, **GIVEN)  # of the plan itself
    give(by=contact[1], plan_id=asked.plan_id, adjustment_id=asked.pk, **{**GIVEN, "text": "同意，无补充意见。"})
    later(minutes=11)
    give(by=contact[1], plan_id=asked.plan_id, adjustment_id=asked.pk, **GIVEN)
    assert Opinion.objects.count() == Entry.objects.filter(action="opinion.give").count() == 5


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    def pass_by(**time: int) -> None:
        then = clock.now() + timedelta(**time)
        monkeypatch.setattr(clock, "now", lambda: then)

    return pass_by


@pytest.mark.django_db(transaction=True)
def test_the_same_opinion_sent_twice_at_once_is_one(zone: Zone, unit: Unit, officer: Person, contact: tuple[User, Person]) -> None:
    plan = approved(decided(make_reviewed_plan(zone, unit=unit)), officer)
    found = at_once(*[lambda: give(by=contact[1], plan_id=plan.pk, **GIVEN)] * 2)
    assert (sorted(type(one).__name__ for one in found), Opinion.objects.count()) == (["Conflict", "Opinion"], 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"position": "maybe"}, "position"), ({"position": "object", "text": " "}, "text"), ({"text": "字" * 5001}, "text"),
        ({"given_on": None}, "given_on"), ({"given_on": clock.today() + timedelta(days=1)}, "given_on"), ({"unit_id": 0}, "unit_id"),
    ],
)  # fmt: skip
def test_a_poor_opinion_is_refused_by_field(values: dict[str, Any], field: str, plan: Plan, contact: tuple[User, Person]) -> None:
    with pytest.raises(Invalid) as caught:
        give(by=contact[1], plan_id=plan.pk, **{**GIVEN, **values})
    assert caught.value.field == field


def test_no_opinion_before_or_after_the_collection(plan: Plan, officer: Person, contact: tuple[User, Person]) -> None:
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    for _turn in range(2):
        with pytest.raises(Conflict):
            give(by=contact[1], plan_id=plan.pk, adjustment_id=adjustment.pk, **GIVEN)
        adjustments.withdraw(by=officer, adjustment_id=adjustment.pk, expected=adjustment.revision) if _turn == 0 else None


def test_a_draft_is_spoken_of_by_those_who_may_read_it(ready: Plan, contact: tuple[User, Person], leader: tuple[User, Person]) -> None:
    with pytest.raises(Forbidden):
        give(by=contact[1], plan_id=ready.pk, **GIVEN)
    assert give(by=leader[1], plan_id=ready.pk, **GIVEN).plan == ready


def test_not_on_a_closed_plan_nor_from_another_zone(plan: Plan, officer: Person, leader: tuple[User, Person], outsider: tuple[User, Person]) -> None:
    with pytest.raises(Conflict):
        give(by=outsider[1], plan_id=plan.pk, body="x", **GIVEN)
    close(by=officer, plan_id=plan.pk, expected=plan.revision, closed_on=date(2026, 10, 1))
    with pytest.raises(Conflict):
        give(by=leader[1], plan_id=plan.pk, **GIVEN)


def test_the_auditor_gives_none(plan: Plan, zone: Zone) -> None:
    with pytest.raises(Forbidden):
        give(by=make_person(Role.AUDITOR, zone)[1], plan_id=plan.pk, **GIVEN)
