"""What stands below tasks and is looked at when they are changed: of many tasks in as many queries as of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.enums import ExtensionState
from lantu_web.tasks.models import Extension, Signature, Task
from lantu_web.tasks.queries.values import content_of, cooperating_of, nodes_by_task, value_of, years_by_task


@dataclass(slots=True, kw_only=True)
class Below:
    """Units and lines in their order, years and nodes as they are signed for, all signatures by round, the day that was granted last."""

    cooperating: list[int]
    lines: list[int]
    years: Sequence[tuple[int, str, Decimal | None]]
    nodes: Sequence[tuple[date, str, Decimal | None]]
    signatures: Sequence[Signature]
    granted: date | None

    def value_of(self, task: Task, name: str) -> Any:
        match FIELDS[name].type:
            case Type.UNITS:
                return list(self.cooperating)
            case Type.LINES:
                return list(self.lines)
            case _:
                return value_of(task, name)

    def content_of(self, task: Task) -> dict[str, Any]:
        """What a unit signs for."""
        return content_of(task, cooperating=self.cooperating, years=self.years, nodes=self.nodes)

    @property
    def values_of_years(self) -> Mapping[int, Decimal | None]:
        return {year: value for year, _goal, value in self.years}


def below(tasks: Sequence[Task]) -> dict[int, Below]:
    """By task."""
    cooperating, years, nodes = cooperating_of(tasks), years_by_task(tasks), nodes_by_task(tasks)
    lines, signatures, granted = _lines(tasks), _signatures(tasks), _granted(tasks)
    return {
        task.pk: Below(
            cooperating=cooperating[task.pk], lines=lines[task.pk], years=years[task.pk], nodes=nodes[task.pk],
            signatures=signatures[task.pk], granted=granted.get(task.pk),
        )
        for task in tasks
    }  # fmt: skip


def _lines(tasks: Sequence[Task]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    through = Task.lines.through
    for task, line in through.objects.filter(task__in=tasks).order_by("workline_id").values_list("task_id", "workline_id"):
        found[task].append(line)
    return found


def _signatures(tasks: Sequence[Task]) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = defaultdict(list)
    for row in Signature.objects.filter(task__in=tasks).order_by("round", "pk"):
        found[row.task_id].append(row)
    return found


def _granted(tasks: Sequence[Task]) -> dict[int, date]:
    rows = Extension.objects.filter(task__in=tasks, state=ExtensionState.APPROVED).order_by("due_on")
    return dict(rows.values_list("task_id", "due_on"))
