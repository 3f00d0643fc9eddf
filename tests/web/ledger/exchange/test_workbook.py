"""A ledger goes out as a workbook and comes back: what changes nothing, what changes something, what must be decided, what is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.web import make_post, make_user
from tests.web.ledger.exchange.conftest import bring_back, changed_on_both_sides, column, data_of, edited, export, put

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.exchange import choose, choose_all, give_up, take_over
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.models import Change, Exchange, ExchangeRow, Task
from lantu_web.tasks.queries.values import values_of
from lantu_web.tasks.spreadsheet.layout import places_of

LogIn = Callable[[User], Client]
NOTHING = ("ready", {"rows": 3, "same": 3, "missing": 0}, [])


def told(exchange: Exchange) -> tuple[str, dict[str, int], list[Any]]:
    rows = exchange.rows.order_by("row")
    return exchange.state, exchange.told, [(row.row, row.verdict, {name: one["file"] for name, one in row.changes.items()}, [(one["cell"], one["value"]) for one in row.messages]) for row in rows]


def taken(exchange: Exchange, by: Person) -> Exchange:
    exchange = take_over(by=by, exchange_id=exchange.pk, expected=exchange.revision)
    run(exchange_id=exchange.pk)
    exchange.refresh_from_db()
    return exchange


def test_an_unchanged_export_changes_nothing(tasks: list[Task], officer: Person) -> None:
    exchange = export(officer)
    assert (exchange.state, exchange.problem, exchange.told, exchange.percent) == ("ready", "", {"rows": 3}, 100)
    before = [values_of(task) for task in tasks]
    assert told(bring_back(officer, data_of(exchange))) == NOTHING
    assert told(bring_back(officer, edited(data_of(exchange), lambda sheet: None))) == NOTHING  # saved by another program
    assert [values_of(task) for task in Task.objects.order_by("pk")] == before
    assert not Change.objects.exists()


def test_the_form_of_the_workbook(tasks: list[Task], officer: Person) -> None:
    sheet = openpyxl.load_workbook(BytesIO(data_of(export(officer, columns=())))).worksheets[0]
    heads = [cell.value for cell in sheet[4]]
    assert heads[:-3] == ["序号", "文件依据", "重点任务", "2026年", "2027年", "阶段节点", "包保领导", "牵头单位", "配合单位", "责任科室", "责任人", None, None]
    assert [sheet["L3"].value, sheet["M3"].value] == ["完成时限", "签收情况"]
    assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["A1:M1", "A2:M2", "A3:C3", "A8:M8", "D3:F3", "G3:K3", "L3:L4", "M3:M4"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("D5", "$3:$4", "landscape", 8)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.auto_filter.ref) == (0, True, "A4:P7")
    assert [(group.min, group.max) for group in sheet.column_dimensions.values() if group.hidden] == [(14, 16)]
    checks = {str(check.sqref): (check.type, check.formula1) for check in sheet.data_validations.dataValidation}
    assert checks == {
        "B5:B7": ("textLength", "300"), "C5:C7": ("textLength", "300"), "G5:G7": ("list", "选项!$B$1:$B$3"), "H5:H7": ("list", "选项!$A$1:$A$2"),
        "D5:D7": ("textLength", "500"), "E5:E7": ("textLength", "500"), "I5:I7": (None, None), "J5:J7": ("list", "选项!$D$1:$D$1"), "K5:K7": ("list", "选项!$C$1:$C$3"), "L5:L7": ("date", "17899"),
    }
    assert str(sheet["A8"].value).startswith("填报人：")


def test_a4_shows_the_targets_of_one_year(tasks: list[Task], officer: Person) -> None:
    sheet = openpyxl.load_workbook(BytesIO(data_of(export(officer, paper="A4", year=2027, columns=())))).worksheets[0]
    assert ([cell.value for cell in sheet[4] if re.fullmatch(r"\d{4}年", str(cell.value))], sheet.page_setup.paperSize) == (["2027年"], 9)


def test_no_text_becomes_a_formula(tasks: list[Task], officer: Person) -> None:
    data = data_of(export(officer))
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    cells = [sheet.cell(6, column(sheet, heading)) for heading in ("重点任务", "文件依据", "领域")]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [("=1+1 培育机器人产业", "s", True), ("+cmd|' /C calc'!A0", "s", True), ("@产业", "s", True)]


EDITS: list[tuple[str, Any, str, Any]] = [
    ("重点任务", "  壮大装备产业　集群 ", "title", "壮大装备产业 集群"),
    ("文件依据", None, "source", ""),
    ("完成时限", datetime(2029, 6, 30), "due_on", "2029-06-30"),
    ("完成时限", 47299, "due_on", "2029-06-30"),
    ("完成时限", "2029年6月底", "due_on", "2029-06-30"),
    ("完成时限", "２０２９．６．３０", "due_on", "2029-06-30"),
    ("完成时限", "2029/6/30 ", "due_on", "2029-06-30"),
    ("完成时限", "2029年底", "due_on", "2029-12-31"),
    ("开始时间", "20260301", "start_on", "2026-03-01"),
    ("目标值", "１，８００．５０", "target", "1800.5"),
    ("目标值", 181.25, "target", "181.25"),
    ("目标年", "2029年", "target_year", 2029),
    ("指标类型", "里程碑", "indicator_kind", "milestone"),
    ("配合单位", None, "cooperating", []),
    ("包保领导", "李 小红", "sponsor", "clerk-1"),
    ("责任科室", "", "section", None),
    ("工作线", None, "lines", []),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "typed", "field", "value"), EDITS)
def test_what_somebody_typed_is_understood(heading: str, typed: Any, field: str, value: Any, tasks: list[Task], officer: Person) -> None:
    Task.objects.filter(pk=tasks[0].pk).update(indicator_kind="")  # no path to hold
    tasks[0].parts.all().delete()
    tasks[0].nodes.all().delete()
    back = bring_back(officer, edited(data_of(export(officer)), put(heading, typed)))
    assert [(row.row, row.verdict, row.messages) for row in back.rows.all()] == [(5, "changed", [])]
    before = values_of(Task.objects.get(pk=tasks[0].pk))
    done = taken(back, officer)
    assert (done.state, done.told["taken"], [row.messages for row in done.rows.all()]) == ("applied", 1, [[]])
    wanted = User.objects.get(username=value).pk if field == "sponsor" else value
    assert values_of(Task.objects.get(pk=tasks[0].pk)) == before | {field: wanted}
    change_ = Change.objects.get()
    assert (change_.action, change_.batch, change_.reason) == ("task.import", done.batch, "来自文件《台账.xlsx》" if "来" in change_.reason else change_.reason)


AGAIN = [
    ("sent", "重点任务", "做强精密装备产业", 1), ("sent", "责任人", None, None), ("sent", "重点任务", None, None),
    ("draft", "重点任务", "做强精密装备产业", None),
]  # fmt: skip


@pytest.mark.parametrize(("state", "heading", "typed", "again"), AGAIN)
def test_what_is_to_be_signed_again_is_told_before(state: str, heading: str, typed: Any, again: int | None, tasks: list[Task], officer: Person, logged_in: LogIn) -> None:
    Task.objects.filter(pk=tasks[0].pk).update(state=state, indicator_kind="")  # no path to hold
    back = bring_back(officer, edited(data_of(export(officer)), put(heading, typed)))
    page = logged_in(User.objects.get(pk=officer.user_id)).get(reverse("office:exchange", args=[back.zone.slug, back.pk])).content.decode()
    assert (back.told.get("signing_again"), "1项任务已下发，取用后须重新签收。" in page) == (again, again is not None)


WRONG: list[tuple[str, Any, str]] = [
    ("重点任务", None, ""), ("重点任务", "长" * 301, "长" * 200), ("完成时限", "尽快", "尽快"), ("完成时限", "2029-02-30", "2029-02-30"),
    ("完成时限", datetime(2026, 3, 1), "2026-03-01"), ("目标值", "约180", "约180"), ("目标年", "第十四年", "第十四年"),
    ("指标类型", "上升", "上升"), ("牵头单位", "发展改革委", "发展改革委"), ("牵头单位", "生态环境局", "生态环境局"), ("配合单位", "生态环境局，教育局", "生态环境局、教育局"),
    ("配合单位", "发展改革局", "发展改革局"), ("责任科室", "法规科", "法规科"), ("责任人", "无此人", "无此人"), ("工作线", "没有的线", "没有的线"), ("不分解原因", "留给市场", "留给市场"),
    ("领域", "#REF!", "#REF!"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "typed", "value"), WRONG)
def test_what_cannot_be_is_told_at_its_cell(heading: str, typed: Any, value: str, tasks: list[Task], officer: Person) -> None:
    data = edited(data_of(export(officer)), put(heading, typed))
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    cell = sheet.cell(5, column(sheet, heading)).coordinate
    state, counts, rows = told(bring_back(officer, data))
    assert (state, counts, [(row, verdict, messages) for row, verdict, _changes, messages in rows]) == ("ready", {"rows": 3, "same": 2, "missing": 0}, [(5, "wrong", [(cell, value)])])


def test_rows_that_are_no_tasks(tasks: list[Task], officer: Person, other_zone: Zone) -> None:
    def act(sheet: Any) -> None:
        copied = [cell.value for cell in sheet[5]]
        key = column(sheet, "蓝图版本") - 1
        sheet.cell(6, key).value = 999_999  # none of ours
        sheet.insert_rows(8, 2)
        for at, value in enumerate(copied, 1):
            sheet.cell(8, at).value = value
        sheet.cell(9, column(sheet, "重点任务")).value = "新的任务"

    rows = told(bring_back(officer, edited(data_of(export(officer)), act)))
    assert rows == ("ready", {"rows": 5, "same": 2, "missing": 1}, [
        (6, "wrong", {}, [("A6", "=1+1 培育机器人产业")]), (8, "wrong", {}, [("A8", "壮大精密装备产业")]), (9, "wrong", {}, [("A9", "新的任务")]),
    ])  # fmt: skip


def test_cells_that_only_tell_are_not_taken(tasks: list[Task], officer: Person) -> None:
    back = bring_back(officer, edited(data_of(export(officer)), put("状态", "已完成")))
    assert told(back) == ("ready", {"rows": 3, "same": 2, "missing": 0}, [(5, "same", {}, [("Z5", "已完成")])])
    with pytest.raises(Invalid):
        take_over(by=officer, exchange_id=back.pk, expected=back.revision)


def test_columns_may_be_moved_and_left_out(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        sheet.unmerge_cells("A1:AA1")
        sheet.unmerge_cells("A2:AA2")
        sheet.delete_cols(column(sheet, "配合单位"))
        sheet.insert_cols(1)

    state, counts, rows = told(bring_back(officer, edited(data_of(export(officer)), act)))
    notes = counts.pop("notes")
    assert ((state, counts, rows), len(notes), "配合单位" in notes[0]) == (NOTHING, 1, True)


def test_merged_cells_say_what_their_corner_says(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        at = column(sheet, "牵头单位")
        sheet.merge_cells(start_row=5, end_row=6, start_column=at, end_column=at)

    assert told(bring_back(officer, edited(data_of(export(officer)), act))) == NOTHING


def test_sorted_rows_take_their_hidden_cells_along(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        first, last = ([cell.value for cell in sheet[row]] for row in (5, 7))
        for at, (one, other) in enumerate(zip(first, last, strict=True), 1):
            sheet.cell(5, at).value, sheet.cell(7, at).value = other, one

    assert told(bring_back(officer, edited(data_of(export(officer)), act))) == NOTHING


class TestThreeWays:
    @pytest.fixture
    def back(self, tasks: list[Task], officer: Person) -> Exchange:
        cells = [("重点任务", "培育服务机器人产业", 6), ("文件依据", "《纲要》", 6), ("重点任务", "改善澜河水环境质量", 7)]
        return changed_on_both_sides(officer, tasks[1], cells)

    def test_a_field_changed_on_both_sides_is_a_conflict(self, back: Exchange) -> None:
        row = back.rows.get(row=6)
        assert (row.verdict, row.choice, row.changes) == ("conflict", "open", {
            "title": {"base": "=1+1 培育机器人产业", "here": "培育智能机器人产业", "file": "培育服务机器人产业", "conflict": True, "value": "培育服务机器人产业"},
            "source": {"base": "+cmd|' /C calc'!A0", "here": "+cmd|' /C calc'!A0", "file": "《纲要》", "conflict": False, "value": "《纲要》"},
        })  # fmt: skip

    @pytest.mark.parametrize(("choice", "title"), [("file", "培育服务机器人产业"), ("here", "培育智能机器人产业")])
    def test_it_is_decided(self, choice: str, title: str, back: Exchange, tasks: list[Task], officer: Person) -> None:
        row = back.rows.get(row=6)
        assert choose(by=officer, row_id=row.pk, expected=row.revision, choice=choice).choice == choice
        with pytest.raises(Conflict):
            choose(by=officer, row_id=row.pk, expected=row.revision, choice="file")
        assert taken(back, officer).state == "applied"
        found = [Task.objects.get(pk=task.pk) for task in tasks]
        assert [(task.title, task.source, task.topic) for task in found] == [("壮大精密装备产业", "《纲要》第三章第一节", "产业"), (title, "《纲要》", "制造"), ("改善澜河水环境质量", "", "")]

    def test_undecided_it_waits_and_the_rest_is_taken(self, back: Exchange, tasks: list[Task], officer: Person) -> None:
        done = taken(back, officer)
        assert (done.state, done.told["taken"], Task.objects.get(pk=tasks[2].pk).title) == ("ready", 1, "改善澜河水环境质量")
        assert choose_all(by=officer, exchange_id=done.pk, choice="file") == 1
        done = taken(done, officer)
        assert (done.state, done.told["taken"], Task.objects.get(pk=tasks[1].pk).title) == ("applied", 2, "培育服务机器人产业")
        with pytest.raises(Conflict):
            take_over(by=officer, exchange_id=done.pk, expected=done.revision)

    def test_what_is_changed_after_the_dry_run_is_asked_again(self, back: Exchange, tasks: list[Task], officer: Person) -> None:
        change(by=officer, task_id=tasks[2].pk, expected=1, values={"title": "改善湖泊水环境质量"})
        done = taken(back, officer)
        row = done.rows.get(row=7)
        assert (done.state, row.verdict, row.choice, row.taken_at, row.changes["title"]["here"]) == ("ready", "conflict", "open", None, "改善湖泊水环境质量")
        assert Task.objects.get(pk=tasks[2].pk).title == "改善湖泊水环境质量"


def test_a_unit_changes_only_what_is_its_own(tasks: list[Task], officer: Person, contact: Person, people: tuple[User, User], unit: Unit, zone: Zone) -> None:
    Task.objects.update(state="sent", indicator_kind="")
    tasks[0].parts.all().delete()
    colleague = make_user("clerk-2", "周敏")
    make_post(colleague, Role.CONTACT_PERSON, zone, unit)
    data = data_of(export(contact))

    def act(sheet: Any) -> None:
        put("责任人", "周敏", 5)(sheet)
        put("完成时限", datetime(2027, 1, 1), 6)(sheet)
        put("责任人", "周敏", 7)(sheet)

    back = bring_back(contact, edited(data, act))
    assert [(row.row, row.verdict) for row in back.rows.all()] == [(5, "changed"), (6, "wrong"), (7, "wrong")]
    done = taken(back, contact)
    assert [row.messages for row in done.rows.filter(row=5)] == [[]]
    assert [Task.objects.get(pk=task.pk).person_id for task in tasks] == [colleague.pk, None, None]
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert {str(check.sqref)[0] for check in sheet.data_validations.dataValidation} == {"T", "U"}  # section and person


def test_a_unit_never_gets_a_draft(tasks: list[Task], contact: Person) -> None:
    Task.objects.filter(pk=tasks[2].pk).update(state="sent")
    assert export(contact).told == {"rows": 1}


def test_a_file_of_another_zone_or_make_is_refused(tasks: list[Task], officer: Person, other_zone: Zone) -> None:
    stranger = Person(user_id=officer.user_id, name="x", zone_id=other_zone.pk, roles=officer.roles, unit_ids=frozenset())
    data = data_of(export(officer))
    Exchange.objects.update(zone=other_zone)
    assert bring_back(officer, data).state == "failed"
    Exchange.objects.all().delete()
    assert (bring_back(officer, data).state, ExchangeRow.objects.count(), stranger.zone_id) == ("failed", 0, other_zone.pk)
    made, buffer = openpyxl.Workbook(), BytesIO()
    made.save(buffer)
    assert bring_back(officer, buffer.getvalue()).state == "failed"


def test_a_file_is_the_persons_own(tasks: list[Task], officer: Person, contact: Person) -> None:
    back = bring_back(officer, data_of(export(officer)))
    for act in (lambda: take_over(by=contact, exchange_id=back.pk, expected=back.revision), lambda: give_up(by=contact, exchange_id=back.pk)):
        with pytest.raises(Conflict):
            act()
    reader = Person(user_id=1, name="x", zone_id=back.zone_id, roles=frozenset({Role.LEADER}), unit_ids=frozenset())
    with pytest.raises(Forbidden):
        take_over(by=reader, exchange_id=back.pk, expected=back.revision)


def test_given_up_it_is_gone(tasks: list[Task], officer: Person) -> None:
    from lantu_web.documents.folders import on_disk

    back = bring_back(officer, data_of(export(officer)))
    give_up(by=officer, exchange_id=back.pk)
    back.refresh_from_db()
    assert back.state == "given_up"
    with pytest.raises(Conflict):
        give_up(by=officer, exchange_id=back.pk)
    assert Entry.objects.filter(action="exchange.give_up").count() == 1
    assert on_disk(back.path).parent.name == str(back.zone_id)


def test_columns_in_groups_stand_beside_each_other() -> None:
    places = places_of(["due_on", "nodes", "parts", "person", "start_on"], [2027, 2026], frozenset())
    assert [place.heading for place in places] == ["序号", "重点任务", "2026年", "2027年", "阶段节点", "责任人", "开始时间", "完成时限"]


def test_days_before_spreadsheets_count_are_texts(tasks: list[Task], officer: Person) -> None:
    Task.objects.filter(pk=tasks[2].pk).update(start_on=date(1890, 1, 1), target="12345678901234.123456", measured_in="元")
    assert told(bring_back(officer, data_of(export(officer)))) == NOTHING
