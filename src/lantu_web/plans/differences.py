"""Two contents of one kind, field by field, in words that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lantu_web.plans.content import FIELDS, Field, Kind
from lantu_web.plans.enums import ItemKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EMPTY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPair:
    """One field as it was and as it is, as people write it; "" where empty."""

    name: str
    label: _StrPromise
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def field_pairs(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[FieldPair, ...]:
    """All fields that say something on either side."""
    pairs = (
        FieldPair(
            name=field.name, label=field.label, before=shown(field, (before or EMPTY).get(field.name)),
            after=shown(field, (after or EMPTY).get(field.name)),
        )
        for field in FIELDS[ItemKind(kind)]
    )  # fmt: skip
    return tuple(pair for pair in pairs if pair.before or pair.after)


def changed_fields(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[FieldPair, ...]:
    """Only those that differ."""
    return tuple(pair for pair in field_pairs(kind, before, after) if pair.is_changed)


def says_the_same(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether all fields agree; what a kind has no field for does not count."""
    return all((before.get(f.name) or "") == (after.get(f.name) or "") for f in FIELDS[ItemKind(kind)])


def shown(field: Field, value: Any) -> str:
    """The value as people write it; a choice by its label."""
    if value in (None, ""):
        return ""
    if field.kind is Kind.CHOICE:
        return str(dict(field.choices).get(value, value))
    return str(value)
