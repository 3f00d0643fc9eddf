"""Which tasks a person sees, and which are theirs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Reach, Right
from lantu_web.tasks.enums import VISIBLE
from lantu_web.tasks.models import Cooperation, Task


def tasks_visible_to(by: Person) -> QuerySet[Task]:
    """Of the acting zone: what was sent out for every reader, drafts and withdrawn ones for those with the right to drafts."""
    if by.zone_id is None or not by.may(Right.TASK_READ):
        return Task.objects.none()
    tasks = Task.objects.filter(zone_id=by.zone_id)
    return tasks if by.reach(Right.TASK_DRAFT_READ) >= Reach.ZONE else tasks.filter(state__in=VISIBLE)


def parents_seen(by: Person, tasks: Iterable[Task]) -> dict[int, Task]:
    """What stands above those tasks, by its id, as far as the person sees it: a task is sent out without the one above it."""
    above = {task.parent_id for task in tasks if task.parent_id is not None}
    return tasks_visible_to(by).in_bulk(above) if above else {}


def of_units(unit_ids: frozenset[int]) -> Q:
    """Tasks that one of the units leads or cooperates in."""
    cooperating = Cooperation.objects.filter(task=OuterRef("pk"), unit__in=unit_ids)
    return Q(lead_unit__in=unit_ids) | Q(Exists(cooperating))
