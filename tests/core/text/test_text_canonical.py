"""The whole way from raw to canonical text: blocks, furniture, lost characters, and any text at all."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.raw_texts import canonical

from lantu.model import Span
from lantu.text.document import Cell, Document, Line, LineKind, Table
from lantu.text.raw import BlockKind, RawBlock, RawCell


def block(text: str, part: str, kind: BlockKind, level: int | None = None, cells: tuple[RawCell, ...] = ()) -> RawBlock:
    start = text.index(part)
    return RawBlock(kind, Span(start, start + len(part)), level, cells)


def cell(text: str, part: str, row: int, column: int) -> RawCell:
    start = text.index(part)
    return RawCell(row, column, 1, 1, Span(start, start + len(part)))


def test_blocks_become_lines_and_tables(read: Callable[..., Document]) -> None:
    raw = "云溪新区规划\n 第一章  总则 \n指标 名称\t目标\n绿地 率\t35 %\n全区绿地率达到35 %。\n"
    table = "指标 名称\t目标\n绿地 率\t35 %"
    cells = (cell(raw, "指标 名称", 0, 0), cell(raw, "目标", 0, 1), cell(raw, "绿地 率", 1, 0), cell(raw, "35 %", 1, 1))
    document = read(
        raw,
        (
            block(raw, "云溪新区规划", BlockKind.HEADING, 0),
            block(raw, "第一章  总则", BlockKind.HEADING, 1),
            block(raw, table, BlockKind.TABLE, None, cells),
            block(raw, "全区绿地率达到35 %。", BlockKind.PARAGRAPH),
        ),
    )
    assert document.text == "云溪新区规划\n第一章 总则\n指标名称\t目标\n绿地率\t35%\n全区绿地率达到35%。"
    assert document.lines == (
        Line(0, 6, LineKind.HEADING, 0),
        Line(7, 13, LineKind.HEADING, 1),
        Line(14, 21, LineKind.CELL),
        Line(22, 29, LineKind.CELL),
        Line(30, 41),
    )
    spans = (Span(14, 18), Span(19, 21), Span(22, 25), Span(26, 29))
    places = ((0, 0), (0, 1), (1, 0), (1, 1))
    assert document.tables == (Table(Span(14, 29), tuple(Cell(*place, 1, 1, span) for place, span in zip(places, spans, strict=True))),)


def test_lines_told_to_go_on_are_joined_over_dropped_furniture(read: Callable[..., Document]) -> None:
    raw = "云溪新区位于青川湖西岸,是全市的重要组成部分。\n过去五年,全区实现生产总值308\n— 2 —\n亿元,接入 Smart\nCity 平台。"
    document = read(
        raw,
        (
            block(raw, "云溪新区位于青川湖西岸,是全市的重要组成部分。", BlockKind.PARAGRAPH),
            block(raw, "过去五年,全区实现生产总值308", BlockKind.PARAGRAPH),
            block(raw, "— 2 —", BlockKind.FURNITURE),
            block(raw, "亿元,接入 Smart", BlockKind.CONTINUED),
            block(raw, "City 平台。", BlockKind.CONTINUED),
        ),
    )
    assert document.text == "云溪新区位于青川湖西岸,是全市的重要组成部分。\n过去五年,全区实现生产总值308亿元,接入Smart City平台。"
    assert document.lines == (Line(0, 23), Line(24, len(document.text)))
    assert dict(document.repairs.counts) == {"furniture_lines": 1, "spaces": 2, "hard_breaks": 2}
    at = document.text.index("308亿元")
    assert raw[slice(*document.offsets.to_source(at, at + 5))] == "308\n— 2 —\n亿元"


def test_lines_broken_in_the_file_are_joined_where_mark_up_tells_of_other_lines_only(read: Callable[..., Document]) -> None:
    """A page or a Word file made from a pdf has a paragraph for every printed line; its headings do not change that."""
    raw = "第一章 总则\n全区坚持创新驱动发展,加快建设现代化\n新区,到2030年建成。\n"
    document = read(raw, (block(raw, "第一章 总则", BlockKind.HEADING, 1),))
    assert document.text == "第一章 总则\n全区坚持创新驱动发展,加快建设现代化新区,到2030年建成。"


def test_a_line_of_a_broken_sentence_is_no_row_of_a_table(read: Callable[..., Document]) -> None:
    """Numbers set between blanks look like cells; a line that the reader knows to go on is running text."""
    raw = "人口由 2020 年的\n32 万增加到 2025 年的 41 万、城镇\n化率达到 68 %。\n"
    document = read(raw, tuple(block(raw, line, BlockKind.CONTINUED) for line in raw.splitlines()[1:]))
    assert document.text == "人口由2020年的32万增加到2025年的41万、城镇化率达到68%。"


def test_dropping_furniture_never_shifts_a_raw_place(read: Callable[..., Document]) -> None:
    raw = "当前位置:首页 > 政务公开\n云溪新区发展规划\n第一章 总则\n坚持稳中求进,推动高质量发展。\n打印本页 关闭窗口\n"
    document = read(raw, (block(raw, "打印本页 关闭窗口", BlockKind.FURNITURE),))
    assert document.text == "云溪新区发展规划\n第一章 总则\n坚持稳中求进,推动高质量发展。"
    at = document.text.index("坚持")
    assert raw[slice(*document.offsets.to_source(at, at + 2))] == "坚持"
    assert document.offsets.to_source(at, at + 2).start == raw.index("坚持")


def test_a_line_keeps_what_furniture_leaves_of_it(read: Callable[..., Document]) -> None:
    raw = "云溪新区位于青川湖西岸,生态优良。\n全区稳中求进。 【打印】\n"
    document = read(raw, (block(raw, "【打印】", BlockKind.FURNITURE),))
    assert document.text == "云溪新区位于青川湖西岸,生态优良。\n全区稳中求进。"
    assert [raw[slice(*document.offsets.to_source(*line))] for line in ((0, 17), (18, 25))] == document.text.split("\n")


def test_lost_characters_are_left_standing_and_marked(read: Callable[..., Document]) -> None:
    raw = "全区建成\ufffd\ufffd平台 3 个,锟斤拷锟斤拷项目开工。"
    document = read(raw)
    assert document.text == "全区建成\ufffd\ufffd平台3个,锟斤拷锟斤拷项目开工。"
    assert [doubt.span for doubt in document.doubts] == [(4, 6), (11, 17)]
    assert [raw[slice(*loss.raw_span)] for loss in document.repairs.losses] == ["\ufffd\ufffd", "锟斤拷锟斤拷"]
    assert document.repairs.counts["mojibake_lost"] == 2


def test_an_empty_text_is_an_empty_document(read: Callable[..., Document]) -> None:
    document = read(" \n\u3000\n\ufeff")
    assert (document.text, document.lines, dict(document.repairs.counts)) == ("", (), {})


HOSTILE = [" 云", "1 ", "1 000 ", "\n ", "(", "“云,溪\n", "云\n", "\u200b云", "\ufffd", "二○", "云 1 2 3\n", "業(yè)", "業(yè)?", "云\t"]


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_time_grows_with_the_length_only(piece: str) -> None:
    short, long = (_seconds(piece * (count // len(piece))) for count in (20_000, 200_000))
    assert long < 25 * short + 0.2  # ten times the text; the rest is room for a busy machine


def _seconds(text: str) -> float:
    """Of a core, the better of two: what else runs only adds."""
    return min(_once(text), _once(text))


def _once(text: str) -> float:
    start = process_time()
    canonical(text)
    return process_time() - start


ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
PLANNISH = st.text("第一章节。,、:;()“”《》0257年%亿元 \t\n\u3000\u200b云溪新區國業發AbC—·?", max_size=120)


@given(ANY | PLANNISH)
def test_any_text_has_whole_lines_and_places_that_lead_back(raw: str) -> None:
    document = canonical(raw)
    text = document.text
    assert [text[line.start : line.end] for line in document.lines] == ([] if not text else text.split("\n"))
    assert all(line.start < line.end for line in document.lines)
    for start in range(0, len(text), 7):
        for end in (start + 1, min(start + 9, len(text))):
            source = document.offsets.to_source(start, end)
            assert 0 <= source.start <= source.end <= len(raw)
            back = document.offsets.to_target(*source)
            assert back.start <= start
            assert end <= back.end
    assert canonical(raw).text == text
