"""The audit trail of a zone and of the installation: read, narrowed, verified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lantu_web.accounts.rights import Right
from lantu_web.audit.actions import BREAKS
from lantu_web.audit.forms import TrailFilter
from lantu_web.audit.queries import breaks_of, chain_of_zone, entries_wanted
from lantu_web.office.doors import OfficeRequest, installation_screen, screen
from lantu_web.office.trail import lines_of

PAGE = 50
SHOWN_BREAKS = 100


@require_GET
@screen(Right.AUDIT_READ)
def audit(request: OfficeRequest) -> HttpResponse:
    return _trail(request, request.zone.pk, _addresses(request.zone.slug))


@never_cache
@require_GET
@screen(Right.AUDIT_READ)
def verify(request: OfficeRequest) -> HttpResponse:
    return _verified(request, request.zone.pk, _addresses(request.zone.slug))


@require_GET
@installation_screen(Right.AUDIT_READ)
def installation(request: OfficeRequest) -> HttpResponse:
    return _trail(request, None, _addresses(None))


@never_cache
@require_GET
@installation_screen(Right.AUDIT_READ)
def installation_verify(request: OfficeRequest) -> HttpResponse:
    return _verified(request, None, _addresses(None))


def _addresses(slug: str | None) -> Mapping[str, str]:
    if slug is None:
        return {"trail_url": reverse("office:installation-audit"), "verify_url": reverse("office:installation-audit-verify")}
    return {"trail_url": reverse("office:audit", args=[slug]), "verify_url": reverse("office:audit-verify", args=[slug])}


def _trail(request: OfficeRequest, zone_id: int | None, addresses: Mapping[str, str]) -> HttpResponse:
    form = TrailFilter(request.GET)
    wanted = form.wanted()
    page = Paginator(entries_wanted(zone_id, **wanted), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page, "lines": lines_of(page.object_list), "filters": form, "is_narrowed": bool(wanted), "side": "audit",
        "is_one_thing": "object_id" in wanted and "object_type" in wanted,
    }  # fmt: skip
    return render(request, "office/audit/audit.html", context | dict(addresses))


def _verified(request: OfficeRequest, zone_id: int | None, addresses: Mapping[str, str]) -> HttpResponse:
    chain = chain_of_zone(zone_id)
    found = [
        (one.number, BREAKS.get(one.why, one.why))
        for _number, one in zip(range(SHOWN_BREAKS), breaks_of(chain) if chain else (), strict=False)
    ]
    context = {"breaks": found, "length": chain.length if chain else 0, "last_hash": chain.last_hash if chain else "", "side": "audit"}
    return render(request, "office/audit/verified.html", context | dict(addresses), status=200)
