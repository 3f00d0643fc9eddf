"""The register of plans: found, sorted, as a tree or a list, and as a sheet."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.plans.exports import MEDIA_TYPE, register_sheet
from lantu_web.plans.forms.register import RegisterFilter
from lantu_web.plans.queries.register import Row, as_tree, register

PAGE = 50


@require_safe
@screen(Right.REGISTER_READ)
def page(request: OfficeRequest) -> HttpResponse:
    form = RegisterFilter(request.GET)
    rows, as_a_tree = _rows(request, form)
    return render(request, "office/library/register.html", {
        "form": form, "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "as_a_tree": as_a_tree,
        "sort": form.wanted().sort, "is_filtered": any(form.cleaned_data.get(name) for name in ("text", "state", "kind", "level", "year")),
    })  # fmt: skip


@require_safe
@screen(Right.REGISTER_READ)
def export(request: OfficeRequest) -> HttpResponse:
    rows, _is_tree = _rows(request, RegisterFilter(request.GET))
    name = f"register-{clock.today().isoformat()}.xlsx"
    return HttpResponse(register_sheet(rows), content_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _rows(request: OfficeRequest, form: RegisterFilter) -> tuple[list[Row], bool]:
    """A tree unless a list is asked for: by name, or by an order that would tear it apart."""
    wanted = form.wanted()
    plans = register(request.person, wanted)
    is_tree = not wanted.sort and form.cleaned_data.get("view") != "list"
    return (as_tree(plans) if is_tree else [Row(plan=plan) for plan in plans]), is_tree
