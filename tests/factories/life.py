"""Plans that are decided, approved and adjusted, for the tests of what comes after the review."""

from __future__ import annotations

from datetime import date
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.plans.commands import adjustment_lines, adjustments
from lantu_web.plans.commands.approval import approve
from lantu_web.plans.enums import CandidateState, ItemKind, RejectReason, Trigger
from lantu_web.plans.models import Adjustment, Candidate, Item, Plan, Version

APPROVED_ON = date(2026, 1, 20)
BODY, NUMBER = "云溪新区管委会", "云管发〔2026〕3号"


def decided(plan: Plan) -> Plan:
    """Accept everything of the plan but actors."""
    candidates = Candidate.objects.filter(plan=plan)
    candidates.exclude(kind=ItemKind.ACTOR).update(state=CandidateState.ACCEPTED)
    candidates.filter(kind=ItemKind.ACTOR).update(state=CandidateState.REJECTED, reject_reason=RejectReason.NOT_A_COMMITMENT)
    return plan


def approved(plan: Plan, by: Person) -> Plan:
    approve(by=by, plan_id=plan.pk, expected=plan.revision, approving_body=BODY, document_number=NUMBER, approved_on=APPROVED_ON)
    plan.refresh_from_db()
    return plan


def item_of(plan: Plan, code: str) -> Item:
    return Item.objects.get(plan=plan, code=code)


def drafted(plan: Plan, by: Person, title: str = "") -> Adjustment:
    """With a title of its own where none is given."""
    count = Adjustment.objects.filter(plan=plan).count()
    title = title or "调整研发投入目标" + (f"（{count + 1}）" if count else "")
    return adjustments.draft(by=by, plan_id=plan.pk, title=title, trigger=Trigger.ENVIRONMENT, reason="外部环境发生重大变化。")


def changed(adjustment: Adjustment, item: Item, by: Person, **values: Any) -> Adjustment:
    """With a line that changes those fields of the item."""
    now = item.states.order_by("version__number").last()
    assert now is not None
    adjustment_lines.change_item(
        by=by, adjustment_id=adjustment.pk, expected=adjustment.revision, item_id=item.pk, after={**now.content, **values}, reason=""
    )
    adjustment.refresh_from_db()
    return adjustment


def consulted(adjustment: Adjustment, by: Person) -> Adjustment:
    adjustments.consult(by=by, adjustment_id=adjustment.pk, expected=adjustment.revision)
    adjustment.refresh_from_db()
    return adjustment


def adopted(adjustment: Adjustment, by: Person, on: date = date(2026, 6, 30), number: str = "云管发〔2026〕18号") -> Version:
    return adjustments.approve(
        by=by, adjustment_id=adjustment.pk, expected=adjustment.revision, approving_body=BODY, upper_body="云溪新区党工委",
        document_number=number, approved_on=on, effective_on=on,
    )  # fmt: skip


def adjusted(plan: Plan, by: Person, code: str = "M-002", **values: Any) -> Version:
    """A whole adjustment of one item, approved."""
    adjustment = changed(drafted(plan, by), item_of(plan, code), by, **(values or {"value": "3.2"}))
    return adopted(consulted(adjustment, by), by)
