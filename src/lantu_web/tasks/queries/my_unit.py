"""The start page of a unit: what it shall sign and why, what is due next, what became of its objections, who speaks to the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit
from lantu_web.lib import clock
from lantu_web.plans.models import Plan
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.enums import ExtensionState, PartState, SignatureState, TaskState
from lantu_web.tasks.models import Comment, Extension, Node, Signature, Task, YearPart
from lantu_web.tasks.queries.signing import Asked, asked_of, signatures_of_units, waiting_for
from lantu_web.tasks.queries.talk import mentions_of
from lantu_web.tasks.queries.visible import of_units, tasks_visible_to

SHOWN = 8  # rows of one part; the rest is a click away


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A node, or an annual part at its year's end. ``days`` from today, negative where it is past."""

    on: date
    days: int
    text: str
    task: Task
    node: Node | None = None
    part: YearPart | None = None

    @property
    def standing(self) -> str:
        return "overdue" if self.days < 0 else "near" if self.days <= allowances().soon.days else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class MyUnit:
    units: tuple[Unit, ...]
    to_sign: tuple[Asked, ...]
    to_sign_count: int
    sign_by: date | None
    objections: tuple[Signature, ...]
    due: tuple[Due, ...]
    due_count: int
    claimed: tuple[YearPart, ...]
    sent_back: tuple[YearPart, ...]
    extensions: tuple[Extension, ...]
    mentions: tuple[Comment, ...]
    led: int
    cooperating: int

    @property
    def signs_late(self) -> bool:
        return self.sign_by is not None and self.sign_by < clock.today()


def own_units(by: Person) -> tuple[Unit, ...]:
    """Those of the person that were not dissolved."""
    return tuple(Unit.objects.filter(zone_id=by.zone_id or 0, pk__in=by.unit_ids, dissolved_on=None).order_by("position", "code"))


def my_unit(by: Person) -> MyUnit:
    """For one row in as many queries as for many."""
    waiting = waiting_for(by, by.unit_ids)
    rows = list(waiting[:SHOWN])
    due = due_of(by, by.unit_ids)
    tasks = tasks_visible_to(by).filter(state=TaskState.SENT)
    parts = YearPart.objects.filter(task__in=tasks.filter(lead_unit__in=by.unit_ids), state=PartState.OPEN).select_related("task")
    return MyUnit(
        units=own_units(by), to_sign=tuple(asked_of(rows)), to_sign_count=waiting.count(),
        sign_by=waiting.order_by().aggregate(first=Min("sign_by"))["first"],
        objections=tuple(_objections(by)), due=due[:SHOWN], due_count=len(due),
        claimed=tuple(parts.exclude(claimed_on=None).order_by("claimed_on", "pk")[:SHOWN]),
        sent_back=tuple(parts.filter(claimed_on=None).exclude(note="").order_by("year", "pk")[:SHOWN]),
        extensions=tuple(_extensions(by)), mentions=tuple(mentions_of(by).filter(at__gte=clock.now() - allowances().lately)[:SHOWN]),
        led=tasks.filter(lead_unit__in=by.unit_ids).count(),
        cooperating=tasks.filter(of_units(by.unit_ids)).exclude(lead_unit__in=by.unit_ids).count(),
    )  # fmt: skip


def due_of(by: Person, unit_ids: frozenset[int]) -> tuple[Due, ...]:
    """What the units lead: open nodes and annual parts that are past or come soon, first to last."""
    today = clock.today()
    tasks = tasks_visible_to(by).filter(state=TaskState.SENT, lead_unit__in=unit_ids)
    nodes = Node.objects.filter(task__in=tasks, done_on=None, due_on__lte=today + allowances().ahead).select_related("task", "part")
    parts = YearPart.objects.filter(year__lte=(today + allowances().ahead).year, task__in=tasks, state=PartState.OPEN, claimed_on=None)
    found = [_due(node.due_on, node.text, node.task, today, node=node) for node in nodes]
    found += [
        _due(date(part.year, 12, 31), part.goal, part.task, today, part=part)
        for part in parts.select_related("task") if date(part.year, 12, 31) <= today + allowances().ahead
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.on, one.task.position, one.text)))


def _due(on: date, text: str, task: Task, today: date, *, node: Node | None = None, part: YearPart | None = None) -> Due:
    return Due(on=on, days=(on - today).days, text=text, task=task, node=node, part=part)


def _objections(by: Person) -> QuerySet[Signature]:
    """Open ones, and those that were settled of late: also where a later round took their place."""
    since = clock.now() - allowances().lately
    open_ones = Q(state=SignatureState.OBJECTED, is_superseded=False)
    rows = Signature.objects.filter(open_ones | Q(state=SignatureState.SETTLED, settled_at__gte=since), unit__in=by.unit_ids)
    return rows.filter(task__in=tasks_visible_to(by)).select_related("task", "unit", "settled_by").order_by("state", "-answered_at")[:SHOWN]


def _extensions(by: Person) -> QuerySet[Extension]:
    rows = Extension.objects.filter(task__in=tasks_visible_to(by), unit__in=by.unit_ids).select_related("task")
    lately = Q(state=ExtensionState.ASKED) | Q(decided_at__gte=clock.now() - allowances().lately)
    return rows.filter(lately).order_by("state", "-asked_at")[:SHOWN]


def all_to_sign(by: Person) -> list[Asked]:
    """Everything that waits for the person's units, in the order of the plans."""
    return asked_of(list(waiting_for(by, by.unit_ids)))


def answered_of(by: Person) -> dict[str, int]:
    """How many signatures of the person's units are in which state."""
    states = signatures_of_units(by, by.unit_ids).order_by().values_list("state", flat=True)
    counts = {state.value: 0 for state in SignatureState}
    for state in states:
        counts[state] += 1
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What awaits the planning office: open objections by plan, parts that units claim finished, requests for a later date."""

    objections: tuple[tuple[Plan, int], ...]
    claims: tuple[YearPart, ...]
    extensions: tuple[Extension, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.objections or self.claims or self.extensions)


def desk_of(by: Person) -> Desk:
    tasks = tasks_visible_to(by)
    open_ones = Q(signatures__state=SignatureState.OBJECTED, signatures__is_superseded=False)
    counted = tasks.filter(open_ones).order_by().values("plan").annotate(number=Count("signatures")).values_list("plan", "number")
    plans = Plan.objects.in_bulk([plan for plan, _number in counted])
    claims = YearPart.objects.filter(task__in=tasks, state=PartState.OPEN).exclude(claimed_on=None).select_related("task__lead_unit")
    asked = Extension.objects.filter(task__in=tasks, state=ExtensionState.ASKED).select_related("task", "unit")
    return Desk(
        objections=tuple((plans[plan], number) for plan, number in counted), claims=tuple(claims.order_by("claimed_on", "pk")[:SHOWN]),
        extensions=tuple(asked.order_by("asked_at", "pk")[:SHOWN]),
    )  # fmt: skip
