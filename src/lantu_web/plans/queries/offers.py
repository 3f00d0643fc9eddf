"""What the text of a plan says of itself, offered for what is still empty in the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Field

from lantu_web.plans.models import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A value for a field of Plan; ``label`` is the field's."""

    field: str
    label: str
    value: str | int | date

    @property
    def shown(self) -> str:
        """Days as everywhere: 2026-03-01."""
        return str(self.value)


def offers_of(plan: Plan) -> tuple[Offer, ...]:
    """For the empty fields only: what somebody typed is never touched. None before a file was read."""
    if plan.reading is None or not hasattr(plan.reading, "result"):
        return ()
    return tuple(
        Offer(field=name, label=str(field_named(name).verbose_name), value=value)
        for name, value in _said(plan.reading.result.plan)
        if getattr(plan, name) in (None, "")
    )  # fmt: skip


def field_named(name: str) -> Field[Any, Any]:
    """A column of Plan, with its words and its length."""
    field = Plan._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def _said(found: dict[str, Any]) -> Iterator[tuple[str, str | int | date]]:
    for name, key in (("issuing_body", "issuer"), ("document_number", "document_number")):
        value = found.get(key) or ""
        if 0 < len(value) <= (field_named(name).max_length or 0):
            yield name, value
    issued = found.get("issued_on")
    if issued:
        try:
            yield "issued_on", date.fromisoformat(issued)
        except ValueError:
            return
    period = found.get("period") or {}
    if period.get("start") and period.get("end") and period["start"] <= period["end"]:
        yield "period_start", period["start"]
        yield "period_end", period["end"]
