"""What is found, grouped, sorted and shown in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.factories.tasks import make_task

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Division
from lantu_web.tasks.queries.choices import choices
from lantu_web.tasks.queries.ledger import Wanted, page, read
from lantu_web.tasks.queries.wall_chart import loads, quarters, wall_chart

pytestmark = pytest.mark.django_db


def titles(by: Person, **wanted: Any) -> list[str]:
    return [row.task.title for row in page(by, Wanted(**wanted)).rows]


ALL = ["做强精密装备产业", "培育智能机器人产业", "实施澜河综合治理", "发展民间文旅", "尚未下发的任务"]


def test_the_officer_sees_drafts_the_unit_what_was_sent_and_another_zone_nothing(
    ledger: Any, officer: Person, contact: tuple[User, Person], outsider: tuple[User, Person]
) -> None:
    assert titles(officer) == ALL
    assert titles(contact[1]) == ALL[:4]
    assert titles(outsider[1]) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "装备"}, ["做强精密装备产业"]),
        ({"text": "jmzb"}, ["做强精密装备产业"]),
        ({"text": "JMZB"}, ["做强精密装备产业"]),
        ({"text": "生态环境"}, ["实施澜河综合治理"]),
        ({"text": "产业 机器人"}, ["培育智能机器人产业"]),
        ({"text": "100%"}, []),
        ({"chapter": "第二章 产业"}, ["做强精密装备产业", "培育智能机器人产业"]),
        ({"topic": "工业"}, ["做强精密装备产业"]),
        ({"state": "withdrawn"}, ["已撤回的任务"]),
        ({"state": "draft"}, ["尚未下发的任务"]),
        ({"signing": "objected"}, ["实施澜河综合治理"]),
        ({"due": "overdue"}, ["做强精密装备产业"]),
        ({"due": "quarter"}, ["实施澜河综合治理"]),
        ({"due": "year"}, ["实施澜河综合治理"]),
        ({"due": "later"}, ["培育智能机器人产业"]),
        ({"due": "none"}, ["发展民间文旅", "尚未下发的任务"]),
        ({"left_out": "yes"}, ["发展民间文旅"]),
        ({"kind": "project"}, []),
    ],
)
def test_filters(wanted: dict[str, str], found: list[str], ledger: Any, officer: Person) -> None:
    assert titles(officer, **wanted) == found


def test_the_topics_that_are_offered_are_those_of_the_tasks_that_one_sees(
    officer: Person, contact: tuple[User, Person], outsider: tuple[User, Person], division: Division, unit: Unit
) -> None:
    nobody = replace(outsider[1], zone_id=None)
    assert [choices(by).topics for by in (officer, contact[1], outsider[1], nobody)] == [[], [], [], []]
    for number, topic in enumerate(("生态", "工业", "", "生态", "Park's %s")):
        make_task(division, f"任务{number}", unit, state=TaskState.SENT, topic=topic)
    make_task(division, "尚未下发", unit, topic="商贸")
    found = [choices(by).topics for by in (officer, contact[1], outsider[1], nobody)]
    assert found == [["Park's %s", "商贸", "工业", "生态"], ["Park's %s", "工业", "生态"], [], []]


def test_a_search_looks_into_title_and_source_whatever_the_case_and_never_across_them(officer: Person, division: Division, unit: Unit) -> None:
    task = make_task(division, "建设5G基站", unit, state=TaskState.SENT, source="新区规划 Plan B")
    found = {text: titles(officer, text=text) for text in ("5g", "PLAN b", "规划", "js5", "基站新区", "plan bjs", "５Ｇ基站")}
    here = [task.title]
    assert found == {"5g": here, "PLAN b": here, "规划": here, "js5": here, "基站新区": [], "plan bjs": [], "５Ｇ基站": here}
    change(by=officer, task_id=task.pk, expected=task.revision, values={"title": "铺设光缆"})
    assert [titles(officer, text=text) for text in ("5g", "光缆", "psgl")] == [[], ["铺设光缆"], ["铺设光缆"]]


def test_filters_by_rows_of_other_tables(ledger: Any, officer: Person, unit: Unit, other_unit: Unit, leader: User) -> None:
    assert titles(officer, unit=other_unit.pk) == ["实施澜河综合治理"]
    assert titles(officer, cooperating=other_unit.pk) == ["做强精密装备产业"]
    assert titles(officer, line=ledger.theme.pk) == ["做强精密装备产业", "实施澜河综合治理"]
    assert titles(officer, sponsor=leader.pk) == ["做强精密装备产业"]
    assert titles(officer, person=ledger.equipment.person_id) == ["做强精密装备产业"]


def test_sorted_either_way_what_is_empty_stands_last(ledger: Any, officer: Person) -> None:
    assert titles(officer, sort="due_on") == ["做强精密装备产业", "实施澜河综合治理", "培育智能机器人产业", "发展民间文旅", "尚未下发的任务"]
    assert titles(officer, sort="-due_on") == ["培育智能机器人产业", "实施澜河综合治理", "做强精密装备产业", "发展民间文旅", "尚未下发的任务"]


def test_groups_count_all_and_go_on_over_the_pages(officer: Person, division: Division, unit: Unit) -> None:
    for number in range(60):
        make_task(division, f"任务{number}", unit, state=TaskState.SENT, due_on=date(2026 + number // 55, 1, 1))
    first, second = (page(officer, Wanted(group="due"), number) for number in (1, 2))
    told = [[(one.group.name, one.group.count, one.continues, len(one.rows)) for one in shown.sections if one.group] for shown in (first, second)]
    assert told == [[("2026年第1季度", 55, False, 50)], [("2026年第1季度", 55, True, 5), ("2027年第1季度", 5, False, 5)]]
    assert (first.page.paginator.count, first.page.paginator.num_pages) == (60, 2)


@pytest.mark.parametrize("by", ["plan", "chapter", "topic", "lead_unit", "sponsor", "person", "state", "signing", "kind", "due"])
def test_every_grouping_holds_every_row_once(by: str, ledger: Any, officer: Person) -> None:
    shown = page(officer, Wanted(group=by))
    assert sorted(row.task.title for row in shown.rows) == sorted(ALL)
    assert sum(group.count for group in shown.groups) == 5


def test_an_address_is_read_and_written_and_nonsense_is_left_out() -> None:
    wanted = read({"text": " 装备\x00 ", "unit": "7", "signing": "waiting", "sort": "-due_on", "columns": "due_on,number", "size": "100"})
    assert wanted == Wanted(
        text="装备", unit=7, signing="waiting", sort="-due_on", columns=("number", "title", "due_on"), size=100
    )
    assert wanted.query == "text=%E8%A3%85%E5%A4%87&unit=7&signing=waiting&sort=-due_on&columns=number%2Ctitle%2Cdue_on&size=100"
    nonsense = {"unit": "x", "state": "x", "sort": "password", "group": "x", "year": "99999999999", "size": "7", "columns": "x", "due": "x"}
    assert read(nonsense) == Wanted()


def test_a_row_knows_what_stands_beside_it(ledger: Any, officer: Person, other_unit: Unit) -> None:
    row = page(officer, Wanted(text="装备")).rows[0]
    assert [tuple(one) for one in row.beside.cooperating] == [(other_unit.pk, "生态环境局")]
    assert [one.name for one in row.beside.lines] == ["产业攻坚线", "绿色发展"]
    assert [(part.goal, part.is_finished) for part in row.beside.parts] == [("产值达到120亿元", False)]
    assert [(node.quarter, node.text, node.done_on) for node in row.beside.nodes] == [(1, "开工", date(2026, 3, 20)), (2, "主体完工", None)]
    assert (row.done, len(row.late_nodes), row.is_late) == (1, 1, True)
    assert [part.goal for part in page(officer, Wanted(text="装备", year=2027)).rows[0].beside.parts] == ["产值达到150亿元"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_few_queries_for_one_row_and_for_three(
    count: int, officer: Person, division: Division, unit: Unit, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        make_task(division, f"任务{number}", unit, state=TaskState.SENT)
    asked = ((Wanted(), 4), (Wanted(group="lead_unit"), 4), (Wanted(text="任务"), 3), (Wanted(sort="due_on", unit=unit.pk), 4))
    for wanted, queries in asked:
        with django_assert_num_queries(queries):
            assert len(page(officer, wanted).rows) == count


def test_the_wall_chart_shows_what_runs_in_the_year(ledger: Any, officer: Person) -> None:
    assert [row.task.title for row in wall_chart(officer, Wanted(year=2026)).rows] == ["做强精密装备产业", "实施澜河综合治理"]
    assert [row.task.title for row in wall_chart(officer, Wanted(year=2027)).rows] == ["培育智能机器人产业"]
    row = wall_chart(officer, Wanted()).rows[0]
    drawn = [(one.number, [(span.start, span.width, span.tone) for span in one.spans], [node.text for node in one.nodes], one.today) for one in quarters(row)]
    assert drawn == [
        (1, [(31, 59, "late")], ["开工"], None), (2, [(0, 90, "late")], ["主体完工"], None), (3, [], [], None), (4, [], [], 51),
    ]  # fmt: skip
    assert [(load.nodes, load.done, load.late, load.open) for load in loads(officer, Wanted())] == [(1, 1, 0, 0), (1, 0, 1, 0), (0, 0, 0, 0), (0, 0, 0, 0)]


def test_without_a_start_the_bar_begins_with_the_year_of_the_first_node(ledger: Any, officer: Person) -> None:
    row = next(row for row in wall_chart(officer, Wanted(year=2026)).rows if row.task == ledger.river)
    assert [[(span.start, span.width, span.tone) for span in one.spans] for one in quarters(row)] == [[(0, 90, "running")]] * 4
