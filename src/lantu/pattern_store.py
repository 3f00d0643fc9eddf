"""Patterns translated beforehand, as Python keeps its modules in ``__pycache__``: translating them is a third of what a short run costs.

``make setup`` writes the store beside the compiled modules. A translation is found by its pattern and flags, so the store may lack some
but is never out of date; it holds for the very Python that wrote it and is as good as absent for any other. Without a store, or without
the inner calls of ``re`` that it needs, every pattern is compiled as ever.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

Key = tuple[str | bytes, int]  # pattern and flags
# All flags, the words of the engine as bytes, how many groups, their names, and the names by number.
Translation = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]

_WORD = "I"
_missed: list[Key] = []  # what was asked for and not found, for ``keep``


def restored(pattern: str | bytes, flags: int) -> re.Pattern[Any] | None:
    """The compiled pattern, if the store has it."""
    found = _kept().get((pattern, flags))
    if found is None:
        _missed.append((pattern, flags))
        return None
    return _built(pattern, found)


def keep() -> int:
    """Write what the store has and what it was asked for in vain so far; how many patterns it holds then."""
    store = {**_kept(), **dict(_translated(_missed))}
    place = _place()
    place.parent.mkdir(exist_ok=True)
    unfinished = place.with_suffix(".new")
    content: Any = (_stamp(), store)
    unfinished.write_bytes(marshal.dumps(content))
    unfinished.replace(place)
    return len(store)


def _translated(keys: Iterable[Key]) -> Iterable[tuple[Key, Translation]]:
    """Only what comes back as the very pattern that ``re`` makes."""
    for pattern, flags in keys:
        translation = _translation(pattern, flags)
        if _built(pattern, translation) == re.compile(pattern, flags):
            yield (pattern, flags), translation


def _translation(pattern: str | bytes, flags: int) -> Translation:
    """What ``re`` hands to its engine."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern, flags)
    words: list[int] = _compiler._code(parsed, flags)
    groups: dict[str, int] = parsed.state.groupdict
    names = {number: name for name, number in groups.items()}
    count: int = parsed.state.groups
    return flags | parsed.state.flags, array(_WORD, words).tobytes(), count - 1, groups, tuple(names.get(number) for number in range(count))


def _built(pattern: str | bytes, translation: Translation) -> re.Pattern[Any]:
    """The engine itself refuses words that make no sense."""
    import _sre  # type: ignore[import-not-found]

    flags, words, groups, names, by_number = translation
    built: re.Pattern[Any] = _sre.compile(pattern, flags, array(_WORD, words).tolist(), groups, names, by_number)
    return built


@cache
def _kept() -> dict[Key, Translation]:
    try:
        stamp, store = marshal.loads(_place().read_bytes())
        return store if stamp == _stamp() else {}
    except (OSError, ImportError, EOFError, ValueError, TypeError):
        return {}  # not written yet, or by a Python that is gone


def _stamp() -> tuple[object, ...]:
    """One Python on one kind of machine."""
    from _sre import CODESIZE, MAGIC

    return sys.version, sys.implementation.name, sys.byteorder, CODESIZE, MAGIC


def _place() -> Path:
    """Where Python keeps this module itself compiled."""
    if __spec__ is None or __spec__.cached is None:
        raise FileNotFoundError("this Python keeps no compiled modules")
    return Path(__spec__.cached).with_suffix(".patterns")
