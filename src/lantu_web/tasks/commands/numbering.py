"""Numbers and places of new lines in the ledger: 3-2-1 is the first below the second task of the plan's third chapter."""

from __future__ import annotations

from collections import defaultdict

from lantu_web.plans.models import Item, Plan
from lantu_web.plans.queries.items import chapters_of
from lantu_web.tasks.models import Task

_APART = 100  # places left between two items of the plan, for tasks of other origin
_BELOW = 20_000_000  # a line without a chapter stands behind everything that the plan says


class Numbering:
    """Of one plan, whose division the caller holds. Numbers are given out once: that of a task that was withdrawn is not used again."""

    def __init__(self, plan: Plan) -> None:
        self._chapters = {title: number for number, title in enumerate(chapters_of(plan), 1)}
        self._last: dict[str, int] = defaultdict(int)
        self._places: dict[str, int] = defaultdict(int)
        for number, position in Task.objects.filter(plan=plan).values_list("number", "position"):
            self._note(number, position)

    def next(self, *, chapter: str, parent: Task | None, item: Item | None) -> tuple[str, int]:
        """Number and place of one more line, below ``parent`` or in the chapter."""
        above = parent.number if parent is not None else str(self._chapters.get(chapter, 0))
        number = f"{above}-{self._last[above] + 1}"
        position = (item.position + 1) * _APART if item is not None else self._place_after(above, parent)
        self._note(number, position)
        return number, position

    def _place_after(self, above: str, parent: Task | None) -> int:
        first = parent.position if parent is not None else (_BELOW if above == "0" else 0)
        return max(self._places[above], first) + 1

    def _note(self, number: str, position: int) -> None:
        above, _dash, last = number.rpartition("-")
        if last.isdecimal():
            self._last[above] = max(self._last[above], int(last))
        parts = number.split("-")
        for depth in range(1, len(parts) + 1):
            prefix = "-".join(parts[:depth])
            self._places[prefix] = max(self._places[prefix], position)
