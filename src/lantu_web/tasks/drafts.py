"""What may become a line of the ledger: proposed to the officer, or typed in by one; nothing of it is decided yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lantu_web.plans.enums import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDraft:
    """``reason`` says how the value was reckoned; empty where a person set it."""

    year: int
    goal: str = ""
    value: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDraft:
    due_on: date
    text: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``parent_item`` is the plan's item that the parent task comes from, ``parent`` the parent task itself; at most one of the two.

    ``lead_reason`` says why the lead unit was proposed; it is empty where the officer chose. ``left_out`` says why it is not decomposed.
    """

    title: str
    kind: ItemKind = ItemKind.TASK
    item: int | None = None
    parent_item: int | None = None
    parent: int | None = None
    chapter: str = ""
    source: str = ""
    topic: str = ""
    lead_unit: int | None = None
    lead_reason: str = ""
    cooperating: tuple[int, ...] = ()
    left_out: str = ""
    start_on: date | None = None
    due_on: date | None = None
    indicator_kind: str = ""
    measured_in: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    years: tuple[YearDraft, ...] = ()
    nodes: tuple[NodeDraft, ...] = ()
