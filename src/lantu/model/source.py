"""The file a plan came from, and what had to be repaired in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lantu.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``characters`` counts the raw text; ``pages`` is None where the format has none; ``encoding`` is None for binary formats."""

    file: str
    media_type: str
    sha256: str
    encoding: str | None
    characters: int
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A stretch of the raw text that could not be restored and was left standing, or restored by a choice."""

    raw_span: Span
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """How often each kind of repair was made, and what stays lost."""

    counts: Mapping[str, int] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
