"""Pdf files: lines joined, furniture left out, columns and tables told."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.factories.pdf_files import FONT, HEIGHT, WIDTH, column, grid, pdf

from lantu.readers import read_bytes
from lantu.text.raw import BlockKind, RawDocument

FULL = "建设现代化产业体系推动高质量发展走在前列"  # 20 characters: a full line of the column
INDENTED = "　　" + FULL[:18]


def read(*pages: list[tuple[float, float, float, str]], **more: object) -> RawDocument:
    return read_bytes(pdf(pages, **more), "a.pdf")  # type: ignore[arg-type]


def paragraphs(document: RawDocument) -> list[str]:
    """The text with its continued lines joined."""
    joined = {block.span.start for block in document.blocks if block.kind is BlockKind.CONTINUED}
    lines, at = [], 0
    for line in document.text.splitlines():
        if at in joined:
            lines[-1] += line
        else:
            lines.append(line)
        at += len(line) + 1
    return lines


def test_hard_breaks_are_told_from_the_ends_of_paragraphs() -> None:
    document = read(column([INDENTED, FULL, "走在前列。", INDENTED, FULL, FULL, INDENTED, "完成。"]))
    assert paragraphs(document) == [FULL[:18] + FULL + "走在前列。", FULL[:18] + FULL + FULL, FULL[:18] + "完成。"]


def test_a_numbered_line_begins_a_paragraph_although_the_line_before_is_full() -> None:
    document = read(column([INDENTED, FULL[:19] + "。", "（一）加强领导", INDENTED]))
    assert paragraphs(document) == [FULL[:18] + FULL[:19] + "。", "（一）加强领导", FULL[:18]]


def test_a_paragraph_goes_on_over_the_page_and_furniture_is_left_out() -> None:
    def sheet(number: int, lines: list[str]) -> list[tuple[float, float, float, str]]:
        return [(90, HEIGHT - 40, 9, "云溪新区发展规划纲要"), *column(lines), (WIDTH / 2, 40, 9, f"- {number} -")]

    document = read(sheet(1, [INDENTED, FULL]), sheet(2, [FULL, INDENTED]), sheet(3, [FULL, "完成。"]))
    assert paragraphs(document) == [FULL[:18] + FULL + FULL, FULL[:18] + FULL + "完成。"]
    assert (document.source.pages, document.page_starts) == (3, (0, 40, 80))


def test_a_footnote_stands_after_the_paragraph_that_goes_on_over_the_page() -> None:
    first = [*column([INDENTED, FULL]), (90.0, 120.0, 9.0, "① 按2025年价格计算。"), (90.0, 106.0, 9.0, "② 初步核算数。")]
    document = read(first, column([FULL, "完成。", INDENTED, "结束。"]))
    assert paragraphs(document) == [
        FULL[:18] + FULL * 2 + "完成。", "① 按2025年价格计算。", "② 初步核算数。", FULL[:18] + "结束。",
    ]  # fmt: skip


def test_a_running_header_is_known_on_a_landscape_page_too() -> None:
    """It stands as far below the upper edge there, though the page is less high."""
    out = BytesIO()
    canvas = Canvas(out)
    for width, height in ((WIDTH, HEIGHT), (WIDTH, HEIGHT), (HEIGHT, WIDTH)):
        canvas.setPageSize((width, height))
        for x, y, size, text in [(90.0, height - 40, 9.0, "云溪新区发展规划纲要"), *column([INDENTED, "完成。"], top=400)]:
            canvas.setFont(FONT, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    assert "规划纲要" not in read_bytes(out.getvalue(), "a.pdf").text


@pytest.mark.parametrize("number", ["7", "- 7 -", "— 7 —", "第7页", "第 7 页 共 9 页", "7/9"])
def test_page_numbers_of_every_shape(number: str) -> None:
    assert paragraphs(read([*column([INDENTED, "完成。"]), (WIDTH / 2, 40, 9, number)])) == [FULL[:18] + "完成。"]


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert "2030" in read(column(["2030", INDENTED, FULL])).text


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = ["甲" * 14] * 8, ["乙" * 14] * 8
    document = read([(200, 760, 16, "云溪新区工作要点"), *column(left, x=60, size=14), *column(right, x=320, size=14)])
    assert document.text == "云溪新区工作要点\n" + ("甲" * 14 + "\n") * 8 + ("乙" * 14 + "\n") * 8


HALF = FULL[:12]
TWO_COLUMNS = [*column(["　　" + HALF[:10], *[HALF] * 8], x=60), *column([*[HALF] * 8, "完成。"], x=300)]


def test_a_page_with_little_text_has_the_columns_of_the_pages_before_it() -> None:
    last = [*column([HALF, HALF, HALF], x=60), *column([HALF, "全部结束。"], x=300)]
    assert paragraphs(read(TWO_COLUMNS, TWO_COLUMNS, last))[-1] == HALF * 4 + "全部结束。"


def test_a_table_in_one_column_leaves_the_other_alone() -> None:
    words = [(x, y, 10.0, f"{x:.0f}-{y:.0f}") for y in (640.0, 620.0) for x in (310.0, 370.0, 430.0)]
    sheet = [*column([*[HALF] * 8, "完成。"], x=60), *words, *column([HALF, "结束。"], x=300, top=580)]
    document = read(TWO_COLUMNS, TWO_COLUMNS, sheet, strokes=grid((305.0, 365.0, 425.0, 465.0), (615.0, 632.0, 655.0)))
    assert paragraphs(document)[-4:] == [HALF * 8 + "完成。", "310-640\t370-640\t430-640", "310-620\t370-620\t430-620", HALF + "结束。"]


def test_a_centred_heading_of_two_lines_is_one_and_the_number_after_it_another() -> None:
    lines = [(90.0 + 3 * 14, 700.0, 14.0, "第一节 发展成就和经验启示"), (90.0 + 7 * 14, 674.0, 14.0, "的总结分析")]
    lines += [(90.0 + 6 * 14, 648.0, 14.0, "3.1 打好蓝天保卫"), *column([INDENTED, FULL, "完成。"], top=622)]
    assert paragraphs(read(lines)) == ["第一节 发展成就和经验启示的总结分析", "3.1 打好蓝天保卫", FULL[:18] + FULL + "完成。"]


def test_a_large_numbered_line_begins_a_paragraph_although_the_line_before_is_full_and_open() -> None:
    lines = [*column([INDENTED, FULL[:19] + "）"]), (90.0, 648.0, 15.5, "三、聚焦产业促进发展"), *column([INDENTED, "完成。"], top=622)]
    assert paragraphs(read(lines)) == [FULL[:18] + FULL[:19] + "）", "三、聚焦产业促进发展", FULL[:18] + "完成。"]


def test_a_title_of_two_lines_is_one() -> None:
    title = [(150.0, 780.0, 22.0, "云溪新区国民经济和社会发展"), (172.0, 745.0, 22.0, "第十五个五年规划纲要")]
    # the second line begins with a number word that no heading has
    document = read([*title, *column(["　　" + FULL, FULL + "甲乙丙丁戊己", FULL + "甲乙丙丁戊己"])])
    assert paragraphs(document)[0] == "云溪新区国民经济和社会发展第十五个五年规划纲要"


XS, YS = (60, 200, 300, 400), (500, 530, 560, 590)
WORDS = [
    (65.0, 570.0, 10.0, "指标"), (205.0, 570.0, 10.0, "2025年"), (305.0, 570.0, 10.0, "2030年"),
    (65.0, 547.0, 10.0, "研究与试验发展经费"), (65.0, 535.0, 10.0, "投入强度（%）"), (205.0, 540.0, 10.0, "2.1"), (305.0, 540.0, 10.0, "3"),
    (65.0, 510.0, 10.0, "森林覆盖率（%）"), (205.0, 510.0, 10.0, "31"), (305.0, 510.0, 10.0, "33"),
]  # fmt: skip
ROWS = [["指标", "2025年", "2030年"], ["研究与试验发展经费投入强度（%）", "2.1", "3"], ["森林覆盖率（%）", "31", "33"]]


def rows(document: RawDocument) -> list[list[str]]:
    (table,) = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(document.text[slice(*cell.span)])
    return list(found.values())


def test_a_table_between_rules_has_its_cells() -> None:
    document = read([(60, 620, 14, "专栏1 主要指标"), *WORDS, (60, 470, 14, "后文继续说明。")], strokes=grid(XS, YS))
    assert rows(document) == ROWS
    assert document.text.startswith("专栏1 主要指标\n指标\t2025年\t2030年\n")
    assert document.text.endswith("森林覆盖率（%）\t31\t33\n后文继续说明。\n")


def test_cells_that_no_rule_parts_are_one() -> None:
    strokes = [*grid(XS[1:], YS), (60, 500, 60, 590), (60, 590, 400, 590), (60, 560, 400, 560), (60, 500, 400, 500)]
    document = read(WORDS, strokes=strokes)
    cells = [(c.row, c.column, c.row_span, c.column_span) for c in document.blocks[0].cells]
    assert cells[3] == (1, 0, 2, 1)


def test_words_without_rules_that_stand_in_columns_are_a_table() -> None:
    assert rows(read([word for word in WORDS if word[1] not in (547.0, 535.0)] + [(65.0, 540.0, 10.0, "研发强度")])) == [
        ROWS[0], ["研发强度", "2.1", "3"], ROWS[2],
    ]  # fmt: skip


def test_a_signature_and_its_date_are_no_table() -> None:
    document = read([*column([INDENTED, FULL]), (300, 500, 14, "云溪新区管委会"), (310, 470, 14, "2026年3月1日")])
    assert all(block.kind is BlockKind.CONTINUED for block in document.blocks)
    assert paragraphs(document)[-2:] == ["云溪新区管委会", "2026年3月1日"]


def test_a_table_that_goes_on_over_the_page_is_one() -> None:
    document = read(WORDS, WORDS, strokes=grid(XS, YS))
    assert rows(document) == ROWS + ROWS[1:]  # the head that the second page repeats is left out


def test_a_row_that_the_end_of_the_page_cuts_is_one() -> None:
    """Office programs let a row go over the page: the rest of its name stands alone in the first row below the head."""
    edges, floors = (60.0, 160.0, 230.0, 300.0), (560.0, 590.0, 620.0)
    head = [(65.0, 600.0, 10.0, "指标"), (165.0, 600.0, 10.0, "2025年"), (235.0, 600.0, 10.0, "2030年")]
    upper = [*head, (62.0, 570.0, 10.0, "每万人口高价值发明"), (165.0, 570.0, 10.0, "2.1"), (235.0, 570.0, 10.0, "3")]
    lower = [*head, (62.0, 570.0, 10.0, "专利拥有量（件）")]
    assert rows(read(upper, lower, strokes=grid(edges, floors))) == [
        ["指标", "2025年", "2030年"], ["每万人口高价值发明专利拥有量（件）", "2.1", "3"],
    ]  # fmt: skip


def test_a_category_at_the_head_of_a_page_is_a_row_of_its_own() -> None:
    """The name before it left room on its line: it was finished."""
    edges, floors = (60.0, 160.0, 230.0, 300.0), (560.0, 590.0, 620.0)
    upper = [(65.0, 600.0, 10.0, "指标"), (165.0, 600.0, 10.0, "2025年"), (235.0, 600.0, 10.0, "2030年")]
    upper += [(62.0, 570.0, 10.0, "研发强度"), (165.0, 570.0, 10.0, "2.1"), (235.0, 570.0, 10.0, "3")]
    lower = [(65.0, 600.0, 10.0, "绿色生态"), (65.0, 570.0, 10.0, "绿地率"), (165.0, 570.0, 10.0, "40"), (235.0, 570.0, 10.0, "42")]
    assert rows(read(upper, lower, strokes=grid(edges, floors))) == [
        ["指标", "2025年", "2030年"], ["研发强度", "2.1", "3"], ["绿色生态", "", ""], ["绿地率", "40", "42"],
    ]  # fmt: skip


def test_a_contents_list_is_furniture() -> None:
    contents = ["目 录", "第一章 基础" + "." * 20 + "4", "第二章 目标 . . . . . . . . 12"]
    document = read(column([*contents, INDENTED, FULL]))
    assert [document.text[slice(*b.span)] for b in document.blocks if b.kind is BlockKind.FURNITURE] == contents


def test_marks_that_hang_over_the_margin_make_no_other_line_short() -> None:
    document = read(column([INDENTED, FULL + "。”", FULL, FULL, "完成。"]))
    assert paragraphs(document) == [FULL[:18] + FULL + "。”" + FULL + FULL + "完成。"]


def test_a_landscape_page_is_read_as_shown() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.setPageRotation(90)
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    for x, y, size, text in WORDS:
        canvas.setFont(FONT, size)
        canvas.drawString(x, y - 300, text)
    for x0, y0, x1, y1 in grid(XS, YS):
        canvas.line(x0, y0 - 300, x1, y1 - 300)
    canvas.save()
    assert rows(read_bytes(out.getvalue(), "a.pdf")) == ROWS


def test_marks_stay_on_their_line_where_the_font_states_no_height() -> None:
    """Without a height every glyph has the box of its own ink: a stop or a dash would stand on a line of its own."""
    data = pdf([column(["　　到2030年，达到1.5万亿元。", "　　——加快建设。"])])
    flat = re.sub(rb"/Descent -271", b"/Descent 0   ", re.sub(rb"/Ascent 752", b"/Ascent 1  ", data))
    assert flat != data
    assert read_bytes(flat, "a.pdf").text.splitlines() == ["到2030年，达到1.5万亿元。", "——加快建设。"]


def test_the_space_set_between_hanzi_and_digits_is_no_blank() -> None:
    """Word and WPS set a quarter of an em between hanzi and digits; the file holds no blank there."""
    place, words = 90.0, []
    for part in ("到", "2030", "年达到", "45", "亿元"):
        words.append((place, 700.0, 14.0, part))
        place += sum(14.0 if character > "ÿ" else 7.0 for character in part) + 3.5
    assert read(words).text == "到2030年达到45亿元\n"


def test_a_line_that_ends_early_before_a_long_word_goes_on() -> None:
    """1.2:46.9:39.9 goes to the next line whole, and leaves the line before it far from the margin."""
    document = read(column([INDENTED, FULL, "三次产业结构调整为", "13.2:46.9:39.9:13.2:46.9。", INDENTED, "完成。"]))
    assert paragraphs(document) == [FULL[:18] + FULL + "三次产业结构调整为13.2:46.9:39.9:13.2:46.9。", FULL[:18] + "完成。"]
