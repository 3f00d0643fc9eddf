"""任务台账: one group of rows per task, one row per measure, in the trade's columns."""

from __future__ import annotations

from lantu.interchange.ledger.table import PLACES, Column, Group, Table, blank, filled, label
from lantu.interchange.places import Places, range_label
from lantu.interchange.typeset import typeset
from lantu.interchange.wording import ROLES, target_line
from lantu.model import Actor, Figure, Measure, Plan, Task

STATUSES = ("未启动", "正常推进", "滞后", "已完成", "已销号")
COLUMNS = (
    label("序号", 8, shared=True),
    Column("任务来源", 19, shared=True),
    label("工作领域", 11, shared=True),
    Column("重点任务", 18, shared=True),
    Column("具体举措", 46),
    Column("目标值", 26),
    label("完成时限", 10, shared=True),
    Column("原文责任主体", 14, shared=True),
    Column("建议牵头单位（依据）", 19, shared=True),
    blank("分管领导", 10),
    blank("牵头单位", 10),
    blank("责任（配合）单位", 13.5),
    blank("责任人", 8),
    blank("进展情况", 15),
    blank("存在问题", 11),
    blank("完成状态", 10, *STATUSES),
    blank("备注", 8),
    *PLACES,
)


def task_table(plan: Plan, places: Places) -> Table:
    targets = {figure.id: figure for figure in plan.targets}
    actors = {actor.id: actor for actor in plan.actors}
    groups = tuple(_group(task, places, targets, actors) for task in plan.tasks)
    return Table("tasks", "任务台账", COLUMNS, groups, frozen=4)


def _group(task: Task, places: Places, targets: dict[str, Figure], actors: dict[str, Actor]) -> Group:
    before = (places.next_serial(task.section), places.label(task.section), task.topic or "", typeset(task.title))
    after = (f"{task.deadline}年" if task.deadline is not None else "", _actors(task, actors), _units(task))
    measures = task.measures or (Measure(text=places.sentence(task.span), span=task.span, raw_span=task.raw_span),)
    return tuple(filled(COLUMNS, *before, *_said(measure, targets, task.deadline), *after, *_place(measure)) for measure in measures)


def _said(measure: Measure, targets: dict[str, Figure], deadline: int | None) -> tuple[str, str]:
    lines = (typeset(target_line(targets[id], deadline)) for id in measure.targets if id in targets)
    return typeset(measure.text), "\n".join(lines)


def _place(measure: Measure) -> tuple[str, str]:
    return range_label(measure.raw_span), range_label(measure.span)


def _actors(task: Task, actors: dict[str, Actor]) -> str:
    return "\n".join(f"{actors[id].name}（{ROLES[actors[id].role]}）" for id in task.actors if id in actors)


def _units(task: Task) -> str:
    return "\n".join(item.unit + (f"（{typeset(item.reason)}）" if item.reason else "") for item in task.suggested_units)
