"""What of a document is no running text, found once for all who ask: contents lists, and tables that came as plain lines."""

from __future__ import annotations

from typing import NamedTuple

from lantu.compile.contents import contents_spans
from lantu.compile.flat_ledgers import FlatLedger, flat_ledgers
from lantu.compile.flat_tables import FlatTable, flat_tables
from lantu.model import Span
from lantu.text.document import Document


class Layout(NamedTuple):
    """``tables`` are those of indicators, ``ledgers`` those of tasks and works; contents lists and all of them in the order of the text."""

    contents: tuple[Span, ...]
    tables: tuple[FlatTable, ...]
    ledgers: tuple[FlatLedger, ...]

    @property
    def flat(self) -> list[Span]:
        """Where the tables of both kinds stand, captions included."""
        return [*(table.span for table in self.tables), *(ledger.span for ledger in self.ledgers)]


def read_layout(document: Document) -> Layout:
    return Layout(contents_spans(document), flat_tables(document), flat_ledgers(document))
