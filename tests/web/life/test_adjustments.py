"""An approved plan changes by an approved adjustment alone; stale lines, second approvals and older views are refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.life import adjusted, adopted, approved, changed, consulted, decided, drafted, item_of
from tests.factories.web import make_person, make_reviewed_plan
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.commands import adjustment_lines as lines
from lantu_web.plans.commands import adjustments
from lantu_web.plans.enums import AdjustmentState, PlanState, Trigger
from lantu_web.plans.models import Adjustment, Item, ItemState, Plan, Version
from lantu_web.plans.queries.adjustments import lines_of
from lantu_web.plans.queries.versions import state_at


def test_one_target_is_adjusted_by_due_procedure(plan: Plan, officer: Person) -> None:
    baseline = state_at(plan, 1)
    version = adjusted(plan, officer, value="3.2")
    plan.refresh_from_db()
    adjustment = Adjustment.objects.get()
    assert (plan.state, version.number, version.effective_on) == (PlanState.ADJUSTED, 2, date(2026, 6, 30))
    assert (adjustment.state, adjustment.version, adjustment.upper_body) == (AdjustmentState.APPROVED, version, "云溪新区党工委")
    assert state_at(plan, 1) == baseline
    assert state_at(plan, 2) == {**baseline, "M-002": {**baseline["M-002"], "value": "3.2"}}
    assert baseline["M-002"]["value"] == "3.5"


def test_one_title_is_under_way_once(plan: Plan, officer: Person) -> None:
    first = drafted(plan, officer)
    for _turn in range(2):  # while it is drafted, and while opinions are collected
        with pytest.raises(Conflict, match="调整研发投入目标"):
            drafted(plan, officer, title=" 调整研发投入目标 ")
        if first.state == AdjustmentState.DRAFT:
            first = consulted(changed(first, item_of(plan, "M-002"), officer, value="3.2"), officer)
    drafted(plan, officer, title="调整能耗目标")
    adjustments.withdraw(by=officer, adjustment_id=first.pk, expected=first.revision)
    drafted(plan, officer, title=first.title)
    assert Adjustment.objects.count() == Entry.objects.filter(action="adjustment.draft").count() == 3


def test_a_title_that_another_bears_is_not_taken_by_renaming(plan: Plan, officer: Person) -> None:
    first, second = drafted(plan, officer), drafted(plan, officer, title="调整能耗目标")
    named: dict[str, Any] = {"by": officer, "adjustment_id": second.pk, "expected": 1, "trigger": Trigger.OTHER, "reason": "另有原因"}
    with pytest.raises(Conflict, match="调整研发投入目标"):
        adjustments.rename(**named, title=f" {first.title} ")
    renamed = adjustments.rename(**named, title=second.title)
    assert (renamed.title, renamed.reason, renamed.revision) == ("调整能耗目标", "另有原因", 2)


@pytest.mark.django_db(transaction=True)
def test_one_adjustment_sent_twice_at_once_is_one(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = approved(decided(make_reviewed_plan(zone, unit=unit)), officer)
    found = at_once(*[lambda: drafted(plan, officer, title="调整能耗目标")] * 2)
    assert (sorted(type(one).__name__ for one in found), Adjustment.objects.count()) == (["Adjustment", "Conflict"], 1)


def test_items_are_added_and_removed(plan: Plan, officer: Person) -> None:
    baseline = state_at(plan, 1)
    adjustment = drafted(plan, officer)
    task = item_of(plan, "R-001")

    def revision() -> int:
        adjustment.refresh_from_db()
        return adjustment.revision

    given: dict[str, Any] = {"by": officer, "adjustment_id": adjustment.pk}
    lines.add_item(**given, expected=revision(), kind="measure", after={"text": "建设中试基地"}, parent_id=task.pk)
    lines.add_item(**given, expected=revision(), kind="target", after={"subject": "绿地率", "comparator": ">=", "value": "38", "unit": "%", "measure": "level"})
    removed = lines.remove_item(**given, expected=revision(), item_id=item_of(plan, "R-003").pk)
    assert [row.item.code for row in removed if row.item] == ["R-003", "R-003-1", "R-003-2"]
    revision()
    adopted(consulted(adjustment, officer), officer)
    now = state_at(plan, 2)
    assert set(baseline) - set(now) == {"R-003", "R-003-1", "R-003-2"}
    assert {code: now[code] for code in set(now) - set(baseline)} == {
        "R-001-3": {"text": "建设中试基地"},
        "M-008": {
            "subject": "绿地率", "comparator": ">=", "value": "38", "value_high": None, "value_text": "", "unit": "%", "year": None,
            "period": "", "measure": "level", "nature": "", "baseline": None, "baseline_year": None,
        },
    }  # fmt: skip
    order = list(Item.objects.filter(plan=plan).order_by("position", "pk").values_list("code", flat=True))
    assert order[order.index("R-001") : order.index("R-001") + 4] == ["R-001", "R-001-1", "R-001-2", "R-001-3"]
    assert state_at(plan, 1) == baseline


def test_a_measure_does_not_stay_without_its_task(plan: Plan, officer: Person) -> None:
    adjustment = drafted(plan, officer)
    lines.remove_item(by=officer, adjustment_id=adjustment.pk, expected=1, item_id=item_of(plan, "R-003").pk)
    adjustment.refresh_from_db()
    kept = adjustment.items.get(item__code="R-003-2")
    lines.drop_line(by=officer, adjustment_id=adjustment.pk, expected=adjustment.revision, line_id=kept.pk)
    adjustment.refresh_from_db()
    consulted(adjustment, officer)
    with pytest.raises(Conflict, match="R-003-2"):
        adopted(adjustment, officer)
    assert Version.objects.count() == 1


def test_the_second_of_two_adjustments_of_one_item_is_refused_naming_the_line(plan: Plan, officer: Person) -> None:
    item = item_of(plan, "M-002")
    first, second = (consulted(changed(drafted(plan, officer), item, officer, value=value), officer) for value in ("3.2", "3.1"))
    adopted(first, officer)
    with pytest.raises(Conflict, match="M-002"):
        adopted(second, officer)
    assert [line.is_stale for line in lines_of(second)] == [True]
    assert state_at(plan, 9)["M-002"]["value"] == "3.2"
    assert Version.objects.count() == 2


def test_a_stale_line_is_renewed_and_then_approved(plan: Plan, officer: Person) -> None:
    item = item_of(plan, "M-002")
    first, second = (consulted(changed(drafted(plan, officer), item, officer, value=value), officer) for value in ("3.2", "3.1"))
    adopted(first, officer)
    adjustments.take_back(by=officer, adjustment_id=second.pk, expected=second.revision)
    lines.renew_line(by=officer, adjustment_id=second.pk, expected=second.revision + 1, line_id=second.items.get().pk)
    second.refresh_from_db()
    row = second.items.get()
    assert ((row.before or {})["value"], (row.after or {})["value"]) == ("3.2", "3.1")
    assert adopted(consulted(second, officer), officer).number == 3


def test_a_renewed_line_that_changes_nothing_any_more_goes(plan: Plan, officer: Person) -> None:
    item = item_of(plan, "M-002")
    second = changed(drafted(plan, officer), item, officer, value="3.2")
    adjusted(plan, officer, value="3.2")
    assert lines.renew_line(by=officer, adjustment_id=second.pk, expected=second.revision, line_id=second.items.get().pk) is None
    assert second.items.count() == 0


def test_two_adjustments_of_different_items_follow_each_other(plan: Plan, officer: Person) -> None:
    first = consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)
    second = consulted(changed(drafted(plan, officer), item_of(plan, "M-001"), officer, value="480"), officer)
    assert (adopted(first, officer).number, adopted(second, officer).number) == (2, 3)
    now = state_at(plan, 3)
    assert (now["M-001"]["value"], now["M-002"]["value"]) == ("480", "3.2")


def test_approving_twice_is_refused(plan: Plan, officer: Person) -> None:
    adjustment = consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)
    adopted(adjustment, officer)
    adjustment.refresh_from_db()
    with pytest.raises(Conflict):
        adopted(adjustment, officer)
    assert (Version.objects.count(), Entry.objects.filter(action="adjustment.approve").count()) == (2, 1)


def test_what_was_not_shown_around_is_not_approved(plan: Plan, officer: Person) -> None:
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    with pytest.raises(Conflict):
        adopted(adjustment, officer)


def test_an_empty_adjustment_is_not_shown_around(plan: Plan, officer: Person) -> None:
    with pytest.raises(Conflict):
        consulted(drafted(plan, officer), officer)


def test_lines_stand_while_opinions_are_collected(plan: Plan, officer: Person) -> None:
    adjustment = consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)
    given: dict[str, Any] = {"by": officer, "adjustment_id": adjustment.pk, "expected": adjustment.revision}
    line = adjustment.items.get()
    acts = (
        lambda: lines.change_item(**given, item_id=item_of(plan, "M-001").pk, after={}),
        lambda: lines.add_item(**given, kind="measure", after={"text": "x"}),
        lambda: lines.remove_item(**given, item_id=item_of(plan, "M-001").pk),
        lambda: lines.rewrite_line(**given, line_id=line.pk, after={}),
        lambda: lines.renew_line(**given, line_id=line.pk),
        lambda: lines.drop_line(**given, line_id=line.pk),
        lambda: adjustments.rename(**given, title="x", trigger=Trigger.OTHER, reason="x"),
    )
    for act in acts:
        with pytest.raises(Conflict):
            act()


def test_withdrawn_is_over(plan: Plan, officer: Person) -> None:
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    adjustments.withdraw(by=officer, adjustment_id=adjustment.pk, expected=adjustment.revision)
    adjustment.refresh_from_db()
    assert adjustment.state == AdjustmentState.WITHDRAWN
    with pytest.raises(Conflict):
        adjustments.withdraw(by=officer, adjustment_id=adjustment.pk, expected=adjustment.revision)
    with pytest.raises(Conflict):
        consulted(adjustment, officer)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"approving_body": ""}, "approving_body"), ({"document_number": " "}, "document_number"), ({"approved_on": None}, "approved_on"),
        ({"effective_on": None}, "effective_on"), ({"approved_on": clock.today() + timedelta(days=2)}, "approved_on"),
        ({"approved_on": date(2026, 1, 19)}, "approved_on"), ({"effective_on": date(2026, 6, 29)}, "effective_on"),
        ({"upper_body": "委" * 101}, "upper_body"),
    ],
)  # fmt: skip
def test_an_approval_without_its_papers_is_refused(values: dict[str, Any], field: str, plan: Plan, officer: Person) -> None:
    adjustment = consulted(changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2"), officer)
    given = {
        "approving_body": "管委会", "document_number": "1号", "approved_on": date(2026, 6, 30), "effective_on": date(2026, 6, 30), **values,
    }  # fmt: skip
    with pytest.raises(Invalid) as caught:
        adjustments.approve(by=officer, adjustment_id=adjustment.pk, expected=adjustment.revision, **given)
    assert caught.value.field == field
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("after", "field"),
    [({"value": "三点二"}, "value"), ({"subject": ""}, "subject"), ({"year": "30"}, "year"), ({"comparator": "!"}, "comparator")],
)
def test_a_line_that_cannot_be_is_refused(after: dict[str, str], field: str, plan: Plan, officer: Person) -> None:
    adjustment = drafted(plan, officer)
    with pytest.raises(Invalid) as caught:
        changed(adjustment, item_of(plan, "M-002"), officer, **after)
    assert caught.value.field == field
    assert adjustment.items.count() == 0


def test_a_line_that_changes_nothing_or_stands_there_already_is_refused(plan: Plan, officer: Person) -> None:
    adjustment, item = drafted(plan, officer), item_of(plan, "M-002")
    with pytest.raises(Invalid):
        changed(adjustment, item, officer)
    changed(adjustment, item, officer, value="3.2")
    with pytest.raises(Conflict, match="M-002"):
        changed(adjustment, item, officer, value="3.3")
    assert adjustment.items.count() == 1


def test_a_line_is_rewritten_and_dropped(plan: Plan, officer: Person) -> None:
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    row = adjustment.items.get()
    lines.rewrite_line(by=officer, adjustment_id=adjustment.pk, expected=2, line_id=row.pk, after={**(row.after or {}), "value": "3.1"}, reason="稳妥")
    row.refresh_from_db()
    assert ((row.before or {})["value"], (row.after or {})["value"], row.reason) == ("3.5", "3.1", "稳妥")
    lines.drop_line(by=officer, adjustment_id=adjustment.pk, expected=3, line_id=row.pk)
    with pytest.raises(Conflict):
        lines.drop_line(by=officer, adjustment_id=adjustment.pk, expected=4, line_id=row.pk)
    acts = Entry.objects.order_by("number").values_list("action", flat=True)
    assert [act for act in acts if act.startswith("adjustment")] == [
        "adjustment.draft", "adjustment.line.change", "adjustment.line.rewrite", "adjustment.line.drop",
    ]  # fmt: skip


def test_an_older_view_is_refused_everywhere(plan: Plan, officer: Person) -> None:
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    line, item = adjustment.items.get(), item_of(plan, "M-001")
    old: dict[str, Any] = {"by": officer, "adjustment_id": adjustment.pk, "expected": adjustment.revision - 1}
    acts = (
        lambda: lines.change_item(**old, item_id=item.pk, after={}),
        lambda: lines.add_item(**old, kind="measure", after={"text": "x"}),
        lambda: lines.remove_item(**old, item_id=item.pk),
        lambda: lines.rewrite_line(**old, line_id=line.pk, after={}),
        lambda: lines.renew_line(**old, line_id=line.pk),
        lambda: lines.drop_line(**old, line_id=line.pk),
        lambda: adjustments.rename(**old, title="x", trigger=Trigger.OTHER, reason="x"),
        lambda: adjustments.consult(**old),
        lambda: adjustments.withdraw(**old),
    )
    for act in acts:
        with pytest.raises(Conflict, match=officer.name):
            act()


def test_before_approval_and_after_closing_there_are_no_adjustments(ready: Plan, officer: Person) -> None:
    with pytest.raises(Conflict):
        drafted(ready, officer)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PLANNING_OFFICER, Role.SYSTEM_ADMINISTRATOR)])
def test_other_roles_prepare_nothing(role: Role, plan: Plan, zone: Zone, unit: Unit, officer: Person) -> None:
    person = make_person(role, zone, unit)[1]
    with pytest.raises(Forbidden):
        drafted(plan, person)
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    with pytest.raises(Forbidden):
        adopted(consulted(adjustment, officer), person)


def test_another_zone_finds_nothing(plan: Plan, officer: Person, outsider: tuple[User, Person]) -> None:
    with pytest.raises(Conflict):
        drafted(plan, outsider[1])
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    with pytest.raises(Conflict):
        consulted(adjustment, outsider[1])


def test_an_item_of_another_plan_is_not_taken(plan: Plan, zone: Zone, unit: Unit, officer: Person) -> None:
    other = approved(decided(make_reviewed_plan(zone, unit=unit, name="另一个规划")), officer)
    with pytest.raises(Conflict):
        changed(drafted(plan, officer), item_of(other, "M-002"), officer, value="3.2")
    with pytest.raises(Conflict):
        lines.add_item(
            by=officer, adjustment_id=drafted(plan, officer).pk, expected=1, kind="measure", after={"text": "x"},
            parent_id=item_of(other, "R-001").pk,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_adjustments_of_one_item_approved_at_once(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = approved(decided(make_reviewed_plan(zone, unit=unit)), officer)
    item = item_of(plan, "M-002")
    two = [consulted(changed(drafted(plan, officer), item, officer, value=value), officer) for value in ("3.2", "3.0")]
    answers = at_once(*[lambda one=one: adopted(one, officer) for one in two])
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Version"]
    won = next(one for one, answer in zip(two, answers, strict=True) if isinstance(answer, Version))
    assert state_at(plan, 2)["M-002"] == won.items.get().after
    assert (Version.objects.count(), ItemState.objects.filter(version__number=2).count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_line_added_at_the_moment_of_asking_for_opinions(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = approved(decided(make_reviewed_plan(zone, unit=unit)), officer)
    adjustment = changed(drafted(plan, officer), item_of(plan, "M-002"), officer, value="3.2")
    stale = Adjustment.objects.get(pk=adjustment.pk)
    answers = at_once(
        lambda: consulted(adjustment, officer), lambda: changed(stale, item_of(plan, "M-001"), officer, value="480")
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Adjustment", "Conflict"]


