"""Which unit could lead: named by the plan, learnt from what its zone decided before, or usual for such work; with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from django.db.models import Count, Max, Q, QuerySet

from lantu.breakdown.leads import Decided, Leads, reason_of
from lantu.compile.topics import find_cues, judge
from lantu.model import Span
from lantu.rulebooks.breakdown import breakdown
from lantu.rulebooks.organs import units as standard_units
from lantu_web.accounts.models import Unit
from lantu_web.tasks.enums import VISIBLE
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.divisions import living_units

_BEFORE_LEAD = 2  # characters of a place or a level that a plan writes before a bureau's name: 区, 市


class Ground(StrEnum):
    """Why a unit is proposed, the strongest first."""

    NAMED = "named"
    WITH_PARENT = "with_parent"
    LEARNT = "learnt"
    USUAL = "usual"


_WORDS = {Ground.NAMED: "规划写明", Ground.WITH_PARENT: "与上级任务一致", Ground.LEARNT: "以往分工", Ground.USUAL: "职能相近"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChoice:
    """``words`` are of the plan, or of earlier decisions, in the language of the plan."""

    unit: Unit
    ground: Ground
    words: str = ""

    @property
    def reason(self) -> str:
        """As it is kept with the task."""
        return f"{_WORDS[self.ground]}：{self.words}"[:300] if self.words else _WORDS[self.ground]


class Advisor:
    """Of one zone; asked for many tasks at once."""

    def __init__(self, zone_id: int) -> None:
        self.units = {unit.pk: unit for unit in living_units(zone_id)}
        self._learnt = learnt_in(zone_id)
        self._by_name = _by_name(tuple(self.units.values()))

    def leads(self, text: str, *, stated: str = "", parent_lead: int | None = None, parent: str = "") -> list[LeadChoice]:
        """The best first, each unit once. ``stated`` is the bureau that the review kept for it, ``parent`` the plan's words above it."""
        choices = [*self._named(text), *self._of_parent(parent_lead, parent), *self._learned(text), *self._usual(text, stated)]
        best: dict[int, LeadChoice] = {}
        for choice in choices:
            best.setdefault(choice.unit.pk, choice)
        return list(best.values())

    def topic(self, text: str) -> str:
        return judge(find_cues(text), Span(0, len(text))).topic or ""

    def named(self, text: str) -> list[Unit]:
        """Units whose names the text says, in its order: the first leads, the others take part."""
        found = sorted((text.index(name), -len(name), unit.pk) for name, unit in self._names() if name in text)
        kept: dict[int, int] = {}
        until = -1
        for at, minus_length, pk in found:
            if at >= until:
                kept.setdefault(pk, at)
                until = at - minus_length
        return [self.units[pk] for pk in kept]

    def _names(self) -> list[tuple[str, Unit]]:
        return [(name, unit) for unit in self.units.values() for name in (unit.name, unit.short_name) if len(name) > _BEFORE_LEAD]

    def _named(self, text: str) -> list[LeadChoice]:
        return [LeadChoice(unit=unit, ground=Ground.NAMED, words=f"“{unit.name}”") for unit in self.named(text)]

    def _of_parent(self, pk: int | None, words: str) -> list[LeadChoice]:
        unit = self.units.get(pk or 0)
        return [LeadChoice(unit=unit, ground=Ground.WITH_PARENT, words=f"“{words}”" if words else "")] if unit is not None else []

    def _learned(self, text: str) -> list[LeadChoice]:
        return [
            LeadChoice(unit=self.units[one.unit], ground=Ground.LEARNT, words=reason_of(one.words))
            for one in self._learnt.suggest(text) if one.unit in self.units
        ]  # fmt: skip

    def _usual(self, text: str, stated: str) -> list[LeadChoice]:
        suggested = {one.unit: one.reason for one in judge(find_cues(text), Span(0, len(text))).units}
        names = dict.fromkeys([*([stated] if stated else []), *suggested])
        found = ((self._by_name.get(name), suggested.get(name, f"“{name}”")) for name in names)
        return [LeadChoice(unit=unit, ground=Ground.USUAL, words=words) for unit, words in found if unit is not None]


def learnt_in(zone_id: int) -> Leads[int]:
    """What the zone's decided tasks teach; learnt anew where a task changed since. No zone learns from another."""
    stamp = _decided(zone_id).aggregate(count=Count("pk"), last=Max("changed_at"))
    return _learn(zone_id, stamp["count"], stamp["last"])


@lru_cache(maxsize=16)
def _learn(zone_id: int, _count: int, _last: datetime | None) -> Leads[int]:
    rows = _decided(zone_id).order_by("-changed_at", "-pk").values_list("title", "lead_unit")
    most = int(breakdown().leads.most_decisions)
    return Leads(Decided(text=title, unit=unit) for title, unit in rows[:most] if unit is not None)


def _decided(zone_id: int) -> QuerySet[Task]:
    """Sent out, or the lead unit chosen by a person: what was only proposed teaches nothing."""
    return Task.objects.filter(Q(state__in=VISIBLE) | Q(lead_reason=""), zone_id=zone_id, lead_unit__isnull=False)


def _by_name(units: Sequence[Unit]) -> Mapping[str, Unit]:
    """Standard bureaus, by each of their names, as the zone's own units: the same name, or one that ends with it (区水利局)."""
    known: dict[str, Unit] = {}
    for standard in standard_units().entries:
        names = (standard.name, *standard.aliases)
        own = next((unit for name in names for unit in units if name in (unit.name, unit.short_name)), None)
        own = own or next((unit for name in names for unit in units if unit.name.endswith(name) or name.endswith(unit.name)), None)
        if own is not None:
            known |= dict.fromkeys(names, own)
    return known
