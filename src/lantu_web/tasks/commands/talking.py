"""What is said and kept about a task: comments with people spoken to by @, files as evidence."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.documents.commands.store import store_evidence
from lantu_web.documents.file_names import shown_name
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden
from lantu_web.lib.texts import typed
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.commands.locking import locked_task
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.commands.trail import leave
from lantu_web.tasks.enums import Event
from lantu_web.tasks.models import Comment, Task, TaskFile
from lantu_web.tasks.queries.talk import files_visible_to, may_work_in, mentioned_in

LONGEST = 2000


@transaction.atomic
def comment(*, by: Person, task_id: int, text: str) -> Comment:
    """Say something about a task; whoever is named behind an @ finds it on their start page. It does not touch the task itself.

    Raises Conflict where the same was said just now, as by a form that was sent twice.
    """
    require(by, Right.COMMENT_WRITE)
    task = locked_task(by=by, task_id=task_id)
    said = typed(text, field="text", label=_("Comment"), length=LONGEST)
    now = clock.now()
    if Comment.objects.filter(task=task, by_id=by.user_id, text=said, at__gt=now - allowances().sent_twice).exists():
        raise Conflict(_("This comment is there already; it was sent twice."))
    written = Comment.objects.create(task=task, text=said, by_id=by.user_id, at=now)
    people = mentioned_in(said, task)
    written.mentioned.set(people)
    record(by=by, action="comment.write", on=task, after={"text": said, "mentioned": [user.name for user in people]})
    tell(by=by, event=Event.COMMENT_WRITTEN, task=task, text=said, mentioned=[user.username for user in people])
    return written


def add_file(*, by: Person, task_id: int, chunks: Iterable[bytes], file_name: str) -> TaskFile:
    """Keep a file with a task of the own unit, as lead or cooperating unit. Raises Invalid for what is not kept."""
    with transaction.atomic():
        require_in_task(by, locked_task(by=by, task_id=task_id))
    original = store_evidence(by=by, chunks=chunks, file_name=file_name)
    with transaction.atomic():
        task = locked_task(by=by, task_id=task_id)
        known = TaskFile.objects.filter(task=task, original=original, removed_at=None).first()
        if known is not None:
            raise Conflict(_("The same file is there already: “%(name)s”.") % {"name": known.file_name})
        file = TaskFile.objects.create(
            task=task, original=original, file_name=shown_name(file_name), by_id=by.user_id, at=clock.now()
        )  # fmt: skip
        leave(by=by, task=task, action="file.add", after={"file_name": file.file_name, "sha256": original.sha256})
    return file


@transaction.atomic
def remove_file(*, by: Person, file_id: int) -> TaskFile:
    """Take a file away from its task; its bytes stay, as those of all originals."""
    known = files_visible_to(by).filter(pk=file_id).values_list("task", flat=True).first()
    if known is None:
        raise Conflict(_("This file is not there any more."))
    task = locked_task(by=by, task_id=known)
    require_in_task(by, task)
    file = TaskFile.objects.select_for_update().get(pk=file_id)
    if file.removed_at is not None:
        raise Conflict(_("This file is not there any more."))
    file.removed_at = clock.now()
    file.save()
    leave(by=by, task=task, action="file.remove", before={"file_name": file.file_name})
    return file


def require_in_task(by: Person, task: Task) -> None:
    """Raises Forbidden where the person's units have no part in the task."""
    if not may_work_in(by, task):
        raise Forbidden(_("Your unit has no part in “%(task)s”.") % {"task": task})
    require(by, Right.TASK_WORK)
