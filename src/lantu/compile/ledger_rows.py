"""The rows of a table of tasks or works: cells under their columns; rows of groups and sums told from rows that name something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from lantu.compile.indicator_rows import TableCell
from lantu.compile.ledger_heads import LedgerColumn, LedgerKind, LedgerRole, ledger_column
from lantu.compile.numbering import Form, read_number
from lantu.language.lexicon import lexicon
from lantu.model import Span
from lantu.patterns import regex

_NAMES = {LedgerKind.TASKS: (LedgerRole.TASK, LedgerRole.PROJECT, LedgerRole.MEASURE), LedgerKind.PROJECTS: (LedgerRole.PROJECT,)}
# In these columns a group of rows is named; in all others a cell alone is the rest of the row above.
_HEADING = frozenset((LedgerRole.ORDINAL, LedgerRole.GROUP, LedgerRole.TASK, LedgerRole.PROJECT))
# What a row that names a work tells beside its name.
_TOLD = frozenset((LedgerRole.STAGE, LedgerRole.PLACE, LedgerRole.CONTENT, LedgerRole.YEARS)) | {LedgerRole.RESPONSIBLE, LedgerRole.LEAD}
_GROUP_FORMS = frozenset((Form.PART, Form.CHAPTER, Form.SECTION, Form.CHINESE, Form.CHINESE_PAREN))
_CHINESE_ORDINAL = regex(r"[(第]?[一二三四五六七八九十]{1,3}[)、.]?$")
_COUNTED = regex(r"\(?共?\d+[个项件]\)?$")
_SUM_TOLD = regex(r"[:\s]*\(?[\d.,]*[个项件万亿元]*\)?$")


class Slot(NamedTuple):
    """A cell in a row; ``own`` is False where it is merged with the cell of a row above."""

    cell: TableCell
    own: bool = True


Cells = Mapping[int, Slot]


class LedgerRow(NamedTuple):
    """``cells`` are pairs of a column's index and its slot, in the order of the columns; ``groups`` the rows that head this one."""

    cells: tuple[tuple[int, Slot], ...]
    groups: tuple[Span, ...] = ()

    def slots(self, columns: Sequence[LedgerColumn], *roles: LedgerRole) -> Iterator[Slot]:
        return (slot for index, slot in self.cells if columns[index].role in roles)

    @property
    def span(self) -> Span:
        """From the first of its own cells to the last."""
        own = [slot.cell for _, slot in self.cells if slot.own]
        return Span(min(cell.start for cell in own), max(cell.end for cell in own))


def ledger_rows(lines: Sequence[Cells], columns: Sequence[LedgerColumn], kind: LedgerKind) -> tuple[LedgerRow, ...]:
    """The rows that name a task or a work; heads printed again, sums and empty rows are left out, broken rows made whole."""
    rows: list[LedgerRow] = []
    groups: tuple[Span, ...] = ()
    arabic = any(_ordinal(line, columns)[:1].isdigit() for line in lines)
    for line in lines:
        if not any(slot.own for slot in line.values()) or _is_head(line) or _is_total(line):
            continue
        group = _group(line, columns, kind, arabic)
        if group is not None:
            groups = (*(groups if _is_below(line, group) else ()), group)
        elif rows and _goes_on(line, columns, kind):
            rows[-1] = rows[-1]._replace(cells=tuple(sorted((*rows[-1].cells, *_own(line)), key=lambda item: item[0])))
        elif _named(line, columns, kind):
            rows.append(LedgerRow(tuple(sorted(line.items())), groups))
    return tuple(rows)


def _own(line: Cells) -> list[tuple[int, Slot]]:
    return [(index, slot) for index, slot in line.items() if slot.own]


def _ordinal(line: Cells, columns: Sequence[LedgerColumn]) -> str:
    return next((slot.cell.words for index, slot in line.items() if columns[index].role is LedgerRole.ORDINAL), "")


def _is_head(line: Cells) -> bool:
    """Is this the head printed again on the next page?"""
    found = [ledger_column(slot.cell.words) for slot in line.values()]
    return len(found) > 1 and all(found)


@cache
def _totals() -> frozenset[str]:
    return frozenset(lexicon("ledgers")["totals"])


def _is_total(line: Cells) -> bool:
    first = [slot.cell.words for _, slot in sorted(line.items())[:2]]
    return any(_SUM_TOLD.sub("", "".join(words.split())) in _totals() for words in first)


def _group(line: Cells, columns: Sequence[LedgerColumn], kind: LedgerKind, arabic: bool) -> Span | None:
    """The words of a row that heads the rows below it: one cell alone, or a number in Chinese with a name."""
    own = sorted(_own(line))
    named = [slot.cell for index, slot in own if columns[index].role in _HEADING]
    if not named:
        return None
    told = any(columns[index].role in (_TOLD if kind is LedgerKind.PROJECTS else {LedgerRole.MEASURE, *_TOLD}) for index, _ in own)
    first = named[0]
    number = read_number(first.words, 0, len(first.words))
    numbered = _CHINESE_ORDINAL.match(first.words) is not None or (number is not None and number.form in _GROUP_FORMS)
    alone = len(line) == 1 and (own[0][0] == 0 or numbered or _COUNTED.search(first.words) is not None)
    bare = numbered and len(named) == len(own) and (arabic or kind is LedgerKind.PROJECTS)
    if told or not (alone or bare or _sums(own, columns, numbered)):
        return None
    return Span(first.start, named[-1].end)


def _sums(own: Sequence[tuple[int, Slot]], columns: Sequence[LedgerColumn], numbered: bool) -> bool:
    """A numbered or counted name with nothing but sums of money: (一)交通项目(12个), 125.6."""
    names = [slot.cell.words for index, slot in own if columns[index].role in _HEADING]
    rest = [columns[index].role for index, _ in own if columns[index].role not in _HEADING]
    money = bool(rest) and all(role in (LedgerRole.INVESTMENT, LedgerRole.PART) for role in rest)
    return money and (numbered or any(_COUNTED.search(words) for words in names))


def _is_below(line: Cells, group: Span) -> bool:
    """(一) stands below the 一、 above it."""
    words = next(slot.cell.words for slot in line.values() if slot.cell.start == group.start)
    return words[:1] in "(("


def _goes_on(line: Cells, columns: Sequence[LedgerColumn], kind: LedgerKind) -> bool:
    """Has the row neither number nor name of its own, so that it is the rest of the one above?"""
    if any(columns[index].role is LedgerRole.ORDINAL for index, _ in _own(line)):
        return False
    if kind is LedgerKind.PROJECTS:
        return not any(columns[index].role is LedgerRole.PROJECT for index, _ in _own(line))
    own = {columns[index].role for index, _ in _own(line)}
    duties = {LedgerRole.LEAD, LedgerRole.RESPONSIBLE, LedgerRole.COOPERATING, LedgerRole.DEADLINE}
    return LedgerRole.TASK not in own and LedgerRole.PROJECT not in own and (LedgerRole.MEASURE not in own or not own & duties)


def _named(line: Cells, columns: Sequence[LedgerColumn], kind: LedgerKind) -> bool:
    names = [slot.cell.words for index, slot in line.items() if columns[index].role in _NAMES[kind]]
    return any(len(words) > 1 and not words.replace(".", "").isdigit() for words in names)
