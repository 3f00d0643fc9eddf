"""What was sent out keeps reaching the plan's target: its years add up to it, or lead to it, by the kind of its indicator."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from lantu.breakdown.paths import Fault
from lantu_web.lib.errors import Invalid
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.paths import in_words, problems_of

_FIELDS = {Fault.AFTER_TARGET: "year", Fault.BEFORE_BASE: "year"}


def refuse_unreached(task: Task, years: Mapping[int, Decimal | None] | None = None) -> None:
    """Raises Invalid where a task that is out has years that do not reach its target. A draft may still be half done.

    ``years``: the values of its years, where they were read already.
    """
    if task.state == TaskState.SENT:
        refuse_problems(task, years)


def refuse_problems(task: Task, years: Mapping[int, Decimal | None] | None = None) -> None:
    """The same whatever its state, for who is about to send it out."""
    problems = problems_of(task, years)
    if problems:
        told = "; ".join(in_words(problem, task.measured_in) for problem in problems[:3])
        message = _("“%(task)s”: %(problems)s Change years and target together.")
        raise Invalid(message % {"task": task, "problems": told}, field=_FIELDS.get(problems[0].fault, "value"))
