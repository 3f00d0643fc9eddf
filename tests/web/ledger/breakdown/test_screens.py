"""Screens of the breakdown: proposed with reasons, decided line by line, refused beside what was typed; nothing for outsiders and units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Section, Unit, User
from lantu_web.lib import clock
from lantu_web.plans.models import Plan
from lantu_web.tasks.enums import LineKind, Signing, TaskState
from lantu_web.tasks.models import Change, Cooperation, Division, Task, WorkLine, YearPart
from lantu_web.tasks.queries.values import plain

LogIn = Callable[[User], Client]


def at(name: str, *args: object) -> str:
    return reverse(f"office:{name}", args=["yunxi", *args])


@pytest.fixture
def office(officer: Person, logged_in: LogIn) -> Client:
    return logged_in(User.objects.get(pk=officer.user_id or 0))


def years_of(task: Task) -> list[tuple[int, str, str | None]]:
    return [(part.year, part.goal, plain(part.value)) for part in YearPart.objects.filter(task=task).order_by("year")]


def test_a_plan_is_opened_and_its_chapters_are_told(plan: Plan, office: Client) -> None:
    assert "还没有分解" in office.get(at("division", plan.pk)).content.decode()
    answer = office.post(at("division-open", plan.pk), follow=True)
    assert answer.redirect_chain == [(at("division", plan.pk), 302)]
    assert [(one.title, one.items, one.open) for one in answer.context["overview"].chapters] == [
        ("第二章 主要目标", 3, 3), ("第三章 重点任务", 20, 20), ("第四章 保障措施", 2, 2),
    ]  # fmt: skip


def test_a_chapter_is_taken_over_as_proposed(division: Division, office: Client) -> None:
    page = office.get(at("division-chapter", division.plan_id, 3))
    rows = page.context["rows"]
    assert [(row.proposal.said.item.code, [offer.choice.unit.name for offer in row.offers]) for row in rows] == [
        ("R-004", ["发展改革局"]), ("R-004-1", ["发展改革局"]),
    ]  # fmt: skip
    posted = {"all": "1", "shown": [str(row.proposal.said.item.pk) for row in rows]}
    posted |= {f"lead-{row.proposal.said.item.pk}": row.chosen for row in rows}
    answer = office.post(at("division-accept", division.plan_id, 3), posted)
    assert (answer.status_code, answer["Location"]) == (302, at("division-chapter", division.plan_id, 3))
    tasks = Task.objects.filter(plan=division.plan_id).order_by("position")
    assert [(task.number, str(task.lead_unit), task.state) for task in tasks] == [
        ("4-1", "发展改革局", TaskState.DRAFT), ("4-1-1", "发展改革局", TaskState.DRAFT),
    ]  # fmt: skip
    assert {task.lead_reason for task in tasks} == {"规划写明：“发展改革局”"}


def test_another_unit_by_name_and_what_is_not_decomposed(division: Division, office: Client, other_unit: Unit) -> None:
    rows = office.get(at("division-chapter", division.plan_id, 1)).context["rows"]
    first, second = (row.proposal.said.item.pk for row in rows[:2])
    answer = office.post(at("division-accept", division.plan_id, 1), {
        "item": [str(first), str(second)], f"lead-{first}": "other", f"other-{first}": "生态环境局", f"lead-{second}": "left",
        f"left-{second}": "由市场主体实现",
    })  # fmt: skip
    assert answer.status_code == 302
    found = Task.objects.filter(plan=division.plan_id).order_by("position").values_list("lead_unit", "lead_reason", "left_out")
    assert list(found) == [(other_unit.pk, "", ""), (None, "", "由市场主体实现")]


def test_what_is_refused_is_told_and_what_was_chosen_stays(division: Division, office: Client) -> None:
    row = office.get(at("division-chapter", division.plan_id, 1)).context["rows"][0]
    key = row.proposal.said.item.pk
    answer = office.post(at("division-accept", division.plan_id, 1), {"item": str(key), f"lead-{key}": "other", f"other-{key}": "水务局"})
    assert answer.status_code == 422
    assert "没有名为“水务局”的单位" in answer.content.decode()
    again = answer.context["rows"][0]
    assert (again.chosen, again.other, again.is_taken) == ("other", "水务局", True)
    assert not Task.objects.exists()


def test_the_same_lines_twice_are_taken_once(division: Division, office: Client) -> None:
    row = office.get(at("division-chapter", division.plan_id, 1)).context["rows"][0]
    posted = {"item": str(row.proposal.said.item.pk)}
    assert [office.post(at("division-accept", division.plan_id, 1), posted).status_code for _n in range(2)] == [302, 409]
    assert Task.objects.count() == 1


def test_figures_and_years_are_saved_together(everything: dict[str, Task], office: Client) -> None:
    task = everything["M-007"]
    answer = office.post(at("division-years", task.pk), {
        "expected": task.revision, "indicator_kind": "cumulative_count", "measured_in": "座", "baseline": "", "baseline_year": "2025",
        "target": "3", "target_year": "2028", "year": ["2026", "2027", "2028", ""], "goal": ["完成选址", "", "建成", ""],
        "value": ["", "1", "2", ""],
    })  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, at("division-task", task.pk))
    task.refresh_from_db()
    assert (plain(task.target), task.target_year) == ("3", 2028)
    assert years_of(task) == [(2026, "完成选址", None), (2027, "", "1"), (2028, "建成", "2")]


def test_a_draft_may_be_half_done_and_says_so(everything: dict[str, Task], office: Client) -> None:
    task = everything["M-007"]
    posted = {"expected": task.revision, "indicator_kind": "cumulative_count", "target": "2", "target_year": "2030", "baseline_year": "2025",
              "measured_in": "座", "year": "2026", "goal": "", "value": "1"}  # fmt: skip
    answer = office.post(at("division-years", task.pk), posted, follow=True)
    assert answer.context["problems"] == ["各年合计1座，达不到目标2座。"]


def test_a_wrong_number_is_told_and_what_was_typed_stays(everything: dict[str, Task], office: Client) -> None:
    task = everything["M-007"]
    before = years_of(task)
    answer = office.post(at("division-years", task.pk), {"expected": task.revision, "year": "2026", "goal": "好", "value": "两座"})
    assert answer.status_code == 422
    assert ("2026", "好", "两座") in [(row.year, row.goal, row.value) for row in answer.context["years"]]
    assert years_of(task) == before


def test_somebody_else_was_faster(everything: dict[str, Task], office: Client) -> None:
    task = everything["M-007"]
    answer = office.post(at("division-assign", task.pk), {"expected": task.revision - 1, "title": "另一名称"})
    assert answer.status_code == 422
    assert Task.objects.get(pk=task.pk).title == task.title


def test_who_and_until_when(everything: dict[str, Task], office: Client, economy: Unit, other_unit: Unit) -> None:
    task = everything["R-002"]
    answer = office.post(at("division-assign", task.pk), {
        "expected": task.revision, "title": task.title, "lead_unit": economy.pk, "cooperating": [other_unit.pk], "due_on": "2029-06-30",
        "left_out": "",
    })  # fmt: skip
    assert answer.status_code == 302
    task.refresh_from_db()
    assert (task.lead_unit, list(task.cooperating.all()), task.due_on) == (economy, [other_unit], date(2029, 6, 30))


def test_section_and_person_are_offered_of_the_lead_unit(
    everything: dict[str, Task], office: Client, economy: Unit, other_unit: Unit, contact: tuple[User, Person]
) -> None:
    task = everything["R-001"]
    assert task.lead_unit == economy
    section = Section.objects.create(unit=economy, name="规划科")
    Section.objects.create(unit=other_unit, name="水科")
    form = office.get(at("division-task", task.pk)).context["assigned"]
    assert (list(form.fields["section"].queryset), list(form.fields["person"].queryset)) == ([section], [contact[0]])
    given = {"expected": task.revision, "title": task.title, "lead_unit": economy.pk, "due_on": task.due_on.isoformat() if task.due_on else ""}
    assert office.post(at("division-assign", task.pk), {**given, "section": section.pk, "person": contact[0].pk}).status_code == 302
    task.refresh_from_db()
    assert (task.section, task.person) == (section, contact[0])


def test_what_nobody_touched_stays_in_its_order(everything: dict[str, Task], office: Client, economy: Unit, unit: Unit, other_unit: Unit) -> None:
    """Cooperating units stand as they were named, not as the organisation lists them."""
    task = everything["R-001"]
    for place, one in enumerate((other_unit, unit)):
        Cooperation.objects.create(task=task, unit=one, position=place)
    form = office.get(at("division-task", task.pk)).context["assigned"]
    assert list(form.fields["cooperating"].queryset) == [other_unit, unit, economy]
    due_on = task.due_on.isoformat() if task.due_on else ""
    given = {"expected": task.revision, "title": task.title, "lead_unit": economy.pk, "cooperating": [other_unit.pk, unit.pk], "due_on": due_on}
    before = Change.objects.count()
    assert office.post(at("division-assign", task.pk), given).status_code == 302
    assert (Change.objects.count(), list(task.cooperations.order_by("position").values_list("unit", flat=True))) == (
        before, [other_unit.pk, unit.pk]
    )  # fmt: skip


def test_nodes_are_proposed_taken_over_and_edited(everything: dict[str, Task], office: Client) -> None:
    task = everything["R-001"]
    office.post(at("division-schedule", task.pk), {"expected": task.revision})
    task.refresh_from_db()
    assert [node.text for node in task.nodes.all()] == [
        "制定实施方案，明确责任处室和责任人", "全面启动，落实要素保障", "中期检查，完成主要建设（工作）内容", "全面完成，组织验收并总结",
    ]  # fmt: skip
    answer = office.post(at("division-nodes", task.pk), {
        "expected": task.revision, "due_on": ["2027-03-31", ""], "text": ["印发方案", ""], "value": ["", ""],
    })  # fmt: skip
    assert answer.status_code == 302
    assert [(node.due_on, node.text, node.quarter) for node in task.nodes.all()] == [(date(2027, 3, 31), "印发方案", 1)]
    task.refresh_from_db()
    late = office.post(at("division-nodes", task.pk), {"expected": task.revision, "due_on": "2031-01-01", "text": "太迟", "value": ""})
    assert (late.status_code, late.context["nodes"][0]["text"]) == (422, "太迟")


def test_drafts_that_are_ready_are_sent_out(everything: dict[str, Task], division: Division, office: Client) -> None:
    page = office.get(at("division-send", division.plan_id))
    told = {task.number: hindrances for task, hindrances in page.context["rows"]}
    assert {number for number, hindrances in told.items() if hindrances} == {
        "2-1", "2-2", "3-2", "3-2-1", "3-2-2", "3-2-1-1", "3-2-1-2", "3-2-2-1",
    }  # fmt: skip
    until = clock.today() + timedelta(days=10)
    answer = office.post(at("division-send", division.plan_id), {"task": everything["M-003"].pk, "sign_by": until.isoformat()})
    assert (answer.status_code, answer["Location"]) == (302, at("division", division.plan_id))
    sent = Task.objects.get(state=TaskState.SENT)
    assert (sent.pk, sent.signing) == (everything["M-003"].pk, Signing.WAITING)


def test_drafts_leave_the_ledger_and_sent_ones_are_withdrawn(everything: dict[str, Task], division: Division, office: Client) -> None:
    task = everything["R-003"]
    office.post(at("division-remove", task.pk), {"expected": task.revision})
    assert not Task.objects.filter(number__startswith="3-3").exists()
    assert [row.proposal.said.item.code for row in office.get(at("division-chapter", division.plan_id, 2)).context["rows"]] == [
        "R-003", "R-003-1", "R-003-2", "X-002", "M-007", "J-004", "J-005",
    ]  # fmt: skip
    until = clock.today() + timedelta(days=10)
    office.post(at("division-send", division.plan_id), {"task": everything["M-003"].pk, "sign_by": until.isoformat()})
    sent = Task.objects.get(pk=everything["M-003"].pk)
    office.post(at("division-withdraw", sent.pk), {"expected": sent.revision, "reason": "重复"})
    sent.refresh_from_db()
    assert (sent.state, sent.signing) == (TaskState.WITHDRAWN, Signing.NONE)


def test_a_line_by_hand_and_the_papers(division: Division, office: Client, economy: Unit) -> None:
    answer = office.post(at("division-add", division.plan_id), {
        "title": "开展营商环境提升行动", "chapter": "第三章 重点任务", "source": "区政府工作报告", "lead_unit": economy.pk, "due_on": "2026-12-31",
    })  # fmt: skip
    task = Task.objects.get()
    assert answer["Location"] == at("division-task", task.pk)
    assert (task.number, task.source, task.lead_unit, task.initials) == ("3-1", "区政府工作报告", economy, "kzyshjtsxd")
    posted = {"expected": division.revision + 1, "title": "十五五规划分工方案", "document_number": "云管发〔2026〕9号"}
    assert office.post(at("division-edit", division.plan_id), posted).status_code == 302
    division.refresh_from_db()
    assert (division.title, division.document_number) == ("十五五规划分工方案", "云管发〔2026〕9号")


def test_work_lines(office: Client, plan: Plan) -> None:
    for name in ("产业强区", "城市更新"):
        assert office.post(at("work-line-new"), {"kind": "work_line", "name": name}).status_code == 302
    twice = office.post(at("work-line-new"), {"kind": "work_line", "name": "城市更新"})
    assert (twice.status_code, twice.context["form"].errors["name"]) == (422, ["“城市更新”已有。"])
    first, second = WorkLine.objects.order_by("position")
    office.post(at("work-line-shift", second.pk), {"expected": second.revision, "to": "up"})
    assert list(WorkLine.objects.order_by("position").values_list("name", flat=True)) == ["城市更新", "产业强区"]
    office.post(at("work-line", first.pk), {"expected": first.revision, "name": "产业立区", "year": "", "is_active": "on"})
    first.refresh_from_db()
    assert (first.name, first.kind) == ("产业立区", LineKind.WORK_LINE)
    office.post(at("work-line-remove", first.pk), {"expected": first.revision})
    assert [line.name for _kind, lines in office.get(at("work-lines")).context["groups"] for line in lines] == ["城市更新"]


@pytest.mark.parametrize("lines", [1, 20])
def test_a_chapter_asks_as_often_whatever_it_holds(
    lines: int, division: Division, office: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    chapter = 2 if lines == 20 else 3
    office.get(at("division-chapter", division.plan_id, chapter))
    with django_assert_max_num_queries(32):  # type: ignore[attr-defined]
        office.get(at("division-chapter", division.plan_id, chapter))


SCREENS = ("division", "division-add", "division-edit", "division-send")


@pytest.mark.parametrize("who", ["outsider", "contact"])
def test_outsiders_and_units_see_nothing_of_it(
    who: str, division: Division, everything: dict[str, Task], request: pytest.FixtureRequest, logged_in: LogIn
) -> None:
    client = logged_in(request.getfixturevalue(who)[0])
    refused = {"outsider": 404, "contact": 403}[who]
    found = [client.get(at(name, division.plan_id)).status_code for name in SCREENS]
    found += [client.get(at("division-chapter", division.plan_id, 1)).status_code]
    found += [client.get(at("division-task", everything["R-001"].pk)).status_code]
    found += [client.post(at("division-remove", everything["R-001"].pk), {"expected": "1"}).status_code]
    assert found == [refused] * 7
    assert Task.objects.count() == len(everything)
