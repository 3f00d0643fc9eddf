"""Break a plan down: open its division scheme, take lines into the ledger, take drafts out again, withdraw what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.rows import BATCH
from lantu_web.lib.texts import typed
from lantu_web.plans.commands.locking import locked_plan
from lantu_web.plans.enums import IN_FORCE
from lantu_web.plans.models import Item, ItemState
from lantu_web.tasks.commands.changing import refuse_impossible, refuse_stale
from lantu_web.tasks.commands.locking import locked_division, locked_task
from lantu_web.tasks.commands.numbering import Numbering
from lantu_web.tasks.commands.parts import goal_typed, node_typed, refuse_many_nodes, refuse_years
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.commands.trail import leave
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.drafts import Draft, NodeDraft, YearDraft
from lantu_web.tasks.enums import BROKEN_DOWN, Event, Outcome, SignatureState, Signing, TaskState
from lantu_web.tasks.initials import initials_of
from lantu_web.tasks.models import Change, Cooperation, Division, Node, Signature, Task, YearPart

MOST_AT_ONCE = 2000
_TOLD = 200  # numbers of new lines that the audit names


@transaction.atomic
def open_division(*, by: Person, plan_id: int, title: str = "", document_number: str = "") -> Division:
    """Begin to break a plan in force down. The scheme that is there already where there is one: a plan has one.

    Raises Conflict where the plan is not in force.
    """
    require(by, Right.DIVISION_WRITE)
    plan = locked_plan(by=by, plan_id=plan_id)
    found = Division.objects.filter(plan=plan).first()
    if found is not None:
        return found
    if plan.state not in IN_FORCE:
        raise Conflict(_("“%(plan)s” is not in force: only what was approved is broken down.") % {"plan": plan.name})
    division = Division.objects.create(
        zone_id=plan.zone_id, plan=plan, title=_title(title or f"{plan.name}分工方案"[:200]), document_number=_paper(document_number),
        created_by_id=by.user_id, created_at=clock.now(),
    )  # fmt: skip
    record(by=by, action="division.open", on=division, after={"title": division.title, "plan": plan.name})
    return division


@transaction.atomic
def rename_division(*, by: Person, division_id: int, expected: int, title: str, document_number: str) -> Division:
    """Title and paper of the scheme."""
    require(by, Right.DIVISION_WRITE)
    division = locked_division(by=by, division_id=division_id)
    check_revision(division, expected, by=by)
    before = {"title": division.title, "document_number": division.document_number}
    division.title, division.document_number = _title(title), _paper(document_number)
    after = {"title": division.title, "document_number": division.document_number}
    if before != after:
        division.revision += 1
        division.save()
        record(by=by, action="division.rename", on=division, before=before, after=after)
    return division


def add_task(*, by: Person, division_id: int, draft: Draft) -> Task:
    """One line more, as ``add_tasks``; a refusal names the field of the draft alone."""
    return _added(by, division_id, [draft], "")[0]


def add_tasks(*, by: Person, division_id: int, drafts: Sequence[Draft]) -> list[Task]:
    """Take lines into the ledger, parents before what stands below them; all or none.

    Raises Conflict where an item of the plan is in the ledger already or not in force any more, Invalid naming the
    place, as ``drafts.0.nodes.1.text``.
    """
    return _added(by, division_id, drafts, "drafts.{at}.")


@transaction.atomic
def _added(by: Person, division_id: int, drafts: Sequence[Draft], place: str) -> list[Task]:
    require(by, Right.DIVISION_WRITE)
    division = locked_division(by=by, division_id=division_id)
    _refuse_out_of_force(division)
    if not drafts:
        raise Invalid(_("Choose at least one line."), field="items")
    if len(drafts) > MOST_AT_ONCE:
        raise Invalid(_("At most %(most)s lines can be taken over at once.") % {"most": MOST_AT_ONCE}, field="items")
    tasks = _Adding(by, division, drafts, place).rows()
    division.revision += 1
    division.save()
    numbers = "、".join(task.number for task in tasks[:_TOLD])
    record(by=by, action="division.add_tasks", on=division, after={"tasks": len(tasks), "number": numbers})
    return tasks


@transaction.atomic
def remove_draft(*, by: Person, task_id: int, expected: int) -> int:
    """Take a line that was never sent out of the ledger again, with the drafts below it. How many that were.

    Raises Conflict where it, or one below it, was sent out: that is withdrawn, with a reason.
    """
    require(by, Right.DIVISION_WRITE)
    task = locked_task(by=by, task_id=task_id)
    refuse_stale(task, expected)
    below = _with_those_below(task)
    sent = next((one for one in below if one.state != TaskState.DRAFT or one.round), None)
    if sent is not None:
        raise Conflict(_("“%(task)s” was sent out already: withdraw it, and say why.") % {"task": sent})
    for one in reversed(below):
        record(by=by, action="task.remove", on=one, before={"title": one.title, "number": one.number})
        one.delete()
    return len(below)


@transaction.atomic
def withdraw(*, by: Person, task_id: int, expected: int, reason: str) -> Task:
    """Take a line that was sent out back from its units; readable for those who see drafts. Raises Conflict where it is not out."""
    require(by, Right.DIVISION_WRITE)
    task = locked_task(by=by, task_id=task_id)
    refuse_stale(task, expected)
    why = typed(reason, field="reason", label=_("Reason"), length=300)
    if task.state != TaskState.SENT:
        raise Conflict(_("“%(task)s” is not sent out.") % {"task": task})
    _close_signatures(by, task, why)
    before = {"state": task.state}
    task.state, task.signing = TaskState.WITHDRAWN, Signing.NONE
    leave(by=by, task=task, action="task.withdraw", before=before, after={"state": task.state}, reason=why)
    tell(by=by, event=Event.TASK_CHANGED, task=task, state=task.state)
    return task


def _line(draft: Draft, name: str) -> str:
    field = FIELDS[name]
    return typed(getattr(draft, name), field=name, label=field.label, length=field.length, required=name == "title")


def _years(years: Sequence[YearDraft]) -> tuple[YearDraft, ...]:
    found = []
    for at, year in enumerate(years):
        with _at(f"years.{at}."):
            found.append(replace(year, goal=goal_typed(year.goal)))
    return tuple(found)


def _nodes(nodes: Sequence[NodeDraft]) -> tuple[NodeDraft, ...]:
    refuse_many_nodes(nodes)
    found: dict[tuple[date, str], NodeDraft] = {}
    for at, node in enumerate(nodes):
        with _at(f"nodes.{at}."):
            one = replace(node, text=node_typed(node.text))
            if (one.due_on, one.text) in found:
                raise Invalid(_("The node “%(node)s” stands there already on that day.") % {"node": one.text}, field="text")
        found[one.due_on, one.text] = one
    return tuple(found.values())


def _title(title: str) -> str:
    return typed(title, field="title", label=_("Title of the scheme"), length=200)


def _paper(number: str) -> str:
    return typed(number, field="document_number", label=_("Document number"), length=60, required=False)


def _refuse_out_of_force(division: Division) -> None:
    if division.plan.state not in IN_FORCE:
        raise Conflict(_("“%(plan)s” is not in force: only what was approved is broken down.") % {"plan": division.plan.name})


@contextmanager
def _at(place: str) -> Iterator[None]:
    """What is refused within names its field below ``place``."""
    try:
        yield
    except Invalid as problem:
        raise Invalid(problem.message, field=f"{place}{problem.field or ''}".rstrip(".") or None) from None


def _with_those_below(task: Task) -> list[Task]:
    """The task, then its children, then theirs; held."""
    found, level = [task], [task]
    while level:
        level = list(Task.objects.select_for_update(of=("self",)).filter(parent__in=level).order_by("pk"))
        found += level
    return found


def _close_signatures(by: Person, task: Task, why: str) -> None:
    """What was asked for is not asked for any more; an open objection is settled by that."""
    for row in Signature.objects.select_for_update(of=("self",)).filter(task=task, is_superseded=False).order_by("pk"):
        if row.state == SignatureState.OBJECTED:
            row.state, row.outcome, row.outcome_note = SignatureState.SETTLED, Outcome.RELEASED, why
            row.settled_by_id, row.settled_at = by.user_id, clock.now()
        row.is_superseded = True
        row.revision += 1
        row.save()


class _Adding:
    """Drafts become rows: checked first, then written in few statements."""

    def __init__(self, by: Person, division: Division, drafts: Sequence[Draft], place: str) -> None:
        """``place`` is where a draft stands in the request, with its number as ``at``."""
        self.by, self.division, self.place, self.now = by, division, place, clock.now()
        self.drafts = [self._checked(draft, at) for at, draft in enumerate(drafts)]
        drafts = self.drafts
        wanted = {pk for draft in drafts for pk in (draft.item, draft.parent_item) if pk is not None}
        self.items = {item.pk: item for item in Item.objects.filter(plan=division.plan_id, pk__in=wanted)}
        self.words = {state.item_id: state for state in ItemState.objects.filter(item__in=self.items).order_by("version__number")}
        here = Task.objects.filter(plan=division.plan_id).exclude(state=TaskState.WITHDRAWN)
        self.by_item = {task.item_id: task for task in here.filter(item__in=wanted)}
        self.parents = {task.pk: task for task in here.filter(pk__in={draft.parent for draft in drafts})}
        units = {pk for draft in drafts for pk in (draft.lead_unit, *draft.cooperating) if pk is not None}
        living = Unit.objects.filter(zone_id=division.zone_id, dissolved_on=None, pk__in=units)
        self.units = set(living.values_list("pk", flat=True))
        self._refuse_taken()

    def rows(self) -> list[Task]:
        numbering, pending = Numbering(self.division.plan), []
        for at, draft in enumerate(self.drafts):
            with _at(self.place.format(at=at)):
                task = self._task(draft, numbering)
            pending.append((draft, task))
            if task.parent is not None and task.parent.pk is None:
                task.parent.save(force_insert=True)  # what stands below needs its id
        Task.objects.bulk_create([task for _draft, task in pending if task.pk is None], batch_size=BATCH)
        self._write_below(pending)
        return [task for _draft, task in pending]

    def _refuse_taken(self) -> None:
        items = [draft.item for draft in self.drafts if draft.item is not None]
        if len(set(items)) != len(items):
            raise Invalid(_("The same item of the plan was chosen twice."), field="items")
        gone = set(ItemState.objects.filter(item__in=items, is_removed=True).values_list("item", flat=True))
        for pk in items:
            item = self.items.get(pk)
            if item is None or pk in gone or item.kind not in BROKEN_DOWN:
                raise Conflict(_("An item that was chosen is not in force any more. Nothing was taken over: look at the list again."))
            if pk in self.by_item:
                message = _("“%(task)s” is in the ledger already. Nothing was taken over: look at the list again.")
                raise Conflict(message % {"task": self.by_item[pk]})

    def _checked(self, draft: Draft, at: int) -> Draft:
        """With its texts as they are kept: none is cut, none is too long."""
        with _at(self.place.format(at=at)):
            texts: dict[str, Any] = {name: _line(draft, name) for name in ("title", "source", "topic", "left_out", "measured_in")}
            chapter = typed(draft.chapter, field="chapter", label=_("Chapter"), length=200, required=False)
            years, nodes = _years(draft.years), _nodes(draft.nodes)
            return replace(draft, **texts, chapter=chapter, years=years, nodes=nodes)

    def _task(self, draft: Draft, numbering: Numbering) -> Task:
        item, parent = self.items.get(draft.item or 0), self._parent(draft)
        chapter = draft.chapter or (item.heading_title.split(" › ")[0] if item else parent.chapter if parent else "")
        number, position = numbering.next(chapter=chapter, parent=parent, item=item)
        task = Task(
            zone_id=self.division.zone_id, plan=self.division.plan, item=item, words=self.words.get(draft.item or 0), parent=parent,
            kind=draft.kind, number=number, position=position, title=draft.title, initials=initials_of(draft.title),
            chapter=chapter[:200], source=draft.source, topic=draft.topic, left_out=draft.left_out,
            lead_unit_id=draft.lead_unit, lead_reason=draft.lead_reason, start_on=draft.start_on, due_on=draft.due_on,
            latest_on=draft.due_on, indicator_kind=draft.indicator_kind, measured_in=draft.measured_in, baseline=draft.baseline,
            baseline_year=draft.baseline_year, target=draft.target, target_year=draft.target_year, created_by_id=self.by.user_id,
            created_at=self.now, changed_at=self.now,
        )  # fmt: skip
        refuse_impossible(task)
        self._refuse_impossible_below(draft, task)
        if item is not None:
            self.by_item[item.pk] = task
        return task

    def _parent(self, draft: Draft) -> Task | None:
        if draft.parent is not None:
            if draft.parent not in self.parents:
                raise Conflict(_("This task is not there any more."))
            return self.parents[draft.parent]
        return self.by_item.get(draft.parent_item)

    def _refuse_impossible_below(self, draft: Draft, task: Task) -> None:
        for name, wanted in (("lead_unit", [draft.lead_unit]), ("cooperating", draft.cooperating)):
            if not self.units.issuperset(pk for pk in wanted if pk is not None):
                raise Invalid(_("%(field)s: this is not there (any more).") % {"field": FIELDS[name].label}, field=name)
        late = next((node for node in draft.nodes if task.due_on is not None and node.due_on > task.due_on), None)
        if late is not None:
            raise Invalid(_("The node “%(node)s” would be due after its task.") % {"node": late.text}, field="due_on")
        if draft.lead_unit in draft.cooperating:
            raise Invalid(_("The lead unit cannot be a cooperating unit too."), field="cooperating")
        if len(set(draft.cooperating)) != len(draft.cooperating):
            raise Invalid(_("A cooperating unit stands there twice."), field="cooperating")
        refuse_years(draft.years)

    def _write_below(self, pending: Sequence[tuple[Draft, Task]]) -> None:
        parts = [
            YearPart(task=task, year=year.year, goal=year.goal, value=year.value, reason=year.reason)
            for draft, task in pending for year in draft.years
        ]  # fmt: skip
        YearPart.objects.bulk_create(parts, batch_size=BATCH)
        part_of = {(part.task_id, part.year): part for part in parts}
        Node.objects.bulk_create([
            Node(
                task=task, part=part_of.get((task.pk, node.due_on.year)), year=node.due_on.year, quarter=(node.due_on.month + 2) // 3,
                due_on=node.due_on, latest_on=task.latest_on, text=node.text, value=node.value,
            )
            for draft, task in pending for node in draft.nodes
        ], batch_size=BATCH)  # fmt: skip
        Cooperation.objects.bulk_create([
            Cooperation(task=task, unit_id=unit, position=at) for draft, task in pending for at, unit in enumerate(draft.cooperating)
        ], batch_size=BATCH)  # fmt: skip
        Change.objects.bulk_create([
            Change(
                task=task, action="task.add", before={}, after={"title": task.title, "lead_unit": task.lead_unit_id}, revision=1,
                by_id=self.by.user_id, at=self.now,
            )
            for _draft, task in pending
        ], batch_size=BATCH)  # fmt: skip
