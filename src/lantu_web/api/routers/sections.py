"""Sections (科室) inside of units, and assessment groups of units."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.commands import groups, sections
from lantu_web.accounts.queries.units import groups_of_zone, sections_visible_to, units_visible_to
from lantu_web.accounts.rights import Right
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.schemas.organisation import GroupChange, GroupNew, GroupOut, SectionNew, SectionOut, SectionRename, SectionUse
from lantu_web.api.security import ApiRequest, endpoint

router = Router(tags=["Organisation"])


@router.post("/units/{int:unit_id}/sections")
@endpoint(Right.ORGANISATION_WRITE, SectionOut, status=201)
def add_section(request: ApiRequest, unit_id: Id, section: SectionNew) -> Any:
    """Add a section to a unit."""
    unit = get_object_or_404(units_visible_to(request.person), pk=unit_id)
    return sections.add_section(by=request.person, unit_id=unit.pk, name=section.name)


@router.post("/sections/{int:section_id}/rename")
@endpoint(Right.ORGANISATION_WRITE, SectionOut)
def rename_section(request: ApiRequest, section_id: Id, change: SectionRename) -> Any:
    """Give a section another name."""
    section = get_object_or_404(sections_visible_to(request.person), pk=section_id)
    return sections.rename_section(by=request.person, section_id=section.pk, expected=change.revision, name=change.name)


@router.post("/sections/{int:section_id}/use")
@endpoint(Right.ORGANISATION_WRITE, SectionOut)
def use_section(request: ApiRequest, section_id: Id, change: SectionUse) -> Any:
    """Take a section out of use, or into use again; posts in it stay."""
    section = get_object_or_404(sections_visible_to(request.person), pk=section_id)
    return sections.retire_section(by=request.person, section_id=section.pk, expected=change.revision, in_use=change.in_use)


@router.get("/groups")
@endpoint(Right.ORGANISATION_READ, Page[GroupOut])
def list_groups(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The assessment groups (考核分组) of units."""
    return page_of(groups_of_zone(request.person.zone_id or 0), paging, _shown)


@router.post("/groups")
@endpoint(Right.ORGANISATION_WRITE, GroupOut, status=201)
def create_group(request: ApiRequest, group: GroupNew) -> Any:
    """Make a group of units."""
    made = groups.create_group(by=request.person, name=group.name, unit_ids=group.unit_ids)
    return _shown(_group(request, made.pk))


@router.put("/groups/{int:group_id}")
@endpoint(Right.ORGANISATION_WRITE, GroupOut)
def change_group(request: ApiRequest, group_id: Id, change: GroupChange) -> Any:
    """Change the name of a group, or which units are in it."""
    values = change.model_dump(exclude={"revision"})
    groups.change_group(by=request.person, group_id=_group(request, group_id).pk, expected=change.revision, **values)
    return _shown(_group(request, group_id))


def _group(request: ApiRequest, group_id: int) -> Any:
    return get_object_or_404(groups_of_zone(request.person.zone_id or 0), pk=group_id)


def _shown(group: Any) -> dict[str, Any]:
    return {"id": group.pk, "name": group.name, "units": list(group.living), "revision": group.revision}
