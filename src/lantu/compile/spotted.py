"""One quantity where it stands: its clause, the words before it, and how far the words behind it may belong to it."""

from __future__ import annotations

from typing import NamedTuple

from lantu.compile.clauses import Statement
from lantu.compile.quantities import Quantity
from lantu.language.bounds import comparator
from lantu.language.time import TimeRelation
from lantu.language.units import Unit, unit_named
from lantu.model import Comparator
from lantu.patterns import compiled, regex

# A bracket opened further back than this does not hold the number.
_LONGEST_BRACKET = 120
# 提高到2030年的…: the 到 is the verb's, not the year's.
_CHANGE_TO = regex(r"[高加长升大降低少增短减展整变强化]到$")
# 6月底前, 三季度末: a time within the year says nothing of what is counted.
_WITHIN_YEAR = compiled(
    r"(?:到|于|在)?(?:\d{1,2}月(?:份|底|末|[上中下]旬)?(?:\d{1,2}日)?|[一二三四]季度末?|上半年|下半年|年底)(?:之?前|以前)|\d{1,2}月底"
)
_STARTING = regex("起|开始")
_TIME_LEAD = regex(r"(?:到|至|截至|截止|在|于|自|较|比|与|同|以)$")


def unit_of(quantity: Quantity) -> Unit | None:
    """The unit of the table that the printed unit is, its magnitude cut off; None for a compound or none."""
    return unit_named(quantity.unit)


class Spotted(NamedTuple):
    """``left`` are the words from the clause's start or the end of the claim before, without times; ``end`` is past the bound.

    ``limit`` is where the clause, or the next number or time, ends what may belong to it; ``continued`` where a claim of the
    same clause stands before.
    """

    quantity: Quantity
    clause: int
    previous: int
    left: str
    comparator: Comparator
    end: int
    limit: int

    @property
    def continued(self) -> bool:
        return self.previous > self.clause


def spotted(statement: Statement, text: str, quantity: Quantity, previous: int, bounded: tuple[Comparator, int]) -> Spotted:
    """``previous`` is where the claim before ends, at least the statement's start; ``bounded`` is the ``bound`` of the quantity."""
    clause = max(statement.clause_start(quantity.start), _bracket(statement, text, quantity.start))
    compare, end = bounded
    left = words_before(statement, text, max(clause, previous), quantity.start)
    return Spotted(quantity, clause, previous, left, compare, end, _limit(statement, text, quantity, end))


def bound(statement: Statement, text: str, quantity: Quantity, previous: int) -> tuple[Comparator, int]:
    """The comparator, and where the bound behind the number ends."""
    limit = statement.clause_end(quantity.end, text)
    return comparator(text, previous, quantity.start, quantity.end, limit, quantity.fuzzy)


def words_before(statement: Statement, text: str, start: int, stop: int) -> str:
    """The words of text[start:stop) with the times and what leads them taken out."""
    parts, at = [], start
    for time in statement.times:
        if time.start < at or time.end > stop:
            continue
        head = text[at : time.start]
        parts.append(head if _CHANGE_TO.search(head) else _TIME_LEAD.sub("", head))
        at = time.end
        if started := _STARTING.match(text, at):
            parts[-1] = parts[-1].removesuffix("从")
            at = started.end()
        if time.relation is TimeRelation.AGAINST and text.startswith("相比", at):
            at += 2
    parts.append(text[at:stop])
    words = "".join(parts)
    return _WITHIN_YEAR.sub("", words) if "前" in words or "月底" in words else words


def _bracket(statement: Statement, text: str, position: int) -> int:
    """Right behind a bracket that is still open at ``position``; 0 where none is."""
    opened = text.rfind("(", max(statement.start, position - _LONGEST_BRACKET), position)
    return 0 if opened < 0 or ")" in text[opened:position] else opened + 1


def _limit(statement: Statement, text: str, quantity: Quantity, end: int) -> int:
    limit = statement.clause_end(quantity.end, text)
    following = statement.next_token(end)
    return min(limit, following) if following is not None else limit
