"""The division scheme of a plan: what of the plan is in the ledger, what is not yet, and what stands in the way of sending it out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lantu.model import Nature
from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, Unit, User
from lantu_web.accounts.rights import Reach, Right
from lantu_web.lib import clock
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Item, ItemState, Plan
from lantu_web.plans.queries.items import chapters_of
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.tasks.enums import BROKEN_DOWN, Signing, TaskState
from lantu_web.tasks.models import Division, Node, Task, WorkLine, YearPart
from lantu_web.tasks.queries.paths import problems_of
from lantu_web.tasks.queries.plan_words import reworded
from lantu_web.tasks.queries.visible import tasks_visible_to

NO_CHAPTER = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What the plan says now: an item with its latest words, and the line that it became (None: not in the ledger yet)."""

    item: Item
    label: str
    content: Mapping[str, Any]
    task: Task | None

    @property
    def chapter(self) -> str:
        return chapter_of(self.item)

    @property
    def nature(self) -> str:
        return str(self.content.get("nature") or "")

    @property
    def is_anticipatory(self) -> bool:
        return self.nature == Nature.ANTICIPATORY.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterCounts:
    """Of one chapter of the plan; ``taken`` of its ``items`` are in the ledger, the other counts are of lines."""

    number: int
    title: str
    items: int
    taken: int
    drafts: int
    sent: int
    signed: int
    objected: int
    left_out: int

    @property
    def open(self) -> int:
        return self.items - self.taken

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 is said only when nothing is left."""
        return 100 * self.taken // self.items if self.items else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurdles:
    """What has to be done, or at least known, before the scheme goes out."""

    open_items: int
    without_lead: Sequence[Task]
    unreached: Sequence[Task]
    without_years: Sequence[Task]
    no_longer_said: Sequence[Task]
    reworded: Sequence[Task]

    @property
    def are_none(self) -> bool:
        found = (self.open_items, self.without_lead, self.unreached, self.without_years, self.no_longer_said, self.reworded)
        return not any(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    chapters: Sequence[ChapterCounts]
    hurdles: Hurdles
    lines: int

    @property
    def together(self) -> ChapterCounts:
        """Of all chapters."""
        names = ("items", "taken", "drafts", "sent", "signed", "objected", "left_out")
        return ChapterCounts(number=0, title="", **{name: sum(getattr(one, name) for one in self.chapters) for name in names})


def plans_to_divide(by: Person) -> QuerySet[Plan]:
    """Plans whose breakdown the person may see before it is sent out."""
    if by.reach(Right.TASK_DRAFT_READ) < Reach.ZONE:
        return Plan.objects.none()
    return plans_visible_to(by)


def division_of(plan: Plan) -> Division | None:
    return Division.objects.filter(plan=plan).first()


def divisions_of_zone(by: Person) -> QuerySet[Division]:
    """Each with its plan and zone."""
    return Division.objects.filter(zone_id=by.zone_id or 0).select_related("plan__zone")


def chapter_of(item: Item) -> str:
    return item.heading_title.split(" › ")[0] or NO_CHAPTER


def in_force(plan: Plan, chapter: str | None = None, items: Iterable[int] | None = None) -> list[InForce]:
    """What can be broken down, in the order of the plan; of one chapter, or those items only."""
    found = Item.objects.filter(plan=plan, kind__in=BROKEN_DOWN).order_by("position", "pk")
    if items is not None:
        found = found.filter(pk__in=set(items))
    rows = [item for item in found if chapter is None or chapter_of(item) == chapter]
    latest: dict[int, ItemState] = {}
    for state in ItemState.objects.filter(item__in=rows).order_by("version__number"):
        latest[state.item_id] = state
    tasks = {task.item_id: task for task in _standing(plan).filter(item__in=rows).select_related("lead_unit")}
    return [
        InForce(item=item, label=latest[item.pk].label, content=latest[item.pk].content, task=tasks.get(item.pk))
        for item in rows if item.pk in latest and not latest[item.pk].is_removed
    ]  # fmt: skip


def actuals_of(plan: Plan) -> list[Mapping[str, Any]]:
    """How things stood, as the plan says it."""
    states = ItemState.objects.filter(item__plan=plan, item__kind=ItemKind.ACTUAL).order_by("version__number")
    latest = {state.item_id: state for state in states}
    return [state.content for state in latest.values() if not state.is_removed]


def overview_of(plan: Plan) -> Overview:
    """A handful of queries whatever the size of the plan."""
    gone = ItemState.objects.filter(item=OuterRef("pk"), is_removed=True)
    items = Item.objects.filter(plan=plan, kind__in=BROKEN_DOWN).filter(~Exists(gone)).order_by("position")
    tasks = list(_standing(plan).order_by("position").prefetch_related(
        Prefetch("parts", queryset=YearPart.objects.filter(carried_from=None), to_attr="own_parts"),
    ))  # fmt: skip
    for task in tasks:
        task.plan = plan
    in_plan = {pk: heading.split(" › ")[0] or NO_CHAPTER for pk, heading in items.values_list("pk", "heading_title")}
    taken = {task.item_id for task in tasks if task.item_id is not None and task.item_id in in_plan}
    return Overview(
        chapters=_chapters(plan, in_plan, taken, tasks), hurdles=_hurdles(tasks, in_plan, len(in_plan) - len(taken)), lines=len(tasks)
    )  # fmt: skip


def lines_of_chapter(by: Person, plan: Plan, chapter: str | None = None) -> list[Task]:
    """Lines of the ledger with what the breakdown shows of them, in its order."""
    tasks = tasks_visible_to(by).filter(plan=plan).exclude(state=TaskState.WITHDRAWN)
    if chapter is not None:
        tasks = tasks.filter(chapter="" if chapter == NO_CHAPTER else chapter)
    return list(tasks.select_related("lead_unit", "plan", "parent").annotate(years=Count("parts")).order_by("position", "pk"))


def task_to_divide(by: Person, pk: int) -> Task | None:
    """A task with everything that its breakdown shows; None where the person does not see drafts."""
    if by.reach(Right.TASK_DRAFT_READ) < Reach.ZONE:
        return None
    tasks = tasks_visible_to(by).select_related("plan", "lead_unit", "item", "parent", "sponsor", "section", "person")
    return tasks.prefetch_related(
        Prefetch("parts", queryset=YearPart.objects.filter(carried_from=None).order_by("year"), to_attr="own_parts"),
        Prefetch("nodes", queryset=Node.objects.order_by("due_on", "pk")), "lines", "cooperations__unit",
    ).filter(pk=pk).first()  # fmt: skip


def living_units(zone_id: int) -> list[Unit]:
    return list(Unit.objects.filter(zone_id=zone_id, dissolved_on=None).order_by("position", "code"))


def work_lines_of(zone_id: int) -> QuerySet[WorkLine]:
    """With the number of tasks in each, withdrawn ones left out."""
    standing = Count("tasks", filter=~Q(tasks__state=TaskState.WITHDRAWN))
    return WorkLine.objects.filter(zone_id=zone_id).annotate(tasks_in=standing).order_by("kind", "position", "pk")


def _standing(plan: Plan) -> QuerySet[Task]:
    return Task.objects.filter(plan=plan).exclude(state=TaskState.WITHDRAWN)


def _chapters(plan: Plan, in_plan: Mapping[int, str], taken: set[int], tasks: Sequence[Task]) -> list[ChapterCounts]:
    items, done = Counter(in_plan.values()), Counter(chapter for pk, chapter in in_plan.items() if pk in taken)
    lines: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        lines[task.chapter or NO_CHAPTER].append(task)
    titles = [title for title in (*chapters_of(plan), NO_CHAPTER) if items[title] or lines[title]]
    return [
        ChapterCounts(
            number=number, title=title, items=items[title], taken=done[title],
            drafts=sum(task.state == TaskState.DRAFT for task in lines[title]),
            sent=sum(task.state != TaskState.DRAFT for task in lines[title]),
            signed=sum(task.signing == Signing.SIGNED for task in lines[title]),
            objected=sum(task.signing == Signing.OBJECTED for task in lines[title]),
            left_out=sum(bool(task.left_out) for task in lines[title]),
        )
        for number, title in enumerate(titles, 1)
    ]  # fmt: skip


def _hurdles(tasks: Sequence[Task], in_plan: Mapping[int, str], open_items: int) -> Hurdles:
    split = [task for task in tasks if not task.left_out]
    figures = [task for task in split if task.target is not None]
    return Hurdles(
        open_items=open_items, without_lead=[task for task in split if task.lead_unit_id is None],
        unreached=[task for task in figures if problems_of(task, {part.year: part.value for part in task.own_parts})],  # type: ignore[attr-defined]
        without_years=[task for task in figures if not task.own_parts],  # type: ignore[attr-defined]
        no_longer_said=[task for task in tasks if task.item_id is not None and task.item_id not in in_plan],
        reworded=[one.task for one in reworded(tasks)],
    )  # fmt: skip


def leaders_of(zone_id: int) -> QuerySet[User]:
    """Who can be sponsor leader (包保领导): leaders with a post in the zone today."""
    today = clock.today()
    valid = (Q(valid_from=None) | Q(valid_from__lte=today)) & (Q(valid_to=None) | Q(valid_to__gte=today))
    posts = Post.objects.filter(valid, zone=zone_id, role=Role.LEADER)
    return User.objects.filter(is_active=True, posts__in=posts).distinct().order_by("name", "pk")


def neighbours(task: Task) -> tuple[int | None, int | None]:
    """Ids of the lines before and after it in its plan."""
    lines = _standing(task.plan)
    before = lines.filter(Q(position__lt=task.position) | Q(position=task.position, pk__lt=task.pk)).order_by("-position", "-pk")
    after = lines.filter(Q(position__gt=task.position) | Q(position=task.position, pk__gt=task.pk)).order_by("position", "pk")
    return before.values_list("pk", flat=True).first(), after.values_list("pk", flat=True).first()


def drafts_to_send(by: Person, plan: Plan) -> list[Task]:
    """Lines that were not sent out yet, in the order of the ledger."""
    tasks = tasks_visible_to(by).filter(plan=plan, state=TaskState.DRAFT).select_related("lead_unit", "plan").order_by("position", "pk")
    return list(tasks.prefetch_related(
        Prefetch("parts", queryset=YearPart.objects.filter(carried_from=None), to_attr="own_parts"), "cooperations__unit",
    ))  # fmt: skip
