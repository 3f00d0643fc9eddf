"""Findings: what a careful reader is told, with exact words and places; and what he is not bothered with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.documents import document
from tests.factories.readings import actor, place, reading, target

from lantu.compile.findings import read_findings
from lantu.compile.passages import read_passages
from lantu.compile.reading import Reading
from lantu.compile.tasks import read_tasks
from lantu.model import Comparator, Figure, Finding, IndicatorTable, MeasureKind, Severity, Span
from lantu.rulebooks.review import review
from lantu.text.document import Doubt


def findings(read: Reading, targets: Sequence[Figure] = (), tables: Sequence[IndicatorTable] = ()) -> tuple[Finding, ...]:
    return read_findings(read, targets=targets, tables=tables, tasks=(), actors=())


def told(read: Reading, found: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, read.text[slice(*finding.span)]) for finding in found]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("机密★5年\n云溪新区规划\n", [("secrecy_marking", "机密★5年")], "a marking on its own line"),
        ("密级:秘密\n正文。\n", [("secrecy_marking", "密级:秘密")], "a marking after 密级"),
        ("保护商业秘密,建立机密文件管理制度。\n", [], "the word in a sentence is no marking"),
        ("内部资料 注意保密\n", [("internal_marking", "内部资料 注意保密")], "for internal use"),
        ("总投资XX亿元。\n", [("placeholder_text", "XX")], "letters instead of a number"),
        ("由××局牵头。\n", [("placeholder_text", "××")], "crosses instead of a name"),
        ("完成时限(待定)。\n", [("placeholder_text", "待定")], "to be settled"),
        ("稳步推进,待遇确定。\n", [], "待 and 定 in other words"),
        ("【请补充责任单位】\n", [("placeholder_text", "【请补充责任单位】")], "a note of the drafter"),
        ("总投资达到亿元,建成投用。\n", [("placeholder_text", "到亿元")], "a unit without its number"),
        ("建设XXL超市、FAXX平台。\n", [], "letters of a name"),
        ("分别达到2.24亿20.3亿元。\n", [("numbers_run_together", "4亿20.3亿元")], "two amounts without their mark"),
        ("分别改善146%79.1%。\n", [("numbers_run_together", "6%79.1%")], "two shares without their mark"),
        ("贫困人口6631121名。\n", [("numbers_run_together", "6631121名")], "more people than a county has"),
        ("2021年12月31日前完成投资12.5亿元。\n", [], "a date and an amount are whole"),
        ("增长8.%左右。\n", [("number_torn_apart", ".")], "a point without its decimals"),
        ("占比.5%。\n", [("number_torn_apart", ".5")], "decimals without their number"),
        ("规模达1,25亿元。\n", [("number_torn_apart", ",")], "a comma where a point or another digit stood"),
        ("收入12,500元。\n", [], "a comma of thousands"),
        ("2021年13月5日印发。\n", [("impossible_date", "13月5日")], "no such month"),
        ("2021年2月30日印发。\n", [("impossible_date", "2月30日")], "no such day"),
        ("云溪新区(以下简称“新区”)规划。\n", [("abbreviation_unused", "以下简称“新区”")], "a short name never used"),
        ("云溪新区(以下简称“新区”)规划。新区建设。\n", [], "a short name in use"),
        (
            "云溪新区(以下简称“新区”)。新区(以下简称“新区”)建设。\n",
            [("abbreviation_redefined", "以下简称“新区”")], "a short name explained twice",
        ),
        ("打造“云溪品牌。\n", [("unbalanced_marks", "打造“云溪品牌。")], "a quotation that never ends"),
        ("任务:1)建库;2)联网(含改造)。\n", [], "1) closes nothing"),
        ("2020年三次产业比为8:42:51。\n", [("sum_mismatch", "三次产业比为8:42:51")], "shares that make 101"),
        ("2020年三次产业比为8.1:41.3:50.6。\n", [], "shares that make a hundred"),
    ],
)  # fmt: skip
def test_marks_in_the_text(text: str, expected: list[tuple[str, str]], reason: str) -> None:
    read = reading(text)
    assert told(read, findings(read)) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("第一章甲\n(一)强产业\n建库。\n(一)强科技\n联网。\n", [("heading_number_repeated", "(一)强科技")], "a number twice"),
        ("第一章强产业\n建库。\n第三章强科技\n联网。\n", [("heading_number_skipped", "第三章强科技")], "a number left out"),
        (
            "第一章甲\n1.强产业。建库。\n2.强科技。联网。\n3.研发投入强度达到2%,新建平台4个。\n4.强人才。引才。\n",
            [], "the number that is left out heads a paragraph",
        ),
        (
            "一、甲\n1.强产业。建库。\n二、乙\n2.研发投入强度达到2%,新建平台4个,实施项目9个。\n三、丙\n3.强人才。引才。\n",
            [], "the same where the count runs on through the chapters",
        ),
        ("第一章强产业\n第二章强科技\n联网。\n", [("empty_section", "第一章强产业")], "a chapter without a word"),
        ("第一章强产业\n建库。\n专栏1重点工程\n第二章强科技\n联网。\n", [("box_without_items", "专栏1重点工程")], "a picture"),
    ],
)  # fmt: skip
def test_structure(text: str, expected: list[tuple[str, str]], reason: str) -> None:
    read = reading(text)
    assert told(read, findings(read)) == expected, reason


def test_a_long_paragraph_printed_twice_is_told_once_at_its_second_place() -> None:
    words = "加快构建现代产业体系,推动制造业高端化智能化绿色化发展,培育壮大一批具有竞争力的优势产业集群和龙头企业。"
    read = reading(f"第一章强产业\n{words}\n建库。\n{words}\n")
    (finding,) = findings(read)
    assert (finding.code, finding.span) == ("duplicate_paragraph", place(read, words, occurrence=2))
    assert finding.message == f"段落重复:“{words[:39]}…”与前文一段完全相同。请删去其一。"


def test_damage_is_told_as_lost_or_as_chosen() -> None:
    whole = document("建设云溪水库和青川湖湿地。\n")
    doubts = (Doubt(Span(2, 4), "原文有字节丢失,此处文字为推断,请核对原件"), Doubt(Span(7, 10), "原文有字节丢失,此处未能恢复"))
    read = reading(replace(whole, doubts=doubts))
    assert [(finding.code, finding.severity, finding.message) for finding in findings(read)] == [
        ("restored_by_choice", Severity.NOTE, "原文有字节丢失,此处文字为推断,请核对原件:“建设云溪水库和青川湖湿地。”。"),
        ("text_lost", Severity.WARNING, "原文有字节丢失,此处未能恢复:“建设云溪水库和青川湖湿地。”。请对照纸质原件补正。"),
    ]


FIGURES = "第一章目标\n城镇登记失业率控制在4.5%以内。\n绿化覆盖率达到120%。\n民办学校达到8。\n到2019年建成。\n森林覆盖率达到30%。\n"


@pytest.mark.parametrize(
    ("quote", "fields", "code", "message", "reason"),
    [
        ("城镇登记失业率控制在4.5%以内",
         {"subject": "城镇登记失业率", "value": 4.5, "unit": "%", "baseline": 3.19, "comparator": Comparator.AT_MOST,
          "measure": MeasureKind.KEEP},
         "target_above_baseline",
         "“城镇登记失业率”是越低越好的指标,目标值4.5%高于基期值3.19%。若为控制上限,考核时请按“不超过”掌握。", "a cap above the baseline"),
        ("绿化覆盖率达到120%", {"subject": "绿化覆盖率", "value": 120, "unit": "%"}, "percent_over_100",
         "“绿化覆盖率”是占比类指标,数值120%超过100%。请核对数值或指标名称。", "a share of a whole"),
        ("民办学校达到8", {"subject": "民办学校", "value": 8, "unit": ""}, "unit_missing",
         "“民办学校”的目标值8没有计量单位。请补上。", "a count of what"),
        ("到2019年建成", {"subject": "建成", "value": 1, "unit": "处", "year": 2019}, "deadline_outside_period",
         "“建成”的期限2019年不在规划期(2021—2025年)之内:“到2019年建成”。请核对年份。", "before the plan begins"),
        ("森林覆盖率达到30%", {"subject": "森林覆盖率", "value": 30, "unit": "%", "baseline": 32.5}, "target_below_baseline",
         "“森林覆盖率”的目标值30%低于基期值32.5%。若非口径调整或有意放缓,请核对。", "a rising indicator that falls"),
        ("森林覆盖率达到30%", {"subject": "森林覆盖率", "value": 30, "unit": "%", "doubt": "此处文字为推断"}, "figure_in_doubtful_text",
         "“森林覆盖率”30%所在文字有损坏(此处文字为推断)。入账前请对照原件核实。", "a figure among damaged words"),
        ("森林覆盖率达到30%", {"subject": "森林覆盖率", "value": 30, "unit": "%", "doubt": "numbers_run_together"}, "numbers_run_together",
         "数字疑似连排:“森林覆盖率达到30%”。原文可能丢失顿号或小数点,请对照原件分开。", "a doubt with a code of its own"),
    ],
)  # fmt: skip
def test_single_figures(quote: str, fields: dict[str, object], code: str, message: str, reason: str) -> None:
    read = reading(FIGURES)
    figure = target(read, quote, **({"year": 2025} | fields))  # type: ignore[arg-type]
    assert [(finding.code, finding.message, finding.span) for finding in findings(read, [figure])] == [(code, message, figure.span)], reason


@pytest.mark.parametrize(
    ("quote", "fields", "reason"),
    [
        ("绿化覆盖率达到120%", {"subject": "规上工业产值比重增长", "value": 120, "unit": "%"}, "growth may pass a hundred"),
        ("民办学校达到8", {"subject": "营商环境指数", "value": 8, "unit": ""}, "an index has no unit"),
        ("民办学校达到8", {"subject": "数据中心PUE", "value": 1.3, "unit": ""}, "an index by its letters"),
        ("民办学校达到8", {"subject": "办理时限", "value": 1 / 3, "unit": ""}, "a third has no unit"),
        ("到2019年建成", {"subject": "建成", "value": 1, "unit": "处", "year": 2035}, "the long-range year is in the plan"),
        ("森林覆盖率达到30%", {"subject": "能耗", "value": 30, "unit": "吨", "baseline": 32.5}, "a falling indicator that falls"),
        ("森林覆盖率达到30%", {"subject": "森林覆盖率", "value": 3, "unit": "%", "baseline": 5, "measure": MeasureKind.GROWTH},
         "growth is no level"),
    ],
)  # fmt: skip
def test_figures_that_are_in_order(quote: str, fields: dict[str, object], reason: str) -> None:
    read = reading(FIGURES)
    assert findings(read, [target(read, quote, **({"year": 2025} | fields))]) == (), reason  # type: ignore[arg-type]


GOALS = """第一章发展目标
培育链主企业3家。
到2025年改造小区8个。新建学校4所。
规上工业增加值增长8%。
到2024年主要预期目标:
——新增床位90张。
——培育农场6家。
第二章重点任务
新建园区2个。
"""


def test_goals_that_nothing_dates_are_told_once_with_the_end_of_the_plan() -> None:
    read = reading(GOALS)
    figures = [
        target(read, "培育链主企业3家", "链主企业", 3, "家", measure=MeasureKind.ADD),
        target(read, "到2025年改造小区8个", "小区", 8, "个", id="T2", year=2025),
        target(read, "新建学校4所", "学校", 4, "所", id="T3"),  # its line has a date
        target(read, "规上工业增加值增长8%", "规上工业增加值", 8, "%", id="T4", measure=MeasureKind.GROWTH),
        target(read, "新增床位90张", "床位", 90, "张", id="T5"),  # its head line has one
        target(read, "培育农场6家", "农场", 6, "家", id="T6"),
        target(read, "新建园区2个", "园区", 2, "个", id="T7"),  # no goal of the plan
    ]
    (finding,) = findings(read, figures)
    assert (finding.code, finding.severity, finding.span) == ("target_without_deadline", Severity.NOTE, figures[0].span)
    assert finding.message == (
        "目标部分有1个量化目标没有写明期限,如链主企业3家。规划期末为2025年,未另行写明的按此掌握;分解任务时请逐项明确完成时限。"
    )
    assert findings(reading(read.text, (2025, 2025, None)), figures) == (), "in a plan for one year every target has that year"
    (unplanned,) = findings(reading(read.text, None), figures)
    assert unplanned.message == "目标部分有1个量化目标没有写明期限,如链主企业3家。分解任务时请逐项明确完成时限。"
    dated = reading(GOALS.replace("发展目标", "2025年发展目标"))
    assert findings(dated, [target(dated, "培育链主企业3家", "链主企业", 3, "家")]) == (), "the heading dates all"


@pytest.mark.parametrize(
    ("clause", "value", "base", "told_of", "reason"),
    [
        ("区属企业户数由28户调整至18户", 18, 28, False, "one clause says both: it is meant"),
        ("区属企业户数由28户提高到18户", 18, 28, True, "the verb says the contrary of the numbers"),
        ("区属企业户数达到18户", 18, 28, True, "the base comes from elsewhere"),
    ],
)
def test_a_fall_that_the_sentence_itself_states_is_no_slip(clause: str, value: int, base: int, told_of: bool, reason: str) -> None:
    read = reading(f"第一章改革\n2025年{clause}。\n")
    found = findings(read, [target(read, clause, "区属企业户数", value, "户", year=2025, baseline=base)])
    assert [finding.code for finding in found] == ["target_below_baseline"] * told_of, reason


def test_one_indicator_with_two_values_is_told_with_both_quotations() -> None:
    read = reading("第一章目标\n到2025年高新技术企业达到50家。\n第二章创新\n到2025年,高新技术企业达到60家。\n")
    figures = [
        target(read, "到2025年高新技术企业达到50家", "高新技术企业", 50, "家", year=2025),
        target(read, "到2025年,高新技术企业达到60家", "全区高新技术企业", 60, "家", id="T2", year=2025),
    ]
    (finding,) = findings(read, figures)
    assert (finding.code, finding.span) == ("same_indicator_two_targets", figures[1].span)
    assert "一处为50家(“到2025年高新技术企业达到50家”),一处为60家(“到2025年,高新技术企业达到60家”)" in finding.message
    assert findings(read, [figures[0], replace(figures[1], year=2023)]) == (), "another year is another target"
    assert findings(read, [figures[0], replace(figures[1], value=50)]) == (), "the same value may be said twice"


def test_a_row_of_the_table_and_the_prose_that_say_different_numbers() -> None:
    read = reading("第一章目标\n到2025年高新技术产业产值占比达到45%。\n第二章创新\n到2025年高新技术产业产值比重达到39%。\n")
    prose = target(read, "到2025年高新技术产业产值占比达到45%", "高新技术产业产值占比", 45, "%", year=2025)
    row = target(read, "到2025年高新技术产业产值比重达到39%", "高新技术产业产值比重", 39, "%", id="T2", year=2025)
    table = IndicatorTable(id="t1", section="s2", caption="主要指标", columns=(), rows=("T2",), span=row.span, raw_span=row.span)
    assert [(finding.code, finding.message) for finding in findings(read, [prose, row], [table])] == [
        (
            "indicator_name_differs",
            "表内指标“高新技术产业产值比重”(39%)与正文“高新技术产业产值占比”(45%)名称相近而数值不同。若为同一指标,请统一名称和数值。",
        )
    ]


def test_a_plan_that_names_nobody_is_told_so_at_its_last_chapter() -> None:
    read = reading("第一章产业\n建立台账。由发改局牵头。\n第二章强化实施保障\n健全机制。\n")
    tasks = read_tasks(read, read_passages(read), (), (), (), ())
    (finding,) = read_findings(read, targets=(), tables=(), tasks=tasks, actors=())
    assert (finding.code, finding.section) == ("responsible_unit_missing", "s2")
    assert finding.message == "全文2项任务均未写明牵头或责任单位。请在分工方案中逐项落实,台账中的建议单位仅供参考。"
    assert read_findings(read, targets=(), tables=(), tasks=tasks, actors=[actor(read, "发改局")]) == ()


def test_many_of_one_kind_are_counted_and_not_listed() -> None:
    read = reading("总投资XX亿元。\n" * 30)
    found = findings(read)
    most = int(review().limits.most_per_code)
    assert len(found) == most
    assert found[-1].message.endswith("(同类问题另有10处,未逐一列出。)")
    assert not any("另有" in finding.message for finding in found[:-1])


@given(st.text(alphabet="第一章专栏1(一)密级秘X×待定【】“”《,.。:8:42:51%亿元名月日以下简称\n🏞", max_size=80))
def test_any_text_is_read_without_a_fault_and_within_its_bounds(text: str) -> None:
    read = reading(text)
    found = findings(read)
    assert all(0 <= finding.span.start <= finding.span.end <= len(text) for finding in found)
    assert findings(read) == found


@pytest.mark.parametrize(
    ("title", "words", "told_of", "reason"),
    [
        ("云溪新区产业振兴行动方案", "", True, "a document that gives out work"),
        ("云溪新区政府工作报告", "", False, "reports name nobody"),
        ("云溪新区国民经济和社会发展第十四个五年规划纲要", "", False, "outlines name nobody"),
        ("云溪新区“十四五”规划实施意见", "", True, "how an outline is carried out gives out work"),
        ("云溪新区产业振兴行动方案", "责任单位见附表。", False, "a column names them"),
    ],
)
def test_only_documents_that_give_out_work_must_name_somebody(title: str, words: str, told_of: bool, reason: str) -> None:
    read = reading(f"{title}\n第一章产业\n建立台账。{words}\n")
    tasks = read_tasks(read, read_passages(read), (), (), (), ())
    found = read_findings(read, targets=(), tables=(), tasks=tasks, actors=())
    assert [finding.code for finding in found] == ["responsible_unit_missing"] * told_of, reason
