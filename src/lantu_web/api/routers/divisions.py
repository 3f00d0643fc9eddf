"""Division schemes: a plan broken down into lines of the ledger, sent out, carried over."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api import shown
from lantu_web.api.fetching import division_of, plan_of, plan_to_divide_of
from lantu_web.api.routers.paths import years_of
from lantu_web.api.schemas.around import CarriedOut, CarryOver, CountOut
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.schemas.divisions import (
    DivisionChange,
    DivisionNew,
    DivisionOut,
    DraftNew,
    DraftsNew,
    ProposalOut,
    ProposalsTaken,
    ProposalsWanted,
    Sending,
)
from lantu_web.api.schemas.tasks import SeenTask
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.bridge import breakdown
from lantu_web.tasks.commands import dividing, finishing, signing
from lantu_web.tasks.commands.changing import as_number
from lantu_web.tasks.commands.parts import VALUE
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.drafts import Draft, NodeDraft
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.divisions import chapter_of
from lantu_web.tasks.queries.listing import divisions_visible_to
from lantu_web.tasks.queries.parts import Carried, to_carry

router = Router(tags=["Divisions"])


@router.get("/divisions")
@endpoint(Right.TASK_READ, Page[DivisionOut])
def list_divisions(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Division schemes, the newest first; units see those of which something was sent out."""
    return page_of(divisions_visible_to(request.person), paging)


@router.get("/divisions/{int:division_id}")
@endpoint(Right.TASK_READ, DivisionOut)
def get_division(request: ApiRequest, division_id: Id) -> Any:
    """One division scheme."""
    return division_of(request, division_id)


@router.post("/plans/{int:plan_id}/division")
@endpoint(Right.DIVISION_WRITE, DivisionOut)
def open_division(request: ApiRequest, plan_id: Id, given: DivisionNew) -> Any:
    """Begin to break a plan in force down; gives the scheme that is there already, where there is one."""
    return dividing.open_division(by=request.person, plan_id=plan_of(request, plan_id).pk, **given.model_dump())


@router.put("/divisions/{int:division_id}")
@endpoint(Right.DIVISION_WRITE, DivisionOut)
def rename_division(request: ApiRequest, division_id: Id, given: DivisionChange) -> Any:
    """Its title and paper."""
    division, values = division_of(request, division_id), given.model_dump(exclude={"revision"})
    return dividing.rename_division(by=request.person, division_id=division.pk, expected=given.revision, **values)


@router.get("/plans/{int:plan_id}/proposals")
@endpoint(Right.TASK_DRAFT_READ, Page[ProposalOut])
def list_proposals(request: ApiRequest, plan_id: Id, wanted: Query[ProposalsWanted], paging: Query[Paging]) -> dict[str, Any]:
    """What of a plan in force is not in the ledger yet, with proposed lead units (and why) and years."""
    found = breakdown.proposals(plan_to_divide_of(request, plan_id), chapter=wanted.chapter or None)
    return page_of(found, paging, _proposed)


@router.post("/divisions/{int:division_id}/accept")
@endpoint(Right.DIVISION_WRITE, list[SeenTask], status=201)
def accept_proposals(request: ApiRequest, division_id: Id, given: ProposalsTaken) -> Any:
    """Take items of the plan into the ledger as proposed, with the lead units that were decided; all or none."""
    choices = [breakdown.Choice(item=one.item, lead_unit=one.lead_unit, left_out=one.left_out) for one in given.choices]
    return _made(breakdown.accept(by=request.person, division_id=division_of(request, division_id).pk, choices=choices))


@router.post("/divisions/{int:division_id}/tasks")
@endpoint(Right.DIVISION_WRITE, list[SeenTask], status=201)
def add_tasks(request: ApiRequest, division_id: Id, given: DraftsNew) -> Any:
    """Take many lines into the ledger, as drafts; all or none."""
    drafts = [_draft(one) for one in given.drafts]
    return _made(dividing.add_tasks(by=request.person, division_id=division_of(request, division_id).pk, drafts=drafts))


@router.post("/divisions/{int:division_id}/send")
@endpoint(Right.DIVISION_WRITE, CountOut)
def send_tasks(request: ApiRequest, division_id: Id, given: Sending) -> Any:
    """Send drafts out to their units, to be signed by that day; all or none."""
    division = division_of(request, division_id)
    return {"count": signing.send(by=request.person, division_id=division.pk, task_ids=given.task_ids, sign_by=given.sign_by)}


@router.get("/divisions/{int:division_id}/unfinished")
@endpoint(Right.DIVISION_WRITE, Page[CarriedOut])
def list_unfinished(request: ApiRequest, division_id: Id, wanted: Query[CarryOver], paging: Query[Paging]) -> dict[str, Any]:
    """What a year left unfinished, and carrying over would take into the next one."""
    return page_of(to_carry(division_of(request, division_id), wanted.year), paging, _carried)


@router.post("/divisions/{int:division_id}/carry-over")
@endpoint(Right.DIVISION_WRITE, CountOut)
def carry_over(request: ApiRequest, division_id: Id, given: CarryOver) -> Any:
    """Take what a year left unfinished into the next one, with its history; how many parts."""
    return {"count": finishing.carry_over(by=request.person, division_id=division_of(request, division_id).pk, year=given.year)}


def _draft(given: DraftNew) -> Draft:
    values = given.model_dump(exclude={"years", "nodes", "cooperating", "indicator_kind", "baseline", "target"})
    nodes = tuple(NodeDraft(due_on=one.due_on, text=one.text, value=as_number(one.value, VALUE)) for one in given.nodes)
    return Draft(
        **values, cooperating=tuple(given.cooperating), indicator_kind=given.indicator_kind or "", years=tuple(years_of(given.years)),
        nodes=nodes, baseline=as_number(given.baseline, FIELDS["baseline"]), target=as_number(given.target, FIELDS["target"]),
    )  # fmt: skip


def _made(tasks: list[Task]) -> list[dict[str, int]]:
    return [{"id": task.pk, "revision": task.revision} for task in tasks]


def _proposed(found: breakdown.Proposal) -> dict[str, Any]:
    draft, item = found.draft, found.said.item
    leads = [{"unit": lead.unit, "reason": str(lead.reason)} for lead in found.leads]
    years = [{"year": one.year, "goal": one.goal, "value": None if one.value is None else str(one.value)} for one in draft.years]
    return {
        "item_id": item.pk, "label": found.said.label, "kind": item.kind, "chapter": chapter_of(item), "title": draft.title, "leads": leads,
        "left_out": draft.left_out, "years": years,
    }  # fmt: skip


def _carried(found: Carried) -> dict[str, Any]:
    task = found.part.task
    return {
        "task_id": task.pk, "number": task.number, "title": task.title, "part": shown.part(found.part), "is_claimed": found.is_claimed,
        "is_late": found.is_late,
    }  # fmt: skip
