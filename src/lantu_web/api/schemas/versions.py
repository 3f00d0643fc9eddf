"""The content of approved plans: items, versions, comparisons."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from lantu_web.api.schemas.base import Content, In, Out
from lantu_web.plans.enums import Change, ItemKind


class VersionOut(Out):
    """Number 1 is the baseline as approved; each approved adjustment makes the next."""

    id: int
    number: int
    effective_on: date
    approving_body: str
    document_number: str
    created_at: datetime


class ItemWanted(In):
    """What is looked for; nothing: all."""

    text: str = ""
    kind: ItemKind | None = None
    only: Literal["revised", "added", "removed"] | None = None


class FrozenItemOut(Out):
    """What an item says in one version."""

    code: str
    content: Content


class ItemOut(Out):
    """What the plan commits to. ``original`` is what it said first, ``content`` what is in force."""

    id: int
    code: str
    kind: ItemKind
    parent_id: int | None
    label: str
    heading_title: str
    quote: str
    start: int | None
    end: int | None
    since_version: int
    is_revised: bool
    is_removed: bool
    original: Content
    content: Content


class FieldPairOut(Out):
    """One field on either side, as people write it."""

    name: str
    label: str
    before: str
    after: str


class ComparedOut(Out):
    """One item in two versions; ``change`` null: both say the same."""

    item_id: int
    code: str
    kind: ItemKind
    heading_title: str
    change: Change | None
    label_before: str
    label_after: str
    fields: list[FieldPairOut]


class ComparisonOut(Out):
    first: VersionOut
    second: VersionOut
    unchanged: int
    rows: list[ComparedOut]
