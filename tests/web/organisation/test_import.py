"""Import of units and people: what is shown is what is done, all or nothing, once; foreign workbooks are read as they were meant."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.hashers import check_password
from tests.factories.web import make_post, make_unit, make_user
from tests.factories.workbooks import book

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.organisation_import import confirm_import, drop_upload, keep_upload
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import ImportDraft, Post, Unit, User, Zone
from lantu_web.accounts.queries.import_rows import DryRun, Outcome
from lantu_web.accounts.queries.organisation_import import dry_run, dry_run_of, sheets_of_today
from lantu_web.accounts.spreadsheet.columns import KINDS, ROLES, Sheet
from lantu_web.accounts.spreadsheet.reading import ROWS, rows_of_workbook
from lantu_web.accounts.spreadsheet.writing import workbook
from lantu_web.audit.models import Entry
from lantu_web.audit.queries import breaks
from lantu_web.lib.errors import Conflict, Forbidden, Invalid

UNITS = [
    ("100", "云溪街道办事处", "云溪街道", "街道（镇）", "001", date(2024, 1, 1), "党政办公室、经济发展办公室"),
    ("101", "云溪产业园", "", "园区", "100", None, ""),
]
PEOPLE = [
    ("zhang.san", "张三", "0537-2345678", "", "单位联系人", "100", "党政办公室", "科员", "2026-01-01", None),
    ("zhang.san", "张三", "", "", "领导", "", "", "副主任", None, None),
    ("li.si", "李四", "", "li@example.org", "第三方评估员", "", "", "", None, "2027-12-31"),
]


def run_of(by: Person, today: date, units: object = (), people: object = (), **more: object) -> DryRun:
    return dry_run(rows_of_workbook(book(units, people, **more)), by=by, on=today)  # type: ignore[arg-type]


def faults(run: DryRun) -> list[tuple[int, str, str]]:
    return [(step.row.number, fault.column, fault.value) for step in run.steps for fault in step.faults]


def imported(by: Person, today: date, data: bytes) -> dict[str, int]:
    draft = keep_upload(by=by, file_name="单位人员.xlsx", data=data)
    run = dry_run_of(draft, by=by, on=today)
    done = confirm_import(by=by, draft_id=draft.pk, expected=run.digest)
    return {str(outcome.value): count for outcome, count in done.counts.items() if count}


def test_a_file_is_shown_then_done_and_the_second_time_nothing_is_left_to_do(administrator: Person, unit: Unit, today: date) -> None:
    data = book(UNITS, PEOPLE)
    draft = keep_upload(by=administrator, file_name="单位人员.xlsx", data=data)
    run = dry_run_of(draft, by=administrator, on=today)
    assert ([step.outcome.value for step in run.steps], Unit.objects.count(), Entry.objects.count()) == (["new"] * 5, 1, 0)
    done = confirm_import(by=administrator, draft_id=draft.pk, expected=run.digest)
    assert [(one.username, one.name, check_password(one.password, User.objects.get(username=one.username).password)) for one in done.newcomers] == [("zhang.san", "张三", True), ("li.si", "李四", True)]
    park = Unit.objects.get(code="101")
    assert (park.parent and park.parent.name, park.parent and park.parent.parent, [str(one) for one in Unit.objects.get(code="100").sections.all()]) == ("云溪街道办事处", unit, ["党政办公室", "经济发展办公室"])
    told = [(post.user.name, post.role, str(post.unit or ""), str(post.section or ""), post.title, post.valid_from, post.valid_to) for post in Post.objects.exclude(role=Role.SYSTEM_ADMINISTRATOR).order_by("id")]
    assert told == [
        ("张三", "contact_person", "云溪街道办事处", "党政办公室", "科员", date(2026, 1, 1), None),
        ("张三", "leader", "", "", "副主任", None, None),
        ("李四", "evaluator", "", "", "", None, date(2027, 12, 31)),
    ]
    assert all(user.must_change_password for user in User.objects.exclude(username="admin"))
    assert [step.outcome.value for step in run_of(administrator, today, UNITS, PEOPLE).steps] == ["same"] * 5
    assert (list(breaks()), ImportDraft.objects.count()) == ([], 0)
    with pytest.raises(Conflict):
        confirm_import(by=administrator, draft_id=draft.pk, expected=run.digest)


def test_changes_are_told_before_and_after_and_a_new_name_keeps_the_old(administrator: Person, unit: Unit, today: date) -> None:
    imported(administrator, today, book(UNITS, PEOPLE))
    changed = [("100", "云溪镇人民政府", "", "街道（镇）", "", None, "财政所"), UNITS[1]]
    people = [("zhang.san", "张三", "0537-9999999", "", "单位联系人", "100", "财政所", "所长", None, None)]
    run = run_of(administrator, today, changed, people)
    assert [[(one.column, one.before, one.after) for one in step.differences] for step in run.steps] == [
        [("单位名称", "云溪街道办事处", "云溪镇人民政府"), ("科室", "", "＋财政所")],
        [],
        [("联系电话", "0537-2345678", "0537-9999999"), ("科室", "党政办公室", "财政所"), ("职务", "科员", "所长")],
    ]
    assert imported(administrator, today, book(changed, people)) == {"changed": 2, "same": 1}
    street = Unit.objects.get(code="100")
    assert ([old.name for old in street.former_names.all()], street.short_name, street.parent) == (["云溪街道办事处"], "云溪街道", unit)


def test_what_goes_out_comes_in_unchanged(administrator: Person, unit: Unit, today: date) -> None:
    imported(administrator, today, book(UNITS, PEOPLE))
    data = workbook(sheets_of_today(administrator, on=today), with_example=True)
    run = dry_run(rows_of_workbook(data), by=administrator, on=today)
    assert ([step.outcome.value for step in run.steps], run.may_be_confirmed) == (["same"] * 6, False)


def test_every_fault_names_row_column_and_value(administrator: Person, zone: Zone, unit: Unit, today: date) -> None:
    make_unit(zone, "旧局", "900", dissolved_on=today)
    units = [
        ("200", "", "", "局（办）", "", None, ""),
        ("201", "甲局", "", "衙门", "", "去年", ""),
        ("202", "乙局", "", "局（办）", "777", None, ""),
        ("203", "丙局", "", "局（办）", "204", None, ""),
        ("204", "丁局", "", "局（办）", "203", None, ""),
        ("205", "发展改革局", "", "局（办）", "", None, ""),
        ("900", "新局", "", "局（办）", "", None, ""),
        ("206", "戊局", "", "局（办）", "", None, ""),
        ("206", "己局", "", "局（办）", "", None, ""),
    ]
    people = [
        ("a b", "张三", "", "not-an-address", "皇帝", "777", "", "", None, None),
        ("wang", "王五", "", "", "单位负责人", "", "", "", "2026-05-01", "2026-01-01"),
        ("zhao", "赵六", "", "", "第三方评估员", "", "", "", None, None),
        ("qian", "钱七", "", "", "单位联系人", "001", "没有的科", "", None, None),
        ("admin", "系统管理员", "", "", "规划管理员", "", "", "", None, None),
    ]
    assert faults(run_of(administrator, today, units, people)) == [
        (2, "单位名称", ""), (3, "单位类别", "衙门"), (3, "成立日期", "去年"), (4, "上级单位编码", "777"), (5, "上级单位编码", "204"),
        (6, "上级单位编码", "203"), (7, "单位名称", "发展改革局"), (8, "单位编码", "900"), (9, "单位编码", "206"), (10, "单位编码", "206"),
        (2, "角色", "皇帝"), (2, "用户名", "a b"), (2, "电子邮箱", "not-an-address"), (2, "单位编码", "777"), (3, "单位编码", ""),
        (3, "任职截止日期", "2026-01-01"), (4, "任职截止日期", ""), (5, "科室", "没有的科"), (6, "用户名", "admin"),
    ]  # fmt: skip


def test_nothing_is_written_while_a_row_is_at_fault(administrator: Person, unit: Unit, today: date) -> None:
    draft = keep_upload(by=administrator, file_name="x.xlsx", data=book([*UNITS, ("102", "", "", "园区", "", None, "")]))
    with pytest.raises(Invalid):
        confirm_import(by=administrator, draft_id=draft.pk, expected=dry_run_of(draft, by=administrator, on=today).digest)
    assert (Unit.objects.count(), Entry.objects.count()) == (1, 0)


def test_what_changed_since_it_was_looked_at_is_not_imported(administrator: Person, officer: Person, unit: Unit, today: date) -> None:
    data = book(UNITS)
    mine = keep_upload(by=administrator, file_name="a.xlsx", data=data)
    seen = dry_run_of(mine, by=administrator, on=today).digest
    imported(officer, today, data)
    with pytest.raises(Conflict):
        confirm_import(by=administrator, draft_id=mine.pk, expected=seen)
    assert [step.outcome for step in dry_run_of(mine, by=administrator, on=today).steps] == [Outcome.SAME] * 2


def test_a_draft_is_its_persons_own(administrator: Person, officer: Person, unit: Unit, today: date) -> None:
    draft = keep_upload(by=officer, file_name="a.xlsx", data=book(UNITS))
    with pytest.raises(Conflict):
        confirm_import(by=administrator, draft_id=draft.pk, expected="")
    drop_upload(by=administrator, draft_id=draft.pk)
    assert ImportDraft.objects.count() == 1
    drop_upload(by=officer, draft_id=draft.pk)
    assert ImportDraft.objects.count() == 0


def test_who_may_not_change_people_imports_none(officer: Person, contact: Person, unit: Unit, today: date) -> None:
    assert {fault.column for step in run_of(officer, today, UNITS, PEOPLE).people for fault in step.faults} == {"用户名"}
    assert run_of(officer, today, UNITS).may_be_confirmed
    assert Sheet.PEOPLE not in sheets_of_today(officer, on=today)
    with pytest.raises(Forbidden):
        keep_upload(by=contact, file_name="a.xlsx", data=book(UNITS))


def test_a_foreign_workbook_is_read_as_it_was_meant(administrator: Person, unit: Unit, today: date) -> None:
    make_user("li.si", "李四")
    units = [
        ("１０２ ", " 云溪　街道 ", "", "街道", 1, datetime(2024, 3, 1), "办公室；财政所"),
        (7, "产业园", "", "园区", 1, "2024年3月1日", ""),
        (None, None, None, None, None, None, None),
        ("104", "科技园", "", "园区", None, 45352, ""),
    ]
    people = [("li.si", "李 四", 13800000000, "", "联系人", "102", "财政所", "", "2024.3.1", None), ("wang", "王五", "", "", "负责人", None, "", "", None, None)]
    formats = [("单位", "A3", "000"), ("单位", "E2", "000"), ("单位", "E3", "000")]
    run = run_of(administrator, today, units, people, merged=[("人员", "F2:F3")], formats=formats)
    assert faults(run) == []
    told = [(step.row.values["code"], step.row.values["name"], step.kind, step.row.values["parent"], step.established_on) for step in run.units]
    assert told == [
        ("102", "云溪街道", "territory", "001", date(2024, 3, 1)), ("007", "产业园", "park", "001", date(2024, 3, 1)),
        ("104", "科技园", "park", "", date(2024, 3, 1)),
    ]  # fmt: skip
    assert [(step.row.values["name"], step.row.values["phone"], step.row.values["unit"], step.valid_from) for step in run.people] == [("李四", "13800000000", "102", date(2024, 3, 1)), ("王五", "", "102", None)]


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"code,name\n1,2\n", id="text"),
        pytest.param(b"%PDF-1.7 x", id="pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, id="old xls"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), id="encrypted"),
        pytest.param(b"PK\x03\x04" + b"\0" * 100, id="broken zip"),
        pytest.param(b"\0" * (5 * 1024 * 1024 + 1), id="too large"),
        pytest.param(repacked(book(UNITS), {"xl/vbaProject.bin": b"x"}), id="macros"),
        pytest.param(repacked(book(UNITS), {"xl/worksheets/sheet1.xml": b" " * 80_000_000}), id="zip bomb"),
        pytest.param(repacked(book(UNITS), {"xl/worksheets/sheet1.xml": b" " * 30_000_000}), id="zip bomb by ratio"),
        pytest.param(repacked(book(UNITS), {"xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), id="entities"),
        pytest.param(repacked(book(UNITS), {"xl/worksheets/sheet1.xml": b"<worksheet"}), id="damaged sheet"),
        pytest.param(repacked(book(UNITS), {"xl/workbook.xml": b"<workbook"}), id="damaged book"),
        pytest.param(book(), id="no rows"),
    ],
)
def test_what_is_no_such_workbook_is_refused_with_a_sentence(data: bytes, officer: Person) -> None:
    with pytest.raises(Invalid) as refused:
        keep_upload(by=officer, file_name="x.xlsx", data=data)
    assert (refused.value.field, ImportDraft.objects.count(), len(str(refused.value)) > 4) == ("file", 0, True)


def test_too_many_rows_are_refused(officer: Person) -> None:
    with pytest.raises(Invalid, match="5000"):
        rows_of_workbook(book([(str(number), f"单位{number}", "", "园区", "", None, "") for number in range(ROWS + 1)]))


def test_missing_sheets_and_columns_are_named(officer: Person) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = "单位"
    made.active.append(["单位编码", "简称"])
    buffer = BytesIO()
    made.save(buffer)
    with pytest.raises(Invalid, match="单位名称、单位类别"):
        rows_of_workbook(buffer.getvalue())


def test_no_cell_of_ours_is_a_formula_and_every_word_can_be_chosen(officer: Person, zone: Zone, today: date) -> None:
    for number, name in enumerate(("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(1)", "\t=3")):
        make_unit(zone, name, f"X{number}")
    data = workbook(sheets_of_today(officer, on=today), with_example=True)
    page = openpyxl.load_workbook(BytesIO(data))["单位"]
    cells = [cell for row in page.iter_rows(min_row=3) for cell in row if cell.value is not None]
    assert ({cell.data_type for cell in cells}, {cell.quotePrefix for cell in cells}) == ({"s"}, {True})
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    (choice,) = page.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(KINDS)}"'


def test_the_words_of_the_workbook_are_the_words_of_the_screens() -> None:
    from django.utils.translation import override

    with override("zh-hans"):
        assert ({word: str(kind.label) for word, kind in KINDS.items()}, {word: str(role.label) for word, role in ROLES.items()}) == (
            {word: word for word in KINDS}, {word: word for word in ROLES},
        )  # fmt: skip


def test_the_dry_run_asks_the_same_number_of_questions_for_one_row_and_for_many(administrator: Person, unit: Unit, today: date, django_assert_num_queries: object) -> None:
    make_post(make_user("zhang.san", "张三"), Role.LEADER, Zone.objects.get())
    for count in (1, 3):
        rows = rows_of_workbook(book(UNITS[:count], PEOPLE[:count]))
        with django_assert_num_queries(4):  # type: ignore[operator]
            dry_run(rows, by=administrator, on=today)
