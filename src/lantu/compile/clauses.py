"""A sentence with numbers, cut into clauses, and the time that governs each number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from lantu.compile.quantities import Quantity, spot
from lantu.compile.reading import Reading, Sentence
from lantu.language.time import TimeKind, TimeRef, TimeRelation
from lantu.patterns import compiled, hint, regex

# A comma or colon inside a number (1,234; 2:48.2:49.8; 10:05) ends nothing.
_CUT = compiled(r"[,:;。!?\n—](?:(?<=[;。!?\n])|(?<=,)(?:(?<!\d,)|(?!\d{3}(?!\d)))|(?<=:)(?:(?<!\d:)|(?!\d))|(?<=—)—)")
_QUANTITY_HINT = hint(
    r"\d分翻十百千万亿二两三四五六七八九",
    r"\d|分之|翻.{1,3}番|[十百千万亿二两三四五六七八九](?:余|多)?[百千万亿]?(?:家|所|座|处|户|亩|元|人|名|公里|倍|吨|个|项|条|件|万|亿|成)",
)


# Words further from a number than this do not belong to it, whatever marks a page has lost.
_LONGEST_CLAUSE = 240
_MARKS = ",:;。!?—\n"


class Statement(NamedTuple):
    """A whole 。-sentence with its quantities and times, and the places where its clauses end."""

    start: int
    end: int
    section: int
    quantities: tuple[Quantity, ...]
    times: tuple[TimeRef, ...]
    cuts: tuple[int, ...]  # places right after a cut, the sentence's start first

    def with_quantities(self, quantities: tuple[Quantity, ...]) -> Statement:
        return self._replace(quantities=quantities)

    def clause_start(self, position: int) -> int:
        return max(self.cuts[bisect_right(self.cuts, position) - 1], position - _LONGEST_CLAUSE)

    def clause_start_before(self, clause: int) -> int | None:
        """Where the clause before the one that starts at ``clause`` starts; None for the first."""
        index = bisect_right(self.cuts, clause) - 1
        if index >= 0 and self.cuts[index] == clause:
            index -= 1
        return self.cuts[index] if index >= 0 else None

    def quantity_from(self, position: int) -> Quantity | None:
        """The first quantity at or behind ``position``."""
        index = bisect_left(self.quantities, position, key=_start)
        return self.quantities[index] if index < len(self.quantities) else None

    def quantity_before(self, position: int) -> Quantity | None:
        """The last quantity that starts before ``position``."""
        index = bisect_left(self.quantities, position, key=_start) - 1
        return self.quantities[index] if index >= 0 else None

    def next_token(self, position: int) -> int | None:
        """Where the next quantity or time at or behind ``position`` starts."""
        starts = []
        for tokens in (self.quantities, self.times):
            index = bisect_left(tokens, position, key=_start)
            if index < len(tokens):
                starts.append(tokens[index].start)
        return min(starts, default=None)

    def clause_end(self, position: int, text: str) -> int:
        index = bisect_right(self.cuts, position)
        end = min(self.cuts[index] if index < len(self.cuts) else self.end, position + _LONGEST_CLAUSE)
        return position + len(text[position:end].rstrip(_MARKS)) if end > position else end


def _start(token: Quantity | TimeRef) -> int:
    return token.start


def statements(reading: Reading) -> Iterator[Statement]:
    """The sentences that hold a quantity, each read once; parts parted by ; belong together."""
    text = reading.text
    for sentence in _joined(reading.sentences, text):
        if not _QUANTITY_HINT.search(text, sentence.start, sentence.end):
            continue
        yield from _pieces(sentence, text, list(spot(text, sentence.start, sentence.end)))


# No sentence of a plan has so many numbers and times; a longer row of them (a table without marks) is read piece by piece, so that
# the time it takes grows with its length only.
_MOST_TOKENS = 120


def _pieces(sentence: Sentence, text: str, tokens: list[Quantity | TimeRef]) -> Iterator[Statement]:
    start = sentence.start
    for first in range(0, len(tokens), _MOST_TOKENS):
        piece = tokens[first : first + _MOST_TOKENS]
        end = sentence.end if first + _MOST_TOKENS >= len(tokens) else tokens[first + _MOST_TOKENS].start
        quantities = tuple(token for token in piece if isinstance(token, Quantity))
        if quantities:
            times = tuple(token for token in piece if isinstance(token, TimeRef))
            cuts = (start, *(match.end() for match in _CUT.finditer(text, start, end)))
            yield Statement(start, end, sentence.section, quantities, times, cuts)
        start = end


def _joined(sentences: tuple[Sentence, ...], text: str) -> Iterator[Sentence]:
    """Sentences with those that end in ; joined to the next of the same line."""
    held: Sentence | None = None  # one that ends in ;
    for sentence in sentences:
        whole = sentence
        if held is not None:
            if held.line == sentence.line:
                whole = Sentence(held.start, sentence.end, held.line, held.section)
            else:
                yield held
        held = whole if text[whole.end - 1] == ";" else None
        if held is None:
            yield whole
    if held is not None:
        yield held


class TimeScope(NamedTuple):
    """``at`` governs the number; ``against`` is the base of its comparison; ``local`` is a 每年/年均 of its own clause."""

    at: TimeRef | None
    against: TimeRef | None
    local: bool


def time_scope(statement: Statement, text: str, clause: int, previous_end: int, number: int) -> TimeScope:
    """The times that bear on the number at ``number``, whose clause starts at ``clause``."""
    governing: TimeRef | None = None
    against: TimeRef | None = None
    yearly: TimeRef | None = None
    for time in statement.times:
        if time.start >= number:
            break
        if time.relation is TimeRelation.AGAINST:
            against = time if time.start >= previous_end else against
        elif time.kind is TimeKind.PER_YEAR and text.startswith("年均", time.start):
            yearly = time if time.start >= max(clause, previous_end) else None
        elif _governs(time, text, statement, number):
            governing = time
    return TimeScope(yearly or governing, against, yearly is not None)


# A time that belongs to a name (…规划, 三年行动, 《…》) governs nothing.
_NAME_AFTER = compiled(
    r"^(?:的?(?:不变价|可比价|价格)|远景|规划(?!期)|行动|计划|纲要|发展规划|版|更新|修订|禁毒|攻坚|人民战争|方案|一遇|制(?!定|造)|期(?!间|末))"
)


# A date at the head of the whole sentence governs it beyond a semicolon, a later one does not.
_HEAD = regex(r"(?:——|[,、“\"(])?(?:力争|预计|确保|计划|规划|截至|截止|到|至|在)?")
# 五年降低20%, 五年累计180亿元: so much over so many years.
_SPANNED = regex(
    r"(?:累计|共|总共|内|间)?(?:提高|提升|增长|增加|下降|降低|减少|压减|削减|新增|完成|投入|投资|累计|达到|实现|建成|引进)"
)


_LONGEST_TITLE = 80


def _governs(time: TimeRef, text: str, statement: Statement, number: int) -> bool:
    if _NAME_AFTER.match(text[time.end : time.end + 4]) or text.endswith(("提前", "推迟", "延长"), statement.start, time.start):
        return False
    if text.find(";", time.end, number) >= 0 and not _HEAD.fullmatch(text, statement.start, time.start):
        return False
    opened = text.rfind("《", max(statement.start, time.start - _LONGEST_TITLE), time.start)
    if opened >= 0 and text.find("》", opened, time.start) < 0:
        return False
    if time.kind is TimeKind.DURATION:
        return time.start == statement.clause_start(time.start) or _SPANNED.match(text, time.end) is not None
    return True
