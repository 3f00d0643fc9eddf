"""From the lines of an adjustment to the states of the next version."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lantu_web.lib.errors import Conflict
from lantu_web.plans.codes import Codes
from lantu_web.plans.content import label_of
from lantu_web.plans.enums import Change, ItemKind
from lantu_web.plans.models import Adjustment, AdjustmentItem, Item, ItemState, Version
from lantu_web.plans.queries.adjustments import stale_lines
from lantu_web.plans.queries.versions import current_states


def write_states(adjustment: Adjustment, version: Version) -> int:
    """Write what the adjustment changes, and nothing else; gives how many items. The plan is locked."""
    rows = list(adjustment.items.select_related("item", "parent").order_by("pk"))
    if not rows:
        raise Conflict(_("The adjustment changes nothing yet: add what is to change first."))
    current = current_states(adjustment.plan)
    _refuse_stale(stale_lines(rows, current))
    _refuse_orphans(rows, current)
    added = _added(adjustment, [row for row in rows if row.change == Change.ADD], current)
    ItemState.objects.bulk_create([_state(row, added, version) for row in rows])
    return len(rows)


def _refuse_stale(stale: list[AdjustmentItem]) -> None:
    if stale:
        named = " · ".join((row.item or row.parent).code for row in stale if row.item or row.parent)  # type: ignore[union-attr]
        message = _("The plan has changed since these lines were written: %(codes)s. Take the adjustment back and renew them.")
        raise Conflict(message % {"codes": named})


def _refuse_orphans(rows: list[AdjustmentItem], current: dict[int, ItemState]) -> None:
    """A measure does not stay behind without its task."""
    removed = {row.item_id for row in rows if row.change == Change.REMOVE}
    left = [
        state.item.code for item_id, state in current.items()
        if state.item.parent_id in removed and item_id not in removed and not state.is_removed
    ]  # fmt: skip
    left += [row.parent.code for row in rows if row.parent is not None and row.parent_id in removed]
    if left:
        raise Conflict(_("These would stay without their task: %(codes)s. Remove them too.") % {"codes": " · ".join(sorted(left))})


def _added(adjustment: Adjustment, rows: list[AdjustmentItem], current: dict[int, ItemState]) -> dict[int, Item]:
    """The new items by line, with the next free codes; a measure stands after the last one of its task."""
    items = [state.item for state in current.values()]
    codes, end = Codes.after(item.code for item in items), max((item.position for item in items), default=0)
    made = {}
    for row in rows:
        above = row.parent
        if above is None:
            end += 1
        made[row.pk] = Item.objects.create(
            plan=adjustment.plan, parent=above, kind=row.kind, heading_title=above.heading_title if above else "",
            position=max([above.position, *(i.position for i in items if i.parent_id == above.pk)]) if above else end,
            code=codes.next(ItemKind(row.kind), parent_code=above.code if above else None),
        )  # fmt: skip
    return made


def _state(row: AdjustmentItem, added: dict[int, Item], version: Version) -> ItemState:
    content = (row.before if row.change == Change.REMOVE else row.after) or {}
    return ItemState(
        item=row.item or added[row.pk], version=version, is_removed=row.change == Change.REMOVE, content=content,
        label=label_of(ItemKind(row.kind), content),
    )  # fmt: skip
