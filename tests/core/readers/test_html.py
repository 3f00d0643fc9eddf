"""Web pages: content told from furniture, headings, tables, metadata; damage forgiven."""

from __future__ import annotations

import pytest

from lantu.readers import read_bytes
from lantu.text.raw import BlockKind, RawDocument

PROSE = "<p>　　为加快建设现代化新区，根据上级部署，结合实际，制定本纲要，请认真贯彻执行，确保目标任务如期完成。</p>"
PROSE_TEXT = "　　为加快建设现代化新区，根据上级部署，结合实际，制定本纲要，请认真贯彻执行，确保目标任务如期完成。\n"


def page(body: str, *, head: str = "") -> RawDocument:
    return read_bytes(f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode(), "a.html")


def text_of(body: str) -> str:
    return page(body).text


BODIES = [
    ("<p>甲&nbsp;乙&lt;5&amp;&#x4E2D;</p>", "甲\xa0乙<5&中\n", "entities"),
    ("<p>第一行<br>第二行<br/>第三行</p>", "第一行\n第二行\n第三行\n", "line breaks part paragraphs"),
    ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙\n", "blocks in blocks"),
    ("<p>到<b>2030</b><span>年</span>\n  末</p>", "到2030年 末\n", "inline marks join, source line ends are blanks"),
    ("<p>甲<script>var a='乙';</script><style>p{}</style>丙</p>", "甲丙\n", "scripts and styles"),
    ("<p>甲<span style='display: none'>乙</span><i hidden>丁</i>丙</p>", "甲丙\n", "hidden elements"),
    ("<form><input value='甲'><select><option>乙</option></select>搜索</form><p>丙</p>", "丙\n", "a search form"),
    ("<p>甲<p>乙<div>丙", "甲\n乙\n丙\n", "elements that are never closed"),
    ("<p>甲</b></div></p>乙", "甲\n乙\n", "ends without a start"),
    ("<ruby>蓝<rt>lán</rt>图<rp>(</rp></ruby>", "蓝图\n", "phonetic guides"),
    ("<p><!-- 甲 -->乙<![CDATA[丙]]></p>", "乙\n", "comments"),
    ("<pre>甲\n乙</pre>", "甲\n乙\n", "lines of preformatted text"),
    ("<table><tr><td><p>甲，</p><p>乙。</p></td></tr></table>", "甲，\n乙。\n", "a table of one cell is a frame"),
]


@pytest.mark.parametrize(("body", "expected", "why"), BODIES, ids=[why for *_, why in BODIES])
def test_what_a_page_prints(body: str, expected: str, why: str) -> None:
    assert text_of(body) == expected


def test_the_content_is_found_and_the_furniture_read_for_metadata() -> None:
    document = page(
        "<div class='nav'><ul><li><a>首页</a></li><li><a>政务公开</a></li></ul></div><div>当前位置：<a>首页</a> &gt; <a>规划</a></div>"
        "<table><tr><td>索引号：</td><td>yx/2026-01</td><td>发布机构：</td><td>云溪新区管委会</td></tr></table>"
        f"<h1>云溪新区发展规划</h1><div>发布时间：2026-03-02 来源：办公室</div>"
        f"<div id='zoom'>{PROSE * 6}</div><div>主办单位：云溪新区</div>",
        head="<title>云溪新区发展规划_云溪新区</title><meta name='SiteName' content='云溪新区门户'>",
    )
    assert document.text == "云溪新区发展规划\n" + PROSE_TEXT * 6
    assert [(block.kind, block.level) for block in document.blocks] == [(BlockKind.HEADING, 0)]
    assert document.metadata == {
        "索引号": "yx/2026-01", "发布机构": "云溪新区管委会", "发布日期": "2026-03-02", "来源": "办公室", "网站名称": "云溪新区门户",
        "网页标题": "云溪新区发展规划_云溪新区",
    }  # fmt: skip


def test_a_page_laid_out_in_a_table_gives_paragraphs() -> None:
    document = page(f"<table><tr><td><a>首页</a></td></tr><tr><td>{PROSE * 8}</td></tr></table>")
    assert (document.text, document.blocks) == (PROSE_TEXT * 8, ())


def test_a_site_that_wraps_its_page_in_a_form_is_read() -> None:
    assert text_of(f"<form id='aspnetForm'>{PROSE * 8}</form>") == PROSE_TEXT * 8


def test_headings_have_their_levels_and_stay_on_one_line() -> None:
    document = page("<h1>云溪新区<br>规划</h1><h3>一、基础</h3><p>正文。</p>")
    assert [(b.kind, b.level, document.text[slice(*b.span)]) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "云溪新区 规划"),
        (BlockKind.HEADING, 3, "一、基础"),
    ]


def test_a_whole_paragraph_in_a_heading_element_is_no_heading() -> None:
    assert page(f"<h2>{'建设现代化产业体系，' * 20}</h2>").blocks == ()


def test_cells_stand_on_a_grid_with_their_spans() -> None:
    document = page(
        "<table><tr><th rowspan='2'>指标</th><th colspan=2>数值</th></tr><tr><th>2025年</th><th>2030年</th></tr>"
        "<tr><td>总值<br>（亿元）</td><td>200</td><td>300</td></tr></table>"
    )
    assert document.text == "指标\t数值\n2025年\t2030年\n总值\n（亿元）\n200\n300\n"
    assert [(*cell[:4], document.text[slice(*cell[4])]) for cell in map(_parts, document.blocks[0].cells)] == [
        (0, 0, 2, 1, "指标"), (0, 1, 1, 2, "数值"), (1, 1, 1, 1, "2025年"), (1, 2, 1, 1, "2030年"),
        (2, 0, 1, 1, "总值\n（亿元）"), (2, 1, 1, 1, "200"), (2, 2, 1, 1, "300"),
    ]  # fmt: skip


def _parts(cell):  # type: ignore[no-untyped-def]
    return (cell.row, cell.column, cell.row_span, cell.column_span, cell.span)


@pytest.mark.parametrize("span", ["0", "-1", "x", "99999999999999999999", "²", ""])
def test_spans_that_are_no_numbers_count_as_one(span: str) -> None:
    cells = page(f"<table><tr><td rowspan='{span}'>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>").blocks[0].cells
    assert [(cell.row, cell.column, cell.row_span) for cell in cells] == [(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1)]


def test_the_charset_of_the_page_is_used() -> None:
    data = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head><body><p>規劃</p></body></html>".encode(
        "gbk"
    )
    document = read_bytes(data, "a.htm")
    assert (document.text, document.source.encoding) == ("規劃\n", "gb18030")


def test_a_page_in_utf16_is_a_page() -> None:
    assert read_bytes("<html><body><p>规划纲要</p></body></html>".encode("utf-16"), "a.html").text == "规划纲要\n"


def test_entities_of_a_document_type_are_not_expanded() -> None:
    data = '<!DOCTYPE html [<!ENTITY a "甲甲甲甲"><!ENTITY b SYSTEM "secret.txt">]><html><body><p>乙&a;&b;</p></body></html>'
    assert "甲" not in read_bytes(data.encode(), "a.html").text.split("]>")[-1]


def test_a_title_that_the_text_only_mentions_is_written_above_it() -> None:
    """政府工作报告 stands in many a first paragraph: only a line that begins with it is the title."""
    document = page(
        f"<h1>政府工作报告</h1><div id='zoom'><p>各位代表：</p><p>请对《政府工作报告》提出意见。</p>{PROSE * 6}</div>",
        head="<title>政府工作报告</title>",
    )
    assert document.text.splitlines()[:2] == ["政府工作报告", "各位代表："]


def test_a_title_that_the_content_begins_with_is_not_written_twice() -> None:
    document = page(
        f"<h1>云溪新区规划</h1><div id='zoom'><p><b>云溪</b><b>新区规划</b><br>（2026年）</p>{PROSE * 6}</div>",
        head="<title>云溪新区规划</title>",
    )
    assert document.text.splitlines()[:2] == ["云溪新区规划", "（2026年）"]
