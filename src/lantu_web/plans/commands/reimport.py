"""Decide the differences of an amended text, and take it over or give it up. Accepted work changes only where somebody said so."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import changed_meanwhile, check_revision
from lantu_web.documents.models import Reading
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.rows import BATCH
from lantu_web.plans.commands.lay_out import Laid
from lantu_web.plans.commands.locking import locked_plan_in_review
from lantu_web.plans.commands.retelling import retell
from lantu_web.plans.enums import CandidateState, Choice, Difference
from lantu_web.plans.models import Candidate, Plan, Reimport, ReimportLine
from lantu_web.plans.queries.changes import last_choice_of
from lantu_web.plans.queries.reimports import CHOOSABLE, is_outdated, open_reimport_of, tallies_of, undecided


@transaction.atomic
def open_reimport(*, by: Person, plan: Plan, reading: Reading, lines: Sequence[ReimportLine]) -> Reimport:
    """Keep the differences for somebody to decide; what touches no accepted work is decided already. The plan is locked."""
    require_in_unit(by, Right.ORIGINAL_UPLOAD, plan.unit_id)
    if open_reimport_of(plan) is not None:
        raise Conflict(_("Another amended file waits already: take it over or give it up first."))
    reimport = Reimport.objects.create(plan=plan, reading=reading, created_at=clock.now())
    _write(reimport, lines)
    record(by=by, action="reimport.open", on=reimport, label=plan.name, after={"reading": reading.pk, **_counted(reimport)})
    return reimport


def held(*, by: Person, reimport_id: int, expected: int) -> Reimport:
    """The reimport, held with its plan until the transaction ends, if it is open and nobody changed it."""
    require(by, Right.CANDIDATE_REVIEW)
    plan_id = Reimport.objects.filter(plan__zone_id=by.zone_id or 0, pk=reimport_id).values_list("plan", flat=True).first()
    if plan_id is None:
        raise Conflict(_("This comparison is not there any more."))
    plan = locked_plan_in_review(by=by, plan_id=plan_id)
    require_in_unit(by, Right.CANDIDATE_REVIEW, plan.unit_id)
    reimport = Reimport.objects.select_for_update(of=("self",)).select_related("reading").get(pk=reimport_id)
    reimport.plan = plan
    if reimport.applied_at is not None or reimport.given_up_at is not None:
        raise Conflict(_("This amended file was taken over or given up already."))
    check_revision(reimport, expected, by=by)
    return reimport


@transaction.atomic
def renew_lines(*, by: Person, reimport: Reimport, lines: Sequence[ReimportLine]) -> Reimport:
    """The comparison anew; a choice stays where the line still says the same. The reimport is held."""
    made = {_key(line): line.choice for line in reimport.lines.exclude(choice=Choice.OPEN)}
    reimport.lines.all().delete()
    _write(reimport, lines, made)
    _step(reimport)
    record(by=by, action="reimport.compare_again", on=reimport, label=reimport.plan.name, after=_counted(reimport))
    return reimport


@transaction.atomic
def choose(*, by: Person, reimport_id: int, line_id: int, expected: int, choice: str) -> ReimportLine:
    """Take one difference over, or keep what is there. ``expected`` is the line's revision."""
    reimport = _open(by, reimport_id)
    line = reimport.lines.select_for_update(of=("self",)).select_related("candidate").filter(pk=line_id).first()
    if line is None:
        raise Conflict(_("The comparison was made again meanwhile: look at it again."))
    if line.revision != expected:
        raise changed_meanwhile(last_choice_of(line, zone_id=reimport.plan.zone_id))
    _choosable(line.difference, choice)
    before, line.choice = line.choice, Choice(choice)
    line.revision += 1
    line.save(update_fields=["choice", "revision"])
    record(
        by=by, action="reimport.choose", on=reimport, label=line.label or str(line.candidate), before={"line": line.pk, "choice": before},
        after={"line": line.pk, "difference": line.difference, "choice": line.choice},
    )  # fmt: skip
    return line


@transaction.atomic
def choose_all(*, by: Person, reimport_id: int, expected: int, difference: str, choice: str) -> int:
    """The same for every undecided line of one difference; gives how many. ``expected`` is the reimport's revision."""
    reimport = held(by=by, reimport_id=reimport_id, expected=expected)
    _choosable(difference, choice)
    lines = list(reimport.lines.select_for_update(of=("self",)).filter(difference=difference, choice=Choice.OPEN))
    for line in lines:
        line.choice, line.revision = Choice(choice), line.revision + 1
    ReimportLine.objects.bulk_update(lines, ["choice", "revision"], batch_size=BATCH)
    _step(reimport)
    record(
        by=by, action="reimport.choose_all", on=reimport, label=reimport.plan.name,
        after={"difference": difference, "choice": choice, "lines": len(lines)},
    )  # fmt: skip
    return len(lines)


@transaction.atomic
def apply(*, by: Person, reimport: Reimport, laid: Laid) -> Reimport:
    """Take the amended text over with the decisions of its lines. The reimport is held."""
    left = undecided(reimport)
    if left:
        message = ngettext(
            "%(count)s difference to accepted work is undecided.", "%(count)s differences to accepted work are undecided.", left
        )
        raise Conflict(message % {"count": left})
    if is_outdated(reimport):
        raise Conflict(_("The review went on since this comparison was made: compare again first."))
    told = retell(by=by, reimport=reimport, laid=laid)
    before = {"reading": reimport.plan.reading_id}
    reimport.plan.reading, reimport.plan.revision = reimport.reading, reimport.plan.revision + 1
    reimport.plan.save(update_fields=["reading", "revision"])
    reimport.applied_at, reimport.closed_by_id = clock.now(), by.user_id
    _step(reimport)
    after = {"reading": reimport.reading_id, **told}
    record(by=by, action="reimport.apply", on=reimport, label=reimport.plan.name, before=before, after=after)
    return reimport


@transaction.atomic
def give_up(*, by: Person, reimport_id: int, expected: int) -> Reimport:
    """Leave the review as it is; the amended file stays in the library."""
    reimport = held(by=by, reimport_id=reimport_id, expected=expected)
    reimport.given_up_at, reimport.closed_by_id = clock.now(), by.user_id
    _step(reimport)
    record(by=by, action="reimport.give_up", on=reimport, label=reimport.plan.name, after={"reading": reimport.reading_id})
    return reimport


def first_choice(line: ReimportLine) -> Choice:
    """Undecided only where accepted work would change or fall away."""
    candidate: Candidate | None = line.candidate
    touches = line.difference in (Difference.CHANGED, Difference.DROPPED)
    is_accepted = candidate is not None and candidate.state == CandidateState.ACCEPTED
    return Choice.OPEN if touches and is_accepted else Choice.TAKE


def _open(by: Person, reimport_id: int) -> Reimport:
    """Held whatever its revision: choosing one line leaves the others alone."""
    revision = Reimport.objects.filter(plan__zone_id=by.zone_id or 0, pk=reimport_id).values_list("revision", flat=True).first()
    return held(by=by, reimport_id=reimport_id, expected=revision or 0)


def _choosable(difference: str, choice: str) -> None:
    if difference not in CHOOSABLE:
        raise Invalid(_("There is nothing to decide about this line."), field="difference")
    if choice not in (Choice.TAKE, Choice.KEEP):
        raise Invalid(_("Say whether it is taken over or kept."), field="choice")


def _write(reimport: Reimport, lines: Sequence[ReimportLine], made: dict[object, str] | None = None) -> None:
    for line in lines:
        line.reimport = reimport
        line.choice = Choice((made or {}).get(_key(line), first_choice(line)))
    ReimportLine.objects.bulk_create(lines, batch_size=BATCH)


def _key(line: ReimportLine) -> object:
    content = tuple(sorted((name, str(value)) for name, value in (line.content or {}).items()))
    return (line.candidate_id, line.difference, line.kind, content)


def _step(reimport: Reimport) -> None:
    reimport.revision += 1
    reimport.save()


def _counted(reimport: Reimport) -> dict[str, object]:
    return {str(tally.difference): tally.count for tally in tallies_of(reimport)}
