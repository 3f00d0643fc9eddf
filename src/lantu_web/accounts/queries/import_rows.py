"""What the rows of a workbook would do, as records: seen before they are done, and the same again when they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import Post, Unit, User
from lantu_web.accounts.spreadsheet.columns import Sheet, heading
from lantu_web.accounts.spreadsheet.reading import Row

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Outcome(models.TextChoices):
    FAULT = "fault", _("At fault")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Unchanged")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell and what to do about it."""

    column: str
    value: str
    message: str | _StrPromise


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, in the words of the workbook."""

    column: str
    before: str
    after: str


@dataclass(slots=True)
class Step:
    """What one row would do. Grows while the dry run looks at it and is only read afterwards."""

    row: Row
    label: str
    is_new: bool = False
    faults: list[Fault] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.faults:
            return Outcome.FAULT
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.differences else Outcome.SAME

    def wrong(self, name: str, message: str | _StrPromise) -> None:
        self.faults.append(Fault(heading(self.row.sheet, name), self.row.values.get(name, "")[:100], message))

    def differs(self, name: str, before: object, after: object) -> bool:
        """Write a difference down, if there is one."""
        told = tuple("" if value is None else str(value) for value in (before, after))
        if told[0] == told[1]:
            return False
        self.differences.append(Difference(heading(self.row.sheet, name), *told))
        return True


@dataclass(slots=True)
class UnitStep(Step):
    unit: Unit | None = None
    kind: str = ""
    established_on: date | None = None
    new_sections: tuple[str, ...] = ()


@dataclass(slots=True)
class PersonStep(Step):
    """``post`` is the one that the row means; None: it would be new."""

    user: User | None = None
    is_new_person: bool = False
    post: Post | None = None
    is_new_post: bool = False
    role: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class DryRun:
    units: tuple[UnitStep, ...]
    people: tuple[PersonStep, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.units, *self.people)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        outcomes = [step.outcome for step in self.steps]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}

    @property
    def may_be_confirmed(self) -> bool:
        counts = self.counts
        return counts[Outcome.FAULT] == 0 and counts[Outcome.NEW] + counts[Outcome.CHANGED] > 0

    @property
    def digest(self) -> str:
        """Tells whether another dry run of the same rows would do the same."""
        told = [
            [step.row.sheet, step.row.number, step.outcome, [[one.column, one.before, one.after] for one in step.differences]]
            for step in self.steps
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def of_sheet(rows: list[Row], sheet: Sheet) -> list[Row]:
    return [row for row in rows if row.sheet is sheet]
