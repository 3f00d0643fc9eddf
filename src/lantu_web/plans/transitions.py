"""The life of a plan as one table: from which state to which, by what act, and who may.

What else must hold for an act stands with its command: nothing may be under way and nothing undecided when a plan is approved
(``queries.approval.hurdles``), no line may be stale when an adjustment is approved (``queries.adjustments.stale_lines``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Conflict
from lantu_web.plans.enums import IN_FORCE, PlanState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from lantu_web.plans.models import Plan


class PlanAct(StrEnum):
    LAY_OUT = "plan.lay_out"
    TAKE_BACK = "plan.take_back_text"
    APPROVE = "plan.approve"
    ADJUST = "plan.adjust"
    CLOSE = "plan.close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """``act`` leads from any of ``sources`` to ``target``; ``holds`` says in words what must hold besides."""

    act: PlanAct
    sources: tuple[PlanState, ...]
    target: PlanState
    right: Right
    holds: _StrPromise


TRANSITIONS = (
    Transition(
        act=PlanAct.LAY_OUT, sources=(PlanState.DRAFT,), target=PlanState.IN_REVIEW, right=Right.ORIGINAL_UPLOAD,
        holds=gettext_lazy("Its file was read."),
    ),
    Transition(
        act=PlanAct.TAKE_BACK, sources=(PlanState.IN_REVIEW,), target=PlanState.DRAFT, right=Right.PLAN_WRITE,
        holds=gettext_lazy("Nothing was decided yet, no reading and no amended file is under way."),
    ),
    Transition(
        act=PlanAct.APPROVE, sources=(PlanState.IN_REVIEW,), target=PlanState.APPROVED, right=Right.PLAN_APPROVE,
        holds=gettext_lazy("Something is accepted, nothing is undecided, no reading and no amended file is under way."),
    ),
    Transition(
        act=PlanAct.ADJUST, sources=IN_FORCE, target=PlanState.ADJUSTED, right=Right.ADJUSTMENT_APPROVE,
        holds=gettext_lazy("Opinions were asked for, and every line starts from what is in force."),
    ),
    Transition(
        act=PlanAct.CLOSE, sources=IN_FORCE, target=PlanState.CLOSED, right=Right.PLAN_APPROVE,
        holds=gettext_lazy("No adjustment is under way."),
    ),
)  # fmt: skip
_BY_ACT = {transition.act: transition for transition in TRANSITIONS}


def transition(act: PlanAct) -> Transition:
    return _BY_ACT[act]


def allows(state: str, act: PlanAct) -> bool:
    """Whether a plan of that state may undergo the act."""
    return state in _BY_ACT[act].sources


def follow(plan: Plan, act: PlanAct) -> PlanState:
    """The state that the act leads to. Raises Conflict where the plan's state does not allow it."""
    if not allows(plan.state, act):
        raise Conflict(_("“%(plan)s” is %(state)s; this is not possible any more.") % {"plan": plan.name, "state": _in_words(plan)})
    return _BY_ACT[act].target


def _in_words(plan: Plan) -> str:
    return {
        PlanState.DRAFT: _("still a draft"),
        PlanState.IN_REVIEW: _("in review"),
        PlanState.APPROVED: _("approved"),
        PlanState.ADJUSTED: _("adjusted"),
        PlanState.CLOSED: _("closed"),
    }[PlanState(plan.state)]
