"""The content of approved plans: what they commit to, originally and now, and what one version says otherwise than another."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import plan_of
from lantu_web.api.schemas.base import Id, Number, Page, Paging, page_of
from lantu_web.api.schemas.versions import ComparisonOut, FrozenItemOut, ItemOut, ItemWanted, VersionOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.plans.queries.items import Shown, Wanted, items_wanted, shown
from lantu_web.plans.queries.versions import compare, state_at, versions_of

router = Router(tags=["Versions"])


@router.get("/plans/{int:plan_id}/versions")
@endpoint(Right.PLAN_READ, Page[VersionOut])
def list_versions(request: ApiRequest, plan_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """The versions of an approved plan, the newest first."""
    return page_of(versions_of(plan_of(request, plan_id)), paging)


@router.get("/plans/{int:plan_id}/items")
@endpoint(Right.PLAN_READ, Page[ItemOut])
def list_items(request: ApiRequest, plan_id: Id, wanted: Query[ItemWanted], paging: Query[Paging]) -> dict[str, Any]:
    """What the plan commits to, original and revised side by side; removed items say so."""
    plan = plan_of(request, plan_id)
    page = page_of(items_wanted(plan, Wanted(text=wanted.text, kind=wanted.kind or "", only=wanted.only or "")), paging)
    return {**page, "items": [_item(one) for one in shown(page["items"])]}


@router.get("/plans/{int:plan_id}/versions/{int:number}/items")
@endpoint(Right.PLAN_READ, Page[FrozenItemOut])
def list_items_of_version(request: ApiRequest, plan_id: Id, number: Number, paging: Query[Paging]) -> dict[str, Any]:
    """What was in force in one version; number 1 is the baseline as approved."""
    plan = plan_of(request, plan_id)
    version = get_object_or_404(versions_of(plan), number=number)
    return page_of([{"code": code, "content": content} for code, content in sorted(state_at(plan, version.number).items())], paging)


@router.get("/plans/{int:plan_id}/versions/compare")
@endpoint(Right.PLAN_READ, ComparisonOut)
def compare_versions(request: ApiRequest, plan_id: Id, first: Query[Number], second: Query[Number], all: bool = False) -> Any:
    """What the second version says otherwise than the first; with `all`, what both say alike too."""
    plan = plan_of(request, plan_id)
    pair = [get_object_or_404(versions_of(plan), number=number) for number in (first, second)]
    found = compare(plan, *pair)
    rows = found.rows if all else found.differing
    return {"first": found.first, "second": found.second, "unchanged": found.unchanged, "rows": [_compared(row) for row in rows]}


def _item(one: Shown) -> dict[str, Any]:
    names = ("id", "code", "kind", "parent_id", "heading_title", "quote", "start", "end")
    return {
        **{name: getattr(one.item, name) for name in names}, "label": one.current.label, "since_version": one.current.version.number,
        "is_revised": one.is_revised, "is_removed": one.current.is_removed, "original": one.original.content,
        "content": one.current.content,
    }  # fmt: skip


def _compared(row: Any) -> dict[str, Any]:
    names = ("item_id", "code", "kind", "heading_title", "change", "label_before", "label_after")
    return {**{name: getattr(row, name) for name in names}, "fields": [_pair(pair) for pair in row.fields]}


def _pair(pair: Any) -> dict[str, str]:
    return {"name": pair.name, "label": str(pair.label), "before": pair.before, "after": pair.after}
