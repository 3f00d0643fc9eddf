"""The names by which files call units, sections, people and work lines, both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lantu_web.accounts.models import Post, Section, Unit, User
from lantu_web.tasks.models import WorkLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Of one zone. The texts of rows (``units`` …) know the dead too; what can be chosen (``living_units`` …) only what can be set."""

    units: Mapping[int, str]
    short_names: Mapping[int, str]
    living_units: frozenset[int]
    sections: Mapping[int, str]
    section_unit: Mapping[int, int]
    living_sections: frozenset[int]
    people: Mapping[int, str]
    plain_names: Mapping[int, str]
    living_people: frozenset[int]
    unit_of_person: Mapping[int, frozenset[int]] = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)


def names_in(zone_id: int, people: Iterable[int] = ()) -> Names:
    """``people``: ids that must be told though they have no post in the zone."""
    units = list(Unit.objects.filter(zone=zone_id).order_by("position", "code").values_list("pk", "name", "short_name", "dissolved_on"))
    sections = list(Section.objects.filter(unit__zone=zone_id).values_list("pk", "name", "unit", "is_active"))
    posts = list(Post.objects.filter(zone=zone_id).values_list("user", "unit"))
    ids = {user for user, _unit in posts}
    users = list(User.objects.filter(pk__in=ids | set(people)).order_by("username").values_list("pk", "name", "username", "is_active"))
    of_person: dict[int, set[int]] = defaultdict(set)
    for user, unit in posts:
        if unit is not None:
            of_person[user].add(unit)
    return Names(
        units=_told_apart([(pk, name, "") for pk, name, _short, _gone in units if _gone is None]) | {
            pk: name for pk, name, _short, gone in units if gone is not None
        },
        short_names={pk: short for pk, _name, short, gone in units if short and gone is None},
        living_units=frozenset(pk for pk, _name, _short, gone in units if gone is None),
        sections={pk: name for pk, name, _unit, _active in sections}, section_unit={pk: unit for pk, _name, unit, _active in sections},
        living_sections=frozenset(pk for pk, _name, _unit, active in sections if active),
        people=_told_apart([(pk, name, username) for pk, name, username, _active in users]),
        plain_names={pk: name for pk, name, _username, _active in users},
        living_people=frozenset(pk for pk, _name, _username, active in users if active and pk in ids),
        unit_of_person={pk: frozenset(found) for pk, found in of_person.items()},
        lines=_told_apart([
            (line.pk, line.name, line.get_kind_display()) for line in WorkLine.objects.filter(zone=zone_id).order_by("kind", "position")
        ]),
    )  # fmt: skip


def _told_apart(rows: Sequence[tuple[int, str, str]]) -> dict[int, str]:
    """A name that several bear is followed by what tells them apart."""
    count: dict[str, int] = defaultdict(int)
    for _pk, name, _mark in rows:
        count[name] += 1
    return {pk: name if count[name] == 1 or not mark else f"{name}（{mark}）" for pk, name, mark in rows}
