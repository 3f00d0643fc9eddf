"""What people type in, made clean."""

from __future__ import annotations

import pytest

from lantu_web.lib.errors import Invalid
from lantu_web.lib.texts import LINE, typed


@pytest.mark.parametrize(
    ("given", "length", "clean"),
    [
        (" 改题\x00\x07 ", LINE, "改题"), ("一行\r\n二行", LINE, "一行 二行"), ("一行\r\n二行\r三行\u2028四行", LINE + 1, "一行\n二行\n三行\n四行"),
        ("甲\t乙", LINE, "甲 乙"), ("\u202e反\u200b写", LINE, "反写"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_dropped(given: str, length: int, clean: str) -> None:
    assert typed(given, field="text", label="Text", length=length) == clean


@pytest.mark.parametrize("given", ["\x00", "\x01\x1f\x7f\x9b", "\u200b\ufeff", " \r\n\t"])
def test_only_that_is_empty(given: str) -> None:
    with pytest.raises(Invalid):
        typed(given, field="text", label="Text", length=2000)
