"""Workbooks and delimited text: cells as printed."""

from __future__ import annotations

import datetime

import pytest
from tests.factories.office_files import package, xlsx

from lantu.readers import read_bytes
from lantu.readers.number_format import plain_number, printed
from lantu.text.raw import BlockKind

PRINTED = [
    (300.0, "0", "300", "whole"),
    (0.305, "0.0%", "30.5%", "percent"),
    (0.3, "0%", "30%", "whole percent"),
    (1234.5, "#,##0.00", "1,234.50", "thousands"),
    (186.5, '0.0"亿元"', "186.5亿元", "a unit in the format"),
    (-3.2, "0.0", "-3.2", "below zero"),
    (2.5, "General", "2.5", "general"),
    (5.0, "0.##", "5", "optional digits"),
    (46082.0, "yyyy-mm-dd", "2026-03-01", "a date"),
    (46082.0, 'yyyy"年"m"月"d"日"', "2026年3月1日", "a Chinese date"),
    (46082.0, "yyyy年m月", "2026年3月", "unquoted words"),
    (0.5, "h:mm", "12:00", "a time"),
    (0.0, '0;-0;"—"', "—", "zero as a dash"),
    (12.0, "@", "12", "text"),
    (9e9, "yyyy", "9000000000", "no such date"),
]


@pytest.mark.parametrize(("value", "code", "words", "why"), PRINTED, ids=[why for *_, why in PRINTED])
def test_numbers_as_printed(value: float, code: str, words: str, why: str) -> None:
    assert printed(value, code) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.1 + 0.2, "0.3"), (300.0, "300"), (1e-7, "0.0000001"), (1.5e16, "15000000000000000"), (-0.25, "-0.25")]
)
def test_numbers_without_noise(value: float, words: str) -> None:
    assert plain_number(value) == words


def test_a_sheet_is_its_title_its_table_and_its_notes() -> None:
    rows = [
        ["云溪新区主要指标"],
        ["指标", "2025年", "2030年"],
        ["总值（亿元）", 186.1 + 0.4, 260],
        ["研发强度", 0.021, 0.03],
        [None],
        ["注：2025年为初步数"],
    ]
    document = read_bytes(xlsx(rows, formats={(3, 1): "0.0%", (3, 2): "0.0%"}), "a.xlsx")
    assert document.text == "云溪新区主要指标\n指标\t2025年\t2030年\n总值（亿元）\t186.5\t260\n研发强度\t2.1%\t3.0%\n注：2025年为初步数\n"
    (table,) = document.blocks
    assert table.kind is BlockKind.TABLE
    assert [(c.row, c.column, document.text[slice(*c.span)]) for c in table.cells][3:6] == [
        (1, 0, "总值（亿元）"),
        (1, 1, "186.5"),
        (1, 2, "260"),
    ]


def test_merged_cells_and_dates() -> None:
    rows = [["类别", "指标", "时间"], ["经济", "总值", datetime.date(2026, 3, 1)], [None, "增速", "2030年"]]
    document = read_bytes(xlsx(rows, formats={(1, 2): 'yyyy"年"m"月"'}, merged=["A2:A3"]), "a.xlsx")
    assert document.text == "类别\t指标\t时间\n经济\t总值\t2026年3月\n增速\t2030年\n"
    assert [(c.row, c.column, c.row_span) for c in document.blocks[0].cells][3] == (1, 0, 2)


def test_a_sheet_without_a_title_is_called_by_its_name() -> None:
    assert read_bytes(xlsx([["甲", "乙"], [1, 2]], sheet="主要指标"), "a.xlsx").text == "主要指标\n甲\t乙\n1\t2\n"


def test_two_cells_a_million_rows_apart_cost_two_cells() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1"><v>1</v></c><c r="B1"><v>2</v>'
        '</c></row><row r="1048576"><c r="A1048576"><v>3</v></c><c r="XFD1048576"><v>4</v></c></row></sheetData></worksheet>'
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book = f'<workbook xmlns="{main}"><sheets><sheet name="Sheet1" sheetId="1"/></sheets></workbook>'
    document = read_bytes(package({"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}), "a.xlsx")
    assert document.text == "1\t2\n3\t4\n"


DELIMITED = [
    ("指标,2025年\n总值,200\n", "utf-8", "指标\t2025年\n总值\t200\n", "commas"),
    ("指标,2025年\n总值,200\n", "gb18030", "指标\t2025年\n总值\t200\n", "as Excel saves it in China"),
    ("指标\t2025年\n总值\t1,200\n", "utf-16", "指标\t2025年\n总值\t1,200\n", "Unicode text of Excel"),
    ("指标;值\n总值;1,5\n", "utf-8", "指标\t值\n总值\t1,5\n", "semicolons"),
    ('指标,值\n"总值,\n合计",200\n', "utf-8", "指标\t值\n总值,\n合计\n200\n", "a line end within quotes"),
    ("主要指标\n指标,值\n总值,1\n", "utf-8-sig", "主要指标\n指标\t值\n总值\t1\n", "a title line and a byte order mark"),
]


@pytest.mark.parametrize(("text", "codec", "expected", "why"), DELIMITED, ids=[why for *_, why in DELIMITED])
def test_delimited_text(text: str, codec: str, expected: str, why: str) -> None:
    assert read_bytes(text.encode(codec), "a.csv").text == expected
