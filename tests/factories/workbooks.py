"""Workbooks of units and people as other offices send them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl

UNIT_HEAD = ("单位编码*", "单位名称*", "简称", "单位类别*", "上级单位编码", "成立日期", "科室")
PEOPLE_HEAD = ("用户名*", "姓名*", "联系电话", "电子邮箱", "角色*", "单位编码", "科室", "职务", "任职开始日期", "任职截止日期")


def book(
    units: Sequence[Sequence[Any]] = (),
    people: Sequence[Sequence[Any]] = (),
    *,
    merged: Sequence[tuple[str, str]] = (),
    formats: Sequence[tuple[str, str, str]] = (),
) -> bytes:
    """An .xlsx with the rows under the headings (row 1); ``merged``: (sheet, area); ``formats``: (sheet, cell, number format)."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, head, rows in (("单位", UNIT_HEAD, units), ("人员", PEOPLE_HEAD, people)):
        page = made.create_sheet(name)
        page.append(head)
        for row in rows:
            page.append(list(row))
    for sheet, area in merged:
        made[sheet].merge_cells(area)
    for sheet, cell, shape in formats:
        made[sheet][cell].number_format = shape
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()
