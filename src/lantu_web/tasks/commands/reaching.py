"""What was sent out keeps reaching the plan's target: its years add up to it, or lead to it, by the kind of its indicator."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lantu.breakdown.paths import Fault, Problem, shown
from lantu_web.lib.errors import Invalid
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.paths import problems_of

_FIELDS = {Fault.AFTER_TARGET: "year", Fault.BEFORE_BASE: "year"}


def refuse_unreached(task: Task) -> None:
    """Raises Invalid where a task that is out has years that do not reach its target. A draft may still be half done."""
    if task.state == TaskState.SENT:
        refuse_problems(task)


def refuse_problems(task: Task) -> None:
    """The same whatever its state, for who is about to send it out."""
    problems = problems_of(task)
    if problems:
        told = "; ".join(in_words(problem, task.measured_in) for problem in problems[:3])
        message = _("“%(task)s”: %(problems)s Change years and target together.")
        raise Invalid(message % {"task": task, "problems": told}, field=_FIELDS.get(problems[0].fault, "value"))


def in_words(problem: Problem, unit: str = "") -> str:
    """What is wrong, for the person who set the years."""
    found, wanted = (f"{shown(number)}{unit}" if number is not None else "—" for number in (problem.found, problem.wanted))
    told = {"year": problem.year, "found": found, "wanted": wanted}
    match problem.fault:
        case Fault.MISSING:
            return _("%(year)s has no value; the target is %(wanted)s.") % told
        case Fault.AFTER_TARGET:
            return _("%(year)s lies after the year of the target.") % told
        case Fault.BEFORE_BASE:
            return _("%(year)s is not after the base year.") % told
        case Fault.NOT_REACHED:
            return _("%(year)s stands at %(found)s and does not reach the target of %(wanted)s.") % told
        case Fault.SUM_SHORT:
            return _("The years add up to %(found)s, not to the target of %(wanted)s.") % told
        case Fault.NOT_HELD:
            return _("%(year)s stands at %(found)s; every year must keep %(wanted)s.") % told
        case _:
            return _("The years grow by %(found)s on average, less than the target of %(wanted)s.") % told
