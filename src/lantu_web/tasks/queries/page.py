"""Everything of one task, for its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Prefetch, QuerySet, When

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Post, Section, Unit, User
from lantu_web.accounts.queries.acting import posts_on
from lantu_web.accounts.rights import Reach, Right
from lantu_web.lib import clock
from lantu_web.plans.models import Item
from lantu_web.plans.queries.items import may_see_text
from lantu_web.plans.queries.review import places_of
from lantu_web.tasks.enums import ExtensionState, SignatureState, TaskState
from lantu_web.tasks.models import Cooperation, Extension, Node, Signature, Task, WorkLine, YearPart
from lantu_web.tasks.queries.signing import words_of_item
from lantu_web.tasks.queries.visible import tasks_visible_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a task comes from: the plan's words, what the plan says today, the place in its text for who may look into it."""

    item: Item
    label: str
    sentence: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of the path: its own part, what was carried over into it, its nodes."""

    year: int
    parts: tuple[YearPart, ...]
    nodes: tuple[Node, ...]
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Can:
    """What the person may do on the page."""

    work: bool
    decide: bool
    comment: bool
    keep_files: bool
    sign: tuple[Signature, ...]


def tasks_to_show(by: Person) -> QuerySet[Task]:
    """With everything that one row of a page names."""
    cooperations = Prefetch("cooperations", queryset=Cooperation.objects.select_related("unit"))
    named = ("plan__zone", "plan__division", "item", "lead_unit", "section", "person", "sponsor")
    rows = tasks_visible_to(by).select_related(*named)
    return rows.prefetch_related(cooperations, Prefetch("lines", queryset=WorkLine.objects.order_by("kind", "position", "pk")))


def source_of(by: Person, task: Task) -> Source | None:
    """None for a task of other origin."""
    item = task.item
    if item is None:
        return None
    sentence = None
    if item.start is not None and may_see_text(by, task.plan):
        sentence = places_of(task.plan, [(item.start, item.end or item.start)]).get(item.start)
    return Source(item=item, label=words_of_item(task), sentence=sentence)


def years_of_task(task: Task) -> list[Year]:
    """First to last; a year stands there too where it has only nodes."""
    parts = list(YearPart.objects.filter(task=task).select_related("claimed_by", "verified_by", "carried_from").order_by("year", "pk"))
    nodes = list(Node.objects.filter(task=task).select_related("done_by").order_by("due_on", "pk"))
    this_year = clock.today().year
    return [
        Year(
            year=year, parts=tuple(part for part in parts if part.year == year), nodes=tuple(node for node in nodes if node.year == year),
            is_now=year == this_year,
        )
        for year in sorted({part.year for part in parts} | {node.year for node in nodes})
    ]  # fmt: skip


def what_can(by: Person, task: Task) -> Can:
    works = by.may_in_unit(Right.TASK_WORK, task.lead_unit_id)
    helps = any(by.may_in_unit(Right.TASK_WORK, one.unit_id) for one in task.cooperations.all())
    return Can(
        work=works and by.may_write, decide=by.may(Right.DIVISION_WRITE), comment=by.may(Right.COMMENT_WRITE), keep_files=works or helps,
        sign=tuple(_to_sign(by, task)),
    )  # fmt: skip


def _to_sign(by: Person, task: Task) -> list[Signature]:
    """Only of the person's own units, though the planning office could sign from paper."""
    if by.reach(Right.TASK_SIGN) is Reach.NONE:
        return []
    rows = Signature.objects.filter(task=task, is_superseded=False, unit__in=by.unit_ids).select_related("unit")
    return [row for row in rows.order_by("part", "pk") if row.state in (SignatureState.WAITING, SignatureState.OBJECTED)]


def extensions_of(task: Task) -> list[Extension]:
    """Newest first; an open one among them is decided by the planning office."""
    rows = Extension.objects.filter(task=task).select_related("unit", "asked_by", "decided_by").order_by("-asked_at", "-pk")
    return sorted(rows, key=lambda row: row.state != ExtensionState.ASKED)


def sections_for(task: Task) -> QuerySet[Section]:
    return Section.objects.filter(unit=task.lead_unit_id or 0, is_active=True).order_by("pk")


def people_for(task: Task) -> QuerySet[User]:
    """Who holds a post in the lead unit today."""
    posts = posts_on(Post.objects.filter(unit=task.lead_unit_id or 0), on=clock.today())
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")


def units_for(task: Task, *, first: Sequence[int] = ()) -> QuerySet[Unit]:
    """Units that could have a part in the task. ``first``: those that are chosen, in their order: so they are seen in a long list, and
    a form that nobody touched gives them back as they stood."""
    units = Unit.objects.filter(zone=task.zone_id, dissolved_on=None).order_by("position", "code")
    if not first:
        return units
    chosen = Case(*(When(pk=pk, then=place) for place, pk in enumerate(first)), default=len(first))
    return units.order_by(chosen, "position", "code")


def tasks_of_items(by: Person, items: Iterable[Item]) -> dict[int, Task]:
    """The line of the ledger that each item of a plan became, as far as the person sees it."""
    rows = tasks_visible_to(by).filter(item__in=list(items)).exclude(state=TaskState.WITHDRAWN)
    return {task.item_id: task for task in rows if task.item_id is not None}
