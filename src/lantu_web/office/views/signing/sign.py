"""Signing for one task, for many, objecting to one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.tasks.commands import signing as commands
from lantu_web.tasks.forms.signing import Expected, ManyForm, ObjectForm
from lantu_web.tasks.models import Signature
from lantu_web.tasks.queries.my_unit import all_to_sign, answered_of, own_units
from lantu_web.tasks.queries.page import source_of
from lantu_web.tasks.queries.signing import OPEN, asked_of, content_of, signatures_in_reach


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_SIGN)
def many(request: OfficeRequest) -> HttpResponse:
    """All that waits for the own units; those that are ticked are signed together."""
    asked = all_to_sign(request.person)
    form = ManyForm(request.POST or None)

    def act() -> str:
        count = commands.sign_many(by=request.person, seen=[commands.Seen(*pair) for pair in form.seen()])
        messages.success(request, ngettext("Signed for %(count)s task.", "Signed for %(count)s tasks.", count) % {"count": count})
        return reverse("office:my-unit", args=[request.zone.slug])

    context = {"asked": asked, "answered": answered_of(request.person), "units": own_units(request.person)}
    return entry(request, form, act, context, template="office/signing/sign_many.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_SIGN)
def one(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is to be signed for, why it is the unit's, and the two answers to it."""
    row = signature_or_404(request, pk)
    if request.method != "POST" and row.is_superseded:
        messages.info(request, _("This was sent out anew since; here is the task as it stands now."))
        return redirect("office:task", request.zone.slug, row.task_id)
    form = Expected(request.POST or None, initial={"expected": row.revision})

    def act() -> str:
        commands.sign(by=request.person, signature_id=pk, expected=form.revision)
        messages.success(request, _("“%(task)s” is signed for.") % {"task": row.task})
        return next_to_sign(request)

    return entry(request, form, act, _about(request, row), template="office/signing/sign.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_SIGN)
def objection(request: OfficeRequest, pk: int) -> HttpResponse:
    """Why the unit does not sign, and what it proposes instead."""
    row = signature_or_404(request, pk)
    if request.method != "POST" and (row.is_superseded or row.state not in OPEN):
        return redirect("office:sign", request.zone.slug, pk)
    form = ObjectForm(request.POST or None, row=row)

    def act() -> str:
        commands.object_to(
            by=request.person, signature_id=pk, expected=form.revision, reason=form.cleaned_data["reason"], counter=form.values()
        )  # fmt: skip
        messages.success(request, _("The objection to “%(task)s” is with the planning office.") % {"task": row.task})
        return reverse("office:my-unit", args=[request.zone.slug])

    return entry(request, form, act, _about(request, row), template="office/signing/object.html")


def signature_or_404(request: OfficeRequest, pk: int) -> Signature:
    row = get_object_or_404(signatures_in_reach(request.person), pk=pk)
    require_in_unit(request.person, Right.TASK_SIGN, row.unit_id)
    return row


def next_to_sign(request: OfficeRequest) -> str:
    """The next of the own units, or their start page where nothing is left."""
    left = all_to_sign(request.person)
    if not left:
        return reverse("office:my-unit", args=[request.zone.slug])
    return reverse("office:sign", args=[request.zone.slug, left[0].row.pk])


def _about(request: OfficeRequest, row: Signature) -> dict[str, object]:
    cooperating = [one.unit for one in row.task.cooperations.select_related("unit")]
    return {
        "row": row, "task": row.task, "asked": asked_of([row])[0], "content": content_of(row), "cooperating": cooperating,
        "source": source_of(request.person, row.task), "is_open": row.state in OPEN and not row.is_superseded,
        "division": row.task.plan.division,
    }  # fmt: skip
