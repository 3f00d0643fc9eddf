"""Patterns that are compiled when they are first used: most plans need none of them, and compiling is half of what a short run costs.

What is asked of every sentence or clause is compiled at once (``compiled``): a call of it is a little quicker.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

from lantu.pattern_store import restored

_MEMBERS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "flags", "groups", "groupindex")


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, compiled at the first use. A fault in ``pattern`` shows only then: a test asks every one of them."""
    return cast("re.Pattern[AnyStr]", _Pending(pattern, flags))


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, at once; out of the store where that has it."""
    return cast("re.Pattern[AnyStr]", _made(pattern, flags))


def hint(first: str, pattern: str) -> re.Pattern[str]:
    """Says whether ``pattern`` is found, and nothing else. ``first`` holds every letter that it may begin with, as in a class.

    The engine passes over all other letters at once, which it does not do for a pattern that begins with a lookahead or a class
    in one of its alternatives.
    """
    return compiled(rf"[{first}](?<=(?={pattern}).)")


def _made(pattern: str | bytes, flags: int) -> re.Pattern[Any]:
    return restored(pattern, int(flags)) or re.compile(pattern, flags)


class _Used:
    """A pattern with the members of the compiled one: looking them up costs what it costs there."""

    pattern: str | bytes

    def __repr__(self) -> str:
        return f"regex({self.pattern!r})"


class _Pending(_Used):
    """A pattern of which only the source is known."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _MEMBERS:
            raise AttributeError(name)
        made = _made(self.pattern, self._flags)
        self.__dict__.update((member, getattr(made, member)) for member in _MEMBERS)
        self.__class__ = _Used  # type: ignore[assignment]  # a class with __getattr__ is slower, and nothing is pending any more
        return getattr(self, name)
