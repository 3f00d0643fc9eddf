"""Word files: styles, automatic numbers, revisions, boxes, tables."""

from __future__ import annotations

import pytest
from tests.factories.office_files import cell, docx, numbered, p, package, styled, table

from lantu.readers import read_bytes
from lantu.readers.number_words import number_words
from lantu.text.raw import BlockKind, RawDocument

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="z"><w:name w:val="章标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="o"><w:name w:val="自定"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="x"><w:name w:val="循环甲"/><w:basedOn w:val="y"/></w:style>
<w:style w:type="paragraph" w:styleId="y"><w:name w:val="循环乙"/><w:basedOn w:val="x"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3.%4"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def read(body: str, **more: str) -> RawDocument:
    return read_bytes(docx(body, styles=STYLES, numbering=NUMBERING, **more), "a.docx")


def headings(document: RawDocument) -> list[tuple[int | None, str]]:
    return [(block.level, document.text[slice(*block.span)]) for block in document.blocks if block.kind is BlockKind.HEADING]


HEADINGS = [
    (styled("基础", "1"), [(1, "基础")], "a heading style by its name, whatever its id"),
    (styled("基础", "z"), [(1, "基础")], "a style based on a heading style"),
    (styled("基础", "o"), [(3, "基础")], "a style with an outline level"),
    (p("基础", '<w:outlineLvl w:val="1"/>'), [(2, "基础")], "an outline level on the paragraph itself"),
    (p("正文", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'), [], "an outline level that takes it back"),
    (styled("云溪新区规划", "t"), [(0, "云溪新区规划")], "the title"),
    (styled("正文", "x"), [], "styles based on each other"),
    (styled("标题", "missing"), [], "a style that is not there"),
    (styled("（一）加强领导。各级各部门要高度重视，认真落实。", "1"), [], "a run-in heading: the style stands on a whole paragraph"),
]


@pytest.mark.parametrize(("body", "expected", "why"), HEADINGS, ids=[why for *_, why in HEADINGS])
def test_headings_by_style(body: str, expected: list[tuple[int | None, str]], why: str) -> None:
    assert headings(read(body)) == expected


def test_lines_of_a_contents_list_are_furniture() -> None:
    document = read(styled("第一章 基础\t3", "c") + p("正文"))
    assert [(block.kind, document.text[slice(*block.span)]) for block in document.blocks] == [(BlockKind.FURNITURE, "第一章 基础\t3")]


def test_automatic_numbers_become_words() -> None:
    body = "".join(numbered(text, level) for text, level in [
        ("基础", 0), ("成就", 1), ("环境", 1), ("机遇", 2), ("挑战", 2), ("细分", 3), ("要点", 4), ("目标", 0), ("总体", 1), ("甲", 2),
    ])  # fmt: skip
    assert read(body).text == "第一章 基础\n（一）成就\n（二）环境\n1. 机遇\n2. 挑战\n1.2.2.1 细分\n要点\n第二章 目标\n（一）总体\n1. 甲\n"


def test_a_list_may_start_at_another_number() -> None:
    assert read(numbered("甲", 2, 2) + numbered("乙", 2, 2)).text == "5. 甲\n6. 乙\n"


def test_a_number_of_a_style() -> None:
    reference = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="paragraph" w:styleId="n"><w:name w:val="编号"/>{reference}</w:style>'
    document = read_bytes(docx(styled("甲", "n") + styled("乙", "n"), styles=style, numbering=NUMBERING), "a.docx")
    assert document.text == "（一）甲\n（二）乙\n"


def test_a_number_that_is_not_defined_is_left_out() -> None:
    assert read(numbered("甲", 0, 99)).text == "甲\n"


COUNTED = [
    (1, "chineseCounting", "一"),
    (10, "chineseCounting", "十"),
    (11, "chineseCountingThousand", "十一"),
    (20, "chineseCounting", "二十"),
    (105, "chineseCounting", "一百零五"),
    (110, "chineseCounting", "一百一十"),
    (1000, "chineseCounting", "一千"),
    (12000, "chineseCounting", "一万二千"),
    (12, "chineseLegalSimplified", "壹拾贰"),
    (25, "ideographDigital", "二五"),
    (3, "ideographTraditional", "丙"),
    (3, "decimalEnclosedCircleChinese", "③"),
    (4, "upperRoman", "IV"),
    (28, "lowerLetter", "bb"),
    (7, "decimalZero", "07"),
    (7, "unknownForm", "7"),
    (0, "chineseCounting", "零"),
]


@pytest.mark.parametrize(("number", "form", "words"), COUNTED)
def test_forms_of_numbers(number: int, form: str, words: str) -> None:
    assert number_words(number, form) == words


RUNS = [
    ("<w:r><w:t>到</w:t></w:r><w:r><w:t>2030年</w:t></w:r>", "到2030年\n", "words parted into runs"),
    ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙\n", "a tab"),
    ("<w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r>", "甲\n", "a tab stop is no tab"),
    ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "甲\n乙\n", "a line break"),
    ("<w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t></w:r>", "甲乙\n", "a page break prints nothing"),
    (
        "<w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>",
        "甲增\n",
        "revisions",
    ),
    ("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>", "新\n", "moved text"),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>显</w:t></w:r>", "显\n", "hidden text"),
    ("<w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r>", "甲\n", "a footnote's mark"),
    (
        "<w:r><w:fldChar/><w:instrText>PAGEREF _Toc</w:instrText></w:r><w:fldSimple><w:r><w:t>3</w:t></w:r></w:fldSimple>",
        "3\n",
        "a field's code",
    ),
    ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接\n", "a link's words"),
    (
        "<w:r><w:ruby><w:rt><w:r><w:t>lán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>蓝</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "蓝\n",
        "a guide",
    ),
]


@pytest.mark.parametrize(("runs", "expected", "why"), RUNS, ids=[why for *_, why in RUNS])
def test_what_a_paragraph_prints(runs: str, expected: str, why: str) -> None:
    assert read(f"<w:p>{runs}</w:p>").text == expected


SOFT_BREAKS = [
    ("全区生产总值年均增长8%，五年累", "计达到300亿元。", "全区生产总值年均增长8%，五年累计达到300亿元。\n", "in the middle of a word"),
    ("全区规上工业企业达到150家，产值达到3", ".2亿元。", "全区规上工业企业达到150家，产值达到3.2亿元。\n", "in the middle of a number"),
    ("全区生产总值年均增长8%，超额完成。", "二、主要任务", "全区生产总值年均增长8%，超额完成。\n二、主要任务\n", "after a sentence"),
    ("加快建设，全面推进现代化新区各项事业", "（一）产业", "加快建设，全面推进现代化新区各项事业\n（一）产业\n", "before a number"),
    ("中共云溪新区工作委员会", "关于加快发展的意见", "中共云溪新区工作委员会\n关于加快发展的意见\n", "between the lines of a title"),
    ("加快建设，全面推进现代化新区各项事业", "　　下一段。", "加快建设，全面推进现代化新区各项事业\n　　下一段。\n", "before an indent"),
]


@pytest.mark.parametrize(("first", "second", "expected", "why"), SOFT_BREAKS, ids=[why for *_, why in SOFT_BREAKS])
def test_line_breaks_inside_a_paragraph(first: str, second: str, expected: str, why: str) -> None:
    assert read(f"<w:p><w:r><w:t>{first}</w:t><w:br/><w:t>{second}</w:t></w:r></w:p>").text == expected


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent>" + p("专栏1 重点工程") + "</w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert read(f"<w:p><w:r><w:t>如下：</w:t></w:r><w:r>{alternate}</w:r></w:p>").text == "如下：\n专栏1 重点工程\n"


def test_content_controls_and_insertions_around_paragraphs_are_seen_through() -> None:
    assert read(f"<w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt><w:ins>{p('乙')}</w:ins>").text == "甲\n乙\n"


def test_a_table_of_one_cell_is_text() -> None:
    document = read(table([cell("专栏1 重点工程|建设云溪水厂。")]))
    assert (document.text, document.blocks) == ("专栏1 重点工程\n建设云溪水厂。\n", ())


def test_cells_that_are_merged() -> None:
    span = '<w:gridSpan w:val="2"/>'
    document = read(
        table(
            [cell("指标", '<w:vMerge w:val="restart"/>'), cell("数值", span)],
            [cell("", "<w:vMerge/>"), cell("2025年"), cell("2030年")],
            [cell("总值|（亿元）"), cell("200"), cell("300")],
        )
    )
    assert document.text == "指标\t数值\n2025年\t2030年\n总值\n（亿元）\n200\n300\n"
    assert [(c.row, c.column, c.row_span, c.column_span, document.text[slice(*c.span)]) for c in document.blocks[0].cells] == [
        (0, 0, 2, 1, "指标"), (0, 1, 1, 2, "数值"), (1, 1, 1, 1, "2025年"), (1, 2, 1, 1, "2030年"),
        (2, 0, 1, 1, "总值\n（亿元）"), (2, 1, 1, 1, "200"), (2, 2, 1, 1, "300"),
    ]  # fmt: skip


def test_a_table_inside_a_cell_is_part_of_its_words() -> None:
    inner = table([cell("甲"), cell("乙")])
    document = read(table([f"<w:tc>{p('外')}{inner}{p('')}</w:tc>", cell("右")], [cell("1"), cell("2")]))
    assert [document.text[slice(*c.span)] for c in document.blocks[0].cells] == ["外\n甲 乙", "右", "1", "2"]


def test_deleted_rows_are_left_out() -> None:
    first, gone, last = (cell(a) + cell(b) for a, b in ("甲乙", "删去", "丙丁"))
    rows = f"<w:tr>{first}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{gone}</w:tr><w:tr>{last}</w:tr>"
    assert read(f"<w:tbl>{rows}</w:tbl>").text == "甲\t乙\n丙\t丁\n"


def test_headers_and_notes_are_other_parts_and_stay_out() -> None:
    document = read(p("正文"), more={"word/header1.xml": p("页眉"), "word/footnotes.xml": p("脚注")})  # type: ignore[arg-type]
    assert document.text == "正文\n"


def test_strict_files_are_read_too() -> None:
    main = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>'
    assert read_bytes(package({"word/document.xml": main}), "a.docx").text == "正文\n"


def test_core_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>规划</dc:title><dc:creator>办公室</dc:creator></cp:coreProperties>'
    )
    document = read(p("正文"), more={"docProps/core.xml": core})  # type: ignore[arg-type]
    assert document.metadata == {"文件属性标题": "规划", "文件属性作者": "办公室"}
