"""Plain text and Markdown: raw offsets are those of the decoded file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lantu.errors import UsageError
from lantu.model import Source, Span
from lantu.readers import read, read_bytes
from lantu.text.raw import BlockKind, RawCell, RawDocument


def test_a_text_is_its_decoded_characters_line_ends_and_all(tmp_path: Path) -> None:
    path = tmp_path / "规划.txt"
    data = "\ufeff第一章 基础\r\n\r\n　　到2030年。\n".encode()
    path.write_bytes(data)
    assert read(path) == RawDocument(
        source=Source(file="规划.txt", media_type="text/plain", sha256=hashlib.sha256(data).hexdigest(), encoding="utf-8", characters=21),
        text=data.decode("utf-8"),
    )


def test_a_missing_file_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"无此\.txt.*no such file"):
        read(tmp_path / "无此.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a regular file"):
        read(tmp_path)


def pieces(text: str) -> list[tuple[BlockKind, int | None, str]]:
    document = read_bytes(text.encode(), "a.md")
    assert document.text == text
    return [(block.kind, block.level, document.text[slice(*block.span)]) for block in document.blocks]


MARKS = [
    ("# 云溪新区规划", [(BlockKind.FURNITURE, None, "# "), (BlockKind.HEADING, 1, "云溪新区规划")], "a title"),
    (
        "### 一、基础 ###",
        [(BlockKind.FURNITURE, None, "### "), (BlockKind.HEADING, 3, "一、基础"), (BlockKind.FURNITURE, None, " ###")],
        "closed",
    ),
    (
        "##第二章 目标",
        [(BlockKind.FURNITURE, None, "##"), (BlockKind.HEADING, 2, "第二章 目标")],
        "no blank after the marks, as often typed",
    ),
    ("到**2030年**末", [(BlockKind.FURNITURE, None, "**"), (BlockKind.FURNITURE, None, "**")], "emphasis goes, its words stay"),
    ("- 建设项目", [(BlockKind.FURNITURE, None, "- ")], "a bullet"),
    ("> 引文", [(BlockKind.FURNITURE, None, "> ")], "a quotation"),
    (
        "见[附件](http://example.com/a)",
        [(BlockKind.FURNITURE, None, "["), (BlockKind.FURNITURE, None, "](http://example.com/a)")],
        "a link",
    ),
    ("3*5=15，PM_2.5", [], "a sign of multiplication and an underscore are no emphasis"),
    ("1.5倍", [], "a number is no list"),
    ("---", [(BlockKind.FURNITURE, None, "---")], "a rule"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MARKS, ids=[why for *_, why in MARKS])
def test_marks_are_told_from_words(text: str, expected: list[tuple[BlockKind, int | None, str]], why: str) -> None:
    assert pieces(text) == expected


def test_a_pipe_table_has_its_cells() -> None:
    text = "表1\n\n| 指标 | **2030年** |\n| --- | ---: |\n| 总值（亿元） | 300 |\n| 空 | |\n完。"
    document = read_bytes(text.encode(), "a.md")
    (table,) = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    assert text[slice(*table.span)] == "| 指标 | **2030年** |\n| --- | ---: |\n| 总值（亿元） | 300 |\n| 空 | |"
    assert [(cell.row, cell.column, text[slice(*cell.span)]) for cell in table.cells] == [
        (0, 0, "指标"), (0, 1, "**2030年**"), (1, 0, "总值（亿元）"), (1, 1, "300"), (2, 0, "空"), (2, 1, ""),
    ]  # fmt: skip
    assert all(isinstance(cell, RawCell) and cell.row_span == cell.column_span == 1 for cell in table.cells)
    assert Span(text.index("| ---"), text.index("|\n| 总值") + 1) in [block.span for block in document.blocks]


def test_a_bar_in_a_sentence_makes_no_table() -> None:
    assert [kind for kind, _, _ in pieces("甲|乙\n丙|丁")] == []
