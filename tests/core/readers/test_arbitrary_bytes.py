"""Whatever the bytes and the name: a raw text whose blocks lie in it, or an error of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.damaged_files import SEEDS, damaged, well_formed

from lantu.errors import LantuError
from lantu.readers import read_bytes

SUFFIXES = ["", ".txt", ".md", ".html", ".docx", ".docm", ".pdf", ".xlsx", ".csv", ".tsv", ".doc", ".zip", ".jpg", ".xyz"]
STARTS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"<html>",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"|a|b|\n|-|-|\n",
    "索引号：".encode(),
]


@given(st.sampled_from(STARTS), st.binary(max_size=600), st.sampled_from(SUFFIXES))
def test_any_bytes_under_any_name(start: bytes, data: bytes, suffix: str) -> None:
    try:
        document = read_bytes(start + data, f"a{suffix}")
    except LantuError as error:
        assert error.file == f"a{suffix}"
        assert str(error)
    else:
        well_formed(document)


@given(st.text(max_size=400), st.sampled_from([".txt", ".md", ".html", ".csv"]))
def test_any_text_in_every_textual_format(text: str, suffix: str) -> None:
    try:
        document = read_bytes(text.encode("utf-8", "replace"), f"a{suffix}")
    except LantuError:
        return
    well_formed(document)


@pytest.mark.parametrize("name", sorted(SEEDS))
@given(seed=st.integers(0, 2**32 - 1))
def test_damaged_files(name: str, seed: int) -> None:
    try:
        document = read_bytes(damaged(SEEDS[name], seed), name)
    except LantuError:
        return
    well_formed(document)
