"""The lines of an adjustment while it is being prepared: what changes, what is added, what is removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.audit.commands import record
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed
from lantu_web.plans.commands.adjustments import held, step
from lantu_web.plans.content import Content, clean, label_of
from lantu_web.plans.differences import says_the_same
from lantu_web.plans.enums import AdjustmentState, Change, ItemKind
from lantu_web.plans.models import Adjustment, AdjustmentItem, Item, ItemState
from lantu_web.plans.queries.versions import current_states
from lantu_web.plans.validators import NOTE_LENGTH

_DESK = (AdjustmentState.DRAFT,)


@transaction.atomic
def change_item(
    *, by: Person, adjustment_id: int, expected: int, item_id: int, after: Mapping[str, Any], reason: str = ""
) -> AdjustmentItem:  # fmt: skip
    """An item shall say something else. What it says now is kept as ``before``."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=_DESK)
    state = _in_force(adjustment, item_id)
    row = AdjustmentItem(adjustment=adjustment, change=Change.CHANGE, item=state.item, kind=state.item.kind, before=state.content)
    row.after, row.reason = _other(state.item.kind, state.content, after), _reason(reason)
    return _added(by, adjustment, row)


@transaction.atomic
def add_item(
    *, by: Person, adjustment_id: int, expected: int, kind: str, after: Mapping[str, Any], parent_id: int | None = None, reason: str = ""
) -> AdjustmentItem:  # fmt: skip
    """Something new; a measure says below which task."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=_DESK)
    if kind not in ItemKind.values:
        raise Invalid(_("Say of what kind it is."), field="kind")
    row = AdjustmentItem(adjustment=adjustment, change=Change.ADD, kind=kind, parent=_task(adjustment, kind, parent_id))
    row.after, row.reason = clean(ItemKind(kind), after), _reason(reason)
    return _added(by, adjustment, row)


@transaction.atomic
def remove_item(*, by: Person, adjustment_id: int, expected: int, item_id: int, reason: str = "") -> list[AdjustmentItem]:
    """An item shall go; a task takes its measures with it."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=_DESK)
    state = _in_force(adjustment, item_id)
    there = set(adjustment.items.values_list("item", flat=True))
    measures = Item.objects.filter(parent=state.item).exclude(pk__in=[pk for pk in there if pk]).order_by("position", "pk")
    below = current_states(adjustment.plan, measures.values_list("pk", flat=True))
    states = [state, *(other for other in below.values() if not other.is_removed)]
    return [
        _added(by, adjustment, AdjustmentItem(
            adjustment=adjustment, change=Change.REMOVE, item=one.item, kind=one.item.kind, before=one.content, reason=_reason(reason),
        ))
        for one in states
    ]  # fmt: skip


@transaction.atomic
def rewrite_line(
    *, by: Person, adjustment_id: int, expected: int, line_id: int, after: Mapping[str, Any], reason: str = ""
) -> AdjustmentItem:  # fmt: skip
    """Say otherwise what a change or an addition comes to."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=_DESK)
    row = _line(adjustment, line_id)
    before = _told(row)
    if row.change == Change.CHANGE:
        row.after = _other(row.kind, row.before or {}, after)
    elif row.change == Change.ADD:
        row.after = clean(ItemKind(row.kind), after)
    row.reason = _reason(reason)
    row.save(update_fields=["after", "reason"])
    step(adjustment)
    record(by=by, action="adjustment.line.rewrite", on=adjustment, before=before, after=_told(row))
    return row


@transaction.atomic
def renew_line(*, by: Person, adjustment_id: int, expected: int, line_id: int) -> AdjustmentItem | None:
    """Start a stale line from what is in force now; None where nothing is left to change."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=_DESK)
    row = _line(adjustment, line_id)
    before, state = _told(row), current_states(adjustment.plan, [row.item_id or 0]).get(row.item_id or 0)
    is_over = state is None or state.is_removed or (row.after is not None and says_the_same(row.kind, state.content, row.after))
    if is_over:
        row.delete()
    else:
        row.before = state.content if state else None
        row.save(update_fields=["before"])
    step(adjustment)
    record(by=by, action="adjustment.line.renew", on=adjustment, before=before, after=None if is_over else _told(row))
    return None if is_over else row


@transaction.atomic
def drop_line(*, by: Person, adjustment_id: int, expected: int, line_id: int) -> None:
    """The item stays as it is after all."""
    adjustment = held(by=by, adjustment_id=adjustment_id, expected=expected, states=_DESK)
    row = _line(adjustment, line_id)
    before = _told(row)
    row.delete()
    step(adjustment)
    record(by=by, action="adjustment.line.drop", on=adjustment, before=before)


def _added(by: Person, adjustment: Adjustment, row: AdjustmentItem) -> AdjustmentItem:
    if row.item is not None and adjustment.items.filter(item=row.item).exists():
        raise Conflict(_("%(code)s is in this adjustment already.") % {"code": row.item.code})
    row.save()
    step(adjustment)
    record(by=by, action=f"adjustment.line.{row.change}", on=adjustment, after=_told(row))
    return row


def _in_force(adjustment: Adjustment, item_id: int) -> ItemState:
    state = current_states(adjustment.plan, [item_id]).get(item_id)
    if state is None:
        raise Conflict(_("This item is not in the plan."))
    if state.is_removed:
        raise Conflict(_("%(code)s was removed from the plan already.") % {"code": state.item.code})
    return state


def _task(adjustment: Adjustment, kind: str, parent_id: int | None) -> Item | None:
    if kind != ItemKind.MEASURE or parent_id is None:
        return None
    item = _in_force(adjustment, parent_id).item
    if item.kind != ItemKind.TASK:
        raise Invalid(_("A measure stands below a task; %(code)s is none.") % {"code": item.code}, field="parent_id")
    return item


def _other(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Content:
    content = clean(ItemKind(kind), after)
    if says_the_same(kind, before, content):
        raise Invalid(_("Nothing is changed: it says this already."))
    return content


def _line(adjustment: Adjustment, line_id: int) -> AdjustmentItem:
    row = adjustment.items.select_related("item", "parent").filter(pk=line_id).first()
    if row is None:
        raise Conflict(_("This line is not there any more."))
    return row


def _reason(text: str) -> str:
    return typed(text, field="reason", label=_("Reason"), length=NOTE_LENGTH, required=False)


def _told(row: AdjustmentItem) -> dict[str, object]:
    code = row.item.code if row.item else label_of(ItemKind(row.kind), row.after or {})
    return {"item": code, "change": row.change, "before": row.before, "after": row.after, "reason": row.reason}
