"""The lines of an adjustment: choose an item, say what it shall say, add, remove, renew, drop."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.views.adjustments import about, address, adjustment_or_404, seen
from lantu_web.plans.commands import adjustment_lines as commands
from lantu_web.plans.enums import Change, ItemKind
from lantu_web.plans.forms.life import ItemFilter, LineForm
from lantu_web.plans.models import Adjustment, AdjustmentItem, Item
from lantu_web.plans.queries.items import items_in, page_of_items, shown, tasks_in_force

FORM = "office/life/line.html"


@require_safe
@screen(Right.ADJUSTMENT_WRITE)
def choose(request: OfficeRequest, pk: int) -> HttpResponse:
    """Find what shall change."""
    adjustment = adjustment_or_404(request, pk)
    form = ItemFilter(request.GET, plan=adjustment.plan)
    page, groups = page_of_items(adjustment.plan, form.wanted(), request.GET.get("page", "1"))
    taken = items_in(adjustment)
    context = about(request, adjustment, gettext_lazy("Choose what shall change"), "")
    return render(request, "office/life/choose.html", context | {
        "filters": form, "page": page, "groups": groups, "taken": taken, "kinds": ItemKind.choices,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ADJUSTMENT_WRITE)
def change(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    adjustment = adjustment_or_404(request, pk)
    (one,) = shown([get_object_or_404(Item, plan=adjustment.plan, pk=item)])
    initial = {**one.current.content, "expected": adjustment.revision}
    form = LineForm(ItemKind(one.item.kind), request.POST or None, initial=initial)

    def act() -> str:
        commands.change_item(
            by=request.person, adjustment_id=pk, expected=form.revision, item_id=item, after=form.values(),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return address(request, adjustment)

    context = about(request, adjustment, gettext_lazy("Change an item"), gettext_lazy("Take into the adjustment"))
    return entry(request, form, act, context | {"one": one, "line": None, "kind": one.item.get_kind_display()}, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ADJUSTMENT_WRITE)
def add(request: OfficeRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in ItemKind.values:
        raise Http404
    adjustment = adjustment_or_404(request, pk)
    tasks = tasks_in_force(adjustment.plan) if kind == ItemKind.MEASURE else ()
    form = LineForm(ItemKind(kind), request.POST or None, initial={"expected": adjustment.revision}, tasks=tasks)

    def act() -> str:
        task = form.cleaned_data.get("task")
        commands.add_item(
            by=request.person, adjustment_id=pk, expected=form.revision, kind=kind, after=form.values(),
            parent_id=int(task) if task else None, reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return address(request, adjustment)

    context = about(request, adjustment, gettext_lazy("Add an item"), gettext_lazy("Take into the adjustment"))
    return entry(request, form, act, context | {"one": None, "line": None, "kind": ItemKind(kind).label}, template=FORM)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.ADJUSTMENT_WRITE)
def rewrite(request: OfficeRequest, pk: int, line: int) -> HttpResponse:
    adjustment = adjustment_or_404(request, pk)
    row = _line(adjustment, line)
    one = shown([row.item])[0] if row.item else None
    initial = {**(row.after or {}), "expected": adjustment.revision, "reason": row.reason}
    form = LineForm(ItemKind(row.kind), request.POST or None, initial=initial, has_content=row.change != Change.REMOVE)

    def act() -> str:
        commands.rewrite_line(
            by=request.person, adjustment_id=pk, expected=form.revision, line_id=line, after=form.values(),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        return address(request, adjustment)

    context = about(request, adjustment, gettext_lazy("Change a line"), gettext_lazy("Save"))
    return entry(request, form, act, context | {"one": one, "line": row, "kind": row.get_kind_display()}, template=FORM)


@require_POST
@screen(Right.ADJUSTMENT_WRITE)
def remove(request: OfficeRequest, pk: int, item: int) -> HttpResponse:
    adjustment = adjustment_or_404(request, pk)
    commands.remove_item(by=request.person, adjustment_id=pk, expected=seen(request), item_id=item)
    return redirect(address(request, adjustment))


@require_POST
@screen(Right.ADJUSTMENT_WRITE)
def drop(request: OfficeRequest, pk: int, line: int) -> HttpResponse:
    adjustment = adjustment_or_404(request, pk)
    commands.drop_line(by=request.person, adjustment_id=pk, expected=seen(request), line_id=line)
    return redirect(address(request, adjustment))


@require_POST
@screen(Right.ADJUSTMENT_WRITE)
def renew(request: OfficeRequest, pk: int, line: int) -> HttpResponse:
    adjustment = adjustment_or_404(request, pk)
    commands.renew_line(by=request.person, adjustment_id=pk, expected=seen(request), line_id=line)
    return redirect(address(request, adjustment))


def _line(adjustment: Adjustment, line: int) -> AdjustmentItem:
    return get_object_or_404(adjustment.items.select_related("item", "parent"), pk=line)
