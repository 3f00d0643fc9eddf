"""The one loader of the word lists beside it (``data/*.toml``), and the regexes made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from lantu.errors import LantuError

# A hanzi, where patterns need one: a letter beyond Latin-1. Said so it compiles fifty times faster than the range [一-鿿].
HANZI = r"[^\W\x00-\xff]"
_FORBIDDEN = re.compile(r"[\s,,；;。：]")


class LexiconError(LantuError):
    """A word list that its own rules refuse: only a change of the data file can cause it."""


@cache
def lexicon(name: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of ``data/<name>.toml`` by key; a list is TOML text of words parted by blanks, or an array of words.

    Raises LexiconError where a list is empty, names a word twice or holds punctuation that canonical text parts clauses with.
    """
    raw = tomllib.loads((files("lantu.language") / "data" / f"{name}.toml").read_text(encoding="utf-8"))
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
    """A regex group that takes the longest of ``words``, built as a trie so that each character is tried once."""
    trie: _Trie = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(trie)


def ending(words: Iterable[str]) -> str:
    """The same for a text that is read backwards: the longest of ``words`` that the text ends with."""
    return alternation(word[::-1] for word in words)


_Trie = dict[str, "_Trie"]


def _branch(node: _Trie) -> str:
    """The group for what may follow; optional where a word ends here."""
    single = [re.escape(letter) for letter, below in node.items() if letter and set(below) == {""}]
    parts = [re.escape(letter) + _branch(below) for letter, below in node.items() if letter and set(below) != {""}]
    if single:
        parts.append(single[0] if len(single) == 1 else "[" + "".join(single) + "]")
    return "(?:" + "|".join(parts) + ")" + ("?" if "" in node else "")
