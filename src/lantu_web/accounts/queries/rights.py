"""The table of rights as rows to show: for the page of rights and for the docs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import Role
from lantu_web.accounts.rights import LABELS, RIGHTS, Reach, Right

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REACHES = MappingProxyType({
    Reach.NONE: _("no"), Reach.OWN_UNIT: _("own unit"), Reach.ZONE: _("whole zone"), Reach.INSTALLATION: _("every zone"),
})  # fmt: skip
GROUPS = MappingProxyType({
    "plan": _("Plans"), "review": _("Review and approval"), "ledger": _("Ledger of tasks"),
    "organisation": _("Organisation and people"), "oversight": _("Oversight and access"),
})  # fmt: skip
_GROUP_OF = MappingProxyType({
    "register": "plan", "plan": "plan", "original": "plan", "candidate": "review", "adjustment": "review", "opinion": "review",
    "organisation": "organisation", "people": "organisation", "zone": "organisation", "audit": "oversight", "rights": "oversight",
    "token": "oversight", "division": "ledger", "task": "ledger", "comment": "ledger", "ledger": "ledger", "calendar": "ledger",
    "webhook": "oversight",
})  # fmt: skip
_APPROVAL = Right.PLAN_APPROVE


@dataclass(frozen=True, slots=True)
class Cell:
    role: Role
    reach: str  # name in lower case, for looks
    label: str | _StrPromise


@dataclass(frozen=True, slots=True)
class RightRow:
    right: Right
    label: str | _StrPromise
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RightGroup:
    label: str | _StrPromise
    rows: tuple[RightRow, ...]


def table_of_rights() -> tuple[RightGroup, ...]:
    """Every right once, in groups, with its reach for every role."""
    return tuple(RightGroup(label, tuple(_rows(name))) for name, label in GROUPS.items())


def _rows(group: str) -> Iterator[RightRow]:
    for right in Right:
        if group_of(right) == group:
            yield RightRow(right, LABELS[right], tuple(_cell(role, right) for role in Role))


def group_of(right: Right) -> str:
    """A new kind of object stands among oversight until it is given a group."""
    return "review" if right is _APPROVAL else _GROUP_OF.get(right.value.split(".")[0], "oversight")


def _cell(role: Role, right: Right) -> Cell:
    found = RIGHTS[role].get(right, Reach.NONE)
    return Cell(role, found.name.lower(), REACHES[found])
