"""Page furniture of government sites told from the document; a sentence of the plan never goes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.text.furniture import Furniture, find_furniture

BODY = "为加快建设现代化新区，根据上级部署，结合实际，制定本纲要，请认真贯彻执行。"
LAST = "各级各部门要切实加强组织领导，确保目标任务如期完成。"


def find(text: str) -> Furniture:
    return find_furniture([match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)], text)


def dropped(text: str) -> list[str]:
    return [text[start:end] for start, end in find(text).spans]


HEADS = [
    ("当前位置: 首页 > 政务公开 > 规划计划", {}, "where am I"),
    ("首页 > 政府信息公开 > 规划计划", {}, "where am I, without a label"),
    ("您所在的位置：首页>>政务公开", {}, "another label"),
    ("首页 政务公开 政务服务 互动交流", {}, "a menu"),
    ("字号：[大 中 小]", {}, "the size of the letters"),
    ("【打印本页】 【关闭窗口】", {}, "buttons"),
    ("分享到：微信 微博 QQ空间", {}, "sharing"),
    ("浏览次数：1024", {}, "a counter"),
    ("  • |", {}, "the bars of a menu whose words are pictures"),
    ("发布日期：2026-03-02 浏览次数：12 字号：[大 中 小]", {"发布日期": "2026-03-02"}, "a date with its counter"),
    ("2026-03-02 10:25:44 点击：", {"发布日期": "2026-03-02 10:25:44"}, "a date before a counter"),
    ("来源：云溪新区办公室 作者：张三 打印 关闭", {"来源": "云溪新区办公室", "作者": "张三"}, "an editors' line with buttons"),
    ("来 源：云溪新区办公室", {"来源": "云溪新区办公室"}, "a label set apart by blanks"),
    ("發佈時間：2026-03-02 瀏覽次數：8", {"发布日期": "2026-03-02"}, "traditional script"),
    ("索引号: yx/2026-01 文号:", {"索引号": "yx/2026-01"}, "an index table with an empty value"),
    ("索引号: yx/2026-01 组配分类: 规划；纲要", {"索引号": "yx/2026-01", "组配分类": "规划；纲要"}, "two labels on a line"),
    ("成文日期：2026年3月1日　有效性：有效", {"成文日期": "2026年3月1日", "有效性": "有效"}, "an ideographic space between"),
]


@pytest.mark.parametrize(("head", "metadata", "why"), HEADS, ids=[why for *_, why in HEADS])
def test_a_line_above_the_text(head: str, metadata: dict[str, str], why: str) -> None:
    text = f"{head}\n云溪新区发展规划\n{BODY}\n{LAST}\n"
    assert (dropped(text), find(text).metadata) == ([head], metadata)


FEET = [
    ("责任编辑：李四", {"编辑": "李四"}, "an editor"),
    ("（编辑:云溪新区", {"编辑": "云溪新区"}, "an editor's bracket cut off"),
    ("上一篇：云溪新区工作要点\n下一篇：没有了", {}, "the neighbours"),
    ("相关阅读\n云溪新区召开工作会议\n云溪水厂通水", {}, "links to other pages"),
    ("主办：云溪新区管委会 云ICP备12345678号 网站标识码1234567890", {}, "the site's registration"),
    ("版权所有：云溪新区\n网站地图\n联系我们", {}, "the site's own lines"),
    ("标签：规划 / 新区", {"关键词": "规划 / 新区"}, "tags"),
    ("扫一扫在手机打开当前页", {}, "the code for telephones"),
]


@pytest.mark.parametrize(("foot", "metadata", "why"), FEET, ids=[why for *_, why in FEET])
def test_lines_below_the_text(foot: str, metadata: dict[str, str], why: str) -> None:
    text = f"云溪新区发展规划\n{BODY}\n{LAST}\n{foot}\n"
    assert (dropped(text), find(text).metadata) == (foot.split("\n"), metadata)


KEPT = [
    ("附件：1.重点项目清单\n2.主要指标表", "the plan's own attachments"),
    ("云溪新区管理委员会\n2026年3月1日", "a signature and its date"),
    ("抄送：区委各部门，区人大办公室。", "who gets a copy"),
    ("云溪新区管理委员会办公室          2026年3月1日印发", "the imprint"),
    ("本规划自发布之日起施行。", "a last sentence"),
    ("（一）主办一批赛事，打造节会品牌，提升城市影响力和美誉度，促进文旅融合发展。", "a sentence with a word of a foot"),
    ("数据来源：云溪新区统计局年报。本表数据为初步核算数，最终数据以统计公报为准，请各单位引用时注意。", "a note in a sentence"),
]


@pytest.mark.parametrize(("lines", "why"), KEPT, ids=[why for _, why in KEPT])
def test_what_belongs_to_the_document_stays(lines: str, why: str) -> None:
    assert dropped(f"云溪新区发展规划\n{BODY}\n{lines}\n") == []


MIDDLE = [
    ("- 12 -", True),
    ("— 3 —", True),
    ("第3页 共20页", True),
    ("第 3 页", True),
    ("3 / 20 页", True),
    ("12", False),
    ("2030", False),
    ("-5", False),
    ("http://www.yunxi.example/a/b.html", True),
    ("转载请注明出处", True),
    ("来源：统计局", False),
    ("打印", False),
]


@pytest.mark.parametrize(("line", "goes"), MIDDLE)
def test_in_the_middle_only_what_is_unmistakable_goes(line: str, goes: bool) -> None:
    text = f"云溪新区发展规划\n{BODY * 3}\n{line}\n{BODY}\n{LAST}\n"
    assert dropped(text) == ([line] if goes else [])


def test_a_running_header_beside_the_page_numbers_goes() -> None:
    text = "".join(f"云溪新区发展规划\n- {page} -\n{BODY}\n" for page in range(1, 5))
    assert dropped(text) == [
        "云溪新区发展规划",
        "- 1 -",
        "云溪新区发展规划",
        "- 2 -",
        "云溪新区发展规划",
        "- 3 -",
        "云溪新区发展规划",
        "- 4 -",
    ]


def test_an_index_table_flattened_one_cell_a_line() -> None:
    text = f"云溪新区发改局\n索引号：\nyx/2026-0001\n发布机构：\n云溪新区管委会\n发布日期：\n云溪新区发展规划\n{BODY}\n"
    found = find(text)
    assert [text[a:b] for a, b in found.spans] == [
        "云溪新区发改局",
        "索引号：",
        "yx/2026-0001",
        "发布机构：",
        "云溪新区管委会",
        "发布日期：",
    ]
    assert found.metadata == {"索引号": "yx/2026-0001", "发布机构": "云溪新区管委会"}


def test_a_title_in_the_furniture_goes_where_the_text_says_it_again() -> None:
    text = f"标题：云溪新区发展规划\n云溪新区 发展规划\n{BODY}\n"
    assert (dropped(text), find(text).metadata) == (["标题：云溪新区发展规划"], {"标题": "云溪新区发展规划"})


def test_a_title_in_the_furniture_stays_where_it_stands_nowhere_else() -> None:
    assert dropped(f"标题：云溪新区发展规划\n{BODY}\n") == ["标题："]
    assert dropped(f"云溪新区发展规划 发布日期：2026-03-02\n{BODY}\n") == ["发布日期：2026-03-02"]


PARTS = [
    "来源：",
    "标题",
    "：",
    "打印",
    "【",
    "第3页",
    "上一篇",
    "首页",
    ">",
    "2026-03-02",
    "。",
    "一、",
    "甲",
    "ICP备",
    " ",
    "\n",
    "- 3 -",
]


@given(st.lists(st.sampled_from(PARTS), max_size=60))
def test_spans_are_sorted_apart_and_within_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    at = 0
    for start, end in find(text).spans:
        assert at <= start <= end <= len(text)
        at = end
