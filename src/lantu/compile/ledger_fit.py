"""Cells of a printed row brought under the columns of its head, where empty cells left no trace in the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from lantu.compile.indicator_rows import TableCell
from lantu.compile.ledger_heads import LedgerColumn, LedgerRole
from lantu.compile.ledger_rows import Cells, Slot
from lantu.language.lexicon import lexicon
from lantu.language.organisations import is_list_of_organisations
from lantu.patterns import regex

_ORDINAL = regex(r"\d{1,3}[.、]?$|[(第]?[一二三四五六七八九十]{1,3}[)、.]?$")
_SUM = regex(r"[\d,.]+(?:[百千万亿]*元)?$|[—\-/]+$")
_YEARS = regex(r"(?:19|20)\d\d(?:年|\.|[-—~至]|$)")
_DATE = regex(r"(?:19|20)\d\d|\d{1,2}月|[一二三四]季度|半年")
_SHORT = 8  # a stage, a place of one word, a person
# These columns take what no other one does, from the left.
_OPEN = frozenset((LedgerRole.TASK, LedgerRole.MEASURE, LedgerRole.PROJECT, LedgerRole.CONTENT, LedgerRole.GROUP, LedgerRole.PLACE))


def fitted(cells: Sequence[TableCell], columns: Sequence[LedgerColumn]) -> Cells | None:
    """The cells by column: one by one where each has its column, else by what they look like; None where that says too little."""
    if len(cells) == len(columns):
        placed = {index: cell for index, cell in enumerate(cells) if cell.words}
        return _slots(placed) if _plausible(placed, columns) else None
    return _slots(found) if (found := _by_looks([cell for cell in cells if cell.words], columns)) else None


def _slots(placed: Mapping[int, TableCell]) -> Cells:
    return {index: Slot(cell) for index, cell in placed.items()}


def _plausible(placed: Mapping[int, TableCell], columns: Sequence[LedgerColumn]) -> bool:
    """Is no cell of a kind that its column cannot hold: a word for a number, no date for a deadline?"""
    return all(_looks(columns[index].role)(cell.words) for index, cell in placed.items() if columns[index].role in _STRICT)


def _by_looks(cells: Sequence[TableCell], columns: Sequence[LedgerColumn]) -> dict[int, TableCell] | None:
    """From the right each column takes the cell that looks like it; what is left belongs to the columns of words, from the left."""
    rest, placed = list(cells), dict[int, TableCell]()
    if columns[0].role is LedgerRole.ORDINAL and rest and _ORDINAL.match(rest[0].words):
        placed[0] = rest.pop(0)
    sums = sum(column.role in _SUMS for column in columns)
    clear = sum(_SUM.match(cell.words) is not None for cell in rest) >= sums
    for index in range(len(columns) - 1, 0, -1):
        role = columns[index].role
        if role in _OPEN or len(rest) < 2 or (role in _SUMS and not clear):
            continue
        if _looks(role)(rest[-1].words):
            placed[index] = rest.pop()
        elif role not in _STRICT and not _taken_elsewhere(rest[-1].words, columns[:index]):
            break
    open_columns = [index for index, column in enumerate(columns) if column.role in _OPEN and index not in placed]
    if not rest or not open_columns or len(rest) > len(open_columns):
        return None
    names = [index for index in open_columns if columns[index].role in (LedgerRole.TASK, LedgerRole.PROJECT)]
    chosen = sorted({*names, *open_columns[: len(rest)]})[: len(rest)] if len(rest) < len(open_columns) else open_columns
    return placed | dict(zip(chosen, rest, strict=True))


def _taken_elsewhere(words: str, columns: Sequence[LedgerColumn]) -> bool:
    """Does the cell look like one of the columns further left?"""
    return any(column.role in _STRICT and _looks(column.role)(words) for column in columns)


_SUMS = frozenset((LedgerRole.INVESTMENT, LedgerRole.PART))
_STRICT = frozenset((LedgerRole.INVESTMENT, LedgerRole.YEARS, LedgerRole.DEADLINE, LedgerRole.STAGE, LedgerRole.ORDINAL))


def _looks(role: LedgerRole) -> Callable[[str], bool]:
    return {
        LedgerRole.ORDINAL: lambda words: _ORDINAL.match(words) is not None,
        LedgerRole.INVESTMENT: lambda words: _SUM.match(words) is not None,
        LedgerRole.PART: lambda words: _SUM.match(words) is not None,
        LedgerRole.YEARS: lambda words: _DATE.search(words) is not None or _YEARS.match(words) is not None,
        LedgerRole.DEADLINE: _is_deadline,
        LedgerRole.STAGE: _is_stage,
        LedgerRole.LEAD: _is_actor, LedgerRole.RESPONSIBLE: _is_actor, LedgerRole.COOPERATING: _is_actor,
        LedgerRole.LEADER: lambda words: len(words) <= _SHORT and not any(map(str.isdigit, words)),
    }.get(role, lambda words: len(words) <= _SHORT)  # fmt: skip


@cache
def _words(key: str) -> tuple[str, ...]:
    return lexicon("ledgers")[key]


def _is_deadline(words: str) -> bool:
    return _DATE.search(words) is not None or any(word in words for word in _words("open_ended"))


def _is_stage(words: str) -> bool:
    return len(words) <= _SHORT and any(word in words for word in _words("stages"))


def _is_actor(words: str) -> bool:
    return is_list_of_organisations(words, 0, len(words))
