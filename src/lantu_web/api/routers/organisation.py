"""The tree of units, and what becomes of a unit."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router

from lantu_web.accounts.commands import unit_fates, units
from lantu_web.accounts.models import Unit
from lantu_web.accounts.queries.units import origins_of, sections_of, successions_of, unit_tree, units_visible_to
from lantu_web.accounts.rights import Right
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.schemas.organisation import (
    BranchOut,
    UnitChange,
    UnitDetail,
    UnitEnd,
    UnitMerge,
    UnitNew,
    UnitOut,
    UnitRename,
    UnitShift,
    UnitSplit,
    UnitWanted,
)
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid

router = Router(tags=["Organisation"])


@router.get("/units")
@endpoint(Right.ORGANISATION_READ, Page[BranchOut])
def list_units(request: ApiRequest, wanted: Query[UnitWanted], paging: Query[Paging]) -> dict[str, Any]:
    """The tree of units, line by line from the top.

    With `search`, the units that match it and the way to them."""
    branches = unit_tree(request.person, on=clock.today(), with_dissolved=wanted.with_dissolved, search=wanted.search)
    return page_of(branches, paging, _branch)


@router.get("/units/{int:unit_id}")
@endpoint(Right.ORGANISATION_READ, UnitDetail)
def get_unit(request: ApiRequest, unit_id: Id) -> dict[str, Any]:
    """One unit with its sections, its former names, where it came from and what became of it."""
    unit = _unit(request, unit_id)
    return {
        **UnitOut.from_orm(unit).model_dump(), "sections": list(sections_of(unit)), "former_names": list(unit.former_names.all()),
        "origins": [_succession(one.predecessor, one) for one in origins_of(unit)],
        "successions": [_succession(one.successor, one) for one in successions_of(unit)],
    }  # fmt: skip


@router.post("/units")
@endpoint(Right.ORGANISATION_WRITE, UnitOut, status=201)
def create_unit(request: ApiRequest, terms: UnitNew) -> Any:
    """Enter a unit."""
    return units.create_unit(by=request.person, terms=terms.terms())


@router.put("/units/{int:unit_id}")
@endpoint(Right.ORGANISATION_WRITE, UnitOut)
def change_unit(request: ApiRequest, unit_id: Id, change: UnitChange) -> Any:
    """Change what is told of a unit, but its name."""
    values = change.model_dump(exclude={"revision"})
    return units.edit_unit(by=request.person, unit_id=_unit(request, unit_id).pk, expected=change.revision, **values)


@router.post("/units/{int:unit_id}/rename")
@endpoint(Right.ORGANISATION_WRITE, UnitOut)
def rename_unit(request: ApiRequest, unit_id: Id, change: UnitRename) -> Any:
    """Give a unit its new name from a day on; the old one is kept."""
    values = change.model_dump(exclude={"revision", "short_name"})
    unit = _unit(request, unit_id)
    return unit_fates.rename_unit(by=request.person, unit_id=unit.pk, expected=change.revision, short=change.short_name, **values)


@router.post("/units/{int:unit_id}/shift")
@endpoint(Right.ORGANISATION_WRITE, UnitOut)
def shift_unit(request: ApiRequest, unit_id: Id, change: UnitShift) -> Any:
    """Put a unit one place before (-1) or behind (1) its neighbour."""
    return units.shift_unit(by=request.person, unit_id=_unit(request, unit_id).pk, step=change.step)


@router.post("/units/merge")
@endpoint(Right.ORGANISATION_WRITE, UnitOut)
def merge_units(request: ApiRequest, merge: UnitMerge) -> Any:
    """Merge units into one that stays or into a new one; gives the successor."""
    into = merge.into_new.terms() if merge.into_new else merge.into_id
    if into is None or (merge.into_new and merge.into_id):
        raise Invalid(_("Say into which unit: one that stays, or a new one."), field="into_id")
    gone = {_unit(request, seen.id).pk: seen.revision for seen in merge.units}
    return unit_fates.merge_units(
        by=request.person, units=gone, into=into, on=merge.on, document_number=merge.document_number, carry=merge.carry_posts
    )


@router.post("/units/{int:unit_id}/split")
@endpoint(Right.ORGANISATION_WRITE, list[UnitOut])
def split_unit(request: ApiRequest, unit_id: Id, change: UnitSplit) -> Any:
    """Split a unit into new ones; gives the parts."""
    if change.carry_into is not None and change.carry_into >= len(change.into):
        raise Invalid(_("There is no such part."), field="carry_into")
    return unit_fates.split_unit(
        by=request.person, unit_id=_unit(request, unit_id).pk, expected=change.revision, into=[part.terms() for part in change.into],
        on=change.on, document_number=change.document_number, carry_into=change.carry_into,
    )  # fmt: skip


@router.post("/units/{int:unit_id}/dissolve")
@endpoint(Right.ORGANISATION_WRITE, UnitOut)
def dissolve_unit(request: ApiRequest, unit_id: Id, change: UnitEnd) -> Any:
    """Dissolve a unit that nothing follows; its posts end that day."""
    unit = _unit(request, unit_id)
    return unit_fates.dissolve_unit(
        by=request.person, unit_id=unit.pk, expected=change.revision, on=change.on, document_number=change.document_number
    )


def _unit(request: ApiRequest, unit_id: int) -> Unit:
    return get_object_or_404(units_visible_to(request.person), pk=unit_id)


def _branch(branch: Any) -> dict[str, Any]:
    names = ("unit", "depth", "people", "children", "found")
    return {**{name: getattr(branch, name) for name in names}, "sections": list(branch.sections)}


def _succession(unit: Unit, row: Any) -> dict[str, Any]:
    return {"unit": unit, "kind": row.kind, "on": row.on, "document_number": row.document_number}
