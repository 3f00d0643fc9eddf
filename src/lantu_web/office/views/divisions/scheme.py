"""The division scheme of a plan: how far it is, what stands in its way, its papers; lines of other origin; sending out."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Conflict
from lantu_web.lib.numbers import id_of
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.plans.enums import IN_FORCE
from lantu_web.plans.models import Plan
from lantu_web.tasks.commands import dividing, signing
from lantu_web.tasks.drafts import Draft
from lantu_web.tasks.forms.divisions import AddTaskForm, DivisionForm, SendForm
from lantu_web.tasks.models import Division, Task
from lantu_web.tasks.queries.divisions import division_of, drafts_to_send, overview_of, plans_to_divide
from lantu_web.tasks.queries.paths import in_words, problems_of


@require_safe
@screen(Right.TASK_DRAFT_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    return render(request, "office/divisions/scheme.html", {
        "plan": plan, "side": "division", "division": division_of(plan), "overview": overview_of(plan),
        "may_write": may_write(request, plan),
    })  # fmt: skip


@require_POST
@screen(Right.DIVISION_WRITE)
def open_scheme(request: OfficeRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    dividing.open_division(by=request.person, plan_id=plan.pk)
    messages.success(request, _("The division scheme is opened. Take the chapters into the ledger one by one."))
    return redirect(address(request, plan))


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Title and paper of the scheme."""
    plan = plan_or_404(request, pk)
    division = division_or_conflict(plan)
    known = {"title": division.title, "document_number": division.document_number, "expected": division.revision}
    form = DivisionForm(request.POST or None, initial=known)

    def act() -> str:
        given = form.cleaned_data
        dividing.rename_division(
            by=request.person, division_id=division.pk, expected=form.revision, title=given["title"],
            document_number=given["document_number"],
        )  # fmt: skip
        return address(request, plan)

    context = {
        "plan": plan, "side": "division", "title": gettext_lazy("Title and paper of the scheme"), "submit": gettext_lazy("Save"),
        "back": address(request, plan),
    }  # fmt: skip
    return entry(request, form, act, context, template="office/life/form.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    """A line that the plan does not say itself."""
    plan = plan_or_404(request, pk)
    division = division_or_conflict(plan)
    form = AddTaskForm(request.POST or None, plan=plan, initial={"chapter": request.GET.get("chapter", "")})

    def act() -> str:
        given = form.cleaned_data
        lead = given["lead_unit"]
        task = dividing.add_task(by=request.person, division_id=division.pk, draft=Draft(
            title=given["title"], chapter=given["chapter"], source=given["source"], due_on=given["due_on"],
            lead_unit=lead.pk if lead else None,
        ))  # fmt: skip
        return reverse("office:division-task", args=[request.zone.slug, task.pk])

    context = {
        "plan": plan, "side": "division", "title": gettext_lazy("Add a line by hand"), "submit": gettext_lazy("Add"),
        "back": address(request, plan),
    }  # fmt: skip
    return entry(request, form, act, context, template="office/life/form.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def send(request: OfficeRequest, pk: int) -> HttpResponse:
    """Drafts that are ready go to their units, with the day until which they are asked to sign."""
    plan = plan_or_404(request, pk)
    division = division_or_conflict(plan)
    form = SendForm(request.POST or None)
    rows = [(task, hindrances(task)) for task in drafts_to_send(request.person, plan)]
    ready = [task for task, told in rows if not told]

    def act() -> str:
        chosen = [found for found in (id_of(value) for value in request.POST.getlist("task")) if found is not None]
        until: date = form.cleaned_data["sign_by"]
        sent = signing.send(by=request.person, division_id=division.pk, task_ids=chosen, sign_by=until)
        told = ngettext(
            "%(count)s task is sent out, to be signed by %(day)s.", "%(count)s tasks are sent out, to be signed by %(day)s.", sent
        )  # fmt: skip
        messages.success(request, told % {"count": sent, "day": until.isoformat()})
        return address(request, plan)

    kept = set(request.POST.getlist("task")) if request.method == "POST" else {str(task.pk) for task in ready}
    units = {unit.pk: unit for task in ready for unit in (task.lead_unit, *(row.unit for row in task.cooperations.all())) if unit}
    context = {
        "plan": plan, "side": "division", "rows": rows, "ready": ready, "kept": kept, "units": len(units), "back": address(request, plan),
    }  # fmt: skip
    return entry(request, form, act, context, template="office/divisions/send.html")


def hindrances(task: Task) -> list[str]:
    """What keeps a draft from being sent out; nothing where it is ready."""
    told = [] if task.left_out or task.lead_unit_id else [_("no lead unit")]
    values = {part.year: part.value for part in task.own_parts}  # type: ignore[attr-defined]
    return [*told, *(in_words(problem, task.measured_in) for problem in problems_of(task, values))]


def plan_or_404(request: OfficeRequest, pk: int) -> Plan:
    return get_object_or_404(plans_to_divide(request.person), pk=pk)


def division_or_conflict(plan: Plan) -> Division:
    """Raises Conflict where nobody opened the scheme yet."""
    division = division_of(plan)
    if division is None:
        raise Conflict(_("The division scheme of “%(plan)s” is not opened yet.") % {"plan": plan.name})
    return division


def may_write(request: OfficeRequest, plan: Plan) -> bool:
    return request.person.may(Right.DIVISION_WRITE) and plan.state in IN_FORCE


def address(request: OfficeRequest, plan: Plan) -> str:
    return reverse("office:division", args=[request.zone.slug, plan.pk])
