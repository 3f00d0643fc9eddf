"""The one loader of the word lists beside it (``data/*.toml``), and the two ways to find their words: look-up and pattern."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from lantu.errors import LantuError
from lantu.patterns import compiled
from lantu.shipped import shipped

# A hanzi, where patterns need one: a letter beyond Latin-1. Said so it compiles fifty times faster than the range [一-鿿].
HANZI = r"[^\W\x00-\xff]"
_FORBIDDEN = compiled(r"[\s,,；;。：]")


class LexiconError(LantuError):
    """A word list that its own rules refuse: only a change of the data file can cause it."""


@cache
def lexicon(name: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of ``data/<name>.toml`` by key; a list is TOML text of words parted by blanks, or an array of words.

    Raises LexiconError where a list is empty, names a word twice or holds punctuation that canonical text parts clauses with.
    """
    raw = tomllib.loads(shipped("lantu.language", f"data/{name}.toml"))
    return MappingProxyType({key: _checked(f"{name}.toml", key, value) for key, value in raw.items()})


def _checked(file: str, key: str, value: Any) -> tuple[str, ...]:
    words = tuple(value.split()) if isinstance(value, str) else tuple(value)
    if not words:
        raise LexiconError("the list is empty", file=file, place=key, remedy="give it at least one word")
    seen: set[str] = set()
    for word in words:
        if not isinstance(word, str) or _FORBIDDEN.search(word) or word in seen:
            raise LexiconError(f"{word!r} is no word, or stands twice", file=file, place=key, remedy="mend the data file")
        seen.add(word)
    return words


def alternation(words: Iterable[str]) -> str:
    """A regex group that takes the longest of ``words``. For searching; at a known place ``Words`` is quicker and compiles nothing.

    No trie: its many small classes of hanzi take three times as long to compile as the plain words do.
    """
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"


class Words:
    """Words looked up at a place of a text: what an alternation of them would take there."""

    __slots__ = ("_by_first", "_by_last", "all")

    def __init__(self, words: Iterable[str]) -> None:
        self.all = frozenset(words)
        self._by_first, self._by_last = _lengths(self.all, 0), _lengths(self.all, -1)

    def at(self, text: str, start: int = 0) -> str:
        """The longest word that begins at ``start``; "" where none does."""
        for length in self._by_first.get(text[start : start + 1], ()):
            if (word := text[start : start + length]) in self.all:
                return word
        return ""

    def each_at(self, text: str, start: int = 0) -> Iterator[str]:
        """Every word that begins at ``start``, the longest first."""
        for length in self._by_first.get(text[start : start + 1], ()):
            if (word := text[start : start + length]) in self.all and len(word) == length:
                yield word

    def ending(self, text: str) -> str:
        """The longest word that the text ends with; "" where it ends with none."""
        for length in self._by_last.get(text[-1:], ()):
            if (word := text[-length:]) in self.all:
                return word
        return ""

    def each_ending(self, text: str) -> Iterator[str]:
        """Every word that the text ends with, the longest first."""
        for length in self._by_last.get(text[-1:], ()):
            if (word := text[-length:]) in self.all and len(word) == length:
                yield word

    @property
    def first_letters(self) -> frozenset[str]:
        return frozenset(self._by_first)

    @property
    def last_letters(self) -> frozenset[str]:
        return frozenset(self._by_last)


def tails(words: Iterable[str]) -> frozenset[str]:
    """The last two letters of each word, or its only one: no text ends in a word whose tail is not among them."""
    return frozenset(word[-2:] for word in words)


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    """The lengths of the words that have a letter at ``place`` (0 or -1), the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[place], set()).add(len(word))
    return {letter: tuple(sorted(lengths, reverse=True)) for letter, lengths in found.items()}
