"""Reads of what is said about tasks: comments, who is spoken to in them, files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, User
from lantu_web.accounts.queries.acting import posts_on
from lantu_web.accounts.rights import Reach, Right, reach
from lantu_web.lib import clock
from lantu_web.tasks.enums import VISIBLE
from lantu_web.tasks.initials import initials_of
from lantu_web.tasks.models import Comment, Cooperation, Task, TaskFile
from lantu_web.tasks.queries.visible import tasks_visible_to

READERS_SHOWN = 8


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


def readers_of(task: Task) -> QuerySet[User]:
    """Everybody whose post in the zone lets them see the task, by name."""
    posts = _posts_that_see(task).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(posts), is_active=True).order_by("name", "pk")


def _posts_that_see(task: Task) -> QuerySet[Post]:
    def sees(role: Role) -> bool:
        return reach(frozenset({role}), Right.TASK_READ) > Reach.NONE and (
            task.state in VISIBLE or reach(frozenset({role}), Right.TASK_DRAFT_READ) >= Reach.ZONE
        )

    return posts_on(Post.objects.filter(zone=task.zone_id, role__in=filter(sees, Role)), on=clock.today())


def _known_to(by: Person, task: Task) -> Q:
    if by.reach(Right.PEOPLE_READ) >= Reach.ZONE:
        return Q()
    units = {task.lead_unit_id, *Cooperation.objects.filter(task=task).values_list("unit", flat=True), *by.unit_ids}
    part = Q(unit__in=units - {None}) | Q(role=Role.PLANNING_OFFICER)
    posts = _posts_that_see(task).filter(part, user=OuterRef("pk"))
    return Q(Exists(posts)) | Q(Exists(Comment.objects.filter(task=task, by=OuterRef("pk"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody to speak to; ``word`` is what stands behind the @: the name, the user name where others bear the name too."""

    name: str
    word: str
    units: str


def readers_called(by: Person, task: Task, words: str) -> list[Reader]:
    """Those whose name, user name or pinyin initials begin like the words; the first few.

    Who does not see the people of the zone is told of those of their own units and of those who take part in the task already.
    """
    begun = words.strip().lower()
    units = Prefetch("posts", queryset=_posts_that_see(task).select_related("unit"), to_attr="posts_here")
    people = list(readers_of(task).filter(_known_to(by, task)).prefetch_related(units))
    names = Counter(readers_of(task).values_list("name", flat=True))
    fitting = [user for user in people if any(word.lower().startswith(begun) for word in _words_for(user))]
    return [
        Reader(
            name=user.name, word=user.name if names[user.name] == 1 else user.username,
            units="、".join(dict.fromkeys(post.unit.name for post in getattr(user, "posts_here", ()) if post.unit is not None)),
        )
        for user in fitting[:READERS_SHOWN]
    ]  # fmt: skip


def _words_for(user: User) -> tuple[str, str, str]:
    return user.name, user.username, initials_of(user.name)


def mentioned_in(text: str, task: Task) -> list[User]:
    """Whose name or user name stands behind an @, the longest that fits; all of them where several bear it."""
    tails = [tail for tail in text.split("@")[1:] if tail.strip()]
    if not tails:
        return []
    people = list(readers_of(task))
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
