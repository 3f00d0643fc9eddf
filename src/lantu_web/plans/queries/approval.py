"""What an approval would freeze, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantu_web.documents.enums import UNFINISHED
from lantu_web.documents.models import Reading
from lantu_web.plans.enums import AdjustmentState, CandidateState, FindingState, ItemKind, Standing
from lantu_web.plans.models import Adjustment, Candidate, Decision, Finding, Plan, Reimport, Sentence
from lantu_web.plans.queries.register import coverage_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A heading below which something is still undecided; ``heading`` is None before the first one."""

    title: str
    count: int
    heading: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurdle:
    """Why a plan cannot be approved (or closed) now. ``code`` is stable, ``message`` for the person."""

    code: str
    message: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    kind: ItemKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What will be frozen, and what the person should know of before: open sentences and findings do not hinder."""

    kinds: tuple[KindCount, ...]
    open_sentences: int
    open_findings: int
    covered_percent: int

    @property
    def total(self) -> int:
        return sum(kind.count for kind in self.kinds)


def hurdles_of_approval(plan: Plan) -> tuple[Hurdle, ...]:
    """Everything that stands in the way of an approval; empty where nothing does."""
    found = [*_under_way(plan), *_undecided(plan)]
    if not accepted_candidates(plan).exists():
        found.append(Hurdle(code="nothing_accepted", message=_("Nothing of the plan has been accepted yet.")))
    return tuple(found)


def hurdles_of_closing(plan: Plan) -> tuple[Hurdle, ...]:
    """Adjustments that are under way must be approved or withdrawn first."""
    count = Adjustment.objects.filter(plan=plan, state__in=[AdjustmentState.DRAFT, AdjustmentState.CONSULTATION]).count()
    if not count:
        return ()
    message = ngettext("%(count)s adjustment is still under way.", "%(count)s adjustments are still under way.", count)
    return (Hurdle(code="adjustment", message=message % {"count": count}),)


def hurdles_of_taking_back(plan: Plan) -> tuple[Hurdle, ...]:
    """Decisions are never undone by taking the text away; what is under way would come to nothing."""
    found = _under_way(plan)
    if Decision.objects.filter(plan=plan).exists():
        found.append(Hurdle(code="decided", message=_("Something of this text has been decided already.")))
    return tuple(found)


def summary_of_approval(plan: Plan) -> Summary:
    counts = dict(accepted_candidates(plan).order_by().values_list("kind").annotate(Count("pk")))
    return Summary(
        kinds=tuple(KindCount(kind=kind, count=counts[kind]) for kind in ItemKind if kind in counts),
        open_sentences=Sentence.objects.filter(plan=plan, standing=Standing.OPEN).count(),
        open_findings=Finding.objects.filter(plan=plan, state=FindingState.OPEN).count(),
        covered_percent=coverage_of(plan).percent,
    )


def accepted_candidates(plan: Plan) -> QuerySet[Candidate]:
    return Candidate.objects.filter(plan=plan, state=CandidateState.ACCEPTED)


def _under_way(plan: Plan) -> list[Hurdle]:
    found = []
    if Reading.objects.filter(purpose__in=["review", "reimport"], purpose_id=plan.pk, state__in=UNFINISHED).exists():
        found.append(Hurdle(code="reading", message=_("A file of this plan is being read.")))
    if Reimport.objects.filter(plan=plan, applied_at=None, given_up_at=None).exists():
        found.append(Hurdle(code="reimport", message=_("An amended file waits to be taken over or given up.")))
    return found


def _undecided(plan: Plan) -> list[Hurdle]:
    places = tuple(
        Place(title=f"{number or ''} {title or ''}".strip(), count=count, heading=heading)
        for number, title, heading, count in Candidate.objects.filter(plan=plan, state=CandidateState.OPEN)
        .order_by(F("heading__position").asc(nulls_first=True))
        .values_list("heading__number", "heading__title", "heading")
        .annotate(Count("pk"))
    )
    count = sum(place.count for place in places)
    if not count:
        return []
    message = ngettext("%(count)s candidate is still undecided.", "%(count)s candidates are still undecided.", count)
    return [Hurdle(code="open_candidates", message=message % {"count": count}, places=places)]

