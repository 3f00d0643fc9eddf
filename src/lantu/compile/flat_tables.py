"""Tables that reached the text without mark-up: one cell a line, or one row a line."""

from __future__ import annotations

from lantu.model import Span
from lantu.text.document import Document


def flat_table_spans(document: Document) -> tuple[Span, ...]:
    return ()
