"""The reference of rights is the table by which the program decides."""

from __future__ import annotations

from pathlib import Path

from lantu_web.accounts.queries.rights import table_of_rights
from lantu_web.accounts.rights import Right
from lantu_web.management.commands.write_rights import rights_as_markdown

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "rights.md"


def test_the_reference_is_as_the_table_is_now() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == rights_as_markdown(), "run: lantu-web write_rights"


def test_every_right_stands_in_one_group() -> None:
    shown = [row.right for group in table_of_rights() for row in group.rows]
    assert sorted(shown) == sorted(Right)
