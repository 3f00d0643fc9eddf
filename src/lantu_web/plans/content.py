"""What a candidate or an item says, by kind: frozen records that rows hold as JSON and forms show as fields.

One table, ``FIELDS``, tells for each kind its fields in order, with label, type and whether it may be empty. ``clean`` makes
a valid content of anything, or raises Invalid naming the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantu.model import ActorRole, Comparator, FigurePeriod, MeasureKind, Nature
from lantu_web.lib.errors import Invalid
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.validators import EARLIEST_YEAR, LATEST_YEAR, YEARS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Content = dict[str, Any]


class Kind(StrEnum):
    """Of a field: how it is typed in, checked and compared."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a kind of item. ``length`` bounds texts; ``choices`` are (value, label)."""

    name: str
    label: _StrPromise
    kind: Kind = Kind.LINE
    required: bool = False
    length: int = 300
    choices: tuple[tuple[str, _StrPromise | str], ...] = ()


COMPARATORS = (
    (Comparator.EQUAL.value, gettext_lazy("equals")),
    (Comparator.AT_LEAST.value, gettext_lazy("at least")),
    (Comparator.MORE.value, gettext_lazy("more than")),
    (Comparator.AT_MOST.value, gettext_lazy("at most")),
    (Comparator.LESS.value, gettext_lazy("less than")),
    (Comparator.ABOUT.value, gettext_lazy("about")),
    (Comparator.RANGE.value, gettext_lazy("between")),
)
PERIODS = (
    (FigurePeriod.BY.value, gettext_lazy("by a year")),
    (FigurePeriod.PER_YEAR.value, gettext_lazy("per year")),
    (FigurePeriod.SPAN.value, gettext_lazy("over the period")),
)
MEASURES = (
    (MeasureKind.LEVEL.value, gettext_lazy("level")),
    (MeasureKind.GROWTH.value, gettext_lazy("growth")),
    (MeasureKind.ADD.value, gettext_lazy("increment")),
    (MeasureKind.REDUCE.value, gettext_lazy("reduced")),
    (MeasureKind.KEEP.value, gettext_lazy("kept")),
)
NATURES = (
    (Nature.ANTICIPATORY.value, gettext_lazy("Anticipatory")),
    (Nature.BINDING.value, gettext_lazy("Binding")),
)
ROLES = (
    (ActorRole.LEAD.value, gettext_lazy("lead")),
    (ActorRole.RESPONSIBLE.value, gettext_lazy("responsible")),
    (ActorRole.APPROVER.value, gettext_lazy("approver")),
    (ActorRole.OTHER.value, gettext_lazy("other")),
)
_FIGURE = (
    Field(name="subject", label=gettext_lazy("Indicator"), required=True),
    Field(name="comparator", label=gettext_lazy("Comparison"), kind=Kind.CHOICE, required=True, choices=COMPARATORS),
    Field(name="value", label=gettext_lazy("Value"), kind=Kind.NUMBER),
    Field(name="value_high", label=gettext_lazy("Upper value"), kind=Kind.NUMBER),
    Field(name="value_text", label=gettext_lazy("Value in words"), length=100),
    Field(name="unit", label=gettext_lazy("Unit of measure"), length=40),
    Field(name="year", label=gettext_lazy("Year"), kind=Kind.YEAR),
    Field(name="period", label=gettext_lazy("Time"), kind=Kind.CHOICE, choices=PERIODS),
    Field(name="measure", label=gettext_lazy("Kind of change"), kind=Kind.CHOICE, required=True, choices=MEASURES),
    Field(name="nature", label=gettext_lazy("Nature"), kind=Kind.CHOICE, choices=NATURES),
    Field(name="baseline", label=gettext_lazy("Baseline"), kind=Kind.NUMBER),
    Field(name="baseline_year", label=gettext_lazy("Base year"), kind=Kind.YEAR),
)
FIELDS: Mapping[ItemKind, tuple[Field, ...]] = MappingProxyType({
    ItemKind.TASK: (
        Field(name="title", label=gettext_lazy("Task"), required=True),
        Field(name="deadline", label=gettext_lazy("Due year"), kind=Kind.YEAR),
        Field(name="topic", label=gettext_lazy("Topic"), length=40),
        Field(name="lead_unit", label=gettext_lazy("Suggested lead unit"), length=100),
    ),
    ItemKind.MEASURE: (Field(name="text", label=gettext_lazy("Measure"), kind=Kind.TEXT, required=True, length=2000),),
    ItemKind.TARGET: _FIGURE,
    ItemKind.ACTUAL: _FIGURE,
    ItemKind.PROJECT: (
        Field(name="name", label=gettext_lazy("Project"), required=True),
        Field(name="stage", label=gettext_lazy("Stage"), length=40),
        Field(name="investment", label=gettext_lazy("Investment"), length=60),
    ),
    ItemKind.MECHANISM: (
        Field(name="name", label=gettext_lazy("Mechanism"), required=True),
        Field(name="what", label=gettext_lazy("What it does"), kind=Kind.TEXT, length=1000),
    ),
    ItemKind.ZONE: (
        Field(name="name", label=gettext_lazy("Area"), required=True),
        Field(name="east", label=gettext_lazy("East"), length=100),
        Field(name="west", label=gettext_lazy("West"), length=100),
        Field(name="south", label=gettext_lazy("South"), length=100),
        Field(name="north", label=gettext_lazy("North"), length=100),
    ),
    ItemKind.ACTOR: (
        Field(name="name", label=gettext_lazy("Actor"), required=True),
        Field(name="role", label=gettext_lazy("Part"), kind=Kind.CHOICE, required=True, choices=ROLES),
    ),
})  # fmt: skip
_DIGITS, _FOUR_DIGITS = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?"), re.compile(r"[0-9]{4}")
_SHOWN = 60  # characters of a wrong value that are told back


def clean(kind: ItemKind, values: Mapping[str, Any]) -> Content:
    """All fields of the kind, valid, "" or None where empty. Raises Invalid, naming field, value and remedy."""
    return {field.name: clean_field(field, values.get(field.name)) for field in FIELDS[kind]}


def label_of(kind: ItemKind, content: Mapping[str, Any]) -> str:
    """One line for lists: the first field, and for figures what it shall be."""
    first = str(content[FIELDS[kind][0].name])
    if kind in (ItemKind.TARGET, ItemKind.ACTUAL):
        return f"{first} {value_of(content)}".strip()[:300]
    return first[:300]


def value_of(content: Mapping[str, Any]) -> str:
    """A figure's value as people write it: ``≥30家``, ``2~3家``, ``完成上级下达任务``."""
    if content.get("value") in (None, ""):
        return str(content.get("value_text") or "")
    sign = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "≈"}.get(str(content.get("comparator")), "")
    high = content.get("value_high")
    number = f"{content['value']}~{high}" if high not in (None, "") else str(content["value"])
    return f"{sign}{number}{content.get('unit') or ''}"


def clean_field(field: Field, value: Any) -> str | int | None:
    """One field, valid, "" or None where empty. Raises Invalid as ``clean`` does."""
    text = "" if value is None else str(value).replace("\x00", "").strip()
    if not text:
        if field.required:
            raise Invalid(_("%(field)s must not be empty.") % {"field": field.label}, field=field.name)
        return None if field.kind in (Kind.NUMBER, Kind.YEAR) else ""
    match field.kind:
        case Kind.NUMBER:
            return _number(field, text)
        case Kind.YEAR:
            return _year(field, text)
        case Kind.CHOICE:
            return _choice(field, text)
        case _:
            return _bounded(field, text)


def _number(field: Field, text: str) -> str:
    """A number as text, so that 0.1 stays 0.1: no exponent, no grouping, no trailing zeros."""
    plain = text.replace(",", "").replace("，", "")
    if not _DIGITS.fullmatch(plain):
        message = _("%(field)s: “%(value)s” is not a number; write digits, e.g. 12.5.")
        raise Invalid(message % {"field": field.label, "value": text[:_SHOWN]}, field=field.name)
    shown = format(Decimal(plain), "f")
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) or "0"


def _year(field: Field, text: str) -> int:
    if not _FOUR_DIGITS.fullmatch(text) or int(text) not in YEARS:
        message = _("%(field)s: “%(value)s” is not a year between %(first)s and %(last)s.")
        told = {"field": field.label, "value": text[:_SHOWN], "first": EARLIEST_YEAR, "last": LATEST_YEAR}
        raise Invalid(message % told, field=field.name)
    return int(text)


def _choice(field: Field, text: str) -> str:
    if text not in {value for value, _label in field.choices}:
        message = _("%(field)s: “%(value)s” is none of the choices.")
        raise Invalid(message % {"field": field.label, "value": text[:_SHOWN]}, field=field.name)
    return text


def _bounded(field: Field, text: str) -> str:
    if len(text) > field.length:
        message = _("%(field)s has %(length)s characters; at most %(most)s are possible.")
        raise Invalid(message % {"field": field.label, "length": len(text), "most": field.length}, field=field.name)
    return text
