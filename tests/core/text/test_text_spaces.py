"""Stray blanks: which go and which stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lantu.text.document import Document

CASES = [
    ("到2025 年,全区产值过10 亿元企业达到12 家。", "到2025年,全区产值过10亿元企业达到12家。", "between number and unit"),
    ("细颗粒物(PM 2.5 )平均浓度达到44 微克/立方米。", "细颗粒物(PM2.5)平均浓度达到44微克/立方米。", "inside a name with a number"),
    ("失业率控制在4 . 5 %以内。", "失业率控制在4.5%以内。", "inside a decimal number"),
    ("到2 025年建成。", "到2025年建成。", "a year torn apart is surely one number"),
    ("到2 0 2 5 年建成。", "到2025年建成。", "a year spelt out is surely one number"),
    ("总投资12 500万元。", "总投资12500万元。", "thousands set apart before a unit"),
    ("第一批10 5个镇街。", "第一批10 5个镇街。", "two numbers may stand side by side: left alone"),
    ("云 溪 新 区", "云溪新区", "a name set wide"),
    ("目　　录", "目录", "ideographic blanks"),
    ("依托Smart City 平台建设。", "依托Smart City平台建设。", "one blank stays between Latin words"),
    ("依托Smart  City平台建设。", "依托Smart City平台建设。", "one blank, not two"),
    ("第一章   总体要求", "第一章 总体要求", "after a chapter number"),
    ("第 三 节\t发展目标", "第三节 发展目标", "inside and after a section number"),
    ("专栏 1  重点工程", "专栏1 重点工程", "after the number of a box"),
    ("3.2 水环境整治", "3.2 水环境整治", "after a decimal heading number"),
    ("6.5 左右", "6.5左右", "a quantity is no heading number"),
    ("4.5 亿元以上", "4.5亿元以上", "nor is one with a unit"),
    ("1. 2025年目标", "1. 2025年目标", "an item number is not run into a year"),
    ("1. 综合实力增强。", "1.综合实力增强。", "an item number before words needs none"),
    ("一、 指导思想", "一、指导思想", "nor does 一、"),
    ("实施 “青川计划” , 推进 《云溪方案》 。", "实施“青川计划”,推进《云溪方案》。", "around marks"),
    ("2021 - 2025 年", "2021-2025年", "around a dash between years"),
    ("云溪市人民政府                  云政发〔2021〕9号", "云溪市人民政府 云政发〔2021〕9号", "a wide gap parts two things"),
    ("  首行缩进的段落,已经完成。  ", "首行缩进的段落,已经完成。", "around the line"),
    ("农\u200b业\ufeff增加\u00ad值稳步提高。", "农业增加值稳步提高。", "characters that print nothing"),
    ("年均增长 ≥ 6%。", "年均增长≥6%。", "around a sign of comparison"),
]


@pytest.mark.parametrize(("raw", "canonical", "why"), CASES, ids=[case[2] for case in CASES])
def test_blanks(read: Callable[[str], Document], raw: str, canonical: str, why: str) -> None:
    assert read(raw).text == canonical


ROWS = [
    (
        "指标 2020年 2025年 属性\n森林覆盖率(%) 32.1 34.5 约束性\n粮食产量(万吨) 18 20 约束性",
        "指标 2020年 2025年 属性\n森林覆盖率(%) 32.1 34.5 约束性\n粮食产量(万吨) 18 20 约束性",
        "columns of a table are meaning",
    ),
    ("指标\t2020年\t2025年\n森林覆盖率\t32.1\t34.5", "指标\t2020年\t2025年\n森林覆盖率\t32.1\t34.5", "tabs stay tabs"),
    ("粮食产量   18    20  约束性", "粮食产量 18 20 约束性", "one blank between cells"),
    ("指标 2020 年 2025 年 属性\n绿地率 30 35 预期性", "指标 2020年 2025年 属性\n绿地率 30 35 预期性", "a year is one cell"),
    ("森林覆盖率 % 31.2 34.5 约束性", "森林覆盖率 % 31.2 34.5 约束性", "a unit that is a cell of its own"),
    ("失业率 4.2 % 5.5 % 预期性", "失业率 4.2% 5.5% 预期性", "a per cent sign belongs to its number"),
    ("化学需氧量 ≥ 60 8 约束性", "化学需氧量 ≥60 8 约束性", "a sign belongs to its number"),
    ("新增公园绿地 30 公顷,新建绿道 12 公里。", "新增公园绿地30公顷,新建绿道12公里。", "a sentence is no row"),
    ("建成标准化厂房 30 万平方米", "建成标准化厂房30万平方米", "one number alone makes no row"),
]


@pytest.mark.parametrize(("raw", "canonical", "why"), ROWS, ids=[case[2] for case in ROWS])
def test_rows_of_tables_keep_their_columns(read: Callable[[str], Document], raw: str, canonical: str, why: str) -> None:
    assert read(raw).text == canonical


def test_blanks_are_counted_and_lead_back(read: Callable[[str], Document]) -> None:
    raw = "到2025 年,全区工业产值达到308 亿元。"
    document = read(raw)
    assert document.text == "到2025年,全区工业产值达到308亿元。"
    assert dict(document.repairs.counts) == {"spaces": 2}
    at = document.text.index("308亿元")
    assert raw[slice(*document.offsets.to_source(at, at + 5))] == "308 亿元"
