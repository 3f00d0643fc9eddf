"""Rows held until the transaction ends: the division before its tasks, tasks by ascending id, so that no two wait for each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib.errors import Conflict
from lantu_web.tasks.models import Division, Task
from lantu_web.tasks.queries.visible import tasks_visible_to


def locked_division(*, by: Person, division_id: int) -> Division:
    """The division of the acting zone. Raises Conflict if it is not there."""
    division = Division.objects.select_for_update(of=("self",)).filter(zone_id=by.zone_id or 0, pk=division_id).first()
    if division is None:
        raise Conflict(_("This division scheme is not there any more."))
    return division


def locked_task(*, by: Person, task_id: int) -> Task:
    """A task that the person sees. Raises Conflict if it is not there (for them)."""
    task = tasks_visible_to(by).select_for_update(of=("self",)).filter(pk=task_id).order_by("pk").first()
    if task is None:
        raise gone()
    return task


def gone() -> Conflict:
    return Conflict(_("This task is not there any more."))


def locked_those_there(*, by: Person, task_ids: Iterable[int]) -> list[Task]:
    """Those of the tasks that are there (for the person), by ascending id."""
    return list(tasks_visible_to(by).select_for_update(of=("self",)).filter(pk__in=set(task_ids)).order_by("pk"))


def locked_tasks(*, by: Person, task_ids: Iterable[int]) -> list[Task]:
    """Those tasks, by ascending id. Raises Conflict where one of them is not there (for the person)."""
    return _all_of(tasks_visible_to(by).select_for_update(of=("self",)), task_ids)


def read_tasks(*, by: Person, task_ids: Iterable[int]) -> list[Task]:
    """The same for who only looks: nothing is held."""
    return _all_of(tasks_visible_to(by), task_ids)


def _all_of(tasks: QuerySet[Task], task_ids: Iterable[int]) -> list[Task]:
    wanted = set(task_ids)
    found = list(tasks.filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise Conflict(_("Some of these tasks are not there any more. Nothing was changed: look at the list again."))
    return found
