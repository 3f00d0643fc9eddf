"""Schemes are opened once, lines taken over whole or not at all, drafts leave without a trace in the ledger, what was sent is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.life import adjusted, approved, decided
from tests.factories.web import make_plan, make_reviewed_plan, make_unit
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.bridge.breakdown import Choice, accept, proposals
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Candidate, Plan
from lantu_web.tasks.commands import dividing, signing
from lantu_web.tasks.drafts import Draft, NodeDraft, YearDraft
from lantu_web.tasks.enums import SignatureState, Signing, TaskState
from lantu_web.tasks.models import Change, Division, Task
from lantu_web.tasks.queries.divisions import overview_of


def add(by: Person, division: Division, **values: Any) -> Task:
    return dividing.add_task(by=by, division_id=division.pk, draft=Draft(**{"title": "壮大精密装备产业", **values}))


def proposed(plan: Plan, code: str) -> Draft:
    return next(one.draft for one in proposals(plan) if one.said.item.code == code)


def test_a_scheme_is_opened_once(plan: Plan, officer: Person) -> None:
    first, second = (dividing.open_division(by=officer, plan_id=plan.pk) for _n in range(2))
    assert (first, first.title, Division.objects.count()) == (second, "云溪新区高质量发展五年规划纲要分工方案", 1)
    assert Entry.objects.filter(action="division.open").count() == 1


def test_only_what_is_in_force_is_broken_down(zone: Zone, unit: Unit, officer: Person, contact: tuple[User, Person]) -> None:
    draft = make_reviewed_plan(zone, unit=unit)
    with pytest.raises(Conflict):
        dividing.open_division(by=officer, plan_id=draft.pk)
    with pytest.raises(Forbidden):
        dividing.open_division(by=contact[1], plan_id=draft.pk)


def test_another_zones_plan_is_not_there(other_zone: Zone, officer: Person) -> None:
    with pytest.raises(Conflict):
        dividing.open_division(by=officer, plan_id=make_plan(other_zone).pk)


def test_a_line_comes_with_its_years_nodes_and_units(division: Division, officer: Person, economy: Unit, other_unit: Unit) -> None:
    task = add(
        officer, division, chapter="第三章 重点任务", lead_unit=economy.pk, lead_reason="规划写明：“经济发展局”", cooperating=(other_unit.pk,),
        due_on=date(2028, 12, 31), years=(YearDraft(year=2026, goal="开工", value=Decimal(1), reason="2×1/2"),),
        nodes=(NodeDraft(due_on=date(2026, 6, 30), text="完成选址"),),
    )  # fmt: skip
    part, node = task.parts.get(), task.nodes.get()
    assert (task.number, task.state, task.revision, task.latest_on) == ("3-1", TaskState.DRAFT, 1, date(2028, 12, 31))
    assert (part.year, part.goal, part.value, part.reason) == (2026, "开工", Decimal(1), "2×1/2")
    assert (node.part, node.year, node.quarter, node.latest_on) == (part, 2026, 2, date(2028, 12, 31))
    assert list(task.cooperating.all()) == [other_unit]
    assert Change.objects.get(task=task).action == "task.add"


def test_the_title_of_a_figure_says_its_bound_and_the_kind_of_change(everything: dict[str, Task]) -> None:
    assert [everything[f"M-00{number}"].title for number in range(1, 8)] == [
        "地区生产总值：500亿元左右", "研发经费投入强度：3.5%以上", "单位生产总值能耗：降低12%", "产值：达到180亿元", "集聚规模以上企业：达到30家",
        "新增首台套产品：每年5项以上", "新建污水处理厂：2座",
    ]  # fmt: skip


def test_numbers_tell_chapter_task_and_measure(everything: dict[str, Task]) -> None:
    found = {code: task.number for code, task in everything.items()}
    assert {code: found[code] for code in ("M-001", "R-001", "R-001-2", "J-001", "M-004", "R-004-1")} == {
        "M-001": "2-1", "R-001": "3-1", "R-001-2": "3-1-2", "J-001": "3-1-2-1", "M-004": "3-1-1-2", "R-004-1": "4-1-1",
    }  # fmt: skip
    ordered = sorted(everything.values(), key=lambda task: task.position)
    assert [task.number for task in ordered[:5]] == ["2-1", "2-2", "2-3", "3-1", "3-1-1"]


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"title": " "}, Invalid, "title"),
        ({"lead_unit": 987654}, Invalid, "lead_unit"),
        ({"left_out": "由市场实现", "lead_unit": "economy"}, Invalid, "left_out"),
        ({"start_on": date(2028, 1, 1), "due_on": date(2027, 1, 1)}, Invalid, "start_on"),
        ({"due_on": date(2026, 6, 1), "nodes": (NodeDraft(due_on=date(2026, 6, 2), text="迟"),)}, Invalid, "due_on"),
        ({"years": (YearDraft(year=2026), YearDraft(year=2026))}, Invalid, "year"),
        ({"lead_unit": "economy", "cooperating": ("economy",)}, Invalid, "cooperating"),
        ({"item": 987654}, Conflict, None),
        ({"parent": 987654}, Conflict, None),
    ],
)
def test_what_cannot_be_a_line(
    values: dict[str, Any], error: type[Exception], field: str | None, division: Division, officer: Person, economy: Unit
) -> None:
    known = {"economy": economy.pk}
    given = {name: known.get(value, value) if isinstance(value, str) else value for name, value in values.items()}
    if "cooperating" in given:
        given["cooperating"] = (economy.pk,)
    with pytest.raises(error) as caught:
        add(officer, division, **given)
    assert caught.value.field == field  # type: ignore[attr-defined]
    assert not Task.objects.exists()


def test_all_or_none(division: Division, officer: Person) -> None:
    good, bad = Draft(title="好"), Draft(title="")
    with pytest.raises(Invalid):
        dividing.add_tasks(by=officer, division_id=division.pk, drafts=[good, bad])
    assert not Task.objects.exists()


DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"nodes": (NodeDraft(due_on=DAY, text="完成选址"), NodeDraft(due_on=DAY, text=" 完成选址 "))}, "nodes.1.text"),
        ({"nodes": (NodeDraft(due_on=DAY, text=" "),)}, "nodes.0.text"), ({"nodes": (NodeDraft(due_on=DAY, text="字" * 301),)}, "nodes.0.text"),
        ({"years": (YearDraft(year=2026), YearDraft(year=2027, goal="字" * 501))}, "years.1.goal"),
        ({"measured_in": "字" * 41}, "measured_in"), ({"topic": "字" * 41}, "topic"), ({"chapter": "字" * 201}, "chapter"),
        ({"source": "字" * 301}, "source"), ({"left_out": "字" * 301}, "left_out"), ({"cooperating": (987654,)}, "cooperating"),
    ],
)  # fmt: skip
def test_nothing_is_cut_and_the_place_is_named(values: dict[str, Any], field: str, division: Division, officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        add(officer, division, **values)
    assert caught.value.field == field
    with pytest.raises(Invalid) as among_others:
        dividing.add_tasks(by=officer, division_id=division.pk, drafts=[Draft(title="好"), Draft(**{"title": "坏", **values})])
    assert (among_others.value.field, Task.objects.exists()) == (f"drafts.1.{field}", False)


def test_a_cooperating_unit_stands_there_once(division: Division, officer: Person, economy: Unit) -> None:
    with pytest.raises(Invalid) as caught:
        add(officer, division, cooperating=(economy.pk, economy.pk))
    assert caught.value.field == "cooperating"


def test_an_item_is_taken_once(division: Division, officer: Person) -> None:
    draft = proposed(division.plan, "M-003")
    dividing.add_task(by=officer, division_id=division.pk, draft=draft)
    with pytest.raises(Conflict, match="2-1"):
        dividing.add_task(by=officer, division_id=division.pk, draft=draft)
    with pytest.raises(Invalid):
        again = proposed(division.plan, "M-002")
        dividing.add_tasks(by=officer, division_id=division.pk, drafts=[again, replace(again)])


@pytest.mark.django_db(transaction=True)
def test_two_officers_take_the_same_chapter_at_once(division: Division, officer: Person) -> None:
    choices = [Choice(item=one.said.item.pk, lead_unit=one.draft.lead_unit) for one in proposals(division.plan, chapter="第二章 主要目标")]

    def take() -> object:
        return accept(by=officer, division_id=division.pk, choices=choices)

    told = at_once(take, take)
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "list"]
    assert sorted(Task.objects.values_list("number", flat=True)) == ["2-1", "2-2", "2-3"]


def test_what_an_adjustment_takes_out_is_told(everything: dict[str, Task], plan: Plan, officer: Person) -> None:
    assert overview_of(plan).hurdles.no_longer_said == []
    adjusted(plan, officer, code="M-002", value="3.2")
    assert [one.said.item.code for one in proposals(plan)] == []
    assert overview_of(plan).hurdles.open_items == 0


def test_a_draft_leaves_with_those_below_it(everything: dict[str, Task], division: Division, officer: Person) -> None:
    task = everything["R-001"]
    assert dividing.remove_draft(by=officer, task_id=task.pk, expected=task.revision) == 7
    assert not Task.objects.filter(number__startswith="3-1").exists()
    with pytest.raises(Conflict):
        dividing.remove_draft(by=officer, task_id=task.pk, expected=task.revision)
    assert Entry.objects.filter(action="task.remove").count() == 7


def test_what_was_sent_is_withdrawn_with_a_reason(division: Division, officer: Person, economy: Unit, contact: tuple[User, Person]) -> None:
    task = add(officer, division, lead_unit=economy.pk)
    signing.send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today() + timedelta(days=5))
    task.refresh_from_db()
    with pytest.raises(Conflict):
        dividing.remove_draft(by=officer, task_id=task.pk, expected=task.revision)
    with pytest.raises(Invalid):
        dividing.withdraw(by=officer, task_id=task.pk, expected=task.revision, reason=" ")
    with pytest.raises(Forbidden):
        dividing.withdraw(by=contact[1], task_id=task.pk, expected=task.revision, reason="重复")
    dividing.withdraw(by=officer, task_id=task.pk, expected=task.revision, reason="重复")
    task.refresh_from_db()
    assert (task.state, task.signing) == (TaskState.WITHDRAWN, Signing.NONE)
    assert [(row.state, row.is_superseded) for row in task.signatures.all()] == [(SignatureState.WAITING, True)]
    with pytest.raises(Conflict):
        dividing.withdraw(by=officer, task_id=task.pk, expected=task.revision, reason="重复")


def test_a_withdrawn_item_is_offered_again_under_a_new_number(division: Division, officer: Person) -> None:
    draft = proposed(division.plan, "M-003")
    task = dividing.add_task(by=officer, division_id=division.pk, draft=draft)
    signing.send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today() + timedelta(days=5))
    task.refresh_from_db()
    dividing.withdraw(by=officer, task_id=task.pk, expected=task.revision, reason="另行分解")
    assert dividing.add_task(by=officer, division_id=division.pk, draft=proposed(division.plan, "M-003")).number == "2-2"


def test_proposals_learn_from_what_was_decided_in_the_zone_only(division: Division, officer: Person, zone: Zone, other_zone: Zone) -> None:
    robots = make_unit(zone, "机器人产业办公室", "009")
    for title in ("建设智能机器人测试场", "举办智能机器人大会"):
        add(officer, division, title=title, lead_unit=robots.pk)
    lead = next(one.lead for one in proposals(division.plan) if one.said.item.code == "R-002")
    assert lead is not None
    assert (lead.unit, lead.reason) == (robots, "以往分工：“智能机器人”（以往2项中2项）")


def test_goals_left_to_the_market_are_proposed_as_not_decomposed(zone: Zone, unit: Unit, officer: Person) -> None:
    reviewed = decided(make_reviewed_plan(zone, unit=unit, name="另一规划"))
    for candidate in Candidate.objects.filter(plan=reviewed, kind=ItemKind.TARGET):
        nature = "约束性" if "能耗" in candidate.label else "预期性"
        Candidate.objects.filter(pk=candidate.pk).update(content={**candidate.content, "nature": nature})
    plan = approved(reviewed, officer)
    found = {one.said.item.code: (one.draft.left_out, bool(one.draft.years), one.lead is not None) for one in proposals(plan)}
    assert (found["M-001"], found["M-003"]) == (
        ("预期性目标，主要依靠市场主体实现，不分解到单位，作监测分析", False, False), ("", True, True),
    )  # fmt: skip
