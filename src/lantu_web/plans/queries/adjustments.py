"""Adjustments of a plan with their lines, opinions and history, and which lines are stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.plans.content import label_of
from lantu_web.plans.differences import FieldPair, field_pairs
from lantu_web.plans.enums import AdjustmentState, Change, ItemKind
from lantu_web.plans.models import Adjustment, AdjustmentItem, ItemState, Opinion, Plan
from lantu_web.plans.queries.versions import current_states

UNDER_WAY = (AdjustmentState.DRAFT, AdjustmentState.CONSULTATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an adjustment as the page shows it. ``is_stale``: the plan has moved on since the line was written."""

    row: AdjustmentItem
    code: str
    label: str
    heading_title: str
    quote: str
    fields: tuple[FieldPair, ...]
    is_stale: bool


def adjustments_of_zone(by: Person) -> QuerySet[Adjustment]:
    """Of the plans of the acting zone; an adjustment is always one of a plan that was approved, which all of the zone may read."""
    adjustments = Adjustment.objects.filter(plan__zone_id=by.zone_id or 0)
    return adjustments.select_related("plan", "plan__zone", "plan__unit", "version", "created_by")


def adjustments_of(plan: Plan) -> QuerySet[Adjustment]:
    """Newest first, with ``lines`` and ``voices``: how many changes and opinions each has."""
    return (
        Adjustment.objects.filter(plan=plan).select_related("version", "created_by")
        .annotate(lines=Count("items", distinct=True), voices=Count("opinions", distinct=True)).order_by("-created_at", "-pk")
    )  # fmt: skip


def lines_of(adjustment: Adjustment) -> list[Line]:
    """All lines in the order of the plan, added ones last."""
    rows = list(adjustment.items.select_related("item", "parent"))
    states = current_states(adjustment.plan, _item_ids(rows))
    is_open = adjustment.state in UNDER_WAY
    return [_line(row, states, is_open=is_open) for row in sorted(rows, key=_place)]


def stale_lines(rows: Iterable[AdjustmentItem], states: dict[int, ItemState]) -> list[AdjustmentItem]:
    """Lines whose ``before`` is not what is in force any more, or whose task was removed meanwhile."""
    return [row for row in rows if _is_stale(row, states)]


def opinions_of(plan: Plan, adjustment: Adjustment | None = None) -> QuerySet[Opinion]:
    """Of the adjustment, or all of the plan with those of its adjustments; newest first."""
    opinions = Opinion.objects.filter(plan=plan).select_related("unit", "by", "adjustment")
    return (opinions.filter(adjustment=adjustment) if adjustment else opinions).order_by("-given_on", "-pk")


def _item_ids(rows: Iterable[AdjustmentItem]) -> set[int]:
    return {pk for row in rows for pk in (row.item_id, row.parent_id) if pk is not None}


def _place(row: AdjustmentItem) -> tuple[bool, int, int]:
    return (row.item is None, row.item.position if row.item else 0, row.pk)


def _line(row: AdjustmentItem, states: dict[int, ItemState], *, is_open: bool) -> Line:
    source = row.item or row.parent
    return Line(
        row=row, code=row.item.code if row.item else "", heading_title=source.heading_title if source else "",
        label=label_of(ItemKind(row.kind), row.before or row.after or {}), quote=row.item.quote if row.item else "",
        fields=field_pairs(row.kind, row.before, row.after), is_stale=is_open and _is_stale(row, states),
    )  # fmt: skip


def _is_stale(row: AdjustmentItem, states: dict[int, ItemState]) -> bool:
    if row.change == Change.ADD:
        return row.parent_id is not None and states[row.parent_id].is_removed
    state = states[row.item_id or 0]
    return state.is_removed or state.content != row.before
