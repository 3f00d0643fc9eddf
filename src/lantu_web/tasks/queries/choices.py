"""What the filters of the ledger offer: plans, units, work lines, leaders, topics, and the views that were kept. Two queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, Unit
from lantu_web.plans.models import Plan
from lantu_web.tasks.models import Division, SavedView, WorkLine
from lantu_web.tasks.queries.beside import Named
from lantu_web.tasks.queries.visible import tasks_visible_to

_TEXT = CharField()
# From one topic to the next along the index: twenty thousand tasks have ten topics, and a database that reads them all takes far longer.
_EACH_ONCE = """
    WITH RECURSIVE seen(topic) AS (
        SELECT MIN(topic) FROM ({tasks}) AS first
        UNION ALL SELECT (SELECT MIN(topic) FROM ({tasks}) AS later WHERE topic > seen.topic) FROM seen WHERE seen.topic IS NOT NULL
    ) SELECT topic FROM seen WHERE topic IS NOT NULL
"""


class Kept(NamedTuple):
    """A view that was kept, with the address behind the question mark."""

    pk: int
    name: str
    query: str
    is_shared: bool
    is_own: bool


@dataclass(slots=True)
class Choices:
    """Filled while they are read, then only looked at."""

    plans: list[Named] = field(default_factory=list)
    units: list[Named] = field(default_factory=list)
    lines: list[Named] = field(default_factory=list)
    leaders: list[Named] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    views: list[Kept] = field(default_factory=list)

    def of(self, name: str) -> list[Named]:
        """What a parameter of ``Wanted`` may name by its id."""
        known = {"plan": self.plans, "unit": self.units, "cooperating": self.units, "line": self.lines, "sponsor": self.leaders}
        return known.get(name, [])


def choices(by: Person) -> Choices:
    found = Choices(topics=sorted(_topics(by)))
    first, *others = (_units(by), _plans(by), _lines(by), _leaders(by), _views(by))
    for what, rank, pk, name, more in sorted(first.union(*others, all=True)):
        match what:
            case "plan":
                found.plans.append(Named(pk, name))
            case "unit":
                found.units.append(Named(pk, name))
            case "line":
                found.lines.append(Named(pk, name))
            case "leader":
                found.leaders.append(Named(pk, name))
            case _:
                found.views.append(Kept(pk, name, more, is_shared=rank in (0, 2), is_own=rank in (0, 1)))
    return found


def _row(rows: QuerySet[Any], what: str, rank: Any, pk: Any, name: str, more: Any = "") -> QuerySet[Any, Any]:
    tail = F(more) if more else Value("", _TEXT)
    return rows.order_by().values_list(Value(what, _TEXT), Cast(rank, IntegerField()), Cast(pk, IntegerField()), F(name), tail)


def _units(by: Person) -> QuerySet[Any, Any]:
    return _row(Unit.objects.filter(zone=by.zone_id or 0, dissolved_on=None), "unit", F("position"), F("pk"), "name")


def _plans(by: Person) -> QuerySet[Any, Any]:
    divided = Plan.objects.filter(Exists(Division.objects.filter(plan=OuterRef("pk"))), zone=by.zone_id or 0)
    return _row(divided, "plan", F("period_start"), F("pk"), "name")


def _lines(by: Person) -> QuerySet[Any, Any]:
    return _row(WorkLine.objects.filter(zone=by.zone_id or 0, is_active=True), "line", F("position"), F("pk"), "name", "kind")


def _leaders(by: Person) -> QuerySet[Any, Any]:
    posts = Post.objects.filter(zone=by.zone_id or 0, role=Role.LEADER, user__is_active=True)
    return _row(posts, "leader", Value(0), F("user_id"), "user__name").distinct()


def _topics(by: Person) -> list[str]:
    try:
        tasks, values = tasks_visible_to(by).exclude(topic="").order_by().values("topic").query.sql_with_params()
    except EmptyResultSet:  # they see none
        return []
    with connection.cursor() as cursor:
        cursor.execute(_EACH_ONCE.format(tasks=tasks), [*values, *values])
        return [topic for (topic,) in cursor.fetchall()]


def _views(by: Person) -> QuerySet[Any, Any]:
    """Own ones and those that others share; the rank tells which of them."""
    kept = SavedView.objects.filter(Q(owner=by.user_id) | Q(is_shared=True), zone=by.zone_id or 0)
    return _row(kept.annotate(rank=_rank(by)), "view", F("rank"), F("pk"), "name", "query")


def _rank(by: Person) -> Case:
    return Case(
        When(owner=by.user_id, is_shared=True, then=0), When(owner=by.user_id, then=1), default=2, output_field=IntegerField()
    )  # fmt: skip


def kept_views(by: Person) -> QuerySet[SavedView]:
    """Own ones first, then those that others share."""
    kept = SavedView.objects.filter(Q(owner=by.user_id) | Q(is_shared=True), zone=by.zone_id or 0).select_related("owner")
    return kept.annotate(rank=_rank(by)).order_by(Case(When(owner=by.user_id, then=0), default=1), "name", "pk")
