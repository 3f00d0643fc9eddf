"""Versions: the baseline never changes, two versions compare as mirrors of each other, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.life import adjusted, adopted, consulted, drafted, item_of

from lantu_web.accounts.acting import Person
from lantu_web.plans.commands import adjustment_lines as lines
from lantu_web.plans.differences import FieldPair
from lantu_web.plans.enums import Change
from lantu_web.plans.models import Item, ItemState, Plan, Version
from lantu_web.plans.queries.versions import Comparison, compare, current_states, state_at, versions_of


def version(plan: Plan, number: int) -> Version:
    return Version.objects.get(plan=plan, number=number)


def test_what_changed_is_told_field_by_field(plan: Plan, officer: Person) -> None:
    adjusted(plan, officer, value="3.2", year="2029")
    found = compare(plan, version(plan, 1), version(plan, 2))
    (row,) = found.differing
    assert (row.code, row.change, row.heading_title) == ("M-002", Change.CHANGE, "第二章 主要目标")
    assert (row.label_before, row.label_after) == ("研发经费投入强度 ≥3.5%", "研发经费投入强度 ≥3.2%")
    assert [(pair.name, pair.before, pair.after) for pair in row.fields] == [("value", "3.5", "3.2"), ("year", "2030", "2029")]
    assert (found.unchanged, found.added, found.removed) == (Item.objects.count() - 1, (), ())


def test_a_choice_is_told_by_its_label(plan: Plan, officer: Person) -> None:
    adjusted(plan, officer, nature="约束性")
    (row,) = compare(plan, version(plan, 1), version(plan, 2)).differing
    assert [(pair.before, pair.after) for pair in row.fields] == [("", "约束性")]


def test_changed_and_changed_back_is_unchanged(plan: Plan, officer: Person) -> None:
    adjusted(plan, officer, value="3.2")
    adjusted(plan, officer, value="3.5")
    assert compare(plan, version(plan, 1), version(plan, 3)).differing == ()
    assert len(compare(plan, version(plan, 2), version(plan, 3)).changed) == 1


def test_added_and_removed(plan: Plan, officer: Person) -> None:
    adjustment = drafted(plan, officer)
    lines.add_item(by=officer, adjustment_id=adjustment.pk, expected=1, kind="project", after={"name": "云溪大桥"})
    lines.remove_item(by=officer, adjustment_id=adjustment.pk, expected=2, item_id=item_of(plan, "X-001").pk)
    adjustment.refresh_from_db()
    adopted(consulted(adjustment, officer), officer)
    found = compare(plan, version(plan, 1), version(plan, 2))
    assert [(row.code, row.label_before, row.label_after) for row in found.added] == [("X-003", "", "云溪大桥")]
    assert [(row.code, row.label_before, row.label_after) for row in found.removed] == [("X-001", "精密装备产业园二期", "")]
    assert [(pair.before, pair.after) for pair in found.added[0].fields] == [("", "云溪大桥")]
    assert compare(plan, version(plan, 2), version(plan, 2)).differing == ()


def test_versions_tell_how_much_they_wrote(plan: Plan, officer: Person) -> None:
    adjusted(plan, officer)
    assert [(one.number, getattr(one, "written", None)) for one in versions_of(plan)] == [(2, 1), (1, Item.objects.count())]


@pytest.mark.parametrize("adjustments", [1, 3])
def test_queries_do_not_grow(adjustments: int, plan: Plan, officer: Person, django_assert_num_queries: Callable[[int], Any]) -> None:
    for turn in range(adjustments):
        adjusted(plan, officer, value=f"3.{turn}1")
    first, last = version(plan, 1), version(plan, adjustments + 1)
    with django_assert_num_queries(3):
        compare(plan, first, last)
    with django_assert_num_queries(1):
        state_at(plan, adjustments)
    with django_assert_num_queries(1):
        current_states(plan)


Step = tuple[str, int, str]
STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(["change", "remove", "add"]), st.integers(0, 40), st.sampled_from(["甲", "乙", "丙"])), min_size=1, max_size=2),
    min_size=1, max_size=3,
)  # fmt: skip


def carried_out(plan: Plan, officer: Person, steps: list[Step]) -> None:
    """One adjustment with these lines as far as they can be, approved."""
    adjustment = drafted(plan, officer)
    for act, number, word in steps:
        adjustment.refresh_from_db()
        common: dict[str, Any] = {"by": officer, "adjustment_id": adjustment.pk, "expected": adjustment.revision}
        taken = set(adjustment.items.values_list("item", flat=True))
        free = [s for s in current_states(plan).values() if not s.is_removed and s.item_id not in taken]
        state = free[number % len(free)]
        if act == "add":
            lines.add_item(**common, kind="mechanism", after={"name": word})
        elif act == "remove":
            lines.remove_item(**common, item_id=state.item_id)
        else:
            name = next(iter(state.content))
            lines.change_item(**common, item_id=state.item_id, after={**state.content, name: f"{state.content[name]}{word}"})
    adjustment.refresh_from_db()
    adopted(consulted(adjustment, officer), officer)


def mirrored(found: Comparison) -> list[tuple[Any, ...]]:
    turn = {Change.ADD: Change.REMOVE, Change.REMOVE: Change.ADD, Change.CHANGE: Change.CHANGE, None: None}
    return [
        (row.code, turn[row.change], row.label_after, row.label_before,
         tuple(FieldPair(name=p.name, label=p.label, before=p.after, after=p.before) for p in row.fields))
        for row in found.rows
    ]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=STEPS)
def test_whatever_is_adjusted_the_baseline_stays_and_comparisons_are_mirrors(plan: Plan, officer: Person, sequence: list[list[Step]]) -> None:
    with transaction.atomic():
        baseline, rows = state_at(plan, 1), list(ItemState.objects.filter(version__number=1).order_by("pk").values())
        for steps in sequence:
            carried_out(plan, officer, steps)
        assert state_at(plan, 1) == baseline
        assert list(ItemState.objects.filter(version__number=1).order_by("pk").values()) == rows
        versions = list(Version.objects.filter(plan=plan).order_by("number"))
        for first, second in ((versions[0], versions[-1]), (versions[-2], versions[-1])):
            there, back = compare(plan, first, second), compare(plan, second, first)
            assert mirrored(back) == [(r.code, r.change, r.label_before, r.label_after, r.fields) for r in there.rows]
            before, after = state_at(plan, first.number), state_at(plan, second.number)
            assert {row.code for row in there.added} == set(after) - set(before)
            assert {row.code for row in there.removed} == set(before) - set(after)
            assert {row.code for row in there.changed} == {code for code in before if code in after and before[code] != after[code]}
            assert len(there.rows) == there.unchanged + len(there.differing) == len(set(before) | set(after))
        transaction.set_rollback(True)
