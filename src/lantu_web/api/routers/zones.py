"""Zones of the installation: opened and named by system administrators."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.commands import zones
from lantu_web.accounts.queries import zones_of
from lantu_web.accounts.rights import Right
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.schemas.me import ZoneChange, ZoneNew, ZoneOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.lib import clock

router = Router(tags=["Zones"])


@router.get("/zones")
@endpoint(None, Page[ZoneOut])
def list_zones(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The zones in which the caller's person holds a post. The token acts in one of them."""
    return page_of(zones_of(request.token.user, on=clock.today()).order_by("slug"), paging)


@router.post("/zones")
@endpoint(Right.ZONE_WRITE, ZoneOut, status=201)
def create_zone(request: ApiRequest, zone: ZoneNew) -> Any:
    """Open a zone."""
    return zones.create_zone(by=request.person, **zone.model_dump())


@router.put("/zones/{int:zone_id}")
@endpoint(Right.ZONE_WRITE, ZoneOut)
def change_zone(request: ApiRequest, zone_id: Id, change: ZoneChange) -> Any:
    """Give a zone another name, kind or division code."""
    found = get_object_or_404(zones_of(request.token.user, on=clock.today()), pk=zone_id)
    return zones.edit_zone(by=request.person, zone_id=found.pk, expected=change.revision, **change.model_dump(exclude={"revision"}))
