"""Reads of signatures: what waits for a unit, what stands open for the planning office, what was said round by round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Model, Prefetch, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Section, Unit, User
from lantu_web.accounts.rights import Reach, Right
from lantu_web.plans.models import ItemState
from lantu_web.tasks.content import FIELDS, Type
from lantu_web.tasks.enums import IndicatorKind, SignatureState, TaskState
from lantu_web.tasks.models import Cooperation, Signature, Task, WorkLine
from lantu_web.tasks.queries.visible import tasks_visible_to

# What a unit may propose instead when it objects: fields of the task, and values of its years.
COUNTERS = ("title", "due_on", "target", "lead_unit", "cooperating")
YEARS = "years"
_MODELS: Mapping[Type, type[Model]] = {
    Type.UNIT: Unit, Type.UNITS: Unit, Type.PERSON: User, Type.SECTION: Section, Type.LINES: WorkLine,
}  # fmt: skip
OPEN = (SignatureState.WAITING, SignatureState.OBJECTED)


def signatures_visible_to(by: Person) -> QuerySet[Signature]:
    """Of tasks that the person sees."""
    rows = Signature.objects.filter(task__in=tasks_visible_to(by))
    return rows.select_related("task__plan", "task__item", "task__lead_unit", "unit", "answered_by", "settled_by")


def signatures_in_reach(by: Person) -> QuerySet[Signature]:
    """That the person may sign for, or might have: those of their units, or all where the right reaches through the zone."""
    rows = signatures_visible_to(by)
    match by.reach(Right.TASK_SIGN):
        case Reach.NONE:
            return rows.none()
        case Reach.OWN_UNIT:
            return rows.filter(unit__in=by.unit_ids)
        case _:
            return rows


def signatures_of_units(by: Person, unit_ids: Iterable[int]) -> QuerySet[Signature]:
    """What counts now of those units, in the order of the plans."""
    cooperations = Prefetch("task__cooperations", queryset=Cooperation.objects.select_related("unit"))
    rows = signatures_visible_to(by).filter(is_superseded=False, unit__in=set(unit_ids)).select_related("task__plan__division")
    return rows.order_by("task__plan", "task__position", "part").prefetch_related(cooperations)


def waiting_for(by: Person, unit_ids: Iterable[int]) -> QuerySet[Signature]:
    return signatures_of_units(by, unit_ids).filter(state=SignatureState.WAITING, task__state=TaskState.SENT)


def open_objections(by: Person, plan_id: int | None = None) -> QuerySet[Signature]:
    """Not settled yet: of one plan, or of the whole zone."""
    rows = signatures_visible_to(by).filter(is_superseded=False, state=SignatureState.OBJECTED)
    if plan_id is not None:
        rows = rows.filter(task__plan=plan_id)
    cooperations = Prefetch("task__cooperations", queryset=Cooperation.objects.select_related("unit"))
    return rows.prefetch_related(cooperations).order_by("task__position", "answered_at", "pk")


def settled_objections(by: Person, plan_id: int) -> QuerySet[Signature]:
    """Newest first."""
    return signatures_visible_to(by).filter(task__plan=plan_id, state=SignatureState.SETTLED).order_by("-settled_at", "-pk")


def rounds_of(task: Task) -> list[tuple[int, list[Signature]]]:
    """Every signature of the task, newest round first."""
    rows = Signature.objects.filter(task=task).select_related("unit", "answered_by", "settled_by").order_by("-round", "part", "pk")
    rounds: dict[int, list[Signature]] = {}
    for row in sorted(rows, key=lambda row: (-row.round, row.part != "lead", row.pk)):
        rounds.setdefault(row.round, []).append(row)
    return list(rounds.items())


def counts_of(by: Person, plan_id: int) -> Mapping[str, int]:
    """How many signatures that count are in which state; of objections that were settled, all."""
    counting = Q(is_superseded=False) | Q(state=SignatureState.SETTLED)
    rows = signatures_visible_to(by).filter(counting, task__plan=plan_id).order_by()
    found = dict(rows.values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in SignatureState}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A field in words: what is asked for, and beside it what is proposed or what was signed before ("" where nothing)."""

    name: str
    label: str
    now: str
    other: str = ""
    is_changed: bool = False


class Names:
    """Names of the rows that contents speak of, fetched at once."""

    def __init__(self, contents: Iterable[Mapping[str, Any]]) -> None:
        wanted: dict[Type, set[int]] = {kind: set() for kind in _MODELS}
        for content in contents:
            for name, value in content.items():
                field = FIELDS.get(name)
                if field is not None and field.type in wanted and value:
                    wanted[field.type] |= set(value) if isinstance(value, list) else {value}
        self._names = {
            kind: dict(_MODELS[kind].objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}  # type: ignore[attr-defined]
            for kind, pks in wanted.items()
        }  # fmt: skip

    def told(self, name: str, value: Any) -> str:
        """The value of a field as people read it; "" where there is none."""
        if value in (None, "", []):
            return ""
        kind = FIELDS[name].type
        if kind is Type.CHOICE:
            return str(dict(IndicatorKind.choices).get(value, value))
        if kind not in self._names:
            return str(value)
        return "、".join(self._names[kind].get(pk, "?") for pk in (value if isinstance(value, list) else [value]))


def differences_of(now: Mapping[str, Any], other: Mapping[str, Any], names: Names) -> list[Told]:
    """The fields of ``other`` that differ from ``now``, both in words."""
    return [
        Told(
            name=name, label=str(FIELDS[name].label), now=names.told(name, now.get(name)), other=names.told(name, value), is_changed=True
        )
        for name, value in other.items()
        if name in FIELDS and now.get(name) != value
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A signature with what it asks for, in words; ``changes``: since the unit answered last, where it did: fields, then years."""

    row: Signature
    changes: tuple[Told, ...]
    has_other_nodes: bool
    is_again: bool
    why: str


def asked_of(rows: Sequence[Signature]) -> list[Asked]:
    """Three queries, however many rows."""
    before = _signed_before(rows)
    names = Names([row.content for row in rows] + [row.content for row in before.values()])
    return [_asked(row, before.get((row.task_id, row.unit_id)), names) for row in rows]


def _asked(row: Signature, before: Signature | None, names: Names) -> Asked:
    was = row.content if before is None else before.content
    return Asked(
        row=row, changes=_changes(was, row.content, names), has_other_nodes=was.get("nodes") != row.content.get("nodes"),
        is_again=before is not None, why=row.task.lead_reason,
    )  # fmt: skip


def _changes(before: Mapping[str, Any], now: Mapping[str, Any], names: Names) -> tuple[Told, ...]:
    """Fields, then years."""
    fields = differences_of(before, {name: now.get(name) for name in FIELDS if FIELDS[name].is_signed}, names)
    return (*fields, *_changed_years(before, now))


def _changed_years(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Told]:
    """Years whose value or goal is another one."""
    was, now_is = _years_in_words(before), _years_in_words(now)
    return [
        Told(name=year, label=year, now=was.get(year, ""), other=now_is.get(year, ""), is_changed=True)
        for year in sorted({*was, *now_is}) if was.get(year) != now_is.get(year)
    ]  # fmt: skip


def _years_in_words(content: Mapping[str, Any]) -> dict[str, str]:
    unit = str(content.get("measured_in") or "")
    return {str(year): " ".join(filter(None, (f"{value}{unit}" if value else "", goal))) for year, goal, value in content["parts"]}


def _signed_before(rows: Sequence[Signature]) -> dict[tuple[int, int], Signature]:
    """What each of the units answered last of the same task (signed for, or objected to, which is settled since)."""
    last: dict[tuple[int, int], Signature] = {}
    answers = _answers_of(rows)
    for row in answers:
        if row.is_superseded and row.state in (SignatureState.SIGNED, SignatureState.SETTLED):
            last[(row.task_id, row.unit_id)] = row
    first = _first_of(answers)
    return {key: first[(*key, row.answered_at)] for key, row in last.items()}


def answered_of(rows: Iterable[Signature]) -> dict[int, Mapping[str, Any]]:
    """The content that each row's unit answered, by id of the row: an objection is carried on into later rounds, which say otherwise."""
    rows = list(rows)
    first = _first_of(_answers_of(rows))
    return {row.pk: first[(row.task_id, row.unit_id, row.answered_at)].content for row in rows if row.answered_at is not None}


def _answers_of(rows: Iterable[Signature]) -> list[Signature]:
    """What the same units said to the same tasks, first to last."""
    wanted = Q(task__in={row.task_id for row in rows}, unit__in={row.unit_id for row in rows})
    return list(Signature.objects.filter(wanted, answered_at__isnull=False).order_by("round", "pk"))


def _first_of(answers: Iterable[Signature]) -> dict[tuple[int, int, datetime | None], Signature]:
    """Of each answer, which later rounds repeat, the row to which it was given."""
    first: dict[tuple[int, int, datetime | None], Signature] = {}
    for row in answers:
        first.setdefault((row.task_id, row.unit_id, row.answered_at), row)
    return first


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What was sent out, in words: fields that say something, years with their goals, nodes."""

    fields: tuple[Told, ...]
    years: tuple[tuple[int, str, str], ...]  # year, value with its unit, goal
    nodes: tuple[tuple[str, str, str], ...]  # day, text, value with its unit


_BESIDE = frozenset({"title", "lead_unit", "cooperating", "left_out", "measured_in"})  # told elsewhere on the page
_AMOUNTS = frozenset({"baseline", "target"})  # told with their unit


def content_of(row: Signature) -> Content:
    content, names = row.content, Names([row.content])
    unit = str(content.get("measured_in") or "")
    told = [
        Told(name=name, label=str(field.label), now=names.told(name, content.get(name)) + (unit if name in _AMOUNTS else ""))
        for name, field in FIELDS.items() if field.is_signed and name not in _BESIDE and content.get(name) not in (None, "", [])
    ]  # fmt: skip
    return Content(
        fields=tuple(told), years=tuple((year, f"{value}{unit}" if value else "", goal) for year, goal, value in content["parts"]),
        nodes=tuple((day, text, f"{value}{unit}" if value else "") for day, text, value in content["nodes"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """As sent beside as proposed, field by field; a year is a field of its own. ``changes``: of the task since the unit objected."""

    row: Signature
    pairs: tuple[Told, ...]
    changes: tuple[Told, ...]
    has_other_nodes: bool


def objections_of(rows: Sequence[Signature]) -> list[Objection]:
    answered = answered_of(rows)
    names = Names([row.content for row in rows] + [row.counter for row in rows] + list(answered.values()))
    return [_objection(row, answered.get(row.pk, row.content), names) for row in rows]


def _objection(row: Signature, answered: Mapping[str, Any], names: Names) -> Objection:
    return Objection(
        row=row, pairs=(*differences_of(row.content, row.counter, names), *_years_of(row)),
        changes=_changes(answered, row.content, names), has_other_nodes=answered.get("nodes") != row.content.get("nodes"),
    )  # fmt: skip


def _years_of(row: Signature) -> list[Told]:
    sent, unit = {str(year): value for year, _goal, value in row.content["parts"]}, str(row.content.get("measured_in") or "")
    wanted = row.counter.get(YEARS) or {}
    return [
        Told(name=year, label=year, now=f"{sent.get(year) or ''}{unit}", other=f"{value or ''}{unit}", is_changed=True)
        for year, value in sorted(wanted.items())
    ]  # fmt: skip


def last_day_to_sign(tasks: QuerySet[Task]) -> date | None:
    """The latest day that is asked for of any of them; None where none is."""
    last: date | None = Signature.objects.filter(task__in=tasks.order_by(), is_superseded=False).aggregate(last=Max("sign_by"))["last"]
    return last


def words_of_item(task: Task) -> str:
    """What the plan says of it today, in one line; empty where it comes from elsewhere."""
    state = ItemState.objects.filter(item=task.item_id).order_by("-version__number").first() if task.item_id else None
    return state.label if state is not None else ""
