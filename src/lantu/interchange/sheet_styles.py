"""The looks of the workbook's cells, and the text that may stand in them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from lantu.interchange.ledger.table import ColumnKind
from lantu.interchange.print_layout import BODY_SIZE
from lantu.patterns import regex

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook


TITLE_SIZE = 20
MAX_CELL_TEXT = 32_767  # characters, of the file format


class Fit(Enum):
    """How a cell's text sits in its room."""

    WHOLE = "whole"  # in the middle
    TORN = "torn"  # at the top, as the cell may go on over a page's end: in the middle it could be cut
    DENSE = "dense"  # small and at the top, as it needs more than the highest row


# What spreadsheets take for the start of a formula; East Asian versions also take the full-width forms.
_FORMULA_START = tuple("=+-@\t\r＝＋－＠")
_UNPRINTABLE = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # not allowed, or of no meaning, in the file format

# Fonts by the names that offices have: 方正小标宋 for titles as GB/T 9704 asks, 黑体 for heads, 宋体 for the body.
_BODY = {"font_name": "宋体", "font_size": BODY_SIZE, "valign": "vcenter", "text_wrap": True}
_GRID = {"border": 1, "border_color": "#404040"}
_CENTRED = {"align": "center"}
_TEXT_ONLY = {"quote_prefix": True, "num_format": "@"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _BODY | _CENTRED | {"font_name": "方正小标宋简体", "font_size": TITLE_SIZE},
    "subtitle": _BODY | {"font_name": "黑体", "font_size": 12},
    "line": _BODY | {"text_wrap": False, "font_size": 11},
    "note": _BODY | {"font_size": 9, "font_color": "#595959"},
    "head": _BODY | _GRID | _CENTRED | {"font_name": "黑体", "bg_color": "#DCE6F1"},
    "head_blank": _BODY | _GRID | _CENTRED | {"font_name": "黑体", "bg_color": "#FDF3D8"},
    "link": _BODY | _GRID | {"font_color": "#1F4E79", "underline": 1},
    ColumnKind.TEXT: _BODY | _GRID,
    ColumnKind.LABEL: _BODY | _GRID | _CENTRED,
    ColumnKind.PLACE: _BODY | _GRID | _CENTRED | {"font_size": 8, "font_color": "#595959"},
    ColumnKind.BLANK: _BODY | _GRID,
}
_FITS: dict[Fit, dict[str, Any]] = {Fit.WHOLE: {}, Fit.TORN: {"valign": "top"}, Fit.DENSE: {"valign": "top", "font_size": 6.5}}
STATUS_FILLS = {"滞后": "#F8CBAD", "正常推进": "#E2EFDA", "已完成": "#DDEBF7", "已销号": "#DDEBF7"}


class Styles:
    """The formats of one workbook, made as they are asked for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, Fit, bool], Format] = {}

    def of(self, look: str, fit: Fit = Fit.WHOLE, *, text_only: bool = False) -> Format:
        """``text_only``: the cell stays text even after it is edited."""
        key = (look, fit, text_only)
        if key not in self._made:
            self._made[key] = self._workbook.add_format(_LOOKS[look] | _FITS[fit] | (_TEXT_ONLY if text_only else {}))
        return self._made[key]

    def fill(self, color: str) -> Format:
        return self._workbook.add_format({"bg_color": color})


def is_formula_like(text: str) -> bool:
    """Would a spreadsheet take the text for a formula, were it typed or read from CSV?"""
    return text.startswith(_FORMULA_START)


def printable(text: str) -> str:
    """The text as a cell can hold it; one that is too long ends with …"""
    kept = _UNPRINTABLE.sub("\ufffd", text)
    return kept if len(kept) <= MAX_CELL_TEXT else kept[: MAX_CELL_TEXT - 1] + "…"
