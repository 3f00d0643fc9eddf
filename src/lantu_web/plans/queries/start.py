"""What awaits a person on the start page of a zone; each part asks as often for one row as for many."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.documents.enums import UNFINISHED, ReadingState
from lantu_web.documents.models import Reading
from lantu_web.plans.enums import IN_FORCE, AdjustmentState, CandidateState, FindingState, PlanState, Standing
from lantu_web.plans.models import Adjustment, Candidate, Finding, Opinion, Plan, Sentence
from lantu_web.plans.queries.adjustments import adjustments_of_zone
from lantu_web.plans.queries.originals import readings_visible_to
from lantu_web.plans.queries.register import plans_visible_to

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
class Start:
    """None where the person has no right to the part."""

    reviews: list[InReview] | None
    readings: list[OpenReading] | None
    adjustments: list[Adjustment] | None
    in_force: list[Plan] | None


def start_of(by: Person) -> Start:
    """The start page of ``by`` in the acting zone."""
    in_force = plans_visible_to(by).filter(state__in=IN_FORCE).order_by("-approved_on", "name")
    return Start(
        reviews=_reviews(by) if by.may(Right.PLAN_DRAFT_READ) else None,
        readings=_readings(by) if by.may(Right.ORIGINAL_UPLOAD) else None,
        adjustments=_adjustments(by) if by.may(Right.PLAN_READ) else None,
        in_force=list(in_force[:MOST]) if by.may(Right.PLAN_READ) else None,
    )


def _reviews(by: Person) -> list[InReview]:
    plans = plans_visible_to(by).filter(state=PlanState.IN_REVIEW).order_by("name").annotate(
        candidates_left=_number_of(Candidate.objects.filter(state=CandidateState.OPEN)),
        findings_left=_number_of(Finding.objects.filter(state=FindingState.OPEN)),
        text_length=_length_of(Sentence.objects.exclude(standing=Standing.LEFT_OUT)),
        open_length=_length_of(Sentence.objects.filter(standing=Standing.OPEN)),
    )  # fmt: skip
    return [
        InReview(
            plan=plan, candidates=plan.candidates_left, findings=plan.findings_left,
            percent=100 * (plan.text_length - plan.open_length) // plan.text_length if plan.text_length else 0,
        )
        for plan in plans[:MOST]
    ]  # fmt: skip


def _number_of(rows: QuerySet[Candidate] | QuerySet[Finding]) -> Coalesce:
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _length_of(rows: QuerySet[Sentence]) -> Coalesce:
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(length=Sum(Length("text")))
    return Coalesce(Subquery(counted.values("length")), 0)


def _readings(by: Person) -> list[OpenReading]:
    """Those that wait, run or failed, unless the same plan was read again since."""
    same = Reading.objects.filter(purpose=OuterRef("purpose"), purpose_id=OuterRef("purpose_id"))
    newer = same.filter(requested_at__gt=OuterRef("requested_at"))
    rows = readings_visible_to(by).filter(state__in=[*UNFINISHED, ReadingState.FAILED]).exclude(Exists(newer))
    found = list(rows.order_by("-requested_at", "-pk")[:MOST])
    names = dict(plans_visible_to(by).filter(pk__in=[reading.purpose_id for reading in found]).values_list("pk", "name"))
    return [OpenReading(reading=reading, plan_name=names[reading.purpose_id]) for reading in found]


def _adjustments(by: Person) -> list[Adjustment]:
    """For those who prepare them all that are under way, for others those that ask for opinions; ``answered``: this person gave one."""
    wanted = Q(state=AdjustmentState.CONSULTATION)
    if by.may(Right.ADJUSTMENT_WRITE):
        wanted |= Q(state=AdjustmentState.DRAFT)
    own = Opinion.objects.filter(adjustment=OuterRef("pk"), by_id=by.user_id)
    return list(adjustments_of_zone(by).filter(wanted).annotate(answered=Exists(own)).order_by("-created_at", "-pk")[:MOST])
