"""The package's character tables: two tab-parted columns a line, read once and kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lantu.shipped import shipped


def table_rows(name: str) -> Iterator[tuple[str, str]]:
    """The rows of ``data/<name>.tsv``."""
    text = shipped("lantu.text", f"data/{name}.tsv")
    for line in text.splitlines():
        left, _, right = line.partition("\t")
        yield left, right


@cache
def variants() -> dict[str, str]:
    """Full-width, compatibility and look-alike forms → the character of canonical text."""
    return {chr(int(old, 16)): chr(int(new, 16)) for old, new in table_rows("variants")}


@cache
def script() -> dict[int, str]:
    """Traditional → simplified character, as ``str.translate`` takes it."""
    return {ord(old): new for old, new in table_rows("script")}


@cache
def script_phrases() -> dict[str, str]:
    """Traditional phrases whose simplified form is not that of their characters."""
    return dict(table_rows("script_phrases"))


@cache
def readings() -> dict[str, str]:
    """Toned pinyin → the characters of GBK read so."""
    return dict(table_rows("readings"))


@cache
def followers() -> dict[str, str]:
    """Simplified character → the characters that follow it inside words, by log2 of their count ("12:展现 9:布…")."""
    return dict(table_rows("followers"))
