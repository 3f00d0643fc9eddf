"""Quantified targets and actuals of the running text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from lantu.compile.claims import Claim, ClaimReader
from lantu.compile.clauses import Statement, TimeScope, statements, time_scope
from lantu.compile.reading import Reading
from lantu.compile.tense import Tense
from lantu.language.time import TimeKind, TimeRef, TimeRelation
from lantu.language.units import to_base
from lantu.model import Comparator, Figure, FigurePeriod, MeasureKind

# A quotation begins at the date that governs it, unless that stands further away than this.
_LONGEST_QUOTE = 300
# Summed up over the years that the text speaks of.
_CUMULATIVE = "累计"


def read_figures(reading: Reading, tabled: Iterable[Figure] = ()) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """(targets, actuals) in the order of the text; the numbers of the targets leave room for those of tables."""
    tense, tabled_before = Tense(reading), sorted(figure.span.start for figure in tabled)
    targets: list[Figure] = []
    actuals: list[Figure] = []
    for statement in statements(reading):
        for claim, scope, past in _claims(reading, statement, tense):
            found = actuals if past else targets
            number = len(found) + 1 + (0 if past else bisect_left(tabled_before, claim.quantity.start))
            found.append(_figure(f"{'A' if past else 'T'}{number}", reading, statement, claim, scope))
    return tuple(targets), tuple(actuals)


def _claims(reading: Reading, statement: Statement, tense: Tense) -> Iterator[tuple[Claim, TimeScope, bool]]:
    """The claims of a statement that have a subject, the times that bear on them, and whether they look back."""
    text = reading.text
    for claim in ClaimReader(statement, text).claims():
        if not claim.subject:
            continue
        scope = time_scope(statement, text, claim.clause, claim.previous_end, claim.quantity.start)
        clause = text[claim.clause : claim.end]
        yield claim, scope, tense.is_past(scope.at, clause, statement)


def _figure(id: str, reading: Reading, statement: Statement, claim: Claim, scope: TimeScope) -> Figure:
    start = _quote_start(claim, scope, statement)
    anchor = reading.anchor(start, claim.end)
    high = claim.quantity.high
    base = to_base(claim.value, claim.unit)
    base_high = to_base(high, claim.unit) if high is not None else None
    year, period = _when(_bearing(scope.at, claim), reading)
    if period in (None, FigurePeriod.PER_YEAR) and _CUMULATIVE in reading.text[claim.clause : claim.end]:
        period = FigurePeriod.SPAN
    return Figure(
        id=id, section=reading.section_id(start), subject=claim.subject, value=claim.value, value_high=high, unit=claim.unit,
        comparator=Comparator.RANGE if high is not None else claim.comparator,
        value_si=base[0] if base else None, value_high_si=base_high[0] if base_high else None, unit_si=base[1] if base else None,
        year=claim.year or year, period=period, measure=claim.measure, baseline=claim.baseline,
        baseline_year=claim.baseline_year or (scope.against.last if scope.against else None),
        doubt="numbers_run_together" if claim.run_together else reading.document.doubt_at(start, claim.end),
        quote=reading.text[start : claim.end], span=anchor.span, raw_span=anchor.raw_span,
    )  # fmt: skip


def _quote_start(claim: Claim, scope: TimeScope, statement: Statement) -> int:
    start = claim.clause
    if scope.at is not None and statement.start <= scope.at.start < start and claim.end - scope.at.start <= _LONGEST_QUOTE:
        return scope.at.start
    return start


def _bearing(time: TimeRef | None, claim: Claim) -> TimeRef | None:
    """The time that bears on the claim: a span or 每年 of another clause sums up additions, not levels."""
    if time is None or time.start >= claim.clause or time.kind not in (TimeKind.SPAN, TimeKind.DURATION, TimeKind.PER_YEAR):
        return time
    return None if claim.measure in (MeasureKind.LEVEL, MeasureKind.KEEP) else time


def _when(time: TimeRef | None, reading: Reading) -> tuple[int | None, FigurePeriod | None]:
    if time is None:
        return None, None
    if time.kind is TimeKind.PER_YEAR:
        return None, FigurePeriod.PER_YEAR
    if time.relation is TimeRelation.SINCE:
        return None, FigurePeriod.SPAN
    if time.kind is TimeKind.POINT:
        return time.last, FigurePeriod.BY
    if time.kind is TimeKind.RELATIVE_YEAR:
        return (reading.issued_year + time.offset if reading.issued_year else None), FigurePeriod.BY
    return None, FigurePeriod.SPAN
