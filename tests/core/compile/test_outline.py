"""The outline: one test a phenomenon, sections told by equality."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.documents import document

from lantu.compile.contents import contents_spans
from lantu.compile.identity import read_identity
from lantu.compile.numbering import chinese_number, read_number, renumbered, small_number
from lantu.compile.outline import numbering_faults, read_outline
from lantu.compile.tables import missing_tables, read_tables

TITLE = "云溪新区国民经济和社会发展第十四个五年规划纲要"
PROSE = (
    "坚持稳中求进工作总基调,完整、准确、全面贯彻新发展理念,加快建设现代化产业体系,推动全区经济社会发展不断取得新的成效,"
    "努力走在全市前列。"
)


def outline(*lines: str) -> list[tuple[int, str, str, str]]:
    return [(s.level, s.kind.value, s.number, s.title) for s in read_outline(document("\n".join(lines)))]


def below(*lines: str) -> list[tuple[int, str, str, str]]:
    """The outline under a title."""
    found = outline(TITLE, *lines)
    assert found[0] == (0, "title", "", TITLE)
    return found[1:]


def test_chapters_sections_and_items() -> None:
    text = [TITLE, "第一章 发展基础", PROSE, "第一节 主要成就", PROSE, "1.综合实力增强", PROSE]
    text += ["第2章 总体要求", "第 一 节 指导思想", PROSE]
    sections = read_outline(document("\n".join(text)))
    assert [(s.level, s.number, s.title, s.parent) for s in sections] == [
        (0, "", TITLE, None),
        (1, "第一章", "发展基础", "s1"),
        (2, "第一节", "主要成就", "s2"),
        (3, "1.", "综合实力增强", "s3"),
        (1, "第2章", "总体要求", "s1"),
        (2, "第 一 节", "指导思想", "s5"),
    ]


def test_run_in_headings_end_before_their_first_full_stop() -> None:
    doc = document("\n".join([TITLE, "一、总体要求", "(一)坚持创新驱动,增强发展动力。" + PROSE, "1、推动产城融合。" + PROSE]))
    sections = read_outline(doc)
    assert [(s.level, s.kind.value, doc.text[slice(*s.span)], s.raw_title) for s in sections[2:]] == [
        (2, "run_in", "(一)坚持创新驱动,增强发展动力", "(一)坚持创新驱动,增强发展动力"),
        (3, "run_in", "1、推动产城融合", "1、推动产城融合"),
    ]


def test_a_comma_sets_off_a_heading_only_among_headings() -> None:
    before = ["一、重点任务", "1、完善路网。" + PROSE, "2、建设海绵城市。" + PROSE, "3、改造老旧小区。" + PROSE]
    assert below(*before, "二、智慧城市", "1、提升智慧应用水平,推广智慧城市运营模式,构建以信息资源数字化为基础的城市管理新体系。")[-1] == (
        3, "run_in", "1、", "提升智慧应用水平",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["1.到2025年,全区生产总值达到130亿元,年均增长8.5%。" + PROSE] * 2, "sentences that state an amount"),
        (["(1)建设云溪大桥,总投资3亿元;", "(2)建设青川水厂,总投资1亿元;", "(3)其他项目。"], "items that end with a semicolon"),
        (["——坚持党的全面领导。" + PROSE, "——坚持以人民为中心。" + PROSE], "lines with a dash"),
        (["一是完善制度。" + PROSE, "二是强化落实。" + PROSE], "ordinals of the running text"),
        (["一、二、三产业融合发展。" + PROSE], "the three industries"),
        (["附件:1.重点项目清单", "2.任务分工方案"], "enclosures"),
        (["云溪新区空间布局图", PROSE], "the caption of a picture"),
        (["“十四五”时期主要指标", PROSE], "the caption of a table"),
        (["云溪新区管理委员会", "2021年12月11日"], "signature and date"),
        (["2.24亿元用于民生改善," + PROSE], "an amount at the head of a line"),
        (["名词解释:", "1.“工改工”:指将旧工业用地改造为新型工业用地。", "2.“一网通办”:指政务服务平台。"], "a glossary"),
    ],
)
def test_what_is_no_heading(lines: list[str], reason: str) -> None:
    assert below("第一章 总则", PROSE, *lines) == [(1, "heading", "第一章", "总则")], reason


def test_boxes_stand_on_level_three_and_the_outer_count_leads_out_of_them() -> None:
    box = ["专栏2 路网工程", "1.东环路。" + PROSE, "2.西环路。" + PROSE]
    lines = ["一、重点任务", "(一)交通强区", "1.完善路网。" + PROSE, *box, "2.发展公交。" + PROSE]
    sections = read_outline(document("\n".join([TITLE, *lines])))
    assert [(s.kind.value, s.level, s.number, s.title, s.parent) for s in sections[3:]] == [
        ("run_in", 3, "1.", "完善路网", "s3"),
        ("box", 3, "专栏2", "路网工程", "s3"),
        ("run_in", 3, "1.", "东环路", "s5"),
        ("run_in", 3, "2.", "西环路", "s5"),
        ("run_in", 3, "2.", "发展公交", "s3"),
    ]


def test_parts_stand_above_chapters() -> None:
    lines = ["第一篇 开启新征程", "第一章 发展基础", "第一节 主要成就", PROSE, "第二篇 总体要求", "第二章 指导思想", PROSE]
    assert [row[0] for row in below(*lines)] == [1, 2, 3, 1, 2]


def test_chinese_numbers_under_chapters_stand_one_below_them() -> None:
    lines = ["第一章 发展现状", "一、发展基础", "(一)产业规模。" + PROSE, "第二章 思路", "一、指导思想", PROSE]
    assert [(row[0], row[2]) for row in below(*lines)] == [(1, "第一章"), (2, "一、"), (3, "(一)"), (1, "第二章"), (2, "一、")]


@pytest.mark.parametrize(
    ("lines", "expected", "reason"),
    [
        (
            ["任务1:实施强链行动。" + PROSE, "任务2:实施育苗行动。" + PROSE],
            [(2, "run_in", "任务1", "实施强链行动"), (2, "run_in", "任务2", "实施育苗行动")], "tasks by number",
        ),
        (
            ["行动一 产业振兴行动", PROSE, "行动二 人才强区行动", PROSE],
            [(2, "heading", "行动一", "产业振兴行动"), (2, "heading", "行动二", "人才强区行动")], "actions by number, without a mark",
        ),
        (["工程一期建成投用。" + PROSE, "行动十分必要。" + PROSE], [], "words that begin so by chance"),
    ],
)  # fmt: skip
def test_numbered_actions(lines: list[str], expected: list[tuple[int, str, str, str]], reason: str) -> None:
    assert below("一、重点任务", *lines)[1:] == expected, reason


def test_decimals_below_chinese_numbers_belong_to_them() -> None:
    doc = document("\n".join([TITLE, "一、总则", "1.1目的", PROSE, "1.2原则", PROSE, "二、任务", "2.1路网", PROSE]))
    assert [(s.level, s.title, s.parent) for s in read_outline(doc)[1:]] == [
        (1, "总则", "s1"), (2, "目的", "s2"), (2, "原则", "s2"), (1, "任务", "s1"), (2, "路网", "s5"),
    ]  # fmt: skip


def test_decimal_numbers_count_by_depth() -> None:
    lines = ["1 总则", "1.1 规划背景", PROSE, "1.2 规划依据", PROSE, "2 现状", "2.1 道路", "2.1.1 干路", PROSE]
    lines.append("2.5万平方米的停车场已经建成," + PROSE)
    assert [(row[0], row[2], row[3]) for row in below(*lines)] == [
        (1, "1", "总则"), (2, "1.1", "规划背景"), (2, "1.2", "规划依据"), (1, "2", "现状"), (2, "2.1", "道路"), (3, "2.1.1", "干路"),
    ]  # fmt: skip


def test_what_is_numbered_inside_an_item_belongs_to_its_text() -> None:
    assert below("一、优势", "1.自身优势", "(1)区位优势突出。" + PROSE, "(2)交通优势突出。" + PROSE) == [
        (1, "heading", "一、", "优势"),
        (3, "heading", "1.", "自身优势"),
    ]


def test_a_lost_number_is_told_from_the_gap_it_leaves() -> None:
    lines = ["第三章 科创新城", PROSE, "引育高水平创新主体", "1.布局平台", PROSE, "第二节 汇聚人才", PROSE]
    assert below(*lines)[1] == (2, "heading", "", "引育高水平创新主体")


def test_unnumbered_headings_above_counts_that_begin_anew() -> None:
    first, second = ["以主线为引领 促进发展", "一、产业线", PROSE], ["以攻坚为纽带 促进落实", "一、项目年", PROSE]
    found = outline("六条主线引领发展", "本报记者 周明", PROSE, *first, *second)
    assert [(row[0], row[3]) for row in found] == [
        (0, "六条主线引领发展"), (1, "以主线为引领 促进发展"), (1, "产业线"), (1, "以攻坚为纽带 促进落实"), (1, "项目年"),
    ]  # fmt: skip


def test_headings_of_the_markup_take_the_level_of_their_style() -> None:
    levels = {TITLE: 0, "前言": 1, "第一章 总则": 1, "实施保障": 1, "第一节 组织": 2, "监督": 2}
    doc = document("\n".join(part for words in levels for part in (words, PROSE)), headings=levels)
    assert [(s.level, s.title) for s in read_outline(doc)] == [
        (0, TITLE), (1, "前言"), (1, "总则"), (1, "实施保障"), (2, "组织"), (2, "监督"),
    ]  # fmt: skip


def test_a_title_over_three_lines_and_a_chapter_over_two() -> None:
    lines = ["青川市云溪新区国民经济和社会发展", "第十四个五年规划和二〇三五年", "远景目标纲要(征求意见稿)"]
    doc = document("\n".join([*lines, PROSE, "第五章 激活内需动力", "融入新发展格局", PROSE]))
    assert [(s.level, s.title, doc.text[slice(*s.span)]) for s in read_outline(doc)] == [
        (0, "".join(lines), "\n".join(lines)),
        (1, "激活内需动力融入新发展格局", "第五章 激活内需动力\n融入新发展格局"),
    ]


def test_the_covering_notice_and_the_plan_both_have_their_title() -> None:
    notice = ["云溪新区管理委员会办公室", "关于印发云溪新区民生实事", "实施方案的通知", "云管办发〔2024〕3号", "各街道办事处:"]
    signed = ["现印发给你们,请认真贯彻执行。", "云溪新区管理委员会办公室", "2024年1月8日"]
    assert outline(*notice, *signed, "云溪新区民生实事实施方案", "一、总体要求", PROSE)[:2] == [
        (0, "title", "", "云溪新区管理委员会办公室关于印发云溪新区民生实事实施方案的通知"),
        (0, "title", "", "云溪新区民生实事实施方案"),
    ]


def test_a_plan_enclosed_behind_a_notice_with_numbers_of_its_own() -> None:
    notice = ["云溪市人民政府关于加快数字经济发展的通知", "一、提高认识。" + PROSE, "二、抓好落实。" + PROSE, "云溪市人民政府", "2021年3月1日"]
    plan = ["附件", "云溪市数字经济发展", "三年行动计划", "一、总体目标", PROSE]
    assert [(row[0], row[3]) for row in outline(*notice, *plan)] == [
        (0, "云溪市人民政府关于加快数字经济发展的通知"), (1, "提高认识"), (1, "抓好落实"), (0, "云溪市数字经济发展三年行动计划"), (1, "总体目标"),
    ]  # fmt: skip


def test_the_title_of_the_page_and_of_the_text_are_one() -> None:
    assert outline("云溪新区门户网站 云溪新区“十四五”规划", "云溪新区“十四五”规划", PROSE) == [(0, "title", "", "云溪新区“十四五”规划")]


def test_a_title_that_the_markup_repeats_is_no_heading() -> None:
    title = "云溪新区“十四五”规划"
    doc = document("\n".join([title, "(征求意见稿)", PROSE, "一、目标", PROSE]).replace("(征", f"{title}\n(征"), headings={title: 1})
    assert [(s.level, s.title) for s in read_outline(doc)] == [(0, f"{title}(征求意见稿)"), (1, "目标")]


@pytest.mark.parametrize("leader", ["……3", "......12", "\t7", "3", ""])
def test_contents_lists_are_no_headings(leader: str) -> None:
    contents = ["目 录", f"一、发展基础{leader}", f"二、总体要求{leader}", f"(一)指导思想{leader}"]
    lines = ["一、发展基础", PROSE, "二、总体要求", "(一)指导思想", PROSE]
    doc = document("\n".join([TITLE, *contents, *lines]))
    assert [doc.text[slice(*span)] for span in contents_spans(doc)] == ["\n".join(contents)]
    assert [s.title for s in read_outline(doc)] == [TITLE, "发展基础", "总体要求", "指导思想"]


def test_rows_of_a_flattened_table_are_no_headings() -> None:
    head = ["指标(单位)", "2020年", "2025年", "属性", "经济发展"]
    cells = [*head, "1)地区生产总值(亿元)", "86", "130", "预期性", "2)财政收入(亿元)", "7", "9", "预期性"]
    assert below("第一章 目标", PROSE, *cells, "第二章 任务", PROSE) == [
        (1, "heading", "第一章", "目标"),
        (1, "heading", "第二章", "任务"),
    ]


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["(一)甲乙", "(二)丙丁", "(二)戊己", "(三)庚辛"], [(4, "heading_number_repeated", "(三)")]),
        (["(一)甲乙", "(三)丙丁"], [(3, "heading_number_skipped", "(二)")]),
        (["(一)甲乙", "(二)丙丁", "(三)戊己", "(一)庚辛"], [(5, "heading_number_disordered", "(四)")]),
        (["(二)甲乙"], [(2, "heading_number_skipped", "(一)")]),
        (["(一)甲乙", "1.子丑", "(二)丙丁", "2.寅卯"], []),
    ],
)
def test_numbering_faults(lines: list[str], faults: list[tuple[int, str, str]]) -> None:
    text = "\n".join([TITLE, "一、任务", *(part for line in lines for part in (line, PROSE))])
    assert [(f.section, f.code, f.expected) for f in numbering_faults(read_outline(document(text)))] == faults


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("第二十一章 保障", (21,)), ("第10节 保障", (10,)), ("十二、保障", (12,)), ("(十)保障", (10,)), ("1.2.3 保障", (1, 2, 3)),
        ("⑫保障", (12,)), ("Ⅳ.保障", (4,)), ("XIV、保障", (14,)), ("专栏 3:保障", (3,)), ("专栏1-2 保障", (1, 2)),
    ],
)  # fmt: skip
def test_numbers_and_their_values(words: str, path: tuple[int, ...]) -> None:
    number = read_number(words, 0, len(words))
    assert number is not None
    assert (number.path, words[number.end :].strip()) == (path, "保障")


@given(st.integers(min_value=1, max_value=99))
def test_chinese_numbers_come_back(value: int) -> None:
    assert small_number(chinese_number(value)) == value
    assert renumbered("第三章", value) == f"第{chinese_number(value)}章"


_PIECES = st.sampled_from(
    [
        "第一章 ", "第二节", "一、", "(二)", "1.", "1.1 ", "①", "专栏1", "目录", "……3", "指标", "单位", "2020年", "2025年", "属性", "预期性",
        "\n", "\n", "\n", "。", ",", ":", "(", ")", "《", "》", "规划", "关于印发", "的通知", "云溪新区", "86.4", "≥9", "—", " ", "\t",
        "附件", "2021年12月11日", "〔2021〕26号", "前言",
    ]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=3), max_size=60))
def test_any_text_has_an_outline_inside_it(pieces: list[str]) -> None:
    doc = document("".join(pieces).replace("\r", ""))
    sections = read_outline(doc)
    identity = read_identity(doc, sections)
    reading = read_tables(doc, sections, identity.period)
    spans = [s.span for s in sections] + [f.span for f in reading.targets] + list(missing_tables(doc, sections)) + list(contents_spans(doc))
    assert all(0 <= start <= end <= len(doc.text) for start, end in spans)
    assert [s.span.start for s in sections] == sorted(s.span.start for s in sections)
    assert read_outline(doc) == sections
    numbering_faults(sections)
