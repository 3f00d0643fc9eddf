"""Two versions of a plan, side by side."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.life import plan_or_404
from lantu_web.plans.forms.life import CompareForm
from lantu_web.plans.models import Version
from lantu_web.plans.queries.versions import compare, versions_to_choose

PER_PAGE = 40


@require_safe
@screen(Right.PLAN_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    """``?from=1&to=2``; without them the baseline against the newest. ``?all=on`` shows what is unchanged too."""
    plan = plan_or_404(request, pk)
    versions = list(versions_to_choose(plan))
    if not versions:
        raise Http404
    first, second = _chosen(request, "from", versions, versions[-1]), _chosen(request, "to", versions, versions[0])
    shows_all = request.GET.get("all") == "on"
    found = compare(plan, first, second)
    form = CompareForm({"from": first.number, "to": second.number, "all": shows_all}, versions=versions)
    rows = Paginator(found.rows if shows_all else found.differing, PER_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "office/life/compare.html", {
        "plan": plan, "side": "versions", "form": form, "found": found, "page": rows, "shows_all": shows_all,
    })  # fmt: skip


def _chosen(request: OfficeRequest, name: str, versions: list[Version], otherwise: Version) -> Version:
    number = request.GET.get(name, "")
    return next((version for version in versions if str(version.number) == number), otherwise)
