"""A pattern out of the store is the pattern that ``re`` compiles; a store that is no good is as good as none."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lantu import pattern_store
from lantu.patterns import compiled, regex

ASKED = [(r"(?P<year>20\d\d)年(?:底|末)?", 0), (r"[一-鿿]+|(?P<a>a)|(b)", re.IGNORECASE), (rb"%PDF-\d", 0), (r"(?<![万亿])亿|^$", re.MULTILINE)]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store of the test's own, empty."""
    own = tmp_path / "cache" / "store.patterns"
    monkeypatch.setattr(pattern_store, "_place", lambda: own)
    monkeypatch.setattr(pattern_store, "_missed", [])
    pattern_store._kept.cache_clear()
    yield own
    pattern_store._kept.cache_clear()


def asked() -> list[re.Pattern[str] | re.Pattern[bytes] | None]:
    return [pattern_store.restored(pattern, int(flags)) for pattern, flags in ASKED]


def test_what_is_kept_comes_back_as_the_same_pattern(place: Path) -> None:
    assert asked() == [None] * len(ASKED)
    assert pattern_store.keep() == len(ASKED)
    pattern_store._kept.cache_clear()
    for found, (pattern, flags) in zip(asked(), ASKED, strict=True):
        expected = re.compile(pattern, flags)
        assert found is not None and found == expected and found.groupindex == expected.groupindex and found.flags == expected.flags
    match = compiled(*ASKED[0]).search("到2030年底")
    assert match is not None and match["year"] == "2030" and match.lastgroup == "year"


def test_keeping_again_adds_to_what_is_there(place: Path) -> None:
    asked()
    pattern_store.keep()
    pattern_store._kept.cache_clear()
    assert regex("云溪").search("云溪区") is not None
    assert pattern_store.keep() == len(ASKED) + 1


@pytest.mark.parametrize("content", [b"", b"\x00", marshal.dumps(1), marshal.dumps((("3.99",), {("年", 0): (32, b"", 0, {}, ())}))])
def test_a_store_of_another_python_or_of_nonsense_is_none(place: Path, content: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(content)
    assert asked() == [None] * len(ASKED)
    assert regex("年").search("2025年") is not None
    assert pattern_store.keep() == len(ASKED) + 1


def test_a_python_that_keeps_nothing_has_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern_store._kept.cache_clear()
    monkeypatch.setattr(pattern_store, "__spec__", None)
    monkeypatch.setattr(pattern_store, "_missed", [])
    assert asked() == [None] * len(ASKED)
    pattern_store._kept.cache_clear()
