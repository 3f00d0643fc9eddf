"""The glossary knows every word that the records use, and no word for two ideas."""

from __future__ import annotations

import re
from collections import Counter
from enum import EnumType
from pathlib import Path

import lantu.model

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"
ROW = re.compile(r"^\| (?:●)? ?\| (?P<term>[^|]+) \| `(?P<identifier>[^`]+)` \| (?P<label>[^|]+) \| (?P<english>[^|]+) \|$", re.MULTILINE)


def rows() -> list[re.Match[str]]:
    return list(ROW.finditer(GLOSSARY.read_text(encoding="utf-8")))


def test_every_row_of_a_table_is_complete() -> None:
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    heads = [line for line in lines if "---" in line or "identifier" in line]
    assert len(rows()) == len(lines) - len(heads)


def test_closed_values_of_the_records_are_in_the_glossary() -> None:
    enums = [thing for name in lantu.model.__all__ if isinstance(thing := getattr(lantu.model, name), EnumType)]
    known = {row["identifier"] for row in rows()}
    assert {f"{enum.__name__}.{member.name}" for enum in enums for member in enum if member.value not in known} == set()


def test_no_term_has_two_identifiers() -> None:
    named = {(row["term"].strip(), row["identifier"]) for row in rows()}
    assert [term for term, count in Counter(term for term, _ in named).items() if count > 1] == []
