"""What awaits a person on the start page of a zone; each part asks as often for one row as for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.documents.enums import UNFINISHED, ReadingState
from lantu_web.documents.models import Reading
from lantu_web.documents.queries import OF_PLANS
from lantu_web.lib import clock
from lantu_web.plans.enums import IN_FORCE, AdjustmentState, CandidateState, FindingState, PlanState, Standing
from lantu_web.plans.models import Adjustment, Candidate, Finding, Opinion, Plan, Sentence
from lantu_web.plans.queries.adjustments import adjustments_of_zone
from lantu_web.plans.queries.originals import readings_visible_to
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.plans.rulebook import failed_for

T = TypeVar("T")
M = TypeVar("M", bound=Model)
MOST = 8  # rows of one part; the rest is in the register


@dataclass(frozen=True, slots=True, kw_only=True)
class InReview:
    """A plan in review and what is left to decide; ``percent`` of its text is decided, rounded down."""

    plan: Plan
    percent: int
    candidates: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReading:
    """A reading that runs or failed, with the name of its plan."""

    reading: Reading
    plan_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[T]):
    """The first rows of a part, and how many there are in truth."""

    rows: list[T]
    count: int

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """None where the person has no right to the part."""

    reviews: Part[InReview] | None
    readings: Part[OpenReading] | None
    adjustments: Part[Adjustment] | None
    in_force: Part[Plan] | None


def start_of(by: Person) -> Start:
    """The start page of ``by`` in the acting zone."""
    in_force = plans_visible_to(by).filter(state__in=IN_FORCE).order_by("-approved_on", "name")
    return Start(
        reviews=_reviews(by) if by.may(Right.PLAN_DRAFT_READ) else None,
        readings=_readings(by) if by.may(Right.ORIGINAL_UPLOAD) else None,
        adjustments=_adjustments(by) if by.may(Right.PLAN_READ) else None,
        in_force=_first(in_force) if by.may(Right.PLAN_READ) else None,
    )


def _first(found: QuerySet[M]) -> Part[M]:
    rows = list(found[:MOST])
    return Part(rows=rows, count=_number(found, len(rows)))


def _number(found: QuerySet[Any], shown: int) -> int:
    """Of all rows; asked for only where there may be more than are shown."""
    return found.count() if shown == MOST else shown


def _reviews(by: Person) -> Part[InReview]:
    plans = plans_visible_to(by).filter(state=PlanState.IN_REVIEW).order_by("name").annotate(
        candidates_left=_number_of(Candidate.objects.filter(state=CandidateState.OPEN)),
        findings_left=_number_of(Finding.objects.filter(state=FindingState.OPEN)),
        text_length=_length_of(Sentence.objects.exclude(standing=Standing.LEFT_OUT)),
        open_length=_length_of(Sentence.objects.filter(standing=Standing.OPEN)),
    )  # fmt: skip
    rows = [
        InReview(
            plan=plan, candidates=plan.candidates_left, findings=plan.findings_left,
            percent=100 * (plan.text_length - plan.open_length) // plan.text_length if plan.text_length else 0,
        )
        for plan in plans[:MOST]
    ]  # fmt: skip
    return Part(rows=rows, count=_number(plans, len(rows)))


def _number_of(rows: QuerySet[Candidate] | QuerySet[Finding]) -> Coalesce:
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _length_of(rows: QuerySet[Sentence]) -> Coalesce:
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(length=Sum(Length("text")))
    return Coalesce(Subquery(counted.values("length")), 0)


def _readings(by: Person) -> Part[OpenReading]:
    """Those that wait or run, and those that failed of late, unless the same plan was read again since."""
    since = Reading.objects.filter(purpose__in=OF_PLANS, purpose_id=OuterRef("purpose_id"), requested_at__gt=OuterRef("requested_at"))
    failed = Q(state=ReadingState.FAILED, requested_at__gte=clock.now() - failed_for())
    wanted = readings_visible_to(by).filter(Q(state__in=UNFINISHED) | failed).exclude(Exists(since.exclude(state=ReadingState.CANCELLED)))
    found = _first(wanted.order_by("-requested_at", "-pk"))
    names = dict(plans_visible_to(by).filter(pk__in=[reading.purpose_id for reading in found.rows]).values_list("pk", "name"))
    return Part(rows=[OpenReading(reading=reading, plan_name=names[reading.purpose_id]) for reading in found.rows], count=found.count)


def _adjustments(by: Person) -> Part[Adjustment]:
    """For those who prepare them all that are under way, for others those that ask for opinions; ``answered``: this person gave one."""
    wanted = Q(state=AdjustmentState.CONSULTATION)
    if by.may(Right.ADJUSTMENT_WRITE):
        wanted |= Q(state=AdjustmentState.DRAFT)
    own = Opinion.objects.filter(adjustment=OuterRef("pk"), by_id=by.user_id)
    return _first(adjustments_of_zone(by).filter(wanted).annotate(answered=Exists(own)).order_by("-created_at", "-pk"))
