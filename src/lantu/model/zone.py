"""Areas that the text delimits."""

from __future__ import annotations

from dataclasses import dataclass

from lantu.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What lies on each side (东至…、位于…以东); None where the text names no bound on that side."""

    east: str | None = None
    west: str | None = None
    south: str | None = None
    north: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    id: str
    section: str | None
    name: str
    bounds: Bounds
    span: Span
    raw_span: Span
