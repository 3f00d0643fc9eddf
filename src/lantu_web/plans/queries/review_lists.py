"""What is reviewed, as lists for programs: the whole plan or a section of it, narrowed by what was decided."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from lantu_web.plans.models import Candidate, Finding, Plan, Sentence
from lantu_web.plans.queries.outline import BEFORE
from lantu_web.plans.queries.review import SHOWN, findings_of, sentences_of, with_last_act


def sentences_wanted(plan: Plan, *, keys: Collection[int] | None = None, standing: str = "") -> QuerySet[Sentence]:
    """In the order of the text; ``keys``: under those headings only (0: before the first)."""
    found = sentences_of(plan).filter(_under(keys))
    return (found.filter(standing=standing) if standing else found).order_by("position")


def sentences_by_id(plan: Plan, ids: Collection[int]) -> QuerySet[Sentence]:
    return sentences_of(plan).filter(pk__in=ids).order_by("position")


def candidates_wanted(
    plan: Plan, *, keys: Collection[int] | None = None, kind: str = "", state: str = "", in_doubt: bool = False
) -> QuerySet[Candidate]:  # fmt: skip
    """In the order of the text; without ``state`` all that were not replaced or dropped."""
    found = Candidate.objects.filter(_under(keys), plan=plan, state__in=[state] if state else SHOWN)
    if kind:
        found = found.filter(kind=kind)
    if in_doubt:
        found = found.exclude(doubt="")
    return with_last_act(found).order_by("start", "end", "pk")


def findings_wanted(plan: Plan, *, state: str = "") -> QuerySet[Finding]:
    found = findings_of(plan)
    return (found.filter(state=state) if state else found).order_by("start", "pk")


def _under(keys: Collection[int] | None) -> Q:
    if keys is None:
        return Q()
    under = Q(heading__in=set(keys) - {BEFORE})
    return under | Q(heading=None) if BEFORE in keys else under
