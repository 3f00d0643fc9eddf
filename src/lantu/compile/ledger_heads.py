"""What the columns of a table of tasks or of works are, told from the words of its head, and which of the two the table is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from lantu.language.lexicon import Words, lexicon
from lantu.patterns import regex


class LedgerRole(StrEnum):
    """What a column holds; the values are the keys of ``ledgers.toml``."""

    ORDINAL = "ordinal"
    GROUP = "group"
    TASK = "task"
    MEASURE = "measure"
    LEADER = "leader"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    DEADLINE = "deadline"
    PROJECT = "project"
    STAGE = "stage"
    PLACE = "place"
    CONTENT = "content"
    YEARS = "years"
    INVESTMENT = "investment"
    PART = "part"
    OTHER = "other"
    FOREIGN = "foreign"


class LedgerKind(StrEnum):
    TASKS = "tasks"
    PROJECTS = "projects"


class LedgerColumn(NamedTuple):
    """``unit`` is the sum of money that the head prints for all rows (亿元), "" where it prints none."""

    role: LedgerRole
    words: str
    unit: str = ""


ACTING = frozenset((LedgerRole.LEAD, LedgerRole.RESPONSIBLE, LedgerRole.COOPERATING))
_DUTY = ACTING | {LedgerRole.DEADLINE, LedgerRole.LEADER}
# What only a table of works tells: one of them makes it one, with something else beside the name.
_WORKS = frozenset((LedgerRole.STAGE, LedgerRole.CONTENT, LedgerRole.YEARS, LedgerRole.INVESTMENT))
_OF_WORKS = _WORKS | ACTING | {LedgerRole.PLACE, LedgerRole.PART, LedgerRole.DEADLINE}
_LONGEST_HEAD = 18
# A head of fewer columns tells nothing, one with more strange columns than this share is of a table we do not know.
_FEWEST = 3
_MOST_STRANGE = 0.4

_WHEN = regex(
    r"(?:(?:19|20)\d\d(?:[-—~至]+(?:20)?\d\d)?年度?|[“\"]?十[一二三四五六七]?五[”\"]?(?:期间|时期|规划)?|本年度?|今年|到|至|底|末)+"
)
_BRACKET = regex(r"[(\[〔][^()\[\]〔〕]*[)\]〕]")
_MONEY = regex(r"[百千万亿]+元|(?<=[(/,])元")
_JOINER = regex(r"以及|及其|及|和|与|、|/|或|\|")


class _HeadWords(NamedTuple):
    roles: dict[str, LedgerRole]
    endings: Words


@cache
def head_words() -> Words:
    """All words that head a column."""
    return _table().endings


@cache
def _table() -> _HeadWords:
    organisations, ledgers = lexicon("organisations"), lexicon("ledgers")
    roles = dict.fromkeys(organisations["responsible"], LedgerRole.RESPONSIBLE)
    roles |= dict.fromkeys(organisations["lead"], LedgerRole.LEAD)
    for role in LedgerRole:
        roles |= dict.fromkeys(ledgers[role.value], role)
    return _HeadWords(roles, Words(roles))


def ledger_column(words: str) -> LedgerColumn | None:
    """The column of one head cell; None where its words are none that head a column."""
    bare = "".join(words.split())
    if not bare or len(bare) > _LONGEST_HEAD:
        return None
    name = _WHEN.sub("", _BRACKET.sub("", bare)) or bare
    name, tail = (name[: money.start()].rstrip("/、"), money[0]) if (money := _MONEY.search(name)) else (name, "")
    role = _role(name)
    if role is None:
        return None
    in_bracket = _MONEY.search(bare)
    if role is LedgerRole.INVESTMENT and _WHEN.match(bare):
        role = LedgerRole.PART
    return LedgerColumn(role, bare, tail or (in_bracket[0] if in_bracket else ""))


def _role(name: str) -> LedgerRole | None:
    """Of the whole word, of the first of two that are joined (责任单位及责任人), of the known word that it ends with."""
    roles = _table().roles
    if name in roles:
        return roles[name]
    first = _JOINER.split(name, maxsplit=1)[0]
    found = _table().endings.ending(first) or _table().endings.ending(name)
    return roles[found] if len(found) > 1 else None


def ledger_columns(heads: Sequence[str]) -> tuple[LedgerColumn, ...] | None:
    """The columns under these head cells; None where they head no table of tasks or works."""
    found = [ledger_column(words) for words in heads]
    strange = sum(column is None and bool(words) for column, words in zip(found, heads, strict=True))
    columns = tuple(column or LedgerColumn(LedgerRole.OTHER, words) for column, words in zip(found, heads, strict=True))
    if sum(map(bool, heads)) < _FEWEST or strange > _MOST_STRANGE * len(heads) or ledger_kind(columns) is None:
        return None
    return columns


def ledger_kind(columns: Sequence[LedgerColumn]) -> LedgerKind | None:
    """Of works: a name, something that only works have, and one thing more. Of tasks: a task, or a work that is one, and who or when."""
    roles = {column.role for column in columns}
    if LedgerRole.FOREIGN in roles:
        return None
    if LedgerRole.PROJECT in roles and roles & _WORKS and len(roles & _OF_WORKS) > 1:
        return LedgerKind.PROJECTS
    named = LedgerRole.TASK in roles or bool(roles & {LedgerRole.PROJECT, LedgerRole.MEASURE})
    return LedgerKind.TASKS if named and roles & _DUTY and not roles & {LedgerRole.INVESTMENT, LedgerRole.STAGE} else None
