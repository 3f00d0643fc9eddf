"""The ledger as offices print it: heads of two rows that repeat on every page, panes that stay, choices in the cells that may be changed, a
line to sign. Rows are written as they come and are not kept in memory.

No text can become a formula: every one is written as a text and, where it begins like a formula, marked as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from lantu_web.plans.validators import EARLIEST_YEAR, LATEST_YEAR, NOTE_LENGTH
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.enums import Paper
from lantu_web.tasks.queries.exchange_lines import Line
from lantu_web.tasks.spreadsheet.layout import BASE, CHOICES, HEAD_ROWS, REVISION, SHEET, SIGNATURE, Place, mark
from lantu_web.tasks.spreadsheet.rows import PROBE, fill

_PAPER = {Paper.A3: 8, Paper.A4: 9}
_SONG, _HEI, _TITLE = "宋体", "黑体", "方正小标宋简体"
_LINE = {"border": 1, "border_color": "#7f8893"}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "text": {"align": "left", "text_wrap": True}, "centre": {"align": "center", "text_wrap": True},
    "day": {"align": "center", "num_format": "yyyy-mm-dd"}, "number": {"align": "right", "num_format": "General"},
}  # fmt: skip
_MOST_CHOICES = 5_000
_CENTRED = frozenset({"number", "kind", "sponsor", "section", "person", "start_on", "due_on", "state", "signing", "baseline_year",
                      "target_year", "measured_in", "indicator_kind"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the table, and from which export the file is."""

    title: str
    note: str
    batch: str
    paper: str


def write_ledger(
    path: Path, head: Head, places: Sequence[Place], choices: Mapping[str, Sequence[str]], count: int,
    portions: Iterable[Sequence[Line]], told: Callable[[int], None],
) -> int:  # fmt: skip
    """Write the workbook of at most ``count`` rows; ``told`` is called with how many there are so far. Gives how many there are.

    All but the rows is made first, then they are put into their place as they come.
    """
    shell = path.with_suffix(".shell")
    try:
        _write_shell(shell, head, places, choices, count)
        return fill(shell, path, places, portions, told)
    finally:
        shell.unlink(missing_ok=True)


def _write_shell(path: Path, head: Head, places: Sequence[Place], choices: Mapping[str, Sequence[str]], count: int) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": head.title, "comments": "蓝图 Lantu"})
    sheet = book.add_worksheet(SHEET)
    styles = _styles(book)
    _set_up(sheet, head, places)
    _heads(sheet, head, places, styles)
    _foot(sheet, HEAD_ROWS + count, places, styles)
    _finish(book, sheet, HEAD_ROWS + count, places, choices)
    _probe(book, sheet, places)
    book.close()


def _styles(book: Any) -> dict[str, Any]:
    """What stands around the rows."""
    return {
        "title": book.add_format({"font_name": _TITLE, "font_size": 20, "align": "center", "valign": "vcenter"}),
        "note": book.add_format({"font_name": _SONG, "font_size": 10, "align": "left", "valign": "vcenter", "font_color": "#4a525c"}),
        "head": book.add_format({"font_name": _HEI, "font_size": 10, "align": "center", "valign": "vcenter", "text_wrap": True,
                                 "bg_color": "#e9eef3", **_LINE}),
        "foot": book.add_format({"font_name": _SONG, "font_size": 11, "align": "left", "valign": "vcenter"}),
    }  # fmt: skip


def _probe(book: Any, sheet: Any, places: Sequence[Place]) -> None:
    """The looks of each column: usual, and marked as no formula; yellow where the cell may be changed."""
    made: dict[tuple[str, bool], tuple[Any, Any]] = {}
    for at, place in enumerate(places):
        found = (_look(place), place.may_change)
        if found not in made:
            look = {"font_name": _SONG, "font_size": 10, "valign": "vcenter", **_LOOKS[found[0]], **_LINE}
            look |= {"bg_color": "#fffbe8"} if place.may_change else {}
            made[found] = (book.add_format(look), book.add_format({**look, "quote_prefix": True}))
        sheet.write_blank(PROBE, at, None, made[found][0])
        sheet.write_blank(PROBE + 1, at, None, made[found][1])


def _look(place: Place) -> str:
    if place.type is Type.DAY:
        return "day"
    if place.type is Type.NUMBER:
        return "number"
    return "centre" if place.identifier in _CENTRED else "text"


def _set_up(sheet: Any, head: Head, places: Sequence[Place]) -> None:
    sheet.set_landscape()
    sheet.set_paper(_PAPER[Paper(head.paper)])
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(HEAD_ROWS - 2, HEAD_ROWS - 1)
    sheet.set_footer("&C&\"宋体\"&10第 &P 页，共 &N 页")
    for at, place in enumerate(places):
        sheet.set_column(at, at, place.width)
    sheet.set_column(len(places), len(places) + 2, 10, None, {"hidden": True})
    frozen = next(at for at, place in enumerate(places) if place.identifier == "title") + 1
    sheet.freeze_panes(HEAD_ROWS, frozen if sum(place.width for place in places[:frozen]) <= 90 else 0)


def _heads(sheet: Any, head: Head, places: Sequence[Place], styles: Mapping[str, Any]) -> None:
    last = len(places) - 1
    for row, height in enumerate((36, 18, 20, 26)):
        sheet.set_row(row, height)
    sheet.merge_range(0, 0, 0, last, head.title, styles["title"])
    sheet.merge_range(1, 0, 1, last, head.note, styles["note"])
    for first, end in _stretches(places):
        if end > first:
            sheet.merge_range(2, first, 2, end, places[first].group.value, styles["head"])
            for at in range(first, end + 1):
                sheet.write_string(3, at, places[at].heading, styles["head"])
        else:
            sheet.merge_range(2, first, 3, first, places[first].heading, styles["head"])
    for at, text in enumerate((mark(head.batch), REVISION, BASE), len(places)):
        sheet.write_string(3, at, text, styles["head"])


def _stretches(places: Sequence[Place]) -> list[tuple[int, int]]:
    """First and last column of each group."""
    found: list[tuple[int, int]] = []
    for at, place in enumerate(places):
        if at and places[at - 1].group == place.group:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def _foot(sheet: Any, row: int, places: Sequence[Place], styles: Mapping[str, Any]) -> None:
    gap = "　" * 8
    sheet.set_row(row, 30)
    text = f"{SIGNATURE}{gap}审核人：{gap}单位负责人：{gap}填报日期：　　　　年　　月　　日"
    sheet.merge_range(row, 0, row, len(places) - 1, text, styles["foot"])


def _finish(book: Any, sheet: Any, end: int, places: Sequence[Place], choices: Mapping[str, Sequence[str]]) -> None:
    last = len(places) - 1
    sheet.print_area(0, 0, end, last)
    if end == HEAD_ROWS:
        return
    sheet.autofilter(HEAD_ROWS - 1, 0, end - 1, last + 3)  # with the hidden columns: sorting must take them along
    lists = _lists(book, choices)
    for at, place in enumerate(places):
        if place.may_change:
            sheet.data_validation(HEAD_ROWS, at, end - 1, at, _validation(place, lists))


def _lists(book: Any, choices: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """The sheet of choices, hidden; gives the range of each field."""
    found: dict[str, str] = {}
    listed = {name: list(texts)[:_MOST_CHOICES] for name, texts in choices.items() if texts}
    if not listed:
        return found
    sheet = book.add_worksheet(CHOICES)
    sheet.hide()
    for at, name in enumerate(listed):
        letter = xl_col_to_name(at)
        found[name] = f"={CHOICES}!${letter}$1:${letter}${len(listed[name])}"
    for row in range(max(map(len, listed.values()))):
        for at, texts in enumerate(listed.values()):
            if row < len(texts):
                sheet.write_string(row, at, texts[row])
    return found


def _validation(place: Place, lists: Mapping[str, str]) -> dict[str, object]:
    common: dict[str, object] = {"ignore_blank": True, "error_title": place.heading, "error_type": "stop"}
    if place.year is not None:
        return common | {
            "validate": "length", "criteria": "<=", "value": NOTE_LENGTH, "error_message": f"最多 {NOTE_LENGTH} 个字。",
            "input_title": f"{place.heading}目标", "input_message": "填写数值、文字或“数值；文字”，如 140亿元；产值再上台阶。",
        }  # fmt: skip
    field = FIELDS[place.identifier]
    match place.type:
        case Type.DAY:
            first, last = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
            return common | {"validate": "date", "criteria": "between", "minimum": first, "maximum": last,
                             "error_message": "请填写日期，如 2027-06-30。"}  # fmt: skip
        case Type.NUMBER:
            return common | {"validate": "decimal", "criteria": "between", "minimum": -1e14, "maximum": 1e14,
                             "error_message": "请填写数字，不带单位。"}  # fmt: skip
        case Type.YEAR:
            return common | {"validate": "integer", "criteria": "between", "minimum": EARLIEST_YEAR, "maximum": LATEST_YEAR,
                             "error_message": "请填写四位年份，如 2027。"}  # fmt: skip
        case Type.UNITS | Type.LINES:
            return {"validate": "any", "input_title": place.heading, "input_message": "可填多个，中间用顿号“、”隔开。"}
        case _ if place.identifier in lists:
            is_open = place.type in (Type.PERSON, Type.SECTION)
            return common | {"validate": "list", "source": lists[place.identifier], "error_type": "warning" if is_open else "stop",
                             "error_message": f"请从下拉列表中选择{place.heading}。"}  # fmt: skip
        case _:
            return common | {"validate": "length", "criteria": "<=", "value": field.length,
                             "error_message": f"最多 {field.length} 个字。"}  # fmt: skip

