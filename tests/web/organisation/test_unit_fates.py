"""Renamed, merged, split, dissolved: history stays, posts end or go on, and what was a unit's own is its successor's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories.web import make_plan, make_post, make_unit, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.unit_fates import dissolve_unit, merge_units, rename_unit, split_unit
from lantu_web.accounts.commands.units import UnitTerms
from lantu_web.accounts.enums import Role, UnitKind
from lantu_web.accounts.models import Post, Unit, UnitSuccession, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.accounts.rights import Right
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Invalid

NEW = UnitTerms(code="020", name="发展改革和环境局", kind=UnitKind.BUREAU)


def posts_of(user: User) -> list[tuple[str, date | None, date | None]]:
    return [(post.unit.name if post.unit else "", post.valid_from, post.valid_to) for post in user.posts.order_by("id")]


def test_a_new_name_keeps_the_old_one_with_its_last_day(officer: Person, unit: Unit, today: date) -> None:
    rename_unit(by=officer, unit_id=unit.pk, expected=1, name="发展和改革局", short="发改局", on=today, document_number="云编〔2026〕3号")
    unit.refresh_from_db()
    assert (unit.name, unit.short_name, [(old.name, old.until) for old in unit.former_names.all()]) == ("发展和改革局", "发改局", [("发展改革局", today)])
    with pytest.raises(Conflict):
        rename_unit(by=officer, unit_id=unit.pk, expected=1, name="发改委", short="", on=today)
    with pytest.raises(Invalid) as refused:
        rename_unit(by=officer, unit_id=unit.pk, expected=2, name="发改委", short="", on=today + timedelta(days=1))
    assert refused.value.field == "on"
    entry = Entry.objects.get()
    assert (entry.action, entry.after["document_number"]) == ("unit.rename", "云编〔2026〕3号")


def test_a_slip_of_the_pen_leaves_no_former_name(officer: Person, unit: Unit) -> None:
    rename_unit(by=officer, unit_id=unit.pk, expected=1, name="发展和改革局", short="", on=None, is_slip=True)
    assert list(unit.former_names.all()) == []


def test_two_units_become_one_and_their_people_go_on_in_it(officer: Person, zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    head, temporary = make_user("head"), make_user("temporary")
    make_post(head, Role.UNIT_HEAD, zone, unit, title="局长", valid_from=date(2024, 1, 1))
    make_post(temporary, Role.EVALUATOR, zone, other_unit, valid_to=today + timedelta(days=30))
    child = make_unit(zone, "环境监测站", parent=other_unit)
    merged = merge_units(by=officer, units={unit.pk: 1, other_unit.pk: 1}, into=NEW, on=today, document_number="云编〔2026〕5号")
    unit.refresh_from_db()
    child.refresh_from_db()
    assert (unit.dissolved_on, child.parent) == (today, merged)
    assert posts_of(head) == [("发展改革局", date(2024, 1, 1), today), ("发展改革和环境局", today, None)]
    assert posts_of(temporary)[1] == ("发展改革和环境局", today, today + timedelta(days=30))
    told = [(row.predecessor.name, row.successor.name, row.kind, row.on, row.document_number) for row in UnitSuccession.objects.all()]
    assert told == [(name, "发展改革和环境局", "merged", today, "云编〔2026〕5号") for name in ("发展改革局", "生态环境局")]
    with pytest.raises(Conflict):
        merge_units(by=officer, units={unit.pk: 1, other_unit.pk: 1}, into=NEW, on=today)


def test_what_was_a_merged_units_own_is_its_successors_through_generations(officer: Person, zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    plan = make_plan(zone, unit=unit)
    merged = merge_units(by=officer, units={unit.pk: 1, other_unit.pk: 1}, into=NEW, on=today)
    parts = split_unit(
        by=officer, unit_id=merged.pk, expected=1, on=today,
        into=[UnitTerms(code="030", name="发展局", kind="bureau"), UnitTerms(code="031", name="环境局", kind="bureau")],
    )  # fmt: skip
    user = make_user("new-contact")
    make_post(user, Role.CONTACT_PERSON, zone, parts[0])
    person = person_in_zone(user, zone, on=today)
    assert person.unit_ids == {unit.pk, other_unit.pk, merged.pk, parts[0].pk}
    assert (person.may_in_unit(Right.PLAN_DRAFT_READ, plan.unit_id), person.may_in_unit(Right.PLAN_DRAFT_READ, parts[1].pk)) == (True, False)
    assert person_in_zone(user, zone, on=today - timedelta(days=1)).unit_ids == {parts[0].pk}


def test_a_unit_joins_one_that_stays_even_one_that_stood_below_it(officer: Person, zone: Zone, unit: Unit) -> None:
    top = make_unit(zone, "管委会")
    Unit.objects.filter(pk=unit.pk).update(parent=top)
    middle = make_unit(zone, "规划处", parent=unit)
    lowest = make_unit(zone, "规划中心", parent=middle)
    gone = merge_units(by=officer, units={unit.pk: 1}, into=lowest.pk, on=date(2026, 1, 1), carry=False)
    middle.refresh_from_db()
    assert (gone.pk, gone.parent, middle.parent) == (lowest.pk, top, lowest)


def test_posts_end_with_the_unit_where_they_are_not_carried_on(officer: Person, zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    user = make_user("head")
    make_post(user, Role.UNIT_HEAD, zone, other_unit)
    make_post(user, Role.CONTACT_PERSON, zone, other_unit, valid_from=today + timedelta(days=5))
    make_post(user, Role.CONTACT_PERSON, zone, other_unit, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    merge_units(by=officer, units={other_unit.pk: 1}, into=unit.pk, on=today, carry=False)
    assert posts_of(user) == [("生态环境局", None, today), ("生态环境局", date(2020, 1, 1), date(2021, 1, 1))]
    assert sorted(Entry.objects.filter(object_type="accounts.user", object_id=str(user.pk)).values_list("action", flat=True)) == ["post.end", "post.strike"]


def test_a_post_that_was_to_begin_moves_to_the_successor(officer: Person, zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    user = make_user("head")
    make_post(user, Role.UNIT_HEAD, zone, other_unit, valid_from=today + timedelta(days=5))
    merge_units(by=officer, units={other_unit.pk: 1}, into=unit.pk, on=today)
    assert posts_of(user) == [("发展改革局", today + timedelta(days=5), None)]


def test_what_cannot_be_merged(officer: Person, unit: Unit, other_unit: Unit, today: date) -> None:
    for units, into in (({}, NEW), ({unit.pk: 1}, NEW), ({unit.pk: 1}, unit.pk)):
        with pytest.raises(Invalid):
            merge_units(by=officer, units=units, into=into, on=today)
    with pytest.raises(Conflict):
        merge_units(by=officer, units={unit.pk: 7}, into=other_unit.pk, on=today)
    assert Unit.objects.filter(dissolved_on=None).count() == 2


def test_a_split_needs_two_parts_and_may_carry_posts_into_one(officer: Person, zone: Zone, other_unit: Unit, today: date) -> None:
    user = make_user("head")
    make_post(user, Role.UNIT_HEAD, zone, other_unit)
    part = UnitTerms(code="030", name="生态环境局", kind="bureau")  # the name of the old one is free at once
    with pytest.raises(Invalid):
        split_unit(by=officer, unit_id=other_unit.pk, expected=1, into=[part], on=today)
    split_unit(by=officer, unit_id=other_unit.pk, expected=1, into=[part, UnitTerms(code="031", name="林业局", kind="bureau")], on=today, carry_into=1)
    assert [(post.unit.code, post.valid_to) for post in Post.objects.filter(user=user) if post.unit] == [("002", today), ("031", None)]


def test_a_unit_with_units_below_it_is_not_dissolved(officer: Person, zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    child = make_unit(zone, "信息中心", parent=other_unit)
    with pytest.raises(Invalid, match="信息中心"):
        dissolve_unit(by=officer, unit_id=other_unit.pk, expected=1, on=today)
    dissolve_unit(by=officer, unit_id=child.pk, expected=1, on=today, document_number="云编〔2026〕9号")
    with pytest.raises(Conflict):
        dissolve_unit(by=officer, unit_id=child.pk, expected=2, on=today)
    entry = Entry.objects.get()
    assert (entry.action, entry.after) == ("unit.dissolve", {"dissolved_on": today.isoformat(), "document_number": "云编〔2026〕9号"})
