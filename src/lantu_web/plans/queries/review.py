"""What the review workbench shows: the text, the candidates, the findings, the coverage, and who decided what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Reach, Right
from lantu_web.documents.models import ReadingResult
from lantu_web.plans.enums import CandidateState, Standing
from lantu_web.plans.models import Candidate, Decision, Finding, Heading, Plan, Sentence
from lantu_web.plans.queries.outline import BEFORE, NO_TEXT, Outline, outline

SHOWN = (CandidateState.OPEN, CandidateState.ACCEPTED, CandidateState.REJECTED)


class Piece(NamedTuple):
    """A sentence, a heading or a cell of the text, as light as it can be: a plan has thousands."""

    pk: int
    heading: int | None
    block: int
    layout: str
    row: int | None
    column: int | None
    row_span: int
    column_span: int
    start: int
    end: int
    text: str
    standing: str
    reason: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the text is decided. Characters and sentences of all that is no heading; what is left to do."""

    covered: int
    not_a_task: int
    open: int
    covered_sentences: int
    not_a_task_sentences: int
    open_sentences: int
    open_candidates: int
    decided_candidates: int
    open_findings: int

    @property
    def characters(self) -> int:
        return self.covered + self.not_a_task + self.open

    def percent(self, part: int) -> int:
        """Whole percent, rounded down: 100 is said only when nothing is left."""
        return 100 * part // self.characters if self.characters else 0

    @property
    def covered_percent(self) -> int:
        return self.percent(self.covered)

    @property
    def not_a_task_percent(self) -> int:
        return self.percent(self.not_a_task)

    @property
    def done_percent(self) -> int:
        return self.percent(self.covered + self.not_a_task)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which candidates are shown; empty means all (of those that were not replaced or dropped). ``whose``: mine or others."""

    kind: str = ""
    state: str = ""
    doubt: bool = False
    whose: str = ""

    @property
    def is_on(self) -> bool:
        return bool(self.kind or self.state or self.doubt or self.whose)


def plans_to_look_into(by: Person) -> QuerySet[Plan]:
    """Plans whose review the person may see: drafts are read by those with the right, in its reach."""
    plans = Plan.objects.filter(zone_id=by.zone_id or 0).select_related("unit", "reading", "zone")
    match by.reach(Right.PLAN_DRAFT_READ):
        case Reach.NONE:
            return plans.none()
        case Reach.OWN_UNIT:
            return plans.filter(unit__in=by.unit_ids)
        case _:
            return plans


def candidates_to_look_into(by: Person, plan_id: int) -> QuerySet[Candidate]:
    """Those of one such plan, each with it."""
    return Candidate.objects.filter(plan__in=plans_to_look_into(by).filter(pk=plan_id)).select_related("plan")


def headings_of(plan: Plan) -> QuerySet[Heading]:
    return Heading.objects.filter(plan=plan)


def with_last_act(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """``last_act`` and ``last_reason`` beside ``decided_by``: one query for all."""
    last = Decision.objects.filter(candidate=OuterRef("pk")).order_by("-at", "-id")
    return candidates.select_related("decided_by").annotate(last_act=Subquery(last.values("act")[:1]))


def candidates_of(plan: Plan, keys: Iterable[int], chosen: Filter, by: Person) -> QuerySet[Candidate]:
    """Candidates under those headings (0: before the first), in the order of their sentences."""
    found = Candidate.objects.filter(_under(keys), plan=plan)
    found = found.filter(state=chosen.state) if chosen.state else found.filter(state__in=SHOWN)
    if chosen.kind:
        found = found.filter(kind=chosen.kind)
    if chosen.doubt:
        found = found.exclude(doubt="")
    if chosen.whose == "mine":
        found = found.filter(decided_by_id=by.user_id)
    elif chosen.whose == "others":
        found = found.filter(decided_by__isnull=False).exclude(decided_by_id=by.user_id)
    return with_last_act(found).order_by("start", "end", "pk")


def open_candidates_below(plan: Plan, keys: Iterable[int]) -> QuerySet[Candidate]:
    """What an acceptance of the section would accept, doubtful ones among it."""
    return Candidate.objects.filter(_under(keys), plan=plan, state=CandidateState.OPEN).order_by("start", "end", "pk")


def open_sentences_below(plan: Plan, keys: Iterable[int]) -> QuerySet[Sentence]:
    return Sentence.objects.filter(_under(keys), plan=plan, standing=Standing.OPEN).order_by("position")


def candidates_by_id(plan: Plan, ids: Iterable[int]) -> QuerySet[Candidate]:
    return with_last_act(Candidate.objects.filter(plan=plan, pk__in=ids)).order_by("start", "end", "pk")


def sentences_of(plan: Plan) -> QuerySet[Sentence]:
    return Sentence.objects.filter(plan=plan)


def findings_of(plan: Plan) -> QuerySet[Finding]:
    return Finding.objects.filter(plan=plan).select_related("settled_by", "candidate", "heading")


def pieces_of(plan: Plan) -> list[Piece]:
    """The whole text in order."""
    return list(map(Piece._make, Sentence.objects.filter(plan=plan).order_by("position").values_list(*_COLUMNS)))


def pieces_between(plan: Plan, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """The sentences that any of the spans overlaps."""
    if not spans:
        return []
    rows = Sentence.objects.filter(plan=plan, start__lt=max(end for _start, end in spans), end__gt=min(start for start, _end in spans))
    found = map(Piece._make, rows.order_by("position").values_list(*_COLUMNS))
    return [piece for piece in found if any(piece.start < end and start < piece.end for start, end in spans)]


def places_of(plan: Plan, spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """For the start of each span the id of the sentence it lies in, to lead there."""
    if not spans:
        return {}
    starts = [start for start, _end in spans]
    rows = list(
        Sentence.objects.filter(plan=plan, end__gt=min(starts), start__lte=max(starts)).order_by("start").values_list("start", "pk")
    )
    if not rows:
        return {}
    begins = [start for start, _pk in rows]
    return {start: rows[max(0, bisect_right(begins, start) - 1)][1] for start in starts}


def coverage(plan: Plan, found: Outline | None = None) -> Coverage:
    """``found`` is an outline that is at hand already: then it takes no query."""
    found = found or outline(plan)
    counts, text = found.total, found.text
    covered, left, still_open = (text.get(standing, NO_TEXT) for standing in (Standing.COVERED, Standing.NOT_A_TASK, Standing.OPEN))
    return Coverage(
        covered=covered.characters, covered_sentences=covered.sentences, not_a_task=left.characters, not_a_task_sentences=left.sentences,
        open=still_open.characters, open_sentences=still_open.sentences, open_candidates=counts.open,
        decided_candidates=counts.accepted + counts.rejected, open_findings=counts.findings,
    )  # fmt: skip


def history(row: Candidate | Sentence | Finding) -> QuerySet[Decision]:
    """Every decision on it, the last first."""
    return Decision.objects.filter(**{str(row._meta.model_name): row}).select_related("by").order_by("-at", "-id")


def text_of(plan: Plan) -> str:
    """The canonical text that is reviewed; empty where nothing was read."""
    return ReadingResult.objects.filter(reading=plan.reading_id).values_list("text", flat=True).first() or ""


def words_at(plan: Plan, start: int, end: int) -> str:
    """What stands there, at most a thousand characters of it."""
    return text_of(plan)[start : min(end, start + 1000)].strip()


def _under(keys: Iterable[int]) -> Q:
    wanted = set(keys)
    under = Q(heading__in=wanted - {BEFORE})
    return under | Q(heading=None) if BEFORE in wanted else under


_COLUMNS = (
    "pk", "heading", "block", "layout", "row", "column", "row_span", "column_span", "start", "end", "text", "standing", "reason",
    "revision",
)  # fmt: skip
