"""The outline of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lantu.model.making import quickly_made
from lantu.model.span import Span


class SectionKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    RUN_IN = "run_in"
    BOX = "box"


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading. ``level`` 0 document title, 1 章 / 一、, 2 节 / (一), 3 1. / 1、 / 专栏.

    The span covers the heading only; its body reaches to the next section's start. ``number`` is the printed number
    ("第三章", "(二)", "1."), ``title`` the words after it, ``raw_title`` the whole heading as the raw text prints it.
    """

    id: str
    parent: str | None
    level: int
    number: str
    title: str
    raw_title: str
    kind: SectionKind
    span: Span
    raw_span: Span
