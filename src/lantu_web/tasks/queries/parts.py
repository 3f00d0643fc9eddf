"""Reads of annual parts and nodes: those that a person sees, and what a year left unfinished."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.tasks.enums import PartState, TaskState
from lantu_web.tasks.models import Division, Extension, Node, YearPart
from lantu_web.tasks.queries.visible import tasks_visible_to


def parts_visible_to(by: Person) -> QuerySet[YearPart]:
    return YearPart.objects.filter(task__in=tasks_visible_to(by)).select_related("task__plan", "task__lead_unit", "claimed_by")


def nodes_visible_to(by: Person) -> QuerySet[Node]:
    return Node.objects.filter(task__in=tasks_visible_to(by)).select_related("task__plan", "task__lead_unit")


def extensions_visible_to(by: Person) -> QuerySet[Extension]:
    return Extension.objects.filter(task__in=tasks_visible_to(by)).select_related("task__plan", "unit", "asked_by", "decided_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What would be carried over; ``is_claimed``: the unit holds it for finished, ``is_late``: its task is past its due date."""

    part: YearPart
    is_claimed: bool
    is_late: bool


def unfinished_parts(division: Division, year: int) -> QuerySet[YearPart]:
    """Of tasks that were sent out and are not finished."""
    rows = _open_parts(division).filter(year=year)
    return rows.select_related("task__lead_unit").order_by("task__position", "pk")


def to_carry(division: Division, year: int) -> list[Carried]:
    """The preview of a year's end."""
    return [
        Carried(
            part=part, is_claimed=part.claimed_on is not None,
            is_late=part.task.latest_on is not None and part.task.latest_on.year <= year,
        )
        for part in unfinished_parts(division, year)
    ]  # fmt: skip


def years_of(division: Division) -> list[int]:
    """Years of which something is open, first to last."""
    rows = _open_parts(division)
    return sorted(set(rows.order_by().values_list("year", flat=True)))


def _open_parts(division: Division) -> QuerySet[YearPart]:
    """A goal that is watched and not decomposed has years too, but nobody who could finish them."""
    return YearPart.objects.filter(task__plan=division.plan_id, task__state=TaskState.SENT, task__left_out="", state=PartState.OPEN)
