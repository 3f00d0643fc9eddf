"""Amended texts of plans in review: their differences, what is still to be decided, whether the review went on meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from lantu_web.accounts.acting import Person
from lantu_web.plans.differences import FieldPair, changed_fields
from lantu_web.plans.enums import CandidateState, Choice, Difference
from lantu_web.plans.models import Candidate, Plan, Reimport, ReimportLine
from lantu_web.plans.queries.register import plans_visible_to

CHOOSABLE = (Difference.CHANGED, Difference.NEW, Difference.DROPPED)
REVIEWED = (CandidateState.OPEN, CandidateState.ACCEPTED, CandidateState.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line as the page shows it: what was accepted (or is there), what the amended text says."""

    row: ReimportLine
    place: str
    changes: tuple[FieldPair, ...]  # none where the whole is new or falls away
    quote_before: str

    @property
    def is_choosable(self) -> bool:
        return self.row.difference in CHOOSABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many lines of one difference, and how many of them are still to be decided."""

    difference: Difference
    count: int
    open: int


def reimports_visible_to(by: Person) -> QuerySet[Reimport]:
    return Reimport.objects.filter(plan__in=plans_visible_to(by)).select_related("plan", "plan__zone", "plan__unit", "reading", "closed_by")


def reimports_of(plan: Plan) -> QuerySet[Reimport]:
    """Newest first."""
    return Reimport.objects.filter(plan=plan).select_related("reading", "closed_by").order_by("-created_at", "-pk")


def reimport_lines(reimport: Reimport) -> QuerySet[ReimportLine]:
    return reimport.lines.select_related("candidate")


def open_reimport_of(plan: Plan) -> Reimport | None:
    return Reimport.objects.filter(plan=plan, applied_at=None, given_up_at=None).first()


def tallies_of(reimport: Reimport) -> tuple[Tally, ...]:
    """In the order of the closed words; all of them, so that a zero is told too."""
    rows = reimport.lines.order_by().values_list("difference", "choice").annotate(Count("pk"))
    counts = {(difference, choice): count for difference, choice, count in rows}
    return tuple(
        Tally(
            difference=difference, open=counts.get((difference, Choice.OPEN), 0),
            count=sum(count for (found, _choice), count in counts.items() if found == difference),
        )
        for difference in Difference
    )  # fmt: skip


def lines_wanted(reimport: Reimport, *, difference: str = "", only_open: bool = False) -> QuerySet[ReimportLine]:
    """In the order of the amended text, dropped lines where they stood; unchanged ones only when asked for."""
    lines = reimport.lines.select_related("candidate", "candidate__heading")
    lines = lines.order_by(Coalesce("start", "candidate__start"), "pk")
    lines = lines.filter(difference=difference) if difference in Difference.values else lines.exclude(difference=Difference.SAME)
    return lines.filter(choice=Choice.OPEN) if only_open else lines


def shown(rows: Iterable[ReimportLine]) -> list[Shown]:
    return [_shown(row) for row in rows]


def undecided(reimport: Reimport) -> int:
    return reimport.lines.filter(choice=Choice.OPEN).count()


def is_outdated(reimport: Reimport) -> bool:
    """Whether the review went on since the comparison was made."""
    now = dict(Candidate.objects.filter(plan_id=reimport.plan_id, state__in=REVIEWED).values_list("pk", "revision"))
    compared: Mapping[int | None, int | None] = dict(
        reimport.lines.filter(candidate__state__in=REVIEWED).order_by().values_list("candidate", "candidate_revision")
    )
    return now != compared


def _shown(row: ReimportLine) -> Shown:
    candidate = row.candidate
    is_changed = candidate is not None and row.difference == Difference.CHANGED
    changes = changed_fields(row.kind, candidate.content, row.content) if candidate and is_changed else ()
    place = row.heading_title or (str(candidate.heading) if candidate and candidate.heading else "")
    return Shown(row=row, place=place, changes=changes, quote_before=candidate.quote if candidate else "")
