"""Lists for programs: divisions, tasks, signatures, extensions, as far as the person sees them."""

from __future__ import annotations

from django.db.models import QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Reach, Right
from lantu_web.lib import clock
from lantu_web.tasks.models import Division, Extension, Signature, Task
from lantu_web.tasks.queries.beside import beside
from lantu_web.tasks.queries.ledger import Row, tasks_in_order
from lantu_web.tasks.queries.parts import extensions_visible_to
from lantu_web.tasks.queries.signing import signatures_visible_to
from lantu_web.tasks.queries.wanted import Wanted


def divisions_visible_to(by: Person) -> QuerySet[Division]:
    """Those of which something was sent out; all of them for those who see drafts."""
    if by.zone_id is None or not by.may(Right.TASK_READ):
        return Division.objects.none()
    rows = Division.objects.filter(zone_id=by.zone_id).select_related("plan", "created_by", "sent_by")
    return rows if by.reach(Right.TASK_DRAFT_READ) >= Reach.ZONE else rows.filter(round__gt=0)


def division_of_task(task: Task) -> int | None:
    return Division.objects.filter(plan=task.plan_id).values_list("pk", flat=True).first()


def slice_of_ledger(by: Person, wanted: Wanted, *, start: int, count: int) -> tuple[int, list[Row]]:
    """How many there are, and those from ``start`` on. Four queries, whatever the number of tasks."""
    found = tasks_in_order(by, wanted)
    total = found.count()
    ids = list(found.values_list("pk", flat=True)[start : start + count]) if start < total else []
    tasks = Task.objects.select_related("lead_unit", "section", "person", "sponsor").in_bulk(ids) if ids else {}
    year, today = wanted.year or clock.today().year, clock.today()
    stands_beside = beside(ids, year)
    return total, [
        Row(task=tasks[pk], year=year, today=today, beside=stands_beside[pk], sentence=None) for pk in ids if pk in tasks
    ]  # fmt: skip


def signatures_wanted(
    by: Person, *, plan: int | None = None, task: int | None = None, unit: int | None = None, state: str = "", mine: bool = False,
    past: bool = False,
) -> QuerySet[Signature]:  # fmt: skip
    """``mine``: of the person's own units; ``past``: those too that a later round superseded."""
    asked = {"task__plan": plan, "task": task, "unit": unit, "state": state}
    rows = signatures_visible_to(by).filter(**{name: value for name, value in asked.items() if value})
    rows = rows if past else rows.filter(is_superseded=False)
    rows = rows.filter(unit__in=by.unit_ids) if mine else rows
    return rows.order_by("task__plan", "task__position", "-round", "part", "pk")


def extensions_wanted(by: Person, *, task: int | None = None, state: str = "") -> QuerySet[Extension]:
    """The newest first."""
    asked = {"task": task, "state": state}
    rows = extensions_visible_to(by).filter(**{name: value for name, value in asked.items() if value})
    return rows.order_by("-asked_at", "-pk")
