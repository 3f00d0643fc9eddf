"""Working in a task: nodes, annual parts, comments, files, later due dates."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.documents.commands.store import too_large
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.office.uploads import is_too_large
from lantu_web.office.views.signing.answers import told
from lantu_web.office.views.signing.task import task_or_404
from lantu_web.tasks.commands import extending, finishing, talking
from lantu_web.tasks.forms.signing import CommentForm, DecisionForm, ExtensionForm, NodeForm, NoteForm
from lantu_web.tasks.models import YearPart
from lantu_web.tasks.queries.page import source_of
from lantu_web.tasks.queries.parts import extensions_visible_to, nodes_visible_to, parts_visible_to
from lantu_web.tasks.queries.talk import files_visible_to


@require_POST
@screen(Right.TASK_WORK)
def node_done(request: OfficeRequest, pk: int, node: int) -> HttpResponse:
    """Reached today, or on the day that was given; "open" takes it back."""
    found = get_object_or_404(nodes_visible_to(request.person), task=pk, pk=node)
    require_in_unit(request.person, Right.TASK_WORK, found.task.lead_unit_id)
    form = NodeForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise Invalid(_("Write the day like 2027-06-30."), field="done_on")
        finishing.finish_node(by=request.person, node_id=found.pk, expected=form.revision, done_on=_day(request, form))
        message = _("“%(node)s” is open again.") if _reopens(request) else _("“%(node)s” is reached.")
        return message % {"node": found.text}

    return told(request, act, _to_task(request, pk, "years"))


def _reopens(request: OfficeRequest) -> bool:
    return "open" in request.POST


def _day(request: OfficeRequest, form: NodeForm) -> date | None:
    return None if _reopens(request) else form.cleaned_data["done_on"] or clock.today()


@require_POST
@screen(Right.TASK_WORK)
def part_claim(request: OfficeRequest, pk: int, part: int) -> HttpResponse:
    found = _part(request, pk, part)
    require_in_unit(request.person, Right.TASK_WORK, found.task.lead_unit_id)
    form = NoteForm(request.POST)

    def act() -> str:
        finishing.claim(by=request.person, part_id=found.pk, expected=_seen(form), note=form.cleaned_data.get("note", ""))
        return _("%(year)s is claimed finished; the planning office verifies it.") % {"year": found.year}

    return told(request, act, _to_task(request, pk, "years"))


@require_POST
@screen(Right.DIVISION_WRITE)
def part_verify(request: OfficeRequest, pk: int, part: int) -> HttpResponse:
    found, form = _part(request, pk, part), NoteForm(request.POST)

    def act() -> str:
        finishing.verify(by=request.person, part_id=found.pk, expected=_seen(form))
        return _("%(year)s is verified as finished.") % {"year": found.year}

    return told(request, act, _to_task(request, pk, "years"))


@require_POST
@screen(Right.DIVISION_WRITE)
def part_send_back(request: OfficeRequest, pk: int, part: int) -> HttpResponse:
    found, form = _part(request, pk, part), NoteForm(request.POST)

    def act() -> str:
        finishing.send_back(by=request.person, part_id=found.pk, expected=_seen(form), note=form.cleaned_data.get("note", ""))
        return _("%(year)s went back to the unit, with what is missing.") % {"year": found.year}

    return told(request, act, _to_task(request, pk, "years"))


@require_POST
@screen(Right.COMMENT_WRITE)
def comment(request: OfficeRequest, pk: int) -> HttpResponse:
    task, form = task_or_404(request, pk), CommentForm(request.POST)

    def act() -> str:
        form.is_valid()
        written = talking.comment(by=request.person, task_id=task.pk, text=request.POST.get("text", ""))
        people = "、".join(person.name for person in written.mentioned.all())
        return _("Written; %(people)s will find it on the start page.") % {"people": people} if people else _("Written.")

    return told(request, act, _to_task(request, pk, "comments"))


@require_POST
@screen(Right.TASK_WORK)
def file_add(request: OfficeRequest, pk: int) -> HttpResponse:
    task = task_or_404(request, pk)
    talking.require_in_task(request.person, task)

    def act() -> str:
        if is_too_large(request):
            raise too_large()
        upload = request.FILES.get("file")
        if upload is None:
            raise Invalid(_("Choose a file first."), field="file")
        kept = talking.add_file(by=request.person, task_id=task.pk, chunks=upload.chunks(), file_name=upload.name or "")
        return _("“%(name)s” is kept with the task.") % {"name": kept.file_name}

    return told(request, act, _to_task(request, pk, "files"))


@require_POST
@screen(Right.TASK_WORK)
def file_remove(request: OfficeRequest, pk: int, file: int) -> HttpResponse:
    found = get_object_or_404(files_visible_to(request.person), task=pk, pk=file)
    talking.require_in_task(request.person, found.task)

    def act() -> str:
        talking.remove_file(by=request.person, file_id=found.pk)
        return _("“%(name)s” was taken away.") % {"name": found.file_name}

    return told(request, act, _to_task(request, pk, "files"))


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_WORK)
def extension_ask(request: OfficeRequest, pk: int) -> HttpResponse:
    """The lead unit asks for a later due date."""
    task = task_or_404(request, pk)
    require_in_unit(request.person, Right.TASK_WORK, task.lead_unit_id)
    form = ExtensionForm(request.POST or None)

    def act() -> str:
        extending.ask(by=request.person, task_id=pk, due_on=form.cleaned_data["due_on"], reason=form.cleaned_data["reason"])
        messages.success(request, _("The request is with the planning office."))
        return _to_task(request, pk, "extensions")

    return entry(request, form, act, {"task": task, "back": _to_task(request, pk)}, template="office/signing/extension_ask.html")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.DIVISION_WRITE)
def extension(request: OfficeRequest, pk: int) -> HttpResponse:
    """The planning office grants a later due date or refuses it."""
    found = get_object_or_404(extensions_visible_to(request.person), pk=pk)
    form = DecisionForm(request.POST or None, initial={"expected": found.revision})

    def act() -> str:
        given = form.cleaned_data
        extending.decide(
            by=request.person, extension_id=pk, expected=form.revision, is_approved=given["decision"] == "approve", note=given["note"]
        )  # fmt: skip
        messages.success(request, _("The request is decided; the unit finds it on its start page."))
        return _to_task(request, found.task_id, "extensions")

    context = {
        "extension": found, "task": found.task, "back": _to_task(request, found.task_id), "is_open": found.state == "asked",
        "source": source_of(request.person, found.task),
    }  # fmt: skip
    return entry(request, form, act, context, template="office/signing/extension.html")


def _part(request: OfficeRequest, pk: int, part: int) -> YearPart:
    return get_object_or_404(parts_visible_to(request.person), task=pk, pk=part)


def _seen(form: NoteForm) -> int:
    """The revision that the person saw; what is too long is refused by the form."""
    if not form.is_valid():
        raise Invalid(_("The note has too many characters; at most 500 are possible."), field="note")
    return form.revision


def _to_task(request: OfficeRequest, pk: int, part: str = "") -> str:
    return reverse("office:task", args=[request.zone.slug, pk]) + (f"#{part}" if part else "")


