"""The one loader of the word lists beside it (``data/*.toml``), and the two ways to find their words: look-up and pattern."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
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

    __slots__ = ("_by_head", "_by_tail", "all")

    def __init__(self, words: Iterable[str]) -> None:
        self.all = frozenset(words)
        self._by_head, self._by_tail = _lengths(self.all, slice(2), slice(1)), _lengths(self.all, slice(-2, None), slice(-1, None))

    def at(self, text: str, start: int = 0) -> str:
        """The longest word that begins at ``start``; "" where none does."""
        known = self._by_head
        lengths = known.get(text[start : start + 2]) or known.get(text[start : start + 1])
        if lengths:  # seldom
            words = self.all
            for length in lengths:
                if (word := text[start : start + length]) in words:
                    return word
        return ""

    def each_at(self, text: str, start: int = 0) -> Sequence[str]:
        """Every word that begins at ``start``, the longest first."""
        known = self._by_head
        lengths = known.get(text[start : start + 2]) or known.get(text[start : start + 1])
        if not lengths:  # nearly everywhere
            return ()
        return [word for length in lengths if (word := text[start : start + length]) in self.all and len(word) == length]

    def ending(self, text: str) -> str:
        """The longest word that the text ends with; "" where it ends with none."""
        known = self._by_tail
        lengths = known.get(text[-2:]) or known.get(text[-1:])
        if lengths:
            words = self.all
            for length in lengths:
                if (word := text[-length:]) in words:
                    return word
        return ""

    def each_ending(self, text: str) -> Sequence[str]:
        """Every word that the text ends with, the longest first."""
        lengths = self._by_tail.get(text[-2:]) or self._by_tail.get(text[-1:])
        if not lengths:
            return ()
        return [word for length in lengths if (word := text[-length:]) in self.all and len(word) == length]

    @property
    def first_letters(self) -> frozenset[str]:
        return frozenset(word[0] for word in self.all)

    @property
    def last_letters(self) -> frozenset[str]:
        return frozenset(word[-1] for word in self.all)


def tails(words: Iterable[str]) -> frozenset[str]:
    """The last two letters of each word, or its only one: no text ends in a word whose tail is not among them."""
    return frozenset(word[-2:] for word in words)


def _lengths(words: frozenset[str], pair: slice, letter: slice) -> dict[str, tuple[int, ...]]:
    """The lengths of the words by the two letters at their beginning or end, or by their only one; the longest first.

    Two letters, not one: most places of a text are then told at once to hold none of the words.
    """
    found: dict[str, set[int]] = {}
    for word in words:
        lengths = found.setdefault(word[pair], set())
        lengths.add(len(word))
        if word[letter] in words:
            lengths.add(1)
    return {letters: tuple(sorted(lengths, reverse=True)) for letters, lengths in found.items()}
