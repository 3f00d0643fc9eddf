"""What an adjustment of the plan changed under lines that were taken into the ledger before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lantu_web.plans.differences import FieldPair, changed_fields, says_the_same
from lantu_web.plans.models import ItemState, Version
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """``before``: the plan's words that the task was made of, or about which somebody decided last; ``now``: what the plan says today."""

    task: Task
    before: ItemState
    now: ItemState

    @property
    def version(self) -> Version:
        """By whose paper, and since when."""
        return self.now.version

    @property
    def pairs(self) -> tuple[FieldPair, ...]:
        return changed_fields(self.now.item.kind, self.before.content, self.now.content)


def reworded(tasks: Iterable[Task]) -> list[Reworded]:
    """Those of the tasks whose words of the plan are others by now; one query. What the plan says no longer at all is not among them."""
    of_item = {task.item_id: task for task in tasks if task.item_id is not None and task.state != TaskState.WITHDRAWN}
    later = ItemState.objects.filter(item__in=of_item, version__number__gt=1).values("item")
    states: dict[int, list[ItemState]] = defaultdict(list)
    for state in ItemState.objects.filter(item__in=later).select_related("item", "version").order_by("version__number"):
        states[state.item_id].append(state)
    found = []
    for item, task in of_item.items():
        known = states.get(item or 0, [])
        before = next((state for state in known if state.pk == task.words_id), known[0] if known else None)
        if before is not None and not known[-1].is_removed and _differs(before, known[-1]):
            found.append(Reworded(task=task, before=before, now=known[-1]))
    return found


def _differs(before: ItemState, now: ItemState) -> bool:
    return before.label != now.label or not says_the_same(now.item.kind, before.content, now.content)
