"""The approved content of a plan, for reading: each item with its sentence, as it was approved and as it is in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.plans.differences import FieldPair, changed_fields, field_pairs
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Adjustment, AdjustmentItem, Item, ItemState, Plan, Version
from lantu_web.plans.queries.review import places_of, plans_to_look_into

PER_PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; "" means all. ``only``: "revised", "added" or "removed"."""

    text: str = ""
    kind: str = ""
    chapter: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What one version changed of an item, with the papers of that version."""

    version: Version
    fields: tuple[FieldPair, ...]
    is_removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An item: ``original`` is what was first approved, ``current`` what is in force; the same where it never changed."""

    item: Item
    original: ItemState
    current: ItemState
    revisions: tuple[Revision, ...]
    sentence: int | None = None  # where it stands in the text, for those who may look into it

    @property
    def is_revised(self) -> bool:
        return bool(self.revisions)

    @property
    def is_added(self) -> bool:
        return self.original.version.number > 1

    @property
    def fields(self) -> tuple[FieldPair, ...]:
        """Original against what is in force; of a removed item its last words stand as the original's."""
        return field_pairs(self.item.kind, self.original.content, None if self.current.is_removed else self.current.content)

    @property
    def facts(self) -> tuple[FieldPair, ...]:
        """Besides the name, what it says."""
        return field_pairs(self.item.kind, None, self.current.content)[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items that follow each other under one heading."""

    title: str
    items: Sequence[Shown]


def items_wanted(plan: Plan, wanted: Wanted) -> QuerySet[Item]:
    """In the order of the plan."""
    items = Item.objects.filter(plan=plan).order_by("position", "pk")
    if wanted.kind in ItemKind.values:
        items = items.filter(kind=wanted.kind)
    if wanted.chapter:
        items = items.filter(Q(heading_title=wanted.chapter) | Q(heading_title__startswith=f"{wanted.chapter} ›"))
    if wanted.text:
        named = ItemState.objects.filter(item=OuterRef("pk"), label__icontains=wanted.text)
        items = items.filter(Q(code__icontains=wanted.text) | Q(quote__icontains=wanted.text) | Exists(named))
    return _only(items, wanted.only)


def page_of_items(plan: Plan, wanted: Wanted, number: str | int = 1, *, with_places: bool = False) -> tuple[Page[Item], list[Group]]:
    """One page, and the same with their states (and the sentences they stand in), grouped by heading."""
    page = Paginator(items_wanted(plan, wanted), PER_PAGE).get_page(number)
    found = shown(list(page.object_list))
    if with_places:
        places = places_of(plan, [(one.item.start, one.item.end or 0) for one in found if one.item.start is not None])
        found = [replace(one, sentence=places.get(one.item.start)) if one.item.start is not None else one for one in found]
    return page, grouped(found)


def may_see_text(by: Person, plan: Plan) -> bool:
    """Whether the person may look into the text that the items were taken from."""
    return plans_to_look_into(by).filter(pk=plan.pk).exists()


def items_in(adjustment: Adjustment) -> set[int]:
    """Ids of the items that the adjustment changes or removes."""
    return {pk for pk in AdjustmentItem.objects.filter(adjustment=adjustment).values_list("item", flat=True) if pk is not None}


def shown(items: Sequence[Item]) -> list[Shown]:
    states: dict[int, list[ItemState]] = defaultdict(list)
    found = ItemState.objects.filter(item__in=items).select_related("version", "version__adjustment").order_by("version__number")
    for state in found:
        states[state.item_id].append(state)
    return [_shown(item, states[item.pk]) for item in items]


def grouped(items: Iterable[Shown]) -> list[Group]:
    groups: list[tuple[str, list[Shown]]] = []
    for one in items:
        if not groups or groups[-1][0] != one.item.heading_title:
            groups.append((one.item.heading_title, []))
        groups[-1][1].append(one)
    return [Group(title=title, items=members) for title, members in groups]


def chapters_of(plan: Plan) -> list[str]:
    """First parts of the headings that items stand under, in order."""
    titles = Item.objects.filter(plan=plan).exclude(heading_title="").order_by().values("heading_title").annotate(at=Min("position"))
    return list(dict.fromkeys(title.split(" › ")[0] for title in titles.order_by("at").values_list("heading_title", flat=True)))


def counts_in_force(plan: Plan) -> list[tuple[ItemKind, int]]:
    """How many items of each kind are in force."""
    gone = ItemState.objects.filter(item=OuterRef("pk"), is_removed=True)
    counts = dict(Item.objects.filter(plan=plan).filter(~Exists(gone)).order_by().values_list("kind").annotate(Count("pk")))
    return [(kind, counts[kind]) for kind in ItemKind if kind in counts]


def tasks_in_force(plan: Plan) -> list[tuple[int, str]]:
    """Id and name of every task that a new measure could stand below."""
    states = ItemState.objects.filter(item__plan=plan, item__kind=ItemKind.TASK).select_related("item").order_by("version__number")
    latest = {state.item_id: state for state in states}
    living = sorted((state for state in latest.values() if not state.is_removed), key=lambda state: (state.item.position, state.item_id))
    return [(state.item_id, f"{state.item.code} {state.label}") for state in living]


def _only(items: QuerySet[Item], only: str) -> QuerySet[Item]:
    later = ItemState.objects.filter(item=OuterRef("pk"), version__number__gt=1)
    first = ItemState.objects.filter(item=OuterRef("pk"), version__number=1)
    match only:
        case "revised":
            return items.filter(Exists(later) & Exists(first))
        case "added":
            return items.filter(~Exists(first))
        case "removed":
            return items.filter(Exists(later.filter(is_removed=True)))
        case _:
            return items


def _shown(item: Item, states: Sequence[ItemState]) -> Shown:
    revisions = tuple(
        Revision(
            version=after.version, is_removed=after.is_removed,
            fields=() if after.is_removed else changed_fields(item.kind, before.content, after.content),
        )
        for before, after in pairwise(states)
    )  # fmt: skip
    return Shown(item=item, original=states[0], current=states[-1], revisions=revisions)
