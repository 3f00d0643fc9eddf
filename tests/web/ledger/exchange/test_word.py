"""The division scheme and the table of the breakdown as official papers: words, numbers, layout."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.web.ledger.exchange.conftest import data_of, export

from lantu_web.accounts.acting import Person
from lantu_web.tasks.models import Division, Task, YearPart
from lantu_web.tasks.word.breakdown import shared_out
from lantu_web.tasks.word.division import bare, signature
from lantu_web.tasks.word.paper import Paper, chinese, numbered


def paper(by: Person, division: Division, kind: str) -> Any:
    exchange = export(by, kind=kind, plan_id=division.plan_id)
    assert (exchange.state, exchange.problem) == ("ready", "")
    return Document(BytesIO(data_of(exchange)))


def test_the_scheme_says_who_does_what(tasks: list[Task], officer: Person, division: Division) -> None:
    Task.objects.filter(pk=tasks[2].pk).update(left_out="由市场主体自主推进", lead_unit=None)
    lines = [(one.text, one.style.name) for one in paper(officer, division, "export_division").paragraphs if one.text]
    assert lines[:9] == [
        ("云溪新区高质量发展五年规划纲要分工方案", "公文标题"),
        ("为全面贯彻落实《云溪新区高质量发展五年规划纲要》，明确责任分工，加快推进各项目标任务，制定本方案。", "正文公文"),
        ("一、重点任务", "一级标题"),
        ("1.壮大精密装备产业。", "三级标题"), ("（牵头单位：发展改革局；配合单位：生态环境局；包保领导：王建国；完成时限：2028年底）", "正文公文"),
        ("2.=1+1 培育机器人产业。", "三级标题"), ("（牵头单位：发展改革局）", "正文公文"),
        ("3.改善水环境质量。", "三级标题"), ("（由市场主体自主推进，不作分解）", "正文公文"),
    ]  # fmt: skip
    assert lines[9][0] == "二、工作要求"


def test_the_layout_is_that_of_an_official_paper(tasks: list[Task], officer: Person, division: Division) -> None:
    document = paper(officer, division, "export_division")
    section = document.sections[0]
    assert [round(edge.mm) for edge in (section.page_width, section.page_height, section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)] == [210, 297, 37, 26, 35, 28]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    fonts = {name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("公文标题", "一级标题", "二级标题", "三级标题", "正文公文", "附件标识")}
    assert fonts == {"公文标题": "方正小标宋简体", "一级标题": "黑体", "二级标题": "楷体_GB2312", "三级标题": "仿宋_GB2312", "正文公文": "仿宋_GB2312", "附件标识": "黑体"}
    assert [document.styles[name].font.size.pt for name in ("公文标题", "正文公文", "页码公文")] == [22, 16, 14]
    footers = [(footer.paragraphs[0].text, footer.paragraphs[0].alignment) for footer in (section.footer, section.even_page_footer)]
    assert footers == [("—  —", 2), ("—  —", 0)]
    table = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable")).blob.decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table


# From the right edge, in hundredths of a character; the day is 6.5 characters wide, since digits take half of one.
@pytest.mark.parametrize(("bureau", "indents"), [("党工委", [575, 400]), ("云溪新区发展改革局", [275, 400]), ("云" * 20, [0, 675])])
def test_the_name_stands_in_the_middle_above_the_day(bureau: str, indents: list[int]) -> None:
    made = Paper("方案")
    signature(made, bureau, "2026年3月15日")
    lines = [one for one in made.document.paragraphs if one.style.name == "落款"]
    assert [one.text for one in lines] == [bureau, "2026年3月15日"]
    assert [int(one._element.pPr.ind.get(qn("w:rightChars"))) for one in lines] == indents


def test_the_table_of_the_breakdown(tasks: list[Task], officer: Person, division: Division) -> None:
    document = paper(officer, division, "export_breakdown")
    assert [one.text for one in document.paragraphs if one.text] == ["附件", f"{division.plan.name}\n任务分解表"]
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "重点任务", "年度目标", "年度目标", "2026年阶段节点", "牵头单位", "配合单位", "包保领导", "完成时限"],
        ["序号", "重点任务", "2026年", "2027年", "2026年阶段节点", "牵头单位", "配合单位", "包保领导", "完成时限"],
        ["第三章"] * 9,
        ["1", "壮大精密装备产业", "产值达到140亿元", "160亿元", "6月30日：园区二期开工", "发展改革局", "生态环境局", "王建国", "2028年底"],
        ["2", "=1+1 培育机器人产业", "", "", "", "发展改革局", "", "", ""],
        ["3", "改善水环境质量", "", "", "", "生态环境局", "", "", ""],
    ]  # fmt: skip
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert (heads, [round(edge.mm) for edge in (document.sections[0].page_width, document.sections[0].page_height)]) == ([True, True, False, False, False, False], [297, 210])


def test_no_year_is_left_out(tasks: list[Task], officer: Person, division: Division) -> None:
    for year in range(2028, 2034):
        YearPart.objects.create(task=tasks[0], year=year, value="180")
    heads = [cell.text for cell in paper(officer, division, "export_breakdown").tables[0].rows[1].cells]
    assert heads[2:10] == [f"{year}年" for year in range(2026, 2034)]


def test_more_years_than_a_page_holds_stand_in_several_tables(tasks: list[Task], officer: Person, division: Division) -> None:
    for year in range(2028, 2041):
        YearPart.objects.create(task=tasks[0], year=year, value=year)
    document = paper(officer, division, "export_breakdown")
    first, second = document.tables
    assert [one.text for one in document.paragraphs if one.text][2:] == ["一、2026—2032年", "二、2033—2040年"]
    assert [cell.text for cell in first.rows[1].cells] == [
        "序号", "重点任务", *(f"{year}年" for year in range(2026, 2033)), "2026年阶段节点", "牵头单位", "配合单位", "包保领导", "完成时限",
    ]  # fmt: skip
    assert [cell.text for cell in second.rows[1].cells] == ["序号", "重点任务", *(f"{year}年" for year in range(2033, 2041))]
    assert [cell.text for cell in second.rows[3].cells][-1] == "2040亿元"
    assert len(first.rows) == len(second.rows) == 6


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (1, [1]), (8, [8]), (9, [4, 5]), (15, [7, 8]), (30, [7, 8, 7, 8])])
def test_years_are_shared_out_evenly(count: int, sizes: list[int]) -> None:
    assert [len(share) for share in shared_out(range(2026, 2026 + count))] == sizes


def test_a_paper_goes_as_the_plan_goes(tasks: list[Task], officer: Person, division: Division) -> None:
    exchange = export(officer, kind="export_breakdown", plan_id=division.plan_id, query="sort=-number")
    table = Document(BytesIO(data_of(exchange))).tables[0]
    assert [row.cells[0].text for row in table.rows[3:]] == ["1", "2", "3"]


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")])
def test_numbers_of_headings(number: int, text: str) -> None:
    assert chinese(number) == text


def test_four_levels() -> None:
    assert [numbered(level, 2) for level in range(4)] == ["二、", "（二）", "2.", "（2）"]


@pytest.mark.parametrize(("chapter", "text"), [("第三章 重点任务", "重点任务"), ("三、做强产业", "做强产业"), ("（二）改善环境", "改善环境"), ("十全十美工程", "十全十美工程"), ("第三章", "")])
def test_a_heading_loses_its_own_number(chapter: str, text: str) -> None:
    assert bare(chapter) == text


def test_a_paper_has_a_length(tasks: list[Task], officer: Person, division: Division, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lantu_web.tasks.commands.exchange_exports.MOST_IN_A_PAPER", 2)
    exchange = export(officer, kind="export_division", plan_id=division.plan_id)
    assert (exchange.state, bool(exchange.problem)) == ("failed", True)
