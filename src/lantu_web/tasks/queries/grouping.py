"""What tasks are grouped by: the fields that make a group, how groups follow each other, and what a group is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Count, F, OrderBy, Q, QuerySet
from django.utils.translation import gettext as _

from lantu_web.plans.enums import ItemKind
from lantu_web.tasks.enums import Signing, TaskState
from lantu_web.tasks.models import Task

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """``fields`` are asked for, ``fold`` makes of them the key that tells one group from another, ``order`` is how they follow, ``name``
    says the key in words; ``filter`` is the parameter that shows one group alone, by the value at ``filter_at`` of the key."""

    fields: tuple[str, ...]
    order: tuple[str, ...]
    name: Callable[[Key], str]
    fold: Callable[[Key], Key] = tuple
    filter: str = ""
    filter_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group with what it counts in all; ``value`` shows it alone where the grouping has a filter for it."""

    key: Key
    name: str
    count: int
    filter: str
    value: str


def _named(none: Callable[[], str], at: int = 1) -> Callable[[Key], str]:
    return lambda key: str(key[at]) if key[at] else none()


def _quarter_of(key: Key) -> Key:
    return (key[0].year, (key[0].month + 2) // 3) if key[0] else (None, None)


def _quarter(key: Key) -> str:
    return _("%(year)d, quarter %(quarter)d") % {"year": key[0], "quarter": key[1]} if key[0] else _("No due date")


GROUPINGS: Mapping[str, Grouping] = MappingProxyType({
    "plan": Grouping(fields=("plan_id", "plan__name"), order=("plan_id",), name=_named(lambda: ""), filter="plan"),
    "chapter": Grouping(fields=("plan_id", "chapter"), order=("plan_id", "chapter"), name=_named(lambda: _("Without a chapter")),
                        filter="chapter", filter_at=1),
    "topic": Grouping(fields=("topic",), order=("topic",), name=_named(lambda: _("Without a topic"), 0), filter="topic"),
    "lead_unit": Grouping(fields=("lead_unit_id", "lead_unit__name"), order=("lead_unit__position", "lead_unit__code"),
                          name=_named(lambda: _("Without a lead unit")), filter="unit"),
    "sponsor": Grouping(fields=("sponsor_id", "sponsor__name"), order=("sponsor__name", "sponsor_id"),
                        name=_named(lambda: _("Without a sponsor leader")), filter="sponsor"),
    "person": Grouping(fields=("person_id", "person__name"), order=("person__name", "person_id"),
                       name=_named(lambda: _("Without a responsible person")), filter="person"),
    "state": Grouping(fields=("state",), order=("state",), name=lambda key: str(TaskState(key[0]).label), filter="state"),
    "signing": Grouping(fields=("signing",), order=("signing",), name=lambda key: str(Signing(key[0]).label), filter="signing"),
    "kind": Grouping(fields=("kind",), order=("kind",), name=lambda key: str(ItemKind(key[0]).label), filter="kind"),
    "due": Grouping(fields=("due_on",), order=("due_on",), name=_quarter, fold=_quarter_of),
})  # fmt: skip


def groups_of(tasks: QuerySet[Task], by: str) -> list[Group]:
    """All groups in their order, with their counts. One query."""
    grouping = GROUPINGS[by]
    names = list(dict.fromkeys((*grouping.fields, *grouping.order)))
    counts: dict[Key, int] = {}
    for row in tasks.order_by().values(*names).annotate(count=Count("pk")).order_by(*ascending(grouping.order)):
        key = grouping.fold(tuple(row[name] for name in grouping.fields))
        counts[key] = counts.get(key, 0) + row["count"]
    return [_group(grouping, key, count) for key, count in counts.items()]


def within(by: str, groups: Iterable[Group]) -> Q:
    """Tasks of those groups."""
    found = Q(pk__in=[])
    for group in groups:
        if by == "due":
            found |= _in_quarter(*group.key)
        else:
            found |= Q(**{name: value for name, value in zip(GROUPINGS[by].fields, group.key, strict=True) if "__" not in name})
    return found


def _in_quarter(year: int | None, quarter: int) -> Q:
    if year is None:
        return Q(due_on=None)
    after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return Q(due_on__gte=date(year, quarter * 3 - 2, 1), due_on__lt=after)


def ascending(names: tuple[str, ...], *, down: bool = False) -> list[OrderBy]:
    """What is empty stands last, whichever way round."""
    return [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in names]


def key_of(task: Task, by: str) -> Key:
    """The group that a row stands in."""
    grouping = GROUPINGS[by]
    return grouping.fold(tuple(_value(task, name) for name in grouping.fields))


def _value(task: Task, name: str) -> Any:
    first, _sep, rest = name.partition("__")
    found = getattr(task, first)
    return getattr(found, rest) if rest and found is not None else found


def _group(grouping: Grouping, key: Key, count: int) -> Group:
    value = key[grouping.filter_at] if grouping.filter else ""
    return Group(key=key, name=grouping.name(key), count=count, filter=grouping.filter, value=str(value or ""))
