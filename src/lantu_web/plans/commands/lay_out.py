"""Lay out for review what a reading found: the text in pieces, the candidates, the findings; or take it back before anybody decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.audit.commands import record
from lantu_web.documents.models import Reading
from lantu_web.lib.errors import Conflict
from lantu_web.lib.rows import BATCH
from lantu_web.plans.commands.locking import check_plan, locked_plan
from lantu_web.plans.models import Candidate, Finding, Heading, Plan, Sentence
from lantu_web.plans.queries.approval import hurdles_of_taking_back
from lantu_web.plans.transitions import PlanAct, follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Rows not yet saved, in order, that point at one another as objects."""

    headings: Sequence[Heading]
    sentences: Sequence[Sentence]
    candidates: Sequence[Candidate]
    findings: Sequence[Finding]


@transaction.atomic
def lay_out(*, by: Person, plan_id: int, reading: Reading, laid: Laid) -> Plan:
    """The plan goes into review with these rows. Raises Conflict where it is there already."""
    plan = locked_plan(by=by, plan_id=plan_id)
    before, plan.state = plan.state, follow(plan, PlanAct.LAY_OUT)
    _save(laid)
    plan.reading, plan.revision = reading, plan.revision + 1
    plan.save(update_fields=["reading", "state", "revision"])
    record(by=by, action=PlanAct.LAY_OUT, on=plan, before={"state": before}, after=_counts(plan, reading, laid))
    return plan


@transaction.atomic
def take_back(*, by: Person, plan_id: int, expected: int) -> Plan:
    """The wrong file was laid out: the plan is a draft without a text again; its files and readings stay.

    Raises Conflict where anything of the text was decided, or another file of the plan is under way.
    """
    require(by, Right.PLAN_WRITE)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.PLAN_WRITE, plan.unit_id)
    before, state = {"state": plan.state, "reading": plan.reading_id}, follow(plan, PlanAct.TAKE_BACK)
    check_plan(plan, expected, by=by)
    hurdles = hurdles_of_taking_back(plan)
    if hurdles:
        raise Conflict(" ".join(hurdle.message for hurdle in hurdles))
    gone = {name: rows.filter(plan=plan).delete()[0] for name, rows in _laid_out()}
    plan.reading, plan.state, plan.revision = None, state, plan.revision + 1
    plan.save(update_fields=["reading", "state", "revision"])
    record(by=by, action=PlanAct.TAKE_BACK, on=plan, before={**before, **gone}, after={"state": str(plan.state), "reading": None})
    return plan


def _laid_out() -> tuple[tuple[str, QuerySet[Any]], ...]:
    """What points at others first."""
    models = {"findings": Finding, "candidates": Candidate, "sentences": Sentence, "headings": Heading}
    return tuple((name, model._default_manager.all()) for name, model in models.items())


def _counts(plan: Plan, reading: Reading, laid: Laid) -> dict[str, object]:
    return {
        "state": str(plan.state), "reading": reading.pk, "sha256": reading.original.sha256, "headings": len(laid.headings),
        "sentences": len(laid.sentences), "candidates": len(laid.candidates), "findings": len(laid.findings),
    }  # fmt: skip


def save_text(laid: Laid) -> None:
    """Headings and sentences alone."""
    _save_headings(laid.headings)
    for sentence in laid.sentences:
        sentence.heading = sentence.heading  # takes up the key that its heading has got meanwhile
    Sentence.objects.bulk_create(laid.sentences, batch_size=BATCH)


def _save(laid: Laid) -> None:
    save_text(laid)
    _save_candidates(laid.candidates)
    for finding in laid.findings:
        finding.heading = finding.heading
    Finding.objects.bulk_create(laid.findings, batch_size=BATCH)


def _save_headings(headings: Sequence[Heading]) -> None:
    """Level after level, since a heading needs the key of the one it stands under."""
    waves: dict[int, list[Heading]] = defaultdict(list)
    depth: dict[int, int] = {}
    for heading in headings:
        depth[id(heading)] = depth[id(heading.parent)] + 1 if heading.parent is not None else 0
        waves[depth[id(heading)]].append(heading)
    for _depth, wave in sorted(waves.items()):
        for heading in wave:
            heading.parent = heading.parent
        Heading.objects.bulk_create(wave, batch_size=BATCH)


def _save_candidates(candidates: Sequence[Candidate]) -> None:
    """Those that others belong to first."""
    for wave in ([one for one in candidates if one.parent is None], [one for one in candidates if one.parent is not None]):
        for candidate in wave:
            candidate.heading, candidate.parent = candidate.heading, candidate.parent
        Candidate.objects.bulk_create(wave, batch_size=BATCH)
