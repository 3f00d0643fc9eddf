"""TOML → typed records. Every fault is collected and told once: file, place, key, value and what to do about it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from lantu.errors import LantuError
from lantu.shipped import shipped

T = TypeVar("T")
FAULTS_TOLD = 5  # an error message of more lines is not read; the rest is counted


class RulebookError(LantuError):
    """A rulebook that breaks its own schema: the data has to be mended before anything can be judged by it."""

    exit_code = 9


@dataclass(frozen=True, slots=True)
class Rulebook(Generic[T]):
    """The entries of one file, with the day from which they hold and where they come from."""

    file: str
    title: str
    effective: date
    source: str
    entries: tuple[T, ...]


class Entry:
    """One TOML table. Each getter checks one key; a fault is noted in ``faults`` and a harmless value of the type is returned."""

    __slots__ = ("_seen", "faults", "place", "values")

    def __init__(self, values: Mapping[str, Any], place: str, faults: list[str]) -> None:
        self.values, self.place, self.faults = values, place, faults
        self._seen: set[str] = set()

    def fault(self, key: str, value: object, remedy: str) -> None:
        self.faults.append(f"{self.place}, key {key!r}, value {value!r}: {remedy}")

    def has(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str) -> str:
        value = self._take(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(key, value, "write a text that is not empty")
        return ""

    def day(self, key: str) -> date:
        value = self._take(key)
        if isinstance(value, date):
            return value
        self.fault(key, value, "write a date without quotes, like 2021-01-01")
        return date.min

    def number(self, key: str, low: float, high: float) -> float:
        value = self._take(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self.fault(key, value, f"write a number from {low:g} to {high:g}")
        return low

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        value, known = self._take(key), tuple(allowed)
        if value in known:
            return str(value)
        self.fault(key, value, f"write one of {', '.join(known)}")
        return known[0]

    def texts(self, key: str, shortest: int = 1) -> tuple[str, ...]:
        """Different words of at least ``shortest`` characters, parted by blanks; there may be none, but not the key missing."""
        value = self._take(key)
        if not isinstance(value, str):
            self.fault(key, value, "write a text of words parted by blanks")
            return ()
        words: dict[str, None] = {}
        for at, word in enumerate(value.split()):
            if self._good_word(f"{key}[{at}]", word, words, shortest):
                words[word] = None
        return tuple(words)

    def weights(self, key: str, low: int, high: int, shortest: int) -> dict[str, int]:
        """``key.N = "words parted by blanks"`` for the weights N from ``low`` to ``high``; a word may stand under one weight only."""
        value = self._take(key)
        if not isinstance(value, dict):
            self.fault(key, value, f'write {key}.{high} = "words" down to {key}.{low} = "words"')
            return {}
        words: dict[str, int] = {}
        for weight, listed in value.items():
            if not weight.isdecimal() or not low <= int(weight) <= high or not isinstance(listed, str):
                self.fault(f"{key}.{weight}", listed, f"write words parted by blanks under a weight from {low} to {high}")
                continue
            for at, word in enumerate(listed.split()):
                if self._good_word(f"{key}.{weight}[{at}]", word, words, shortest):
                    words[word] = int(weight)
        return words

    def entries(self, key: str) -> tuple[Entry, ...]:
        """The tables of ``[[key]]``, with the id or number of each in its place."""
        value = self._take(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.fault(key, value if not isinstance(value, list) else "…", f"write at least one [[{key}]] table")
            return ()
        return tuple(
            Entry(item, f"[[{key}]] {number} ({item.get('id', item.get('code', 'no id'))})", self.faults)
            for number, item in enumerate(value, 1)
        )

    def table(self, key: str) -> Entry:
        """The table ``[key]``; an empty one where it is missing, so that its own keys are told as missing."""
        value = self._take(key)
        if not isinstance(value, dict):
            self.fault(key, value, f"write a [{key}] table")
        return Entry(value if isinstance(value, dict) else {}, f"[{key}]", self.faults)

    def close(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not be silently without effect."""
        for key in self.values:
            if key not in self._seen:
                self.fault(key, self.values[key], f"unknown key; remove it or use one of {', '.join(sorted(self._seen))}")

    def _take(self, key: str) -> Any:
        self._seen.add(key)
        return self.values.get(key)

    def _good_word(self, key: str, word: str, earlier: Container[str], shortest: int) -> bool:
        if len(word) < shortest:
            self.fault(key, word, f"write a word of at least {shortest} characters")
            return False
        if word in earlier:
            self.fault(key, word, "this word is listed twice; keep one")
            return False
        return True


def read_rulebook(name: str, build: Callable[[Entry], tuple[T, ...]], content: str | None = None) -> Rulebook[T]:
    """Parse and check the rulebook ``name`` (of this package, or ``content`` in its place).

    ``build`` takes what it needs out of the top table. Raises RulebookError with the faults of the whole file.
    """
    text = shipped("lantu.rulebooks", name) if content is None else content
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"not valid TOML: {error}", file=name, remedy="mend the line named here") from error
    faults: list[str] = []
    top = Entry(values, "top", faults)
    title, effective, source = top.text("title"), top.day("effective"), top.text("source")
    book = Rulebook(name, title, effective, source, build(top))
    top.close()
    if faults:
        raise RulebookError(_told(list(dict.fromkeys(faults))), file=name, remedy="mend the rulebook and run again")
    return book


def unique(entries: Iterable[Entry], key: str) -> None:
    """Note a fault for every entry whose ``key`` an earlier entry already has."""
    seen: dict[object, str] = {}
    for entry in entries:
        value = entry.values.get(key)
        if isinstance(value, str) and seen.setdefault(value, entry.place) != entry.place:
            entry.fault(key, value, f"already used by {seen[value]}; give each its own")


def _told(faults: list[str]) -> str:
    rest = len(faults) - FAULTS_TOLD
    return "; ".join(faults[:FAULTS_TOLD]) + (f"; and {rest} more" if rest > 0 else "")
