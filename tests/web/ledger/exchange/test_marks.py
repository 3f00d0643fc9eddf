"""A workbook that bears a 密级 is refused, wherever the mark stands, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from tests.web.ledger.exchange.conftest import data_of, export

from lantu_web.accounts.acting import Person
from lantu_web.documents.folders import incoming, on_disk
from lantu_web.lib.errors import Invalid
from lantu_web.tasks.commands.exchange import receive_foreign, receive_ledger
from lantu_web.tasks.enums import ExchangeKind
from lantu_web.tasks.models import Division, Exchange, ExchangeRow, Task


def _cell(address: str, value: Any) -> Callable[[Any], None]:
    def act(book: Any) -> None:
        book.worksheets[0][address] = value

    return act


def _second_sheet(book: Any) -> None:
    book.create_sheet("附表")["C700"] = "密级：秘密"


def _named_sheet(book: Any) -> None:
    book.create_sheet("机密★1年")


def _heading(book: Any) -> None:
    book.worksheets[0].oddHeader.left.text = '&"黑体,常规"&16机密★1年'


def _comment(book: Any) -> None:
    book.worksheets[0]["B6"].comment = Comment("绝密★长期", "某人")


def _properties(book: Any) -> None:
    book.properties.keywords = "机密★"


RICH = CellRichText(TextBlock(InlineFont(b=True), "机"), TextBlock(InlineFont(), "密★"))
MARKED = [
    _cell("A1", "机密★"), _cell("A1", "机密★1年\n云溪新区台账"), _cell("C6", "秘密"), _cell("D40", "绝　密☆"), _cell("A1", RICH), _second_sheet,
    _named_sheet, _heading, _comment, _properties,
]  # fmt: skip


def _changed(data: bytes, act: Callable[[Any], None]) -> bytes:
    book, buffer = openpyxl.load_workbook(BytesIO(data)), BytesIO()
    if "A1:AA1" in {str(area) for area in book.worksheets[0].merged_cells.ranges}:
        book.worksheets[0].unmerge_cells("A1:AA1")
    act(book)
    book.save(buffer)
    return buffer.getvalue()


def _kept() -> list[str]:
    folders = (on_disk("exchanges"), incoming())
    return [path.name for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("act", MARKED)
def test_it_is_refused_and_not_kept(act: Callable[[Any], None], tasks: list[Task], officer: Person, division: Division) -> None:
    sent = export(officer)
    data, before = _changed(data_of(sent), act), _kept()
    for receive in (
        lambda: receive_ledger(by=officer, chunks=[data], file_name="台账.xlsx"),
        lambda: receive_foreign(by=officer, plan_id=division.plan_id, chunks=[data], file_name="台账.xlsx"),
    ):
        with pytest.raises(Invalid) as refusal:
            receive()
        assert (refusal.value.field, "秘密/机密/绝密" in str(refusal.value)) == ("file", True)
    assert (list(Exchange.objects.values_list("kind", flat=True)), ExchangeRow.objects.count()) == ([ExchangeKind.EXPORT_LEDGER], 0)
    assert _kept() == before


@pytest.mark.parametrize("text", ["严守国家秘密", "保护商业秘密，推广机密计算", "★ 重点", "密级"])
def test_who_speaks_of_secrets_is_not_marked(text: str, tasks: list[Task], officer: Person) -> None:
    data = _changed(data_of(export(officer)), _cell("AF2", text))
    assert receive_ledger(by=officer, chunks=[data], file_name="台账.xlsx").state == "queued"
