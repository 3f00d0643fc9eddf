"""What a task says: the fields that can be changed, who may, and what of it a unit signs for.

``FIELDS`` is the one table of it; screens, import, API and undo read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantu_web.accounts.rights import Right

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Type(StrEnum):
    LINE = "line"
    DAY = "day"
    YEAR = "year"
    NUMBER = "number"
    CHOICE = "choice"
    UNIT = "unit"
    UNITS = "units"
    SECTION = "section"
    PERSON = "person"
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``right``: who may change it, for a task led by their unit or anywhere, as the right reaches. ``is_signed``: a change of it after
    signing must be signed again. ``length`` bounds texts."""

    name: str
    label: _StrPromise
    type: Type
    right: Right = Right.DIVISION_WRITE
    is_signed: bool = True
    length: int = 300


FIELDS: Mapping[str, Field] = MappingProxyType({
    field.name: field
    for field in (
        Field(name="title", label=pgettext_lazy("column of the ledger", "Task"), type=Type.LINE),
        Field(name="source", label=pgettext_lazy("column of the ledger", "Source"), type=Type.LINE, is_signed=False),
        Field(name="topic", label=_("Topic"), type=Type.LINE, is_signed=False, length=40),
        Field(name="left_out", label=_("Not decomposed, because"), type=Type.LINE),
        Field(name="lead_unit", label=_("Lead unit"), type=Type.UNIT),
        Field(name="cooperating", label=_("Cooperating units"), type=Type.UNITS),
        Field(name="sponsor", label=_("Sponsor leader"), type=Type.PERSON),
        Field(name="section", label=pgettext_lazy("column of the ledger", "Section"), type=Type.SECTION, right=Right.TASK_WORK,
              is_signed=False),
        Field(name="person", label=_("Responsible person"), type=Type.PERSON, right=Right.TASK_WORK, is_signed=False),
        Field(name="lines", label=_("Work lines"), type=Type.LINES, is_signed=False),
        Field(name="start_on", label=_("Start"), type=Type.DAY),
        Field(name="due_on", label=_("Due"), type=Type.DAY),
        Field(name="indicator_kind", label=_("Kind of indicator"), type=Type.CHOICE),
        Field(name="measured_in", label=_("Unit of measure"), type=Type.LINE, length=40),
        Field(name="baseline", label=_("Baseline"), type=Type.NUMBER),
        Field(name="baseline_year", label=_("Base year"), type=Type.YEAR),
        Field(name="target", label=pgettext_lazy("column of the ledger", "Target"), type=Type.NUMBER),
        Field(name="target_year", label=_("Target year"), type=Type.YEAR),
    )
})  # fmt: skip


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs of two readings of the same fields."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
