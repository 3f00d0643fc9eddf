"""The ledger workbook, read back by two other libraries."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from tests.factories.plans import TEXT, TITLE, cloud_stream_plan, empty_plan
from tests.factories.records import plans

from lantu.interchange.sheet_styles import MAX_CELL_TEXT
from lantu.interchange.workbook import workbook_bytes
from lantu.model import Measure, Plan, Span

SHEETS = ["概览", "任务台账", "指标目标", "现状数据", "项目", "机制", "片区", "责任主体", "问题提示", "目录", "原文缺损"]
CHAPTER = "第二章 构建特色鲜明的现代产业体系"
CLOUD = "加快建设云溪数据港项目和工业互联网公共服务平台，推动200家以上企业上云用云。"


@cache
def book() -> Workbook:
    return load_workbook(io.BytesIO(workbook_bytes(cloud_stream_plan())))


def sheet(name: str) -> Worksheet:
    found: Worksheet = book()[name]
    return found


def rows(name: str, plan: Plan | None = None) -> list[list[Any]]:
    """What another reader finds below the title and the line to be filled in; nothing is merged for it."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(plan or cloud_stream_plan())))
    return found.get_sheet_by_name(name).to_python(skip_empty_area=False)[2:]


def place(words: str) -> list[str]:
    start = TEXT.index(words)
    return [f"{start + 13}–{start + 13 + len(words)}", f"{start}–{start + len(words)}"]


def test_sheets() -> None:
    assert book().sheetnames == SHEETS
    assert load_workbook(io.BytesIO(workbook_bytes(empty_plan()))).sheetnames == SHEETS[:-1]  # nothing lost, nothing to tell of it


def test_task_rows() -> None:
    head, *body = rows("任务台账")
    path = f"{CHAPTER} › 第一节 做强绿色装备制造业 › 1.壮大龙头企业"
    units = "工业和信息化局（企业、智能装备、产业园）\n发展和改革局（总投资）"
    first = ["2-1-1", path, "工业", "壮大龙头企业"]
    after = ["2025年", "区经济发展局（牵头）", units, "", "", "", "", "", "", "", ""]
    assert head == [
        "序号", "任务来源", "工作领域", "重点任务", "具体举措", "目标值", "完成时限", "原文责任主体", "建议牵头单位（依据）",
        "分管领导", "牵头单位", "责任（配合）单位", "责任人", "进展情况", "存在问题", "完成状态", "备注", "原文位置", "校订文位置",
    ]  # fmt: skip
    assert body[:3] == [
        [*first, "实施“链主”企业培育计划，到2025年培育产值过10亿元企业3家、过亿元企业15家以上；",
         "产值过10亿元企业：3家\n产值过亿元企业：15家以上", *after,
         *place("实施“链主”企业培育计划,到2025年培育产值过10亿元企业3家、过亿元企业15家以上;")],
        [*first, "支持青川湖智能装备产业园扩容提质，建设青川湖智能装备产业园二期项目，总投资12.6亿元。", "", *after,
         *place("支持青川湖智能装备产业园扩容提质,建设青川湖智能装备产业园二期项目,总投资12.6亿元。")],
        [*first, "健全链长制工作机制，区经济发展局牵头建立重点企业诊断台账。", "", *after,
         *place("健全链长制工作机制,区经济发展局牵头建立重点企业诊断台账。")],
    ]  # fmt: skip
    assert [row[0] for row in body] == ["2-1-1", "2-1-1", "2-1-1", "2-1-2", "2-2-1", "3-2-1", "3-2-1"]


def test_figure_rows_hold_numbers_as_numbers() -> None:
    head, *body = rows("指标目标")
    section = "第一章 发展基础与总体要求 › 第二节 主要目标"
    caption = "表1“十四五”时期经济社会发展主要指标"
    assert head == [
        "序号", "指标名称", "目标表述", "要求", "数值", "上限", "单位", "年份", "时间口径", "指标类型", "属性", "基期值", "基期年份",
        "所在指标表", "来源章节", "原文", "存疑", "原文位置", "校订文位置",
    ]  # fmt: skip
    unemployment, forest, high_tech = body[4], body[5], body[10]
    assert unemployment == [
        5.0, "城镇登记失业率", "控制在4.5%以内", "不高于", 4.5, "", "%", 2025.0, "到期末", "保持", "预期性", 3.19, 2020.0, caption, section,
        "城镇登记失业率 3.19 4.5以内 % 预期性", "", *place("城镇登记失业率 3.19 4.5以内 % 预期性"),
    ]  # fmt: skip
    assert forest[1:7] == ["森林覆盖率", "完成上级下达任务", "", "", "", "%"]  # words for a value: no number is made up
    assert high_tech[1:10] == ["高新技术企业", "每年5—8家", "区间", 5.0, 8.0, "家", "", "每年", "新增（完成）"]
    assert len(body) == 13


def test_actual_rows_tell_doubts() -> None:
    assert rows("现状数据")[4] == [
        4.0, "常住人口", "12.6万人", "等于", 12.6, "", "万人", 2020.0, "", "达到", "第一章 发展基础与总体要求 › 第一节 发展基础",
        "常住人口达到12.6万人", "数字所在段落原文有缺损", *place("常住人口达到12.6万人"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("项目", [2.0, "云溪数据港项目", "加快建设", "在建", "", f"{CHAPTER} › 第二节 培育数字经济", CLOUD,
                "", "", "", "", "", *place("云溪数据港项目")]),
        ("机制", [2.0, "工业互联网公共服务平台", "加快建设", "推动200家以上企业上云用云", f"{CHAPTER} › 第二节 培育数字经济", CLOUD,
                "", "", "", *place("工业互联网公共服务平台")]),
        ("片区", [2.0, "生态片区", "", "云溪大道", "", "望山路", "第三章 优化空间布局 › （一）统筹三片联动",
                "生态片区位于云溪大道以东、望山路以南。", *place("生态片区位于云溪大道以东、望山路以南")]),
        ("责任主体", [2.0, "区自然资源局", "责任", "第三章 优化空间布局 › （二）强化要素保障",
                  "由区自然资源局负责建立批而未供土地处置清单，五年处置闲置低效用地1500亩，区人大常委会审议批准规划调整方案。",
                  *place("区自然资源局")]),
        ("问题提示", [2.0, "提示", "第三章改用“（一）”编号，与前文“第一节”不一致", "第三章 优化空间布局 › （一）统筹三片联动",
                  "（一）统筹三片联动", "", "", "heading-number-style", *place("(一)统筹三片联动")]),
        ("目录", [2.0, 1.0, "第一章 发展基础与总体要求", "标题行", "", "", "", "", *place("第一章发展基础与总体要求")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_second_row(name: str, expected: list[Any]) -> None:
    assert rows(name)[2] == expected


def test_losses() -> None:
    assert rows("原文缺损")[1] == [1.0, "原文有三个字符无法还原", "", "150–153"]


def test_overview() -> None:
    found = [[cell for cell in row if cell != ""] for row in rows("概览")]
    assert found[:3] == [["发布机关", "云溪新区管理委员会"], ["文号", "云管发〔2021〕6号"], ["成文日期", "2021-04-16"]]
    assert ["规划期", "2021—2025年，展望至2035年"] in found
    assert ["正文覆盖率", "87.4%"] in found
    assert ["问题提示", "错误1条，警告1条，提示1条"] in found
    assert ["文本修复", "删除网页页眉页脚等1处，删除多余空格12处，未能还原1处"] in found
    at = found.index(["分表", "条数"])
    counts = [["任务台账", 4.0], ["指标目标", 13.0], ["现状数据", 4.0], ["项目", 5.0], ["机制", 3.0], ["片区", 2.0], ["责任主体", 3.0]]
    assert found[at + 1 : at + 8] == counts
    at = found.index(["章节", "任务", "目标", "项目"])
    assert found[at + 1 : at + 4] == [
        ["第一章 发展基础与总体要求", 0.0, 7.0, 0.0], [CHAPTER, 3.0, 5.0, 2.0], ["第三章 优化空间布局", 1.0, 1.0, 3.0],
    ]  # fmt: skip


def test_title_and_the_line_to_be_filled_in() -> None:
    tasks = sheet("任务台账")
    assert tasks["A1"].value == f"《{TITLE}》任务台账"
    assert tasks["A1"].font.name == "方正小标宋简体"
    line = [cell.value for cell in tasks[2] if cell.value]
    assert line == ["填表单位：", "填表人：", "审核人：", "填表日期：     年   月   日"]


def test_what_a_task_shares_is_merged_and_filterable() -> None:
    """A1 is the title; rows 4–6 are the first task. Each row still bears the value, or a filter would lose rows 5 and 6."""
    merged = {str(area) for area in sheet("任务台账").merged_cells.ranges}
    shared = {f"{column}4:{column}6" for column in "ABCDGHIJKLMNOPQ"}
    assert {area for area in merged if area.endswith("6")} == shared
    assert [row[0] for row in rows("任务台账")[1:4]] == ["2-1-1"] * 3


def test_print_set_up() -> None:
    tasks = sheet("任务台账")
    assert (tasks.page_setup.orientation, tasks.page_setup.paperSize) == ("landscape", 8)
    assert (tasks.page_setup.fitToWidth or 1, tasks.page_setup.fitToHeight, tasks.sheet_properties.pageSetUpPr.fitToPage) == (1, 0, True)
    assert (tasks.print_title_rows, tasks.print_area) == ("$3:$3", "'任务台账'!$A$1:$S$10")
    assert tasks.oddFooter.center.text == "第 &P 页  共 &N 页"
    assert (tasks.freeze_panes, tasks.auto_filter.ref) == ("E4", "A3:S10")
    assert sheet("片区").page_setup.paperSize == 9
    assert (sheet("概览").page_setup.orientation or "portrait") == "portrait"


def test_choices_for_the_status() -> None:
    (validation,) = sheet("任务台账").data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == ("P4:P10", '"未启动,正常推进,滞后,已完成,已销号"')


def test_looks() -> None:
    tasks = sheet("任务台账")
    head, blank, body = tasks["E3"], tasks["K3"], tasks["E4"]
    assert (head.font.name, head.fill.fgColor.rgb, blank.fill.fgColor.rgb) == ("黑体", "FFDCE6F1", "FFFDF3D8")
    assert (body.font.name, body.alignment.wrap_text, body.border.left.style) == ("宋体", True, "thin")


def test_rows_are_high_enough() -> None:
    """46 characters wide are 21 hanzi a line or a little more: 152 hanzi take at least 7 lines of 10 points."""
    plan = cloud_stream_plan()
    long = replace(plan.tasks[2].measures[0], text="推进建设" * 38)
    found = load_workbook(io.BytesIO(workbook_bytes(replace(plan, tasks=(replace(plan.tasks[2], measures=(long,)),)))))
    assert 7 * 14 <= found["任务台账"].row_dimensions[4].height <= 10 * 16


FORMULAS = ["=1+1", "+86", "-删除", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a.b","c")', "＝1+1", "-", "{=1}", "http://a.b/c"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    plan = cloud_stream_plan()
    measure = Measure(text=text, span=Span(0, 1), raw_span=Span(0, 1))
    content = workbook_bytes(replace(plan, title=text, tasks=(replace(plan.tasks[0], title=text, measures=(measure,)),)))
    tasks = load_workbook(io.BytesIO(content))["任务台账"]
    cells = [tasks["D4"], tasks["E4"]]
    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None), ("s", None)]
    assert cells[1].value.replace("_x000D_", "\r") == text
    assert cells[1].quotePrefix is (text[0] in "=+-@\t\r＝")
    assert not [name for name in ZipFile(io.BytesIO(content)).namelist() if "external" in name]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("年\x00\x0b月", "年\ufffd\ufffd月"),
        ("年\uffff月", "年\ufffd月"),
        ("年" * 40_000, "年" * (MAX_CELL_TEXT - 1) + "…"),
        ("𠮷_x0041_野", "𠮷_x0041_野"),
    ],
    ids=["control", "no character", "too long", "looks like an escape"],
)
def test_text_that_a_cell_cannot_hold(text: str, kept: str) -> None:
    plan = cloud_stream_plan()
    measure = replace(plan.tasks[2].measures[0], text=text)
    assert rows("任务台账", replace(plan, tasks=(replace(plan.tasks[2], measures=(measure,)),)))[1][4] == kept


def test_a_task_without_measures_shows_its_sentence() -> None:
    plan = cloud_stream_plan()
    bare = replace(plan.tasks[2], measures=())
    assert rows("任务台账", replace(plan, tasks=(bare,)))[1][4] == CLOUD


def test_nothing_found_is_said() -> None:
    assert rows("任务台账", empty_plan())[1][0] == "（原文中未发现）"


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert workbook_bytes(cloud_stream_plan()) == workbook_bytes(cloud_stream_plan())


@given(plan=plans())
def test_any_plan_makes_a_workbook(plan: Plan) -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(plan)))
    counts = {name: len(found.get_sheet_by_name(name).to_python(skip_empty_area=False)) - 3 for name in ("指标目标", "项目", "目录")}
    assert counts == {"指标目标": max(1, len(plan.targets)), "项目": max(1, len(plan.projects)), "目录": max(1, len(plan.sections))}
