"""What an approved plan says in each of its versions: one state of all items, original beside revised, two versions compared.

An item's state in version N is the last one written in a version up to N; versions write only what they change. A fixed number of queries,
whatever the number of items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, QuerySet

from lantu_web.plans.content import Content
from lantu_web.plans.differences import FieldPair, changed_fields, field_pairs, says_the_same
from lantu_web.plans.enums import Change, ItemKind
from lantu_web.plans.models import Item, ItemState, Plan, Version

_KINDS = {kind.value: kind for kind in ItemKind}


class Mark(NamedTuple):
    """A state without its content: where it stands and what it is called."""

    pk: int
    version: int
    is_removed: bool
    label: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One item in two versions; ``change`` is None where both say the same. Labels are "" where it is not there."""

    item_id: int
    code: str
    kind: ItemKind
    heading_title: str
    change: Change | None
    label_before: str
    label_after: str
    before: Content | None = None
    after: Content | None = None

    @property
    def fields(self) -> tuple[FieldPair, ...]:
        """What differs; of what was added or removed, all that it says. None where nothing changed."""
        pairs = {Change.CHANGE: changed_fields, Change.ADD: field_pairs, Change.REMOVE: field_pairs}
        return pairs[self.change](self.kind, self.before, self.after) if self.change else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Version ``first`` against version ``second``: every item that is in either of them, in the order of the plan."""

    first: Version
    second: Version
    rows: tuple[Compared, ...]

    def of(self, change: Change | None) -> tuple[Compared, ...]:
        return tuple(row for row in self.rows if row.change is change)

    @property
    def added(self) -> tuple[Compared, ...]:
        return self.of(Change.ADD)

    @property
    def removed(self) -> tuple[Compared, ...]:
        return self.of(Change.REMOVE)

    @property
    def changed(self) -> tuple[Compared, ...]:
        return self.of(Change.CHANGE)

    @property
    def differing(self) -> tuple[Compared, ...]:
        return tuple(row for row in self.rows if row.change is not None)

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.differing)


def versions_to_choose(plan: Plan) -> QuerySet[Version]:
    """All versions, newest first."""
    return Version.objects.filter(plan=plan).order_by("-number")


def versions_of(plan: Plan) -> QuerySet[Version]:
    """The same with their adjustments, and with ``written``: how many items each one wrote."""
    return versions_to_choose(plan).select_related("adjustment").annotate(written=Count("states"))


def state_at(plan: Plan, number: int) -> dict[str, Content]:
    """The content of every item in force in that version, by code."""
    states = ItemState.objects.filter(item__plan=plan, version__number__lte=number).order_by("version__number")
    latest = {code: (removed, content) for code, removed, content in states.values_list("item__code", "is_removed", "content")}
    return {code: content for code, (removed, content) in latest.items() if not removed}


def current_states(plan: Plan, item_ids: Iterable[int] | None = None) -> dict[int, ItemState]:
    """The newest state of each item, removed ones too."""
    states = ItemState.objects.filter(item__plan=plan).select_related("item")
    if item_ids is not None:
        states = states.filter(item_id__in=list(item_ids))
    return {state.item_id: state for state in states.order_by("version__number")}


def marks_of(plan: Plan, *, until: int | None = None) -> dict[int, list[Mark]]:
    """For each item its states in order, without their contents."""
    states = ItemState.objects.filter(version__plan=plan)
    if until is not None:
        states = states.filter(version__number__lte=until)
    marks: dict[int, list[Mark]] = {}
    rows = states.order_by("version__number").values_list("item_id", "pk", "version__number", "is_removed", "label")
    for item_id, *mark in rows:
        marks.setdefault(item_id, []).append(Mark._make(mark))
    return marks


def compare(plan: Plan, first: Version, second: Version) -> Comparison:
    """What the second says otherwise than the first, whichever is the older."""
    marks = marks_of(plan, until=max(first.number, second.number))
    pairs = {item_id: (_at(states, first.number), _at(states, second.number)) for item_id, states in marks.items()}
    contents = _contents(mark for before, after in pairs.values() if before is not after for mark in (before, after) if mark)
    items = Item.objects.filter(plan=plan).order_by("position", "pk").values_list("pk", "code", "kind", "heading_title")
    rows = (_compared(row, *pairs.get(row[0], (None, None)), contents) for row in items)
    return Comparison(first=first, second=second, rows=tuple(row for row in rows if row is not None))


def _at(states: list[Mark], number: int) -> Mark | None:
    """The state in force in that version; None where there is none or it was removed."""
    for state in reversed(states):
        if state.version <= number:
            return None if state.is_removed else state
    return None


def _contents(marks: Iterable[Mark]) -> dict[int, Content]:
    return dict(ItemState.objects.filter(pk__in=[mark.pk for mark in marks]).order_by().values_list("pk", "content"))


def _compared(
    row: tuple[int, str, str, str], before: Mark | None, after: Mark | None, contents: Mapping[int, Content]
) -> Compared | None:  # fmt: skip
    if before is None and after is None:
        return None
    pk, code, kind, heading_title = row
    if before is after:
        return Compared(pk, code, _KINDS[kind], heading_title, None, before.label if before else "", before.label if before else "")
    old, new = (contents.get(mark.pk) if mark else None for mark in (before, after))
    change = _change(kind, before, after, old, new)
    return Compared(
        item_id=pk, code=code, kind=_KINDS[kind], heading_title=heading_title, change=change,
        label_before=before.label if before else "", label_after=after.label if after else "",
        before=old, after=new,
    )  # fmt: skip


def _change(kind: str, before: Mark | None, after: Mark | None, old: Content | None, new: Content | None) -> Change | None:
    if before is None:
        return Change.ADD
    if after is None:
        return Change.REMOVE
    return None if old is None or new is None or says_the_same(kind, old, new) else Change.CHANGE
