"""What may stand in a field of a task: units, sections, people, work lines, kinds; and the words for what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Section, Unit, User
from lantu_web.tasks.content import Field, Type
from lantu_web.tasks.enums import IndicatorKind
from lantu_web.tasks.models import WorkLine

Offer = tuple[str, str]  # the value as a form sends it, and its words


def offers(field: Field, *, zone_id: int, unit_ids: Iterable[int] = ()) -> list[Offer]:
    """``unit_ids`` are the lead units of the tasks: sections and responsible people are theirs. One query."""
    if field.type is Type.CHOICE:
        return [(value, str(label)) for value, label in IndicatorKind.choices]
    rows = _rows(field, zone_id, list(unit_ids))
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")] if rows is not None else []


def _rows(field: Field, zone_id: int, unit_ids: list[int]) -> QuerySet[Any] | None:
    match field.type:
        case Type.UNIT | Type.UNITS:
            return Unit.objects.filter(zone=zone_id, dissolved_on=None)
        case Type.SECTION:
            return Section.objects.filter(unit__in=unit_ids, is_active=True)
        case Type.LINES:
            return WorkLine.objects.filter(zone=zone_id, is_active=True)
        case Type.PERSON:
            people = User.objects.filter(is_active=True)
            if field.name == "sponsor":
                return people.filter(posts__zone=zone_id, posts__role=Role.LEADER).distinct()
            return people.filter(posts__zone=zone_id, posts__unit__in=unit_ids).distinct()
        case _:
            return None


def words_for(field: Field, values: Iterable[Any]) -> Mapping[str, str]:
    """For values of the field (as ``values_of`` tells them) their words, by the value as text. One query at most."""
    listed = list(values)
    if field.type is Type.CHOICE:
        return {value: str(IndicatorKind(value).label) if value else "" for value in listed}
    models: Mapping[Type, Any] = {
        Type.UNIT: Unit, Type.UNITS: Unit, Type.SECTION: Section, Type.LINES: WorkLine, Type.PERSON: User,
    }  # fmt: skip
    if field.type not in models:
        return {str(value): "" if value is None else str(value) for value in listed}
    ids = {pk for value in listed for pk in (value if isinstance(value, list) else [value]) if pk is not None}
    names = dict(models[field.type].objects.filter(pk__in=ids).values_list("pk", "name"))
    return {str(value): _named(value, names) for value in listed}


def _named(value: Any, names: Mapping[int, str]) -> str:
    if isinstance(value, list):
        return "、".join(names.get(pk, "") for pk in value)
    return names.get(value, "")
