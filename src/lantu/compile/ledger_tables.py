"""Tables of tasks (任务分解表) and of works (项目表): where they stand, what is said in their cells, whom their columns name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from lantu.compile.actors import Mention
from lantu.compile.flat_ledgers import caption_line
from lantu.compile.indicator_rows import TableCell
from lantu.compile.layout import Layout, read_layout
from lantu.compile.ledger_grids import ledger_grid
from lantu.compile.ledger_heads import LedgerColumn, LedgerKind, LedgerRole, ledger_kind
from lantu.compile.ledger_rows import LedgerRow, ledger_rows
from lantu.language.organisations import is_organisation, organisations_in
from lantu.model import ActorRole, Span
from lantu.patterns import regex
from lantu.text.document import Document

# A caption and a line of units stand so near above a table.
_LINES_ABOVE = 2
_LONGEST_ABOVE = 160
# The name of a body that ends as none that we know is still no longer than this.
_LONGEST_NAME = 20
_ROLES = {
    LedgerRole.LEAD: ActorRole.LEAD, LedgerRole.RESPONSIBLE: ActorRole.RESPONSIBLE, LedgerRole.COOPERATING: ActorRole.OTHER,
}  # fmt: skip
_ITEM = regex(r"(?:[^、,;。\n/\s()]|\([^()]*\))+")
_PERSON = regex(r"\(([^()]{2,4})\)$")
_AND_OTHERS = regex(r"等(?:有关|相关)?(?:部门|单位)?$")
_NO_NAME = regex(r"\d|[—\-*:]|^各?(?:有关|相关)")
_UNIT = regex(r"单位[::]\s?(?:人民币)?([百千万亿]*元)")
_YEAR = regex(r"(20\d\d)年")


class Ledger(NamedTuple):
    """One table. ``unit`` is the sum of money told above it, ``year`` the only year its caption names."""

    kind: LedgerKind
    columns: tuple[LedgerColumn, ...]
    rows: tuple[LedgerRow, ...]
    span: Span
    unit: str
    year: int | None


class LedgerTables(NamedTuple):
    """``skip`` is where flat tables stand, ``cells`` what tables of tasks say in words, ``actors`` whom the columns name."""

    tables: tuple[Ledger, ...]
    skip: tuple[Span, ...]
    cells: tuple[Span, ...]
    actors: tuple[Mention, ...]


def read_ledger_tables(document: Document, taken: Sequence[Span], layout: Layout | None = None) -> LedgerTables:
    """The tables of tasks and of works; ``taken`` are the tables of another kind, which are none."""
    flat = (layout or read_layout(document)).ledgers
    tables = [_ledger(one.columns, ledger_rows(one.lines, one.columns, _kind(one.columns)), one.span, one.above) for one in flat]
    for table in document.tables:
        if any(span.start < table.span.end and table.span.start < span.end for span in taken):
            continue
        grid = ledger_grid(document, table)
        if grid is not None:
            rows = ledger_rows(grid.lines, grid.columns, _kind(grid.columns))
            tables.append(_ledger(grid.columns, rows, table.span, f"{_above(document, table.span.start)}\n{grid.above}"))
    filled = tuple(sorted((table for table in tables if table.rows), key=lambda table: table.span))
    cells = {cell for table in filled if table.kind is LedgerKind.TASKS for cell in _worded(table)}
    mentions = {mention.span: mention for table in filled for mention in _mentions(document, table)}
    plain = [one.span for one in flat]
    marked = (one.span.start for one in filled if one.span not in plain)
    skip = [*plain, *(caption for start in marked if (caption := _caption(document, start)) is not None)]
    return LedgerTables(filled, tuple(sorted(skip)), tuple(sorted(cells)), tuple(mentions.values()))


def _caption(document: Document, start: int) -> Span | None:
    """The lines of caption and unit above a table in mark-up, which are no text."""
    index = bisect_left(document.lines, start, key=attrgetter("start"))
    top = caption_line(document, index, 1)
    return Span(document.lines[top].start, document.lines[index - 1].end) if top < index else None


def _kind(columns: Sequence[LedgerColumn]) -> LedgerKind:
    return ledger_kind(columns) or LedgerKind.TASKS


def _ledger(columns: tuple[LedgerColumn, ...], rows: tuple[LedgerRow, ...], span: Span, above: str) -> Ledger:
    unit = _UNIT.search(above)
    years = set(_YEAR.findall(above))
    return Ledger(_kind(columns), columns, rows, span, unit[1] if unit else "", int(years.pop()) if len(years) == 1 else None)


def _above(document: Document, start: int) -> str:
    return "\n".join(document.text[max(0, start - _LONGEST_ABOVE) : start].rstrip().split("\n")[-_LINES_ABOVE:])


def _worded(table: Ledger) -> Iterator[Span]:
    """The cells that say what is to be done."""
    for row in table.rows:
        for slot in row.slots(table.columns, LedgerRole.TASK, LedgerRole.MEASURE, LedgerRole.PROJECT):
            yield Span(slot.cell.start, slot.cell.end)


def _mentions(document: Document, table: Ledger) -> Iterator[Mention]:
    for row in table.rows:
        for index, slot in row.cells:
            role = _ROLES.get(table.columns[index].role)
            if role is not None:
                yield from (Mention(document.text[span.start : span.end], role, span) for span in _names(document.text, slot.cell))


def _names(text: str, cell: TableCell) -> Iterator[Span]:
    """The bodies that a cell lists; what is in such a column is one, whatever it ends in."""
    for item in _ITEM.finditer(text, cell.start, cell.end):
        person = _PERSON.search(item[0])
        end = item.end() if person is None or is_organisation(person[1]) else item.start() + person.start()
        known = list(organisations_in(text, item.start(), end))
        words = _AND_OTHERS.sub("", text[item.start() : end])
        if known:
            yield from known
        elif 1 < len(words) <= _LONGEST_NAME and not _NO_NAME.search(words):
            yield Span(item.start(), item.start() + len(words))
