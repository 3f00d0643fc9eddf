"""The ledger: a page of tasks, found, grouped and sorted, with all that a row shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.plans.models import Sentence
from lantu_web.plans.queries.review import plans_to_look_into
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.beside import Beside, Mark, Named, Part, beside
from lantu_web.tasks.queries.filtering import tasks_wanted
from lantu_web.tasks.queries.grouping import GROUPINGS, Group, Key, ascending, groups_of, key_of, within
from lantu_web.tasks.queries.visible import tasks_visible_to
from lantu_web.tasks.queries.wanted import SORTS, Wanted, read

__all__ = ["Ledger", "Mark", "Named", "Part", "Row", "Section", "Wanted", "page", "read", "row", "rows_of", "tasks_in_order"]

_BESIDE = ("plan", "item", "lead_unit", "section", "person", "sponsor")
_UNSEEN = ("initials", "sought", "lead_reason", "created_at", "created_by")
# Of rows beside the task nothing but what a line shows.
_SHOWN = (
    *(field.name for field in Task._meta.concrete_fields if field.name not in _UNSEEN),
    "plan__name", "item__plan", "item__code", "item__start", "lead_unit__name", "section__name", "section__unit", "person__name",
    "sponsor__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task as a line of the ledger, in one year; ``sentence`` is where its words stand in the plan, for those who may look there."""

    task: Task
    year: int
    today: date
    beside: Beside
    sentence: int | None

    @property
    def done(self) -> int:
        return sum(node.done_on is not None for node in self.beside.nodes)

    @property
    def is_late(self) -> bool:
        """Past its day and not finished."""
        return self.task.latest_on is not None and self.task.latest_on < self.today and self.task.state != TaskState.FINISHED

    @property
    def late_nodes(self) -> tuple[Mark, ...]:
        return tuple(node for node in self.beside.nodes if node.done_on is None and node.due_on < self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Rows that follow each other in one group; ``group`` None where nothing is grouped. ``continues``: it began on an earlier page."""

    group: Group | None
    continues: bool
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """``page`` counts all that was found, ``sections`` hold the rows of this one."""

    wanted: Wanted
    year: int
    page: Page[int]
    groups: Sequence[Group]
    sections: Sequence[Section]

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]


def page(by: Person, wanted: Wanted, number: str | int = 1, *, among: Q | None = None) -> Ledger:
    """At most four queries, whatever the number of tasks. ``among`` narrows what is wanted down further."""
    found = tasks_wanted(by, wanted).filter(among or Q())
    groups = groups_of(found, wanted.group) if wanted.group else []
    # A search looks into every text: once, so its hits are all fetched and then counted and cut here.
    hits = _hits(found, wanted) if wanted.text and not wanted.group else None
    total = sum(group.count for group in groups) if wanted.group else found.count() if hits is None else len(hits)
    shown = Paginator(range(total), wanted.size).get_page(number)  # positions, so that the count is asked for once
    year, first = wanted.year or clock.today().year, max(0, shown.start_index() - 1)
    if wanted.group:
        found, skipped = _of_page(found, wanted, groups, first)
    else:
        skipped = first
    cut = slice(skipped, skipped + wanted.size)
    # Only those of the page are joined with all that is shown, and they are known before: PostgreSQL would long plan for both at once.
    ids = list(_ordered(found, wanted).values_list("pk", flat=True)[cut]) if hits is None else hits[cut]
    rows = rows_of(by, _ordered(Task.objects.filter(pk__in=ids), wanted), year=year) if total else []
    return Ledger(wanted=wanted, year=year, page=shown, groups=groups, sections=_sections(rows, groups, wanted.group, first))


def row(by: Person, task: Task, *, year: int | None = None) -> Row:
    """One line as it stands now; the task must be one that the person sees."""
    return rows_of(by, Task.objects.filter(pk=task.pk), year=year or clock.today().year)[0]


def rows_of(by: Person, tasks: QuerySet[Task], *, year: int) -> list[Row]:
    """Those tasks in their order, as lines. Two queries."""
    listed = list(_with_sentence(by, tasks.select_related(*_BESIDE).only(*_SHOWN)))
    stands_beside, today = beside([task.pk for task in listed], year), clock.today()
    return [
        Row(task=task, year=year, today=today, beside=stands_beside[task.pk], sentence=getattr(task, "sentence", None)) for task in listed
    ]


def tasks_in_order(by: Person, wanted: Wanted) -> QuerySet[Task]:
    """All that was found, in the order of the page."""
    return _ordered(tasks_wanted(by, wanted), wanted)


def some_of(by: Person, ids: Iterable[int], most: int) -> QuerySet[Task]:
    """Of those tasks the first ones that the person sees, in the order of the ledger."""
    return tasks_visible_to(by).filter(pk__in=ids).order_by("plan_id", "position")[:most]


def lead_units_of(by: Person, ids: Iterable[int]) -> list[int]:
    """Ids of the units that lead one of those tasks."""
    leads = tasks_visible_to(by).filter(pk__in=ids, lead_unit__isnull=False).order_by("lead_unit")
    return [pk for pk in leads.values_list("lead_unit", flat=True).distinct() if pk is not None]


def _hits(found: QuerySet[Task], wanted: Wanted) -> list[int]:
    """Ids in order. The ledger's own order is made here: asked for it, a database reads every row in turn of its index, not as they lie."""
    if wanted.sort:
        return list(_ordered(found, wanted).values_list("pk", flat=True))
    return [pk for _plan, _position, pk in sorted(found.values_list("plan_id", "position", "pk"))]


def _ordered(tasks: QuerySet[Task], wanted: Wanted) -> QuerySet[Task]:
    key = wanted.sort.removeprefix("-")
    by_group = ascending(GROUPINGS[wanted.group].order) if wanted.group else []
    by_column = ascending(SORTS[key], down=wanted.sort.startswith("-")) if key else []
    return tasks.order_by(*by_group, *by_column, "plan_id", "position", "pk")


def _of_page(found: QuerySet[Task], wanted: Wanted, groups: Sequence[Group], first: int) -> tuple[QuerySet[Task], int]:
    """Only the groups that the page shows something of are sorted; and how many of their rows stand on earlier pages."""
    shown: list[Group] = []
    skipped = at = 0
    for group in groups:
        if at < first + wanted.size and at + group.count > first:
            skipped = skipped if shown else first - at
            shown.append(group)
        at += group.count
    return found.filter(within(wanted.group, shown)), max(0, skipped)


def _with_sentence(by: Person, tasks: QuerySet[Task]) -> QuerySet[Task]:
    """``sentence``: the one that the item begins in, of plans into whose text the person may look."""
    begins = Sentence.objects.filter(
        Q(plan__in=plans_to_look_into(by).values("pk")), plan=OuterRef("item__plan"), start__lte=OuterRef("item__start")
    )  # fmt: skip
    return tasks.annotate(sentence=Subquery(begins.order_by("-start").values("pk")[:1]))


def _sections(rows: Iterable[Row], groups: Sequence[Group], by: str, first: int) -> list[Section]:
    if not by:
        listed = list(rows)
        return [Section(group=None, continues=False, rows=listed)] if listed else []
    parted: dict[Key, list[Row]] = {}
    for one in rows:
        parted.setdefault(key_of(one.task, by), []).append(one)
    begins, at = {}, 0
    for group in groups:
        begins[group.key] = at
        at += group.count
    return [Section(group=group, continues=begins[group.key] < first, rows=parted[group.key]) for group in groups if group.key in parted]
