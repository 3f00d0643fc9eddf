"""Reads of units: the tree, one unit with what became of it, assessment groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Post, Section, Unit, UnitGroup, UnitSuccession
from lantu_web.accounts.queries.acting import posts_on
from lantu_web.accounts.rights import Right


def units_of_zone(zone_id: int) -> QuerySet[Unit]:
    return Unit.objects.filter(zone_id=zone_id).select_related("parent")


def units_visible_to(by: Person) -> QuerySet[Unit]:
    """Every unit of the acting zone, dissolved ones too, for who may read the organisation."""
    if by.zone_id is None or not by.may(Right.ORGANISATION_READ):
        return Unit.objects.none()
    return units_of_zone(by.zone_id)


def living_below(by: Person, unit: Unit) -> QuerySet[Unit]:
    """Units directly below it that were not dissolved, as far as the person may see them."""
    return units_visible_to(by).filter(parent=unit, dissolved_on=None)


def living_units(zone_id: int) -> QuerySet[Unit]:
    """Units that were not dissolved, merged or split."""
    return units_of_zone(zone_id).filter(dissolved_on=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One line of the tree; ``depth`` counts from 1. ``people``: who holds a post there today. ``found``: matches what was searched."""

    unit: Unit
    depth: int
    people: int
    sections: tuple[Section, ...]
    children: int
    found: bool


def unit_tree(by: Person, *, on: date, with_dissolved: bool = False, search: str = "") -> list[Branch]:
    """The units in the order of the tree. With ``search`` those whose name, short or former name or code holds it, and the way to them."""
    units = units_visible_to(by)
    if not with_dissolved:
        units = units.filter(dissolved_on=None)
    sections = Section.objects.filter(is_active=True).order_by("id")
    rows = list(units.prefetch_related(Prefetch("sections", queryset=sections, to_attr="living_sections")))
    found = _matching(units, search) if search else {unit.pk for unit in rows}
    shown = _with_superiors(rows, found)
    people = _people_by_unit(by.zone_id, on=on)
    return list(_branches([unit for unit in rows if unit.pk in shown], people, found))


def _matching(units: QuerySet[Unit], search: str) -> set[int]:
    where = Q(name__icontains=search) | Q(short_name__icontains=search) | Q(code__icontains=search)
    return set(units.filter(where | Q(former_names__name__icontains=search)).values_list("pk", flat=True))


def _with_superiors(rows: Iterable[Unit], found: set[int]) -> set[int]:
    above = {unit.pk: unit.parent_id for unit in rows}
    shown: set[int] = set()
    for pk in found:
        at: int | None = pk
        while at is not None and at in above and at not in shown:
            shown.add(at)
            at = above[at]
    return shown


def _people_by_unit(zone_id: int | None, *, on: date) -> Mapping[int | None, int]:
    posts = posts_on(Post.objects.filter(zone_id=zone_id or 0, unit__isnull=False, user__is_active=True), on=on)
    return dict(posts.order_by().values_list("unit_id").annotate(n=Count("user_id", distinct=True)))


def _branches(rows: list[Unit], people: Mapping[int | None, int], found: set[int]) -> Iterator[Branch]:
    here = {unit.pk for unit in rows}
    below: dict[int | None, list[Unit]] = {}
    for unit in rows:  # a unit whose superior is not shown stands at the top
        below.setdefault(unit.parent_id if unit.parent_id in here else None, []).append(unit)
    waiting = [(unit, 1) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        children = below.get(unit.pk, [])
        waiting.extend((child, depth + 1) for child in reversed(children))
        yield Branch(
            unit=unit, depth=depth, people=people.get(unit.pk, 0), found=unit.pk in found, children=len(children),
            sections=tuple(unit.living_sections),  # type: ignore[attr-defined]  # prefetched by unit_tree
        )  # fmt: skip


def superiors_of(unit_id: int | None, above: Mapping[int, int | None]) -> list[int]:
    """The unit itself and all above it, nearest first."""
    way: list[int] = []
    while unit_id is not None and unit_id not in way:
        way.append(unit_id)
        unit_id = above.get(unit_id)
    return way


def superiors_by_unit(zone_id: int | None) -> dict[int, int | None]:
    """Who stands above whom in a zone, by ids."""
    return dict(Unit.objects.filter(zone_id=zone_id or 0).order_by().values_list("pk", "parent_id"))


def sections_of(unit: Unit) -> QuerySet[Section]:
    """Those in use first."""
    return unit.sections.order_by("-is_active", "id")


def sections_visible_to(by: Person) -> QuerySet[Section]:
    """Every section of the units that ``by`` may see."""
    return Section.objects.filter(unit__in=units_visible_to(by)).select_related("unit").order_by("id")


def origins_of(unit: Unit) -> QuerySet[UnitSuccession]:
    """What the unit came from."""
    return unit.origins.select_related("predecessor")


def successions_of(unit: Unit) -> QuerySet[UnitSuccession]:
    """What became of the unit."""
    return unit.successions.select_related("successor")


def groups_of_zone(zone_id: int) -> QuerySet[UnitGroup]:
    """Assessment groups with those of their units that are not dissolved (``living``)."""
    living = Unit.objects.filter(dissolved_on=None)
    return UnitGroup.objects.filter(zone_id=zone_id).prefetch_related(Prefetch("units", queryset=living, to_attr="living"))
