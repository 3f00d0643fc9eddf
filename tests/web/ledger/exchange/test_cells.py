"""One cell as the text that its writer meant; formulas that hold no result."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from tests.web.ledger.exchange.conftest import bring_back, column, data_of, edited, export, put

from lantu_web.accounts.acting import Person
from lantu_web.lib.cells import unescaped
from lantu_web.tasks.content import Type
from lantu_web.tasks.models import Task
from lantu_web.tasks.spreadsheet.cells import text_of

CELLS: list[tuple[Any, Type, str, str]] = [
    (2027.1, Type.DAY, "0.00", "2027-10-31"), (2027.1, Type.DAY, "0.00_ ", "2027-10-31"), (2027.01, Type.DAY, "0.00", "2027-01-31"),
    (2027.12, Type.DAY, "General", "2027-12-31"), (2027.6, Type.DAY, "General", "2027-06-30"), (2027.1, Type.DAY, "General", "2027.1"),
    (2027.1, Type.DAY, "0.0", "2027.1"), ("2027.1", Type.DAY, "@", "2027-01-31"), ("2027.10", Type.DAY, "@", "2027-10-31"),
    (5, Type.NUMBER, '0"%"', "5"), (5, Type.NUMBER, r"0\%", "5"), (0.05, Type.NUMBER, "0%", "5"), (0.05, Type.NUMBER, '0.0"约"%', "5"),
    (5, Type.NUMBER, '[>1]0"%";0', "5"), (5, Type.NUMBER, "[$%-804]0", "5"),
    ("2027年6月30日前", Type.DAY, "", "2027-06-30"), ("2027年6月30日以前", Type.DAY, "", "2027-06-30"), ("2027年12月底以前", Type.DAY, "", "2027-12-31"),
    ("2027年6月底之前", Type.DAY, "", "2027-06-30"), ("2027年底前", Type.DAY, "", "2027-12-31"), ("2027年6月前", Type.DAY, "", "2027-06-30"),
    ("2027/6/30 16:00", Type.DAY, "", "2027-06-30"), ("2027-06-30 08:30:15", Type.DAY, "", "2027-06-30"), ("前期", Type.DAY, "", "前期"),
    ("壮大_x000D_\n产业", Type.LINE, "", "壮大 产业"), ("_x005F_x0041_", Type.LINE, "", "_x0041_"), ("甲_x0007_乙", Type.LINE, "", "甲乙"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "type_", "shape", "text"), CELLS)
def test_a_cell_is_what_its_writer_meant(value: Any, type_: Type, shape: str, text: str) -> None:
    assert text_of(value, type_, shape) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [("_x000D_", "\r"), ("_x005F_x000D_", "_x000D_"), ("_x005F_x005F_x005F_x000D_", "_x005F_x000D_"), ("_xD83D_", ""), ("a_x41_", "a_x41_")],
)
def test_what_xml_cannot_hold(text: str, meant: str) -> None:
    assert unescaped(text) == meant


def test_a_month_that_may_be_two_is_asked_for(tasks: list[Task], officer: Person) -> None:
    def act(sheet: Any) -> None:
        put("完成时限", 2027.1)(sheet)
        sheet.cell(5, column(sheet, "完成时限")).number_format = "General"

    back = bring_back(officer, edited(data_of(export(officer)), act))
    [row] = back.rows.all()
    assert (row.verdict, row.task_id, [one["value"] for one in row.messages]) == ("wrong", tasks[0].pk, ["2027.1"])


def test_words_that_look_like_an_escape_come_back(tasks: list[Task], officer: Person) -> None:
    Task.objects.filter(pk=tasks[0].pk).update(title="_x000D_ 与 _x005F_x0041_", source="_x0041_")
    data = data_of(export(officer))
    for back in (bring_back(officer, data), bring_back(officer, edited(data, lambda sheet: None))):
        assert (back.told, back.rows.count()) == ({"rows": 3, "same": 3, "missing": 0}, 0)


RESULTS = [
    ('<c r="{at}"><f>1+1</f><v></v></c>', "wrong"), ('<c r="{at}"><f>1+1</f><v/></c>', "wrong"), ('<c r="{at}"><f>1+1</f><v /></c>', "wrong"),
    ('<c r="{at}"><f>1+1</f></c>', "wrong"), ('<c s="1" r="{at}"><f t="shared" si="0"/><v></v></c>', "wrong"),
    ('<c r="{at}" t="str"><f>""</f><v></v></c>', "changed"), ('<c r="{at}" t="str"><f>""</f></c>', "wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "verdict"), RESULTS)
def test_a_formula_without_its_result_empties_no_cell(cell: str, verdict: str, tasks: list[Task], officer: Person) -> None:
    at = ""

    def act(sheet: Any) -> None:
        nonlocal at
        at = sheet.cell(5, column(sheet, "文件依据")).coordinate

    data = _with_part(edited(data_of(export(officer)), act), lambda text: re.sub(rf'<c r="{at}".*?</c>', cell.format(at=at), text, count=1))
    [row] = bring_back(officer, data).rows.all()
    assert (row.verdict, list(row.changes), [one["cell"] for one in row.messages]) == (verdict, ["source"], [at] if verdict == "wrong" else [])


def test_a_formula_that_openpyxl_saved_empties_no_cell(tasks: list[Task], officer: Person) -> None:
    [row] = bring_back(officer, edited(data_of(export(officer)), put("目标值", "=180+1"))).rows.all()
    assert (row.verdict, list(row.changes), len(row.messages)) == ("wrong", ["target"], 1)


def _with_part(data: bytes, act: Any, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, act(text.decode()).encode() if name == part else text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1900-01-01", "日期须在 1949-01-01 至 2100-12-31 之间。"), ("2101-01-01", "日期须在 1949-01-01 至 2100-12-31 之间。"),
        ("9999年12月31日", "日期须在 1949-01-01 至 2100-12-31 之间。"), ("2027-W26-3", None), ("2027W26", None), ("2027-06-31", None), ("2027-6-300", None),
        ("20270630" * 40, None), ("0000-01-01", None), ("+2027-06-30", None),
    ],
)  # fmt: skip
def test_a_day_is_one_of_the_years_of_plans(text: str, told: str | None, tasks: list[Task], officer: Person) -> None:
    back = bring_back(officer, edited(data_of(export(officer)), put("完成时限", text)))
    [row] = back.rows.all()
    [fault] = row.messages
    assert (row.verdict, fault["message"].startswith(told or "这不是日期")) == ("wrong", True)
