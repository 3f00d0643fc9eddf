"""Units: entered, changed, moved without circles, ordered; every write refused to who has no right and told to the audit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from tests.factories.web import make_person, make_unit

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.groups import change_group, create_group
from lantu_web.accounts.commands.sections import add_section, rename_section, retire_section
from lantu_web.accounts.commands.units import UnitTerms, create_unit, edit_unit, move_unit, shift_unit
from lantu_web.accounts.enums import Role, UnitKind
from lantu_web.accounts.models import Unit, Zone
from lantu_web.accounts.queries.units import groups_of_zone, unit_tree
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden, Invalid

BUREAU = UnitKind.BUREAU


def terms(code: str = "010", name: str = "财政局", **values: object) -> UnitTerms:
    return UnitTerms(code=code, name=name, **{"kind": BUREAU, **values})  # type: ignore[arg-type]


def test_a_unit_is_entered_behind_its_neighbours_and_told_to_the_audit(officer: Person, unit: Unit) -> None:
    made = create_unit(by=officer, terms=terms(parent_id=unit.pk, short_name="财政", established_on=date(2020, 1, 1)))
    again = create_unit(by=officer, terms=terms("011", "审计局", parent_id=unit.pk))
    assert (made.name, made.parent, made.position, again.position) == ("财政局", unit, 10, 20)
    entry = Entry.objects.get(number=1)
    assert (entry.action, entry.after) == ("unit.create", {
        "code": "010", "name": "财政局", "short_name": "财政", "kind": "bureau", "parent": "发展改革局", "established_on": "2020-01-01", "dissolved_on": None,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "001"}, "code"),
        ({"code": " "}, "code"),
        ({"code": "1" * 21}, "code"),
        ({"name": "发展改革局"}, "name"),
        ({"name": "\x00"}, "name"),
        ({"name": "局" * 101}, "name"),
        ({"kind": "ministry"}, "kind"),
        ({"short_name": "局" * 41}, "short_name"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(wrong: dict[str, str], field: str, officer: Person) -> None:
    with pytest.raises(Invalid) as refused:
        create_unit(by=officer, terms=terms(**wrong))
    assert (refused.value.field, Unit.objects.count()) == (field, 1)


def test_no_unit_under_one_of_another_zone(officer: Person, other_zone: Zone) -> None:
    strange = make_unit(other_zone)
    with pytest.raises(Conflict):
        create_unit(by=officer, terms=terms(parent_id=strange.pk))


@pytest.mark.parametrize("role", [Role.CONTACT_PERSON, Role.UNIT_HEAD, Role.LEADER, Role.EVALUATOR, Role.AUDITOR, Role.SUPERVISION_OFFICER])
def test_only_who_may_change_the_organisation_does(role: Role, zone: Zone, unit: Unit) -> None:
    by = make_person(role, zone, unit)[1]
    acts: list[Callable[[], object]] = [
        lambda: create_unit(by=by, terms=terms()),
        lambda: move_unit(by=by, unit_id=unit.pk, expected=1, parent_id=None),
        lambda: shift_unit(by=by, unit_id=unit.pk, step=1),
        lambda: add_section(by=by, unit_id=unit.pk, name="综合科"),
        lambda: create_group(by=by, name="一组", unit_ids=[]),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_a_unit_of_another_zone_is_not_there(officer: Person, other_zone: Zone) -> None:
    strange = make_unit(other_zone)
    with pytest.raises(Conflict, match=r"不在|不存在|any more"):
        move_unit(by=officer, unit_id=strange.pk, expected=1, parent_id=None)


def test_editing_keeps_what_was_for_the_audit_and_refuses_an_older_view(officer: Person, unit: Unit, other_unit: Unit) -> None:
    values = {"code": "009", "kind": UnitKind.PARK, "parent_id": other_unit.pk, "established_on": None}
    edit_unit(by=officer, unit_id=unit.pk, expected=1, **values)  # type: ignore[arg-type]
    unit.refresh_from_db()
    assert (unit.code, unit.kind, unit.parent, unit.revision) == ("009", "park", other_unit, 2)
    with pytest.raises(Conflict, match=officer.name):
        edit_unit(by=officer, unit_id=unit.pk, expected=1, **values)  # type: ignore[arg-type]
    edit_unit(by=officer, unit_id=unit.pk, expected=2, **values)  # type: ignore[arg-type]
    assert [(entry.action, entry.before["code"], entry.after["code"]) for entry in Entry.objects.all()] == [("unit.edit", "001", "009")]


def test_no_unit_comes_to_stand_below_itself(officer: Person, zone: Zone, unit: Unit) -> None:
    child = make_unit(zone, "规划科室", parent=unit)
    grandchild = make_unit(zone, "信息中心", parent=child)
    for below in (unit, child, grandchild):
        with pytest.raises(Invalid) as refused:
            move_unit(by=officer, unit_id=unit.pk, expected=1, parent_id=below.pk)
        assert refused.value.field == "parent"


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_close_no_circle(zone: Zone, officer: Person) -> None:
    one, two = make_unit(zone, "甲局"), make_unit(zone, "乙局")
    told: list[str] = []
    start = threading.Barrier(2)

    def move(unit: Unit, under: Unit) -> None:
        start.wait()
        try:
            move_unit(by=officer, unit_id=unit.pk, expected=1, parent_id=under.pk)
            told.append("moved")
        except Invalid:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (sorted(told), (one.parent_id is None) + (two.parent_id is None)) == (["moved", "refused"], 1)


def test_units_are_put_in_order(officer: Person, zone: Zone) -> None:
    first, _second, third = (make_unit(zone, name, code) for name, code in (("甲", "1"), ("乙", "2"), ("丙", "3")))
    shift_unit(by=officer, unit_id=third.pk, step=-1)
    shift_unit(by=officer, unit_id=first.pk, step=-1)
    shift_unit(by=officer, unit_id=first.pk, step=1)
    assert [unit.name for unit in Unit.objects.all()] == ["发展改革局", "甲", "丙", "乙"]


def test_the_tree_shows_depth_people_and_sections_and_finds_by_any_name(officer: Person, contact: Person, zone: Zone, unit: Unit, today: date) -> None:
    child = make_unit(zone, "云溪街道", "100", parent=unit, kind=UnitKind.TERRITORY, short_name="云街")
    make_unit(zone, "旧机构", "900", dissolved_on=today)
    add_section(by=officer, unit_id=unit.pk, name="规划科")
    told = [(branch.unit.name, branch.depth, branch.people, [str(section) for section in branch.sections]) for branch in unit_tree(officer, on=today)]
    assert told == [("发展改革局", 1, 2, ["规划科"]), ("云溪街道", 2, 0, [])]
    assert [branch.unit.name for branch in unit_tree(officer, on=today, with_dissolved=True)][-1] == "旧机构"
    assert [(branch.unit.name, branch.found) for branch in unit_tree(officer, on=today, search="溪街")] == [("发展改革局", False), ("云溪街道", True)]
    assert unit_tree(officer, on=today, search="%") == []
    assert child.parent == unit


def test_sections_are_added_renamed_retired_and_never_doubled(officer: Person, unit: Unit) -> None:
    section = add_section(by=officer, unit_id=unit.pk, name=" 规划科 ")
    with pytest.raises(Invalid):
        add_section(by=officer, unit_id=unit.pk, name="规划科")
    rename_section(by=officer, section_id=section.pk, expected=1, name="规划与投资科")
    retire_section(by=officer, section_id=section.pk, expected=2)
    with pytest.raises(Conflict):
        retire_section(by=officer, section_id=section.pk, expected=2)
    section.refresh_from_db()
    assert (section.name, section.is_active, section.revision) == ("规划与投资科", False, 3)
    assert [entry.action for entry in Entry.objects.order_by("number")] == ["section.add", "section.rename", "section.retire"]


def test_groups_hold_living_units_and_keep_the_dissolved(officer: Person, zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    group = create_group(by=officer, name="经济发展组", unit_ids=[unit.pk, other_unit.pk])
    with pytest.raises(Invalid):
        create_group(by=officer, name="经济发展组", unit_ids=[])
    Unit.objects.filter(pk=other_unit.pk).update(dissolved_on=today)
    change_group(by=officer, group_id=group.pk, expected=1, name="经济组", unit_ids=[unit.pk])
    with pytest.raises(Conflict):
        change_group(by=officer, group_id=group.pk, expected=1, name="甲组", unit_ids=[unit.pk])
    assert [(one.name, [str(unit) for unit in one.living], one.units.count()) for one in groups_of_zone(zone.pk)] == [("经济组", ["发展改革局"], 2)]  # type: ignore[attr-defined]
