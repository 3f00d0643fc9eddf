"""The register of plans (规划目录清单): who sees which plans, found, sorted and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Reach, Right
from lantu_web.plans.enums import BEFORE_APPROVAL, IN_FORCE, CandidateState, FindingState, PlanKind, PlanLevel, PlanState, Standing
from lantu_web.plans.models import Candidate, Finding, Plan, Sentence

ANY_IN_FORCE = "in_force"  # looked for as a state: approved, adjusted or not
SORTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "name": ("name",),
    "kind": ("kind", "name"),
    "level": ("level", "name"),
    "unit": ("unit__name", "name"),
    "period": ("period_start", "period_end", "name"),
    "state": ("state", "name"),
    "number": ("document_number", "name"),
    "filed": ("filed_on", "name"),
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for in the register; "" and None mean: all. ``sort`` is a key of SORTS, with a minus the other way round."""

    text: str = ""
    state: str = ""
    kind: str = ""
    level: str = ""
    year: int | None = None
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A plan of the register; ``depth`` counts the upper plans above it that are shown too."""

    plan: Plan
    depth: int = 0
    children: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Characters of sentences by standing; headings do not count. ``percent`` is rounded down, so that 100 means all."""

    characters: Mapping[str, int] = field(default_factory=dict)
    sentences: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.characters.values())

    @property
    def open_sentences(self) -> int:
        return self.sentences.get(Standing.OPEN, 0)

    @property
    def percent(self) -> int:
        return 100 * (self.total - self.characters.get(Standing.OPEN, 0)) // self.total if self.total else 0


def plans_below(by: Person, plan: Plan) -> QuerySet[Plan]:
    """Lower plans of a plan that the person may see."""
    return plans_visible_to(by).filter(parent=plan)


def plans_visible_to(by: Person) -> QuerySet[Plan]:
    """The plans of the acting zone that the person may see: approved ones by PLAN_READ, earlier ones as far as PLAN_DRAFT_READ reaches."""
    plans = Plan.objects.filter(zone_id=by.zone_id or 0).select_related("zone", "unit")
    seen = Q(pk__in=[])
    if by.may(Right.PLAN_READ):
        seen |= ~Q(state__in=BEFORE_APPROVAL)
    if by.reach(Right.PLAN_DRAFT_READ) >= Reach.ZONE:
        seen |= Q(state__in=BEFORE_APPROVAL)
    elif by.may(Right.PLAN_DRAFT_READ):
        seen |= Q(state__in=BEFORE_APPROVAL, unit_id__in=by.unit_ids)
    return plans.filter(seen)


def parents_seen(by: Person, plans: Iterable[Plan]) -> dict[int, Plan]:
    """The upper plans of those, by id, as far as the person may see them: an approved plan may stand below one that is not."""
    above = {plan.parent_id for plan in plans if plan.parent_id is not None}
    return plans_visible_to(by).in_bulk(above) if above else {}


def register(by: Person, wanted: Wanted) -> QuerySet[Plan]:
    """What the person finds, in the order asked for; each with ``undecided``: how many candidates are still open."""
    open_ones = Candidate.objects.filter(plan=OuterRef("pk"), state=CandidateState.OPEN).order_by().values("plan").annotate(Count("pk"))
    plans = plans_visible_to(by).filter(_matches(wanted)).annotate(undecided=Coalesce(Subquery(open_ones.values("pk__count")), 0))
    name, is_down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    if name not in SORTS:
        return plans.order_by(F("period_start").desc(nulls_last=True), "name")
    return plans.order_by(*(F(key).desc(nulls_last=True) if is_down else F(key).asc(nulls_last=True) for key in SORTS[name]), "pk")


def _matches(wanted: Wanted) -> Q:
    found = Q()
    for name, value, known in (
        ("state", wanted.state, PlanState.values), ("kind", wanted.kind, PlanKind.values), ("level", wanted.level, PlanLevel.values),
    ):  # fmt: skip
        if value in known:
            found &= Q(**{name: value})
    if wanted.state == ANY_IN_FORCE:
        found &= Q(state__in=IN_FORCE)
    if wanted.year is not None:
        found &= Q(period_start__lte=wanted.year, period_end__gte=wanted.year)
    for word in wanted.text.replace("\x00", "").split():
        found &= (
            Q(name__icontains=word) | Q(document_number__icontains=word) | Q(issuing_body__icontains=word)
            | Q(approving_body__icontains=word) | Q(unit__name__icontains=word) | Q(filing_number__icontains=word)
        )  # fmt: skip
    return found


def as_tree(plans: Iterable[Plan]) -> list[Row]:
    """The same plans, each below its upper plan where that is among them (1+4+16+N), in the given order otherwise."""
    listed = list(plans)
    shown = {plan.pk for plan in listed}
    below: dict[int | None, list[Plan]] = {}
    for plan in listed:
        below.setdefault(plan.parent_id if plan.parent_id in shown else None, []).append(plan)
    rows: list[Row] = []
    waiting = [(plan, 0) for plan in reversed(below.get(None, []))]
    while waiting:
        plan, depth = waiting.pop()
        children = below.get(plan.pk, [])
        rows.append(Row(plan=plan, depth=depth, children=len(children)))
        waiting.extend((child, depth + 1) for child in reversed(children))
    return rows


def possible_parents(by: Person, plan: Plan | None) -> QuerySet[Plan]:
    """Plans of the zone under which it may stand: all that are seen but itself and those below it."""
    plans = plans_visible_to(by).order_by("name")
    return plans.exclude(pk__in=[plan.pk, *below(plan)]) if plan is not None else plans


def below(plan: Plan) -> set[int]:
    """Ids of all plans under it, however deep; one query a level."""
    found: set[int] = set()
    layer = {plan.pk}
    while layer:
        layer = set(Plan.objects.filter(parent_id__in=layer).order_by().values_list("pk", flat=True)) - found
        found |= layer
    return found


def coverage_of(plan: Plan) -> Coverage:
    """How much of its running text is covered, deliberately left, or still open."""
    sentences = Sentence.objects.filter(plan=plan).exclude(standing=Standing.LEFT_OUT).order_by()
    rows = list(sentences.values_list("standing").annotate(length=Sum(Length("text")), number=Count("pk")))
    return Coverage(
        characters={standing: characters for standing, characters, _number in rows},
        sentences={standing: number for standing, _characters, number in rows},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is still to be decided in a review."""

    candidates: int
    accepted: int
    findings: int
    doubts: int


def left_of(plan: Plan) -> Left:
    """Two queries, whatever the size of the plan."""
    counts = Candidate.objects.filter(plan=plan).order_by().aggregate(
        candidates=Count("pk", filter=Q(state=CandidateState.OPEN)), accepted=Count("pk", filter=Q(state=CandidateState.ACCEPTED)),
        doubts=Count("pk", filter=Q(state=CandidateState.OPEN) & ~Q(doubt="")),
    )  # fmt: skip
    return Left(**counts, findings=Finding.objects.filter(plan=plan, state=FindingState.OPEN).count())
