"""One task broken down: who does it until when, its years with the check against the target, its nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.bridge import breakdown
from lantu_web.bridge.breakdown_words import lacking
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.refusals import tell
from lantu_web.plans.queries.items import may_see_text
from lantu_web.plans.queries.review import places_of
from lantu_web.tasks.commands import dividing, parts, rewording
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.enums import PartState, TaskState
from lantu_web.tasks.forms import divisions as forms
from lantu_web.tasks.forms.signing import Expected
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.divisions import NO_CHAPTER, neighbours, overview_of, task_to_divide
from lantu_web.tasks.queries.paths import in_words, problems_of, proposed_path
from lantu_web.tasks.queries.plan_words import reworded

BLANK_YEARS, BLANK_NODES = 1, 2
YEAR, NODE = ("year", "goal", "value"), ("due_on", "text", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """As it is typed in. ``proposed`` and ``formula`` are of the proposed path; ``reason`` says how what stands was reckoned."""

    year: str = ""
    goal: str = ""
    value: str = ""
    reason: str = ""
    proposed: str = ""
    formula: str = ""
    is_settled: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.proposed) and self.proposed != self.value


@require_safe
@screen(Right.TASK_DRAFT_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    return _page(request, _task(request, pk))


@require_POST
@screen(Right.DIVISION_WRITE)
def assign(request: OfficeRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    form = forms.AssignForm(request.POST, task=task)
    return _with_form(request, task, form, "assigned", lambda: change(
        by=request.person, task_id=pk, expected=form.revision, values=form.values()
    ))  # fmt: skip


@require_POST
@screen(Right.DIVISION_WRITE)
def years(request: OfficeRequest, pk: int) -> HttpResponse:
    """Figures and years are saved together: a task that is out must reach its target at every moment."""
    task = _task(request, pk)
    form = forms.FiguresForm(request.POST, task=task)
    return _with_form(request, task, form, "figures", lambda: parts.set_years(
        by=request.person, task_id=pk, expected=form.revision, years=forms.years_of(request.POST), values=form.values()
    ))  # fmt: skip


@require_POST
@screen(Right.DIVISION_WRITE)
def nodes(request: OfficeRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    form = Expected(request.POST)
    return _with_form(request, task, form, "nodes_form", lambda: parts.set_nodes(
        by=request.person, task_id=pk, expected=form.revision, nodes=forms.nodes_of(request.POST)
    ))  # fmt: skip


@require_POST
@screen(Right.DIVISION_WRITE)
def take_path(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, lambda seen: parts.take_path(by=request.person, task_id=pk, expected=seen))


@require_POST
@screen(Right.DIVISION_WRITE)
def take_nodes(request: OfficeRequest, pk: int) -> HttpResponse:
    year = whole(request.POST.get("year", ""))
    return _step(request, pk, lambda seen: breakdown.take_nodes(by=request.person, task_id=pk, expected=seen, year=year))


@require_POST
@screen(Right.DIVISION_WRITE)
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    """Out of the ledger again, with the drafts below it; the plan's words are offered anew."""
    task = _task(request, pk)
    count = dividing.remove_draft(by=request.person, task_id=pk, expected=_seen(request))
    told = ngettext("%(count)s draft is taken out of the ledger.", "%(count)s drafts are taken out of the ledger.", count)
    messages.success(request, told % {"count": count})
    return redirect("office:division", request.zone.slug, task.plan_id)


@require_POST
@screen(Right.DIVISION_WRITE)
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _step(request, pk, lambda seen: dividing.withdraw(by=request.person, task_id=pk, expected=seen, reason=reason))


@require_POST
@screen(Right.DIVISION_WRITE)
def take_words(request: OfficeRequest, pk: int) -> HttpResponse:
    """The adjusted plan's words and figures in place of those that the line was made of."""
    return _step(request, pk, lambda seen: breakdown.take_words(by=request.person, task_id=pk, expected=seen))


@require_POST
@screen(Right.DIVISION_WRITE)
def keep_words(request: OfficeRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _step(request, pk, lambda seen: rewording.keep(by=request.person, task_id=pk, expected=seen, reason=reason))


def _with_form(request: OfficeRequest, task: Task, form: Form, name: str, act: Callable[[], object]) -> HttpResponse:
    """Saved, or shown again with what is wrong beside what was typed."""
    if form.is_valid():
        try:
            act()
        except (Conflict, Forbidden, Invalid) as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(request, task.pk))
    return _page(request, _task(request, task.pk), status=422, **{name: form})


def _step(request: OfficeRequest, pk: int, act: Callable[[int], object]) -> HttpResponse:
    _task(request, pk)
    try:
        act(_seen(request))
    except (Conflict, Invalid) as problem:
        messages.error(request, str(problem))
    return redirect(_address(request, pk))


def _page(request: OfficeRequest, task: Task, status: int = 200, **bound: Any) -> HttpResponse:
    path, (before, after) = proposed_path(task), neighbours(task)
    is_open = request.person.may(Right.DIVISION_WRITE) and task.state != TaskState.WITHDRAWN
    context = {
        "plan": task.plan, "side": "division", "task": task, "may_write": is_open, "before": before, "after": after,
        "assigned": bound.get("assigned") or forms.AssignForm(task=task),
        "figures": bound.get("figures") or forms.FiguresForm(task=task), "years": _years(request, task, path, "figures" in bound),
        "lacking": lacking(path) if path else (), "has_path": path is not None and bool(path.steps),
        "problems": [in_words(problem, task.measured_in) for problem in problems_of(task)],
        "nodes_form": bound.get("nodes_form") or Expected(initial={"expected": task.revision}),
        "words": next(iter(reworded([task])), None),
        "nodes": _nodes(request, task, "nodes_form" in bound), "done": [node for node in task.nodes.all() if node.done_on],
        "proposed_nodes": breakdown.proposed_nodes(task), "sentence": _sentence(request, task), "chapter": _chapter(task),
    }  # fmt: skip
    return render(request, "office/divisions/task.html", context, status=status)


def _years(request: OfficeRequest, task: Task, path: Any, is_typed: bool) -> list[YearRow]:
    """What stands or was typed, with what is proposed beside it; years that are proposed only stand there empty."""
    steps = {str(step.year): step for step in path.steps} if path else {}
    known = {str(part.year): part for part in task.own_parts}  # type: ignore[attr-defined]
    if is_typed:
        typed = [row for row in forms.rows_posted(request.POST, YEAR) if any(row.values())]
    else:
        typed = [{"year": year, "goal": part.goal, "value": forms.shown(part.value)} for year, part in known.items()]
    standing = {row["year"] for row in typed}
    typed += [{"year": year, "goal": "", "value": ""} for year in steps if year not in standing]
    rows = []
    for row in sorted(typed, key=lambda row: row["year"] or "9999"):
        step, part = steps.get(row["year"]), known.get(row["year"])
        rows.append(YearRow(
            **row, reason=part.reason if part else "", proposed=forms.shown(step.value) if step else "",
            formula=step.formula if step else "", is_settled=part is not None and part.state != PartState.OPEN,
        ))  # fmt: skip
    return [*rows, *(YearRow() for _n in range(BLANK_YEARS))]


def _nodes(request: OfficeRequest, task: Task, is_typed: bool) -> Sequence[dict[str, str]]:
    if is_typed:
        rows = [row for row in forms.rows_posted(request.POST, NODE) if any(row.values())]
    else:
        rows = [
            {"due_on": node.due_on.isoformat(), "text": node.text, "value": forms.shown(node.value)}
            for node in task.nodes.all() if not node.done_on
        ]  # fmt: skip
    return [*rows, *(dict.fromkeys(NODE, "") for _n in range(BLANK_NODES))]


def _sentence(request: OfficeRequest, task: Task) -> int | None:
    """The number of the plan's sentence that it comes from, for who may look into the text."""
    item = task.item
    if item is None or item.start is None or not may_see_text(request.person, task.plan):
        return None
    return places_of(task.plan, [(item.start, item.end or 0)]).get(item.start)


def _chapter(task: Task) -> int | None:
    return next((one.number for one in overview_of(task.plan).chapters if one.title == (task.chapter or NO_CHAPTER)), None)


def _task(request: OfficeRequest, pk: int) -> Task:
    task = task_to_divide(request.person, pk)
    if task is None:
        raise Http404
    return task


def _seen(request: OfficeRequest) -> int:
    return whole(request.POST.get("expected", "")) or 0


def _address(request: OfficeRequest, pk: int) -> str:
    return reverse("office:division-task", args=[request.zone.slug, pk])
