"""Markdown from its bytes to the canonical text: no mark between words, and every place leads back to the file."""

from __future__ import annotations

from lantu.readers import read_bytes
from lantu.text.canonical import canonicalise
from lantu.text.document import LineKind

TEXT = """# 云溪新区**“十五五”**规划

到**2030年**，总值达到 **300亿元**，见[附件](http://a.example/b)。

| 指标 | **2030年** |
| --- | ---: |
| 总值（亿元） | 300 |
| 备注 | |

- 建设云溪水厂。
"""


def test_marks_do_not_reach_the_canonical_text() -> None:
    document = canonicalise(read_bytes(TEXT.encode(), "a.md"))
    assert document.text == ("云溪新区“十五五”规划\n到2030年,总值达到300亿元,见附件。\n指标|2030年\n总值(亿元)|300\n备注|\n建设云溪水厂。")
    assert [(line.kind, line.level) for line in document.lines] == [
        (LineKind.HEADING, 1), (LineKind.TEXT, None), (LineKind.CELL, None), (LineKind.CELL, None), (LineKind.CELL, None), (LineKind.TEXT, None),
    ]  # fmt: skip
    assert [document.text[slice(*cell.span)] for cell in document.tables[0].cells] == ["指标", "2030年", "总值(亿元)", "300", "备注", ""]


def test_places_lead_back_to_the_file() -> None:
    document = canonicalise(read_bytes(TEXT.encode(), "a.md"))
    start = document.text.index("300亿元")
    anchor = document.anchor(start, start + 5)
    assert (document.raw, TEXT[slice(*anchor.raw_span)]) == (TEXT, "300亿元")


def test_more_than_and_minus_are_no_marks_in_a_cell() -> None:
    """> quotes and - lists only at the head of a line of text."""
    document = canonicalise(read_bytes("| 指标 | 2030年 |\n| --- | --- |\n| 增速 | >7.5% |\n| 变化 | - 3 |\n".encode(), "a.md"))
    assert [document.text[slice(*cell.span)] for cell in document.tables[0].cells[2:]] == ["增速", ">7.5%", "变化", "-3"]
