"""Years and nodes of a task: what is due in each year, and what stands at the end of each quarter.

They are part of what units sign for: a change of them after signing is signed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed
from lantu_web.plans.validators import NOTE_LENGTH, YEARS
from lantu_web.tasks.commands.changing import as_day, as_number, change_held, refuse_finished, refuse_stale, refuse_withdrawn
from lantu_web.tasks.commands.issuing import reissue_if_changed
from lantu_web.tasks.commands.locking import locked_task
from lantu_web.tasks.commands.reaching import refuse_unreached
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.commands.trail import leave
from lantu_web.tasks.content import Field, Type
from lantu_web.tasks.drafts import NodeDraft, YearDraft
from lantu_web.tasks.enums import VISIBLE, Event, PartState
from lantu_web.tasks.models import Node, Task, YearPart
from lantu_web.tasks.queries.paths import proposed_path, years_of
from lantu_web.tasks.queries.values import plain

VALUE = Field(name="value", label=gettext_lazy("Value"), type=Type.NUMBER)
DUE = Field(name="due_on", label=gettext_lazy("Due"), type=Type.DAY)
MOST_YEARS, MOST_NODES = 30, 200


@transaction.atomic
def set_part(*, by: Person, task_id: int, expected: int, year: int, goal: str, value: Decimal | str | None) -> Task:
    """What is due in the year: entered, or changed. Raises Conflict where the year is finished or carried over."""
    task = held(by, task_id, expected)
    before = readings(task)
    _put_year(task, YearDraft(year=_year(year), goal=goal_typed(goal), value=as_number(value, VALUE)))
    return _leave(by, task, before, "task.part")


@transaction.atomic
def drop_part(*, by: Person, task_id: int, expected: int, year: int) -> Task:
    """Take a year out; its nodes stay. Raises Conflict where it is not there, finished or carried over."""
    task = held(by, task_id, expected)
    before = readings(task)
    part = YearPart.objects.select_for_update(of=("self",)).filter(task=task, year=year, carried_from=None).first()
    if part is None:
        raise Conflict(_("The year %(year)s is not there any more.") % {"year": year})
    _drop(part)
    return _leave(by, task, before, "task.part")


@transaction.atomic
def set_years(*, by: Person, task_id: int, expected: int, years: Sequence[YearDraft], values: Mapping[str, Any] | None = None) -> Task:
    """All years at once, in place of those that are there, and fields of the task (its target, say) along with them."""
    task = held(by, task_id, expected)
    put_years(by=by, task=task, years=years, values=values or {})
    return task


def put_years(
    *, by: Person, task: Task, years: Sequence[YearDraft], values: Mapping[str, Any], action: str = "", batch: UUID | None = None,
    reason: str = "", signed_for: Iterable[int] = (), lead_reason: str = "",
) -> None:  # fmt: skip
    """The same for a task that the caller holds. ``action`` names the trail where it is another; ``signed_for``: units that proposed it."""
    refuse_years(years)
    before = readings(task)
    wanted = {year.year: year for year in years}
    for part in years_of(task):
        if part.year not in wanted:
            _drop(part)
    for year in years:
        _put_year(task, year)
    if values:
        batch = batch or uuid4()
        told = action or "task.change"
        change_held(
            by=by, task=task, values=values, reason=reason, batch=batch, action=told, signed_for=signed_for, lead_reason=lead_reason
        )  # fmt: skip
    _leave(by, task, before, action or "task.years", reason=reason, batch=batch, signed_for=signed_for)


@transaction.atomic
def take_path(*, by: Person, task_id: int, expected: int) -> Task:
    """The path that is proposed for the task's indicator, in place of the years that are there; what is written in them stays.

    Raises Invalid where its figures do not allow one.
    """
    task = held(by, task_id, expected)
    path = proposed_path(task)
    if path is None or not path.steps:
        raise Invalid(_("No path can be proposed: give kind of indicator, target and target year."), field="indicator_kind")
    goals = {part.year: part.goal for part in years_of(task)}
    years = [YearDraft(year=step.year, goal=goals.get(step.year, ""), value=step.value, reason=step.formula) for step in path.steps]
    put_years(by=by, task=task, years=years, values={}, action="task.take_path")
    return task


@transaction.atomic
def set_node(
    *, by: Person, task_id: int, expected: int, node_id: int | None, due_on: date | str, text: str, value: Decimal | str | None = None
) -> Task:  # fmt: skip
    """Enter a node (``node_id`` None) or change one. Raises Invalid where it would be due after its task (or an approved extension)."""
    task = held(by, task_id, expected)
    before = readings(task)
    node = Node(task=task) if node_id is None else _node(task, node_id)
    day = as_day(due_on, DUE)
    if day is None:
        raise Invalid(_("%(field)s must not be empty.") % {"field": DUE.label}, field="due_on")
    _put_node(task, node, NodeDraft(due_on=day, text=node_typed(text), value=as_number(value, VALUE)))
    return _leave(by, task, before, "task.node")


@transaction.atomic
def drop_node(*, by: Person, task_id: int, expected: int, node_id: int) -> Task:
    """Raises Conflict where it is not there, or done."""
    task = held(by, task_id, expected)
    before = readings(task)
    _node(task, node_id).delete()
    return _leave(by, task, before, "task.node")


@transaction.atomic
def set_nodes(*, by: Person, task_id: int, expected: int, nodes: Sequence[NodeDraft]) -> Task:
    """All nodes that are not done, at once; what is done stays."""
    task = held(by, task_id, expected)
    put_nodes(by=by, task=task, nodes=nodes)
    return task


def put_nodes(*, by: Person, task: Task, nodes: Sequence[NodeDraft], action: str = "task.nodes") -> None:
    """The same for a task that the caller holds."""
    refuse_many_nodes(nodes)
    nodes = [replace(node, text=node_typed(node.text)) for node in nodes]
    before = readings(task)
    done = {(node.due_on, node.text) for node in Node.objects.filter(task=task).exclude(done_on=None)}
    Node.objects.filter(task=task, done_on=None).delete()
    for node in nodes:
        if (node.due_on, node.text) not in done:
            as_day(node.due_on, DUE)
            _put_node(task, Node(task=task), node)
    _leave(by, task, before, action)


def readings(task: Task) -> dict[str, Any]:
    """Years and nodes as plain values, for the trail: [year, goal, value] and [day, text, value]."""
    return {
        "parts": [[part.year, part.goal, plain(part.value)] for part in years_of(task)],
        "nodes": [
            [node.due_on.isoformat(), node.text, plain(node.value)] for node in Node.objects.filter(task=task).order_by("due_on", "pk")
        ],
    }


def held(by: Person, task_id: int, expected: int) -> Task:
    """The task, for who may change its years and nodes, as it was seen."""
    task = locked_task(by=by, task_id=task_id)
    require_in_unit(by, Right.DIVISION_WRITE, task.lead_unit_id)
    refuse_stale(task, expected)
    refuse_withdrawn(task)
    return task


def _leave(
    by: Person, task: Task, before: Mapping[str, Any], action: str, *, reason: str = "", batch: UUID | None = None,
    signed_for: Iterable[int] = (),
) -> Task:  # fmt: skip
    after = readings(task)
    names = [name for name in after if before[name] != after[name]]
    if not names:
        return task
    refuse_finished(task)
    refuse_unreached(task)
    again = reissue_if_changed(task, signed_for=signed_for)
    leave(
        by=by, task=task, action=action, before={name: before[name] for name in names},
        after={**{name: after[name] for name in names}, **again}, reason=reason, batch=batch,
    )  # fmt: skip
    if task.state in VISIBLE:
        tell(by=by, event=Event.TASK_CHANGED, task=task, fields=names)
    return task


def _put_year(task: Task, wanted: YearDraft) -> None:
    part = YearPart.objects.select_for_update(of=("self",)).filter(task=task, year=wanted.year, carried_from=None).first()
    if part is None:
        part = YearPart.objects.create(task=task, year=wanted.year, goal=wanted.goal, value=wanted.value, reason=wanted.reason[:300])
        Node.objects.filter(task=task, year=wanted.year, part=None).update(part=part)
    elif (part.goal, part.value) != (wanted.goal, wanted.value):
        _refuse_settled(part)
        if part.value != wanted.value or wanted.reason:
            part.reason = wanted.reason[:300]
        part.goal, part.value = wanted.goal, wanted.value
        part.revision += 1
        part.save()


def _drop(part: YearPart) -> None:
    _refuse_settled(part)
    Node.objects.filter(part=part).update(part=None)
    part.delete()


def _refuse_settled(part: YearPart) -> None:
    if part.state == PartState.FINISHED:
        raise Conflict(_("%(year)s is verified as finished: what was done is not planned anew.") % {"year": part.year})
    if part.state == PartState.CARRIED:
        raise Conflict(_("%(year)s was carried over: change the year that it was carried to.") % {"year": part.year})


def _put_node(task: Task, node: Node, wanted: NodeDraft) -> None:
    if task.latest_on is not None and wanted.due_on > task.latest_on:
        told = {"node": wanted.text, "day": task.latest_on.isoformat()}
        raise Invalid(_("The node “%(node)s” would be due after its task, which is due on %(day)s.") % told, field="due_on")
    if Node.objects.filter(task=task, due_on=wanted.due_on, text=wanted.text).exclude(pk=node.pk).exists():
        raise Invalid(_("The node “%(node)s” stands there already on that day.") % {"node": wanted.text}, field="text")
    node.due_on, node.text, node.value, node.latest_on = wanted.due_on, wanted.text, wanted.value, task.latest_on
    node.year, node.quarter = wanted.due_on.year, (wanted.due_on.month + 2) // 3
    node.part = YearPart.objects.filter(task=task, year=node.year, carried_from=None).first()
    if node.pk is not None:
        node.revision += 1
    node.save()


def _node(task: Task, node_id: int) -> Node:
    node = Node.objects.select_for_update(of=("self",)).filter(task=task, pk=node_id).first()
    if node is None:
        raise Conflict(_("This node is not there any more."))
    if node.done_on is not None:
        raise Conflict(_("“%(node)s” is done: what was done is not planned anew.") % {"node": node.text})
    return node


def refuse_many_nodes(nodes: Sequence[NodeDraft]) -> None:
    if len(nodes) > MOST_NODES:
        raise Invalid(_("A task has at most %(most)s nodes.") % {"most": MOST_NODES}, field="text")


def refuse_years(years: Sequence[YearDraft]) -> None:
    if len({_year(year.year) for year in years}) != len(years):
        raise Invalid(_("A year stands there twice."), field="year")
    if len(years) > MOST_YEARS:
        raise Invalid(_("A task has at most %(most)s years.") % {"most": MOST_YEARS}, field="year")
    for year in years:
        goal_typed(year.goal)
        as_number(year.value, VALUE)


def _year(year: int) -> int:
    if year not in YEARS:
        raise Invalid(_("%(field)s: “%(value)s” is not a year.") % {"field": _("Year"), "value": year}, field="year")
    return year


def goal_typed(goal: str) -> str:
    return typed(goal, field="goal", label=_("Annual target"), length=NOTE_LENGTH, required=False)


def node_typed(text: str) -> str:
    return typed(text, field="text", label=_("Node"), length=300)
