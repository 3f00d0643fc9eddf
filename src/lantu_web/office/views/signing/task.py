"""The page of a task: everything of it, and what the person may do with it."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.lib.errors import Gone
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.forms.signing import CommentForm, FileForm, PeopleForm
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.history import history_of
from lantu_web.tasks.queries.page import extensions_of, source_of, tasks_to_show, what_can, years_of_task
from lantu_web.tasks.queries.signing import rounds_of
from lantu_web.tasks.queries.talk import comments_of, files_of, files_visible_to, readers_called
from lantu_web.tasks.queries.visible import parents_seen

LONGEST_NAME = 60


@require_safe
@screen(Right.TASK_READ)
def page(request: OfficeRequest, pk: int) -> HttpResponse:
    task = task_or_404(request, pk)
    return render(request, "office/signing/task.html", {
        "task": task, "source": source_of(request.person, task), "rounds": rounds_of(task), "years": years_of_task(task),
        "extensions": extensions_of(task), "comments": list(comments_of(task)), "files": list(files_of(task)),
        "history": history_of(task), "can": what_can(request.person, task), "comment_form": CommentForm(), "file_form": FileForm(),
        "today": clock.today(), "parent": parents_seen(request.person, [task]).get(task.parent_id or 0),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_WORK)
def people(request: OfficeRequest, pk: int) -> HttpResponse:
    """Which section and which person of the lead unit answer for it."""
    task = task_or_404(request, pk)
    require_in_unit(request.person, Right.TASK_WORK, task.lead_unit_id)
    form = PeopleForm(request.POST or None, task=task)
    back = reverse("office:task", args=[request.zone.slug, pk])

    def act() -> str:
        change(by=request.person, task_id=pk, expected=form.revision, values=form.values())
        return back

    return entry(request, form, act, {"task": task, "back": back}, template="office/signing/people.html")


@require_safe
@screen(Right.COMMENT_WRITE)
def readers(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who can be spoken to in a comment, narrowed down by what is typed behind the @: the options of a list, for htmx."""
    found = readers_called(request.person, task_or_404(request, pk), request.GET.get("text", "")[:LONGEST_NAME])
    return render(request, "office/signing/_readers.html", {"readers": found})


@require_safe
@screen(Right.TASK_READ)
def file(request: OfficeRequest, pk: int, file: int) -> HttpResponse:
    """The bytes as they came, as something to keep, never as something that a browser would run."""
    found = get_object_or_404(files_visible_to(request.person), task=pk, pk=file)
    if found.original.removed_at is not None:
        raise Gone(_("This file was marked as a state secret and was removed."))
    response = FileResponse(
        on_disk(found.original.path).open("rb"), as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # streams, which the doors need not know


def task_or_404(request: OfficeRequest, pk: int) -> Task:
    return get_object_or_404(tasks_to_show(request.person), pk=pk)
