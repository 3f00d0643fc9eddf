"""Reads of what is said about tasks: comments, who is spoken to in them, files."""

from __future__ import annotations

from django.db.models import QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User
from lantu_web.accounts.rights import Right
from lantu_web.tasks.models import Comment, Cooperation, Task, TaskFile
from lantu_web.tasks.queries.visible import tasks_visible_to


def comments_of(task: Task) -> QuerySet[Comment]:
    """Oldest first."""
    return Comment.objects.filter(task=task).select_related("by").prefetch_related("mentioned").order_by("at", "pk")


def files_of(task: Task) -> QuerySet[TaskFile]:
    return TaskFile.objects.filter(task=task, removed_at=None).select_related("original", "by").order_by("at", "pk")


def files_visible_to(by: Person) -> QuerySet[TaskFile]:
    return TaskFile.objects.filter(task__in=tasks_visible_to(by), removed_at=None).select_related("original", "task", "by")


def mentions_of(by: Person) -> QuerySet[Comment]:
    """Where somebody else spoke to the person, newest first."""
    rows = Comment.objects.filter(mentioned=by.user_id or 0, task__in=tasks_visible_to(by)).exclude(by=by.user_id)
    return rows.select_related("by", "task").order_by("-at", "-pk")


def people_to_mention(zone_id: int | None) -> QuerySet[User]:
    """Everybody with a post in the zone, by name."""
    return User.objects.filter(posts__zone=zone_id or 0, is_active=True).distinct().order_by("name", "pk")


def mentioned_in(text: str, zone_id: int | None) -> list[User]:
    """Whose name or user name stands behind an @, the longest that fits; all of them where several bear it."""
    tails = [tail for tail in text.split("@")[1:] if tail.strip()]
    if not tails:
        return []
    people = list(people_to_mention(zone_id))
    found: dict[int, User] = {}
    for tail in tails:
        fitting = [(len(word), user) for user in people for word in (user.name, user.username) if word and tail.startswith(word)]
        longest = max((length for length, _user in fitting), default=0)
        found |= {user.pk: user for length, user in fitting if length == longest}
    return list(found.values())


def may_work_in(by: Person, task: Task) -> bool:
    """Whether the person works in the task for its lead unit or for a cooperating one."""
    units = [task.lead_unit_id, *Cooperation.objects.filter(task=task).values_list("unit_id", flat=True)]
    return any(by.may_in_unit(Right.TASK_WORK, unit) for unit in units)
