"""Indicator tables: one test a phenomenon, rows told by equality."""

from __future__ import annotations

import pytest
from tests.factories.documents import document

from lantu.compile.flat_tables import flat_tables
from lantu.compile.indicator_cells import read_cell
from lantu.compile.outline import read_outline
from lantu.compile.tables import missing_tables, read_tables
from lantu.model import Comparator, Figure, PlanPeriod
from lantu.text.document import Document

PERIOD = PlanPeriod(start=2021, end=2025, horizon=2035)
PROSE = "云溪新区坚持稳中求进工作总基调,完整、准确、全面贯彻新发展理念,加快建设现代化产业体系。"


def brief(figure: Figure) -> tuple[object, ...]:
    value = figure.value_text if figure.value is None else figure.value
    period, nature = figure.period and figure.period.value, figure.nature and figure.nature.value
    return (
        figure.subject, figure.comparator.value, value, figure.unit, figure.year, period, figure.measure.value, nature,
        figure.baseline, figure.baseline_year,
    )  # fmt: skip


def rows(doc: Document, period: PlanPeriod | None = PERIOD) -> list[tuple[object, ...]]:
    return [brief(figure) for figure in read_tables(doc, read_outline(doc), period).targets]


def test_one_cell_a_line_with_categories_and_words_for_values() -> None:
    cells = [
        "云溪新区主要指标", "序号", "指标(单位)", "2020年", "2025年", "属性", "经济发展", "1", "地区生产总值(亿元)", "86.4", "130",
        "预期性", "2", "城镇登记失业率(%)", "3.19", "4以内", "预期性", "绿色生态", "3", "森林覆盖率(%)", "31", "完成市下达任务", "约束性",
    ]  # fmt: skip
    doc = document("\n".join([PROSE, *cells, PROSE]))
    assert rows(doc) == [
        ("地区生产总值", "=", 130.0, "亿元", 2025, "by", "level", "预期性", 86.4, 2020),
        ("城镇登记失业率", "<=", 4.0, "%", 2025, "by", "keep", "预期性", 3.19, 2020),
        ("森林覆盖率", "=", "完成市下达任务", "%", 2025, "by", "level", "约束性", 31.0, 2020),
    ]


def test_one_cell_a_line_without_a_column_of_natures() -> None:
    head = ["“十四五”主要指标", "指标名称", "单位", "2020年", "2025年"]
    cells = [*head, "常住人口", "万人", "12.6", "15", "人均预期寿命", "岁", "79.1", "80.2"]
    doc = document("\n".join([PROSE, *cells, PROSE]))
    assert [table.columns for table in read_tables(doc, (), PERIOD).tables] == [("指标名称", "单位", "2020年", "2025年")]
    assert rows(doc) == [
        ("常住人口", "=", 15.0, "万人", 2025, "by", "level", None, 12.6, 2020),
        ("人均预期寿命", "=", 80.2, "岁", 2025, "by", "level", None, 79.1, 2020),
    ]


def test_a_row_a_line_with_growth_and_sums_in_brackets() -> None:
    doc = document(
        f"{PROSE}\n表1 云溪新区“十四五”时期经济社会发展主要指标\n指标 2020年 2025年 年均增长〔累计〕 属性\n"
        "(1)地区生产总值(亿元) 86.4 130 8.5%左右 预期性\n"
        "(2)城镇化率(%) 61 66 〔5〕 预期性\n(3)单位地区生产总值能耗降低(%) — — 〔14.5〕 约束性\n注:〔〕内为五年累计数。\n第三章 重点任务\n"
    )
    assert rows(doc) == [
        ("地区生产总值", "=", 130.0, "亿元", 2025, "by", "level", "预期性", 86.4, 2020),
        ("地区生产总值", "~", 8.5, "%", None, "per-year", "growth", "预期性", None, None),
        ("城镇化率", "=", 66.0, "%", 2025, "by", "level", "预期性", 61.0, 2020),
        ("城镇化率", "=", 5.0, "%", None, "span", "growth", "预期性", None, None),
        ("单位地区生产总值能耗", "=", 14.5, "%", None, "span", "reduce", "约束性", None, None),
    ]
    reading = read_tables(doc, read_outline(doc), PERIOD)
    assert [doc.text[slice(*span)].split("\n")[0] for span in reading.skip] == ["表1 云溪新区“十四五”时期经济社会发展主要指标"]
    assert [doc.text[slice(*span)].split("\n")[-1] for span in reading.skip] == ["注:〔〕内为五年累计数。"]
    assert [(t.caption, t.columns, len(t.rows)) for t in reading.tables] == [
        ("表1 云溪新区“十四五”时期经济社会发展主要指标", ("指标", "2020年", "2025年", "年均增长〔累计〕", "属性"), 5)
    ]
    assert reading.targets[0].quote == "(1)地区生产总值(亿元) 86.4 130 8.5%左右 预期性"


def test_a_name_broken_over_two_lines_by_a_pdf() -> None:
    doc = document(
        f"{PROSE}\n主要指标\n指标 单位 2020年 2025年 属性\n每千人口拥有3岁以下\n婴幼儿托位数\n个 1.8 4.5 预期性\n"
        f"养老机构护理型床位占比 % 52 60 约束性\n{PROSE}"
    )
    assert [row[:3] for row in rows(doc)] == [("每千人口拥有3岁以下婴幼儿托位数", "=", 4.5), ("养老机构护理型床位占比", "=", 60.0)]


def test_a_name_broken_over_two_cells() -> None:
    head = ["主要指标", "指标", "2020年", "2025年", "属性"]
    cells = [*head, "民生福祉", "1.每千人口拥有3岁以下婴幼", "儿托位数(个)", "1.8", "4.5", "预期性", "2.人口(人)", "9万", "12万", "预期性"]
    assert rows(document("\n".join([PROSE, *cells, PROSE]))) == [
        ("每千人口拥有3岁以下婴幼儿托位数", "=", 4.5, "个", 2025, "by", "level", "预期性", 1.8, 2020),
        ("人口", "=", 12.0, "万人", 2025, "by", "level", "预期性", 9.0, 2020),
    ]


def test_a_head_broken_by_the_page_and_a_name_column_without_the_word() -> None:
    doc = document(
        f"{PROSE}\n表1 主要指标\n序号 名称 单位 2020年\n2025年 属性\n1 粮食总产量 万吨 12.5 保持在13以上 约束性\n"
        f"2 研发投入增长 % — 提高到3.2% 预期性\n{PROSE}"
    )
    assert rows(doc) == [
        ("粮食总产量", ">=", 13.0, "万吨", 2025, "by", "keep", "约束性", 12.5, 2020),
        ("研发投入", "=", 3.2, "%", 2025, "by", "growth", "预期性", None, None),
    ]


def test_cells_run_together_are_parted_only_where_marks_prove_it() -> None:
    doc = document(
        f"{PROSE}\n“十四五”主要指标\n指标2020年2025年属性\n粮食产量(万吨)12.5≥13约束性\n绿化覆盖率(%)42[3.1]预期性\n"
        f"公园数(个)1218预期性\n{PROSE}"
    )
    found = rows(doc)
    assert ("粮食产量", ">=", 13.0, "万吨", 2025, "by", "level", "约束性", 12.5, 2020) in found
    assert all(row[2] not in (12.0, 18.0) for row in found), "1218 can be 12 and 18 or 121 and 8: it is not split"


def test_markup_with_merged_cells_and_a_head_of_two_rows() -> None:
    table = [
        ["类别", "指标名称", "单位", "2020年", "“十四五”目标", None, "指标属性"],
        [None, None, None, None, "2025年", "年均增长(%)", None],
        ["经济发展", "地区生产总值", "亿元", "86.4", "130", "8.5", "预期性"],
        [None, "税收收入", "亿元", "7.1", "≥9", "", "预期性"],
        ["安全保障", "粮食综合生产能力", "万吨", "12.5", "保持稳定", "—", "约束性"],
    ]
    merged = dict.fromkeys(("类别", "指标名称", "单位", "2020年", "指标属性", "经济发展"), (2, 1)) | {"“十四五”目标": (1, 2)}
    assert rows(document(f"{PROSE}\n主要指标表", table=table, merged=merged)) == [
        ("地区生产总值", "=", 130.0, "亿元", 2025, "by", "level", "预期性", 86.4, 2020),
        ("地区生产总值", "=", 8.5, "%", None, "per-year", "growth", "预期性", None, None),
        ("税收收入", ">=", 9.0, "亿元", 2025, "by", "level", "预期性", 7.1, 2020),
        ("粮食综合生产能力", "=", "保持稳定", "万吨", 2025, "by", "level", "约束性", 12.5, 2020),
    ]


HEAD_OF_TWO_ROWS = [
    ["指标名称", "单位", "2020年", None, "2025年", None, "属性"],
    [None, None, "实际", "占比", "目标", "年均增长(%)", None],
    ["地区生产总值", "亿元", "86.4", "", "130", "8.5", "预期性"],
]
TWO_FIGURES = [
    ("地区生产总值", "=", 130.0, "亿元", 2025, "by", "level", "预期性", 86.4, 2020),
    ("地区生产总值", "=", 8.5, "%", None, "per-year", "growth", "预期性", None, None),
]


def test_a_head_of_two_rows_with_a_column_that_tells_nothing() -> None:
    """占比 is no column that is known, but the cells merged beside it show that its row belongs to the head."""
    merged = dict.fromkeys(("指标名称", "单位", "属性"), (2, 1)) | dict.fromkeys(("2020年", "2025年"), (1, 2))
    assert rows(document(f"{PROSE}\n主要指标表\n单位:亿元、%", table=HEAD_OF_TWO_ROWS, merged=merged)) == TWO_FIGURES


def test_a_head_of_two_rows_from_a_file_without_merged_cells() -> None:
    table = [[word or "" for word in row] for row in HEAD_OF_TWO_ROWS]
    assert rows(document(f"{PROSE}\n主要指标表", table=table)) == TWO_FIGURES


def test_the_caption_stands_above_the_line_of_units() -> None:
    doc = document(f"{PROSE}\n主要指标表\n单位:亿元", table=[["指标名称", "2020年", "2025年目标"], ["税收收入(亿元)", "7.1", "9"]])
    assert [table.caption for table in read_tables(doc, (), PERIOD).tables] == ["主要指标表"]


def test_words_over_base_and_goal_from_a_file_without_merged_cells() -> None:
    """The program that wrote the file left them under the base; a dash for a goal is none."""
    table = [
        ["指标名称", "2020年", "2025年", "属性"],
        ["居民收入增速(%)", "与经济增长同步", "", "预期性"],
        ["村数(个)", "稳步提高", "—", "预期性"],
    ]
    assert rows(document(f"{PROSE}\n主要指标表", table=table)) == [
        ("居民收入增速", "=", "与经济增长同步", "%", 2025, "by", "growth", "预期性", None, None)
    ]


def test_markup_with_its_title_in_the_first_row_and_years_told_by_words() -> None:
    table = [
        ["云溪新区教育事业发展主要指标", None, None, None],
        ["指标", "“十三五”末", "2022年目标", "2025年目标"],
        ["高中毛入学率(%)", "96", "97", "98以上"],
    ]
    assert rows(document(PROSE, table=table, merged={"云溪新区教育事业发展主要指标": (1, 4)})) == [
        ("高中毛入学率", "=", 97.0, "%", 2022, "by", "level", None, 96.0, 2020),
        ("高中毛入学率", ">=", 98.0, "%", 2025, "by", "level", None, 96.0, 2020),
    ]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([["序号", "项目名称", "总投资(亿元)", "责任单位"], ["1", "云溪大桥", "3.2", "区交通局"]], "a list of works"),
        ([["重点任务", "责任单位", "完成时限"], ["建设智慧城市", "区大数据局", "2025年"]], "a table of duties"),
        ([["指标", "2018年", "2019年"], ["地区生产总值(亿元)", "80", "84"]], "statistics: nothing looks ahead"),
    ],
)
def test_other_tables_are_not_read(table: list[list[str]], reason: str) -> None:
    assert rows(document(PROSE, table=table)) == [], reason


@pytest.mark.parametrize(
    ("words", "comparator", "value", "unit"),
    [
        ("≥12.5", Comparator.AT_LEAST, 12.5, ""),
        ("98%以上", Comparator.AT_LEAST, 98.0, "%"),
        ("控制在3.5以内", Comparator.AT_MOST, 3.5, ""),
        ("<25", Comparator.LESS, 25.0, ""),
        ("1,230", Comparator.EQUAL, 1230.0, ""),
        ("80左右", Comparator.ABOUT, 80.0, ""),
        ("6-6.5", Comparator.RANGE, 6.0, ""),
        ("提高0.9个百分点", Comparator.EQUAL, 0.9, "个百分点"),
    ],
)
def test_what_a_cell_says(words: str, comparator: Comparator, value: float, unit: str) -> None:
    cell = read_cell(words)
    assert cell is not None
    assert (cell.comparator, cell.value, cell.unit) == (comparator, value, unit)


@pytest.mark.parametrize("words", ["", "—", "-", "/", "——"])
def test_a_dash_says_nothing(words: str) -> None:
    assert read_cell(words) is None


def test_a_caption_without_its_table_is_told() -> None:
    doc = document(f"{PROSE}\n“十四五”时期经济社会发展主要指标\n第三节 主要战略\n{PROSE}")
    assert [doc.text[slice(*span)] for span in missing_tables(doc, read_outline(doc))] == ["“十四五”时期经济社会发展主要指标"]


def test_a_caption_with_its_table_is_not_missing() -> None:
    doc = document(f"{PROSE}\n主要指标表", table=[["指标", "2020年", "2025年"], ["人口(万人)", "12", "15"]])
    assert missing_tables(doc, read_outline(doc)) == ()


def test_prose_that_speaks_of_indicators_is_no_table() -> None:
    doc = document(f"全区主要指标年均增长8%,各项指标位居全市前列。\n指标完成情况\n{PROSE}\n一、工作目标\n{PROSE}")
    assert flat_tables(doc) == ()
