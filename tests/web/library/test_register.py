"""The register of plans: who sees what, found, sorted, entered, kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.web import make_person, make_plan, make_reviewed_plan, make_unit
from tests.web.api.conftest import program_of

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.queries import entries_of_zone
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.commands import register as commands
from lantu_web.plans.commands.register import Entry
from lantu_web.plans.enums import PlanKind, PlanState
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.offers import offers_of
from lantu_web.plans.queries.register import Wanted, as_tree, coverage_of, plans_visible_to, register

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('x')</script>"
LogIn = Callable[[User], Client]


def approved(zone: Zone, name: str, **values: Any) -> Plan:
    return make_plan(
        zone, name, state=PlanState.APPROVED, approved_on=date(2026, 3, 1), approving_body="区人大", document_number="云人发〔2026〕1号", **values
    )


def names(plans: Any) -> list[str]:
    return [plan.name for plan in plans]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.PLANNING_OFFICER, ["他单位草案", "已批准", "本单位草案"]),
        (Role.SUPERVISION_OFFICER, ["他单位草案", "已批准", "本单位草案"]),
        (Role.LEADER, ["他单位草案", "已批准", "本单位草案"]),
        (Role.AUDITOR, ["他单位草案", "已批准", "本单位草案"]),
        (Role.CONTACT_PERSON, ["已批准", "本单位草案"]),
        (Role.UNIT_HEAD, ["已批准", "本单位草案"]),
        (Role.EVALUATOR, ["已批准"]),
    ],
)
def test_who_sees_which_plans(zone: Zone, other_zone: Zone, unit: Unit, other_unit: Unit, role: Role, seen: list[str]) -> None:
    make_plan(zone, "本单位草案", unit=unit)
    make_plan(zone, "他单位草案", unit=other_unit)
    approved(zone, "已批准", unit=other_unit)
    approved(other_zone, "别处的规划")
    _, person = make_person(role, zone, unit)
    assert sorted(names(plans_visible_to(person))) == sorted(seen)


def test_a_system_administrator_reads_no_plan(zone: Zone) -> None:
    approved(zone, "已批准")
    _, person = make_person(Role.SYSTEM_ADMINISTRATOR, None)
    assert names(plans_visible_to(replace(person, zone_id=zone.pk))) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(text="生态"), ["生态环境专项规划"]),
        (Wanted(text="发展 纲要"), ["发展规划纲要"]),
        (Wanted(text="1号"), ["发展规划纲要"]),
        (Wanted(text="%"), []),
        (Wanted(text="\x00"), ["发展规划纲要", "生态环境专项规划"]),
        (Wanted(state="draft"), ["生态环境专项规划"]),
        (Wanted(state="nonsense"), ["发展规划纲要", "生态环境专项规划"]),
        (Wanted(kind="special"), ["生态环境专项规划"]),
        (Wanted(level="zone"), ["发展规划纲要", "生态环境专项规划"]),
        (Wanted(year=2030), ["发展规划纲要"]),
        (Wanted(sort="-name"), ["生态环境专项规划", "发展规划纲要"]),
        (Wanted(sort="'; drop"), ["发展规划纲要", "生态环境专项规划"]),
    ],
)
def test_plans_are_found_and_sorted(officer: Person, zone: Zone, wanted: Wanted, found: list[str]) -> None:
    approved(zone, "发展规划纲要")
    make_plan(zone, "生态环境专项规划", kind=PlanKind.SPECIAL, period_start=2021, period_end=2025)
    assert names(register(officer, wanted)) == found


def test_the_tree_shows_lower_plans_below_their_upper_ones(officer: Person, zone: Zone) -> None:
    top = make_plan(zone, "一")
    middle = make_plan(zone, "二", parent=top)
    make_plan(zone, "三", parent=middle)
    make_plan(zone, "四")
    rows = as_tree(register(officer, Wanted(sort="name")))
    assert {(row.plan.name, row.depth, row.children) for row in rows} == {("一", 0, 1), ("二", 1, 1), ("三", 2, 0), ("四", 0, 0)}
    order = [row.plan.name for row in rows]
    assert order.index("二") == order.index("一") + 1
    assert order.index("三") == order.index("二") + 1


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.CONTACT_PERSON, False), (Role.EVALUATOR, False), (Role.PLANNING_OFFICER, True), (Role.LEADER, True)]
)
def test_an_upper_plan_before_its_approval_is_named_to_those_who_may_read_it(
    role: Role, sees: bool, zone: Zone, unit: Unit, other_unit: Unit, logged_in: LogIn
) -> None:
    above = make_plan(zone, "尚未批准的上位规划", unit=other_unit)
    plan = approved(zone, "已批准的专项规划", parent=above)
    user, person = make_person(role, zone, unit)
    page = logged_in(user).get(reverse("office:plan", args=["yunxi", plan.pk])).content.decode()
    assert ("已批准的专项规划" in page, above.name in page) == (True, sees)
    calling, told = program_of(person), above.pk if sees else None
    assert calling.get(f"/plans/{plan.pk}")[1]["parent_id"] == told
    assert {row["id"]: row["parent_id"] for row in calling.get("/plans")[1]["items"]}[plan.pk] == told
    assert {row["plan"]["id"]: row["plan"]["parent_id"] for row in calling.get("/plans/tree")[1]["items"]}[plan.pk] == told


def test_an_upper_plan_in_force_is_named_to_all(zone: Zone, unit: Unit, logged_in: LogIn) -> None:
    above = approved(zone, "上位规划纲要")
    plan = approved(zone, "已批准的专项规划", parent=above)
    user, person = make_person(Role.CONTACT_PERSON, zone, unit)
    assert above.name in logged_in(user).get(reverse("office:plan", args=["yunxi", plan.pk])).content.decode()
    assert program_of(person).get(f"/plans/{plan.pk}")[1]["parent_id"] == above.pk


@pytest.mark.parametrize(
    ("role", "own", "other"), [(Role.CONTACT_PERSON, True, False), (Role.EVALUATOR, False, False), (Role.LEADER, True, True)]
)
def test_the_way_into_the_review_is_offered_to_those_who_may_go_it(
    role: Role, own: bool, other: bool, zone: Zone, unit: Unit, other_unit: Unit, logged_in: LogIn
) -> None:
    browser = logged_in(make_person(role, zone, unit)[0])
    for owner, seen in ((unit, own), (other_unit, other)):
        plan = make_reviewed_plan(zone, name=f"{owner.name}的规划", unit=owner)
        Plan.objects.filter(pk=plan.pk).update(
            state=PlanState.APPROVED, approved_on=date(2026, 3, 1), approving_body="区人大", document_number="云人发〔2026〕1号"
        )
        review, reading = (reverse(f"office:{name}", args=["yunxi", pk]) for name, pk in (("review", plan.pk), ("reading", plan.reading_id)))
        pages = [browser.get(reverse(f"office:{name}", args=["yunxi", plan.pk])).content.decode() for name in ("plan", "originals")]
        assert (f'href="{review}"' in pages[0], f'href="{reading}"' in pages[1]) == (seen, seen)
        assert (browser.get(review).status_code, browser.get(reading).status_code) == ((200, 200) if seen else (
            (404, 404) if role is Role.CONTACT_PERSON else (403, 403)
        ))


def test_a_plan_is_entered_and_audited(officer: Person, zone: Zone, unit: Unit) -> None:
    plan = commands.enter(by=officer, entry=Entry(name=f" {SCRIPT}\x00 ", unit_id=unit.pk, period_start=2026, period_end=2030))
    assert (plan.name, plan.state, plan.unit_id, plan.created_by_id) == (SCRIPT, PlanState.DRAFT, unit.pk, officer.user_id)
    entry = entries_of_zone(zone.pk)[0]
    assert (entry.action, entry.after["name"], entry.before) == ("plan.enter", SCRIPT, None)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(name=""), "name"),
        (Entry(name="规" * 201), "name"),
        (Entry(name="已有"), "name"),
        (Entry(name="新", kind="x"), "kind"),
        (Entry(name="新", unit_id=10**6), "unit"),
        (Entry(name="新", parent_id=10**6), "parent"),
        (Entry(name="新", period_start=2030, period_end=2026), "period_end"),
        (Entry(name="新", period_start=2030), "period_end"),
        (Entry(name="新", period_start=1, period_end=2), "period_start"),
        (Entry(name="新", document_number="号" * 61), "document_number"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(officer: Person, zone: Zone, entry: Entry, field: str) -> None:
    make_plan(zone, "已有")
    with pytest.raises(Invalid) as refused:
        commands.enter(by=officer, entry=entry)
    assert (refused.value.field, Plan.objects.count()) == (field, 1)


def test_units_and_upper_plans_of_another_zone_do_not_exist(officer: Person, other_zone: Zone) -> None:
    foreign = make_unit(other_zone, "外局")
    stranger = make_plan(other_zone, "外规划")
    for entry in (Entry(name="新", unit_id=foreign.pk), Entry(name="新", parent_id=stranger.pk)):
        with pytest.raises(Invalid):
            commands.enter(by=officer, entry=entry)


def test_a_circle_of_upper_plans_is_refused(officer: Person, zone: Zone) -> None:
    top = make_plan(zone, "上")
    low = make_plan(zone, "下", parent=top)
    for plan_id, parent in ((top.pk, low.pk), (top.pk, top.pk)):
        with pytest.raises(Invalid) as refused:
            commands.edit(by=officer, plan_id=plan_id, expected=1, entry=Entry(name="上", parent_id=parent))
        assert refused.value.field == "parent"


def test_an_edit_on_an_old_view_is_refused(officer: Person, zone: Zone) -> None:
    plan = make_plan(zone, "原名")
    commands.edit(by=officer, plan_id=plan.pk, expected=1, entry=Entry(name="新名"))
    with pytest.raises(Conflict, match=officer.name):
        commands.edit(by=officer, plan_id=plan.pk, expected=1, entry=Entry(name="另名"))
    plan.refresh_from_db()
    assert (plan.name, plan.revision) == ("新名", 2)


def test_an_edit_that_changes_nothing_leaves_no_trace(officer: Person, zone: Zone) -> None:
    plan = make_plan(zone, "原名", period_start=None, period_end=None)
    commands.edit(by=officer, plan_id=plan.pk, expected=1, entry=Entry(name="原名"))
    plan.refresh_from_db()
    assert (plan.revision, entries_of_zone(zone.pk).count()) == (1, 0)


def test_an_approved_plan_takes_its_filing_only(officer: Person, zone: Zone) -> None:
    plan = approved(zone, "已批准")
    with pytest.raises(Conflict):
        commands.edit(by=officer, plan_id=plan.pk, expected=1, entry=Entry(name="改名"))
    commands.file(by=officer, plan_id=plan.pk, expected=1, filing_number="备〔2026〕7号", filed_on=date(2026, 4, 1))
    plan.refresh_from_db()
    assert (plan.name, plan.filing_number, plan.filed_on, plan.revision) == ("已批准", "备〔2026〕7号", date(2026, 4, 1), 2)


def test_nobody_without_the_right_writes(zone: Zone, unit: Unit) -> None:
    plan = make_plan(zone, unit=unit)
    for role in (Role.CONTACT_PERSON, Role.UNIT_HEAD, Role.LEADER, Role.AUDITOR, Role.SUPERVISION_OFFICER):
        _, person = make_person(role, zone, unit)
        for write in (
            lambda by: commands.enter(by=by, entry=Entry(name="新")),
            lambda by: commands.edit(by=by, plan_id=plan.pk, expected=1, entry=Entry(name="新")),
            lambda by: commands.file(by=by, plan_id=plan.pk, expected=1, filing_number="", filed_on=None),
            lambda by: commands.take_offers(by=by, plan_id=plan.pk, expected=1),
        ):
            with pytest.raises(Forbidden):
                write(person)


NOTICE = """云溪新区管理委员会关于印发《云溪新区五年规划》的通知
云溪管发〔2026〕3号
各部门：
现印发给你们，请认真执行。
云溪新区管理委员会
2026年3月18日
云溪新区五年规划
（2026—2030年）
第一章 目标
到2030年，生产总值达到500亿元。加快建设产业园。
"""


def test_what_the_text_says_fills_only_what_is_empty(officer: Person, zone: Zone) -> None:
    plan = make_reviewed_plan(zone, text=NOTICE, document_number="手填〔2026〕1号", period_start=None, period_end=None)
    assert {offer.field: offer.value for offer in offers_of(plan)} == {
        "issuing_body": "云溪新区管理委员会", "issued_on": date(2026, 3, 18), "period_start": 2026, "period_end": 2030,
    }  # fmt: skip
    commands.take_offers(by=officer, plan_id=plan.pk, expected=plan.revision)
    plan.refresh_from_db()
    assert (plan.document_number, plan.issuing_body, plan.period_end, offers_of(plan)) == ("手填〔2026〕1号", "云溪新区管理委员会", 2030, ())


def test_coverage_counts_characters(zone: Zone) -> None:
    plan = make_reviewed_plan(zone)
    assert (coverage_of(plan).percent, coverage_of(plan).open_sentences) == (0, 11)
    plan.sentences.exclude(standing="left_out").update(standing="covered")
    assert coverage_of(plan).percent == 100


def test_the_register_page_and_the_sheet(officer: Person, zone: Zone, logged_in: LogIn) -> None:
    make_plan(zone, SCRIPT)
    approved(zone, "=1+2", filing_number="=HYPERLINK(0)")
    client = logged_in(User.objects.get(username="officer"))
    html = client.get("/z/yunxi/plans/").content.decode()
    assert SCRIPT not in html
    assert "&lt;script&gt;" in html
    response = client.get("/z/yunxi/plans/export/?view=list&sort=name")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert [cell.value for cell in sheet["A"]][1:] == [SCRIPT, "=1+2"]
    assert [(cell.data_type, cell.value or "") for cell in sheet["J"]][1:] == [("s", ""), ("s", "=HYPERLINK(0)")]
    assert response.headers["Content-Disposition"].startswith('attachment; filename="register-')


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_the_same_whatever_its_length(
    officer: Person, zone: Zone, unit: Unit, logged_in: LogIn, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_plan(zone, f"规划{number}", unit=unit)
    client = logged_in(User.objects.get(username="officer"))
    client.get("/z/yunxi/plans/")
    with django_assert_num_queries(5):
        assert client.get("/z/yunxi/plans/").content.decode().count("<th scope=\"row\"") == count


@pytest.mark.parametrize(
    "path", ["plans/", "plans/export/", "plans/new/", "plans/{pk}/", "plans/{pk}/edit/", "plans/{pk}/upload/", "plans/{pk}/originals/"]
)
def test_who_may_open_what(zone: Zone, other_zone: Zone, unit: Unit, other_unit: Unit, logged_in: LogIn, path: str) -> None:
    plan = make_plan(zone, unit=unit)
    url = f"/z/yunxi/{path.format(pk=plan.pk)}"
    officer, _ = make_person(Role.PLANNING_OFFICER, zone, unit)
    stranger, _ = make_person(Role.PLANNING_OFFICER, other_zone)
    contact, _ = make_person(Role.CONTACT_PERSON, zone, other_unit)
    writes = any(word in path for word in ("new", "edit", "upload"))
    assert Client().get(url).status_code == 302
    assert logged_in(officer).get(url).status_code == 200
    assert logged_in(stranger).get(url).status_code == 404
    assert logged_in(contact).get(url).status_code == (403 if writes else 404 if "{pk}" in path else 200)
    assert logged_in(officer).get(url.replace(str(plan.pk), "999999")).status_code == (404 if "{pk}" in path else 200)


def test_a_plan_is_entered_and_changed_on_screen(officer: Person, zone: Zone, logged_in: LogIn) -> None:
    client = logged_in(User.objects.get(username="officer"))
    given = {"name": "新规划", "kind": "special", "level": "zone", "period_start": "2026", "period_end": "2030"}
    response = client.post("/z/yunxi/plans/new/", given)
    plan = Plan.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/z/yunxi/plans/{plan.pk}/")
    assert client.post("/z/yunxi/plans/new/", given).status_code == 422
    changed = {**given, "name": "改名", "expected": "1"}
    assert client.post(f"/z/yunxi/plans/{plan.pk}/edit/", changed).status_code == 302
    assert client.post(f"/z/yunxi/plans/{plan.pk}/edit/", {**changed, "name": "再改"}).status_code == 422
    plan.refresh_from_db()
    assert (plan.name, plan.kind) == ("改名", "special")


def test_the_plan_page_writes_the_days_it_offers_as_all_others(officer: Person, zone: Zone, logged_in: LogIn) -> None:
    plan = make_reviewed_plan(zone, text=NOTICE)
    html = logged_in(User.objects.get(username="officer")).get(f"/z/yunxi/plans/{plan.pk}/").content.decode()
    assert ("2026-03-18" in html, "2026年3月18日" in html) == (True, False)


def test_the_plan_page_offers_the_next_step(officer: Person, zone: Zone, logged_in: LogIn) -> None:
    client = logged_in(User.objects.get(username="officer"))
    draft = make_plan(zone, "草案")
    assert f"/z/yunxi/plans/{draft.pk}/upload/" in client.get(f"/z/yunxi/plans/{draft.pk}/").content.decode()
    plan = make_reviewed_plan(zone)
    html = client.get(f"/z/yunxi/plans/{plan.pk}/").content.decode()
    assert f"/z/yunxi/plans/{plan.pk}/review/" in html
    assert "29" in html
    done = approved(zone, "已批准")
    html = client.get(f"/z/yunxi/plans/{done.pk}/").content.decode()
    assert f"/z/yunxi/plans/{done.pk}/upload/" not in html
