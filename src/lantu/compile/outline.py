"""Headings: 章/节, 一、(一)1.(1), 专栏, run-in headings, unnumbered headings."""

from __future__ import annotations

from lantu.model import Section
from lantu.text.document import Document


def read_outline(document: Document) -> tuple[Section, ...]:
    return ()
