"""Units, sections, groups and the import of a workbook."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from lantu_web.accounts.commands.units import UnitTerms
from lantu_web.accounts.enums import SuccessionKind, UnitKind
from lantu_web.accounts.queries.import_rows import Outcome
from lantu_web.api.schemas.base import Id, In, Out, Ref, Revision, Seen


class SectionOut(Out):
    id: int
    name: str
    is_active: bool
    revision: int


class UnitOut(Out):
    id: int
    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent_id: int | None
    position: int
    established_on: date | None
    dissolved_on: date | None
    revision: int


class BranchOut(Out):
    """A line of the tree; ``depth`` counts from 1, ``found`` tells whether it matches what was searched."""

    unit: UnitOut
    depth: int
    people: int
    children: int
    found: bool
    sections: list[SectionOut]


class NameOut(Out):
    """A name that the unit bore until that day."""

    name: str
    short_name: str
    until: date


class SuccessionOut(Out):
    unit: Ref
    kind: SuccessionKind
    on: date
    document_number: str


class UnitDetail(UnitOut):
    """A unit with where it came from and what became of it."""

    sections: list[SectionOut]
    former_names: list[NameOut]
    origins: list[SuccessionOut]
    successions: list[SuccessionOut]


class UnitWanted(In):
    search: str = ""
    with_dissolved: bool = False


class UnitNew(In):
    """``position`` null: behind its neighbours."""

    code: str
    name: str
    kind: UnitKind
    short_name: str = ""
    parent_id: Id | None = None
    position: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    established_on: date | None = None

    def terms(self) -> UnitTerms:
        return UnitTerms(**self.model_dump())


class UnitChange(In):
    revision: Revision
    code: str
    kind: UnitKind
    parent_id: Id | None = None
    established_on: date | None = None


class UnitRename(In):
    """``is_slip``: the old name was but a slip of the pen and is not kept."""

    revision: Revision
    name: str
    short_name: str = ""
    on: date | None = None
    document_number: str = ""
    is_slip: bool = False


class UnitShift(In):
    step: Literal[-1, 1]


class UnitEnd(In):
    revision: Revision
    on: date | None = None
    document_number: str = ""


class UnitSplit(UnitEnd):
    """``carry_into``: the number (from 0) of the part in which posts go on."""

    into: list[UnitNew] = Field(min_length=1, max_length=20)
    carry_into: Annotated[int, Field(ge=0, le=19)] | None = None


class UnitMerge(In):
    """Into a unit that stays (``into_id``), or into a new one (``into_new``)."""

    units: list[Seen] = Field(min_length=1, max_length=50)
    into_id: Id | None = None
    into_new: UnitNew | None = None
    on: date | None = None
    document_number: str = ""
    carry_posts: bool = True


class SectionNew(In):
    name: str


class SectionRename(In):
    revision: Revision
    name: str


class SectionUse(In):
    revision: Revision
    in_use: bool


class GroupOut(Out):
    id: int
    name: str
    units: list[Ref]
    revision: int


class GroupNew(In):
    name: str
    unit_ids: list[Id] = Field(max_length=500)


class GroupChange(GroupNew):
    revision: Revision


class FaultOut(Out):
    column: str
    value: str
    message: str


class DifferenceOut(Out):
    column: str
    before: str
    after: str


class StepOut(Out):
    """What one row of the workbook would do."""

    sheet: str
    row: int
    label: str
    outcome: Outcome
    faults: list[FaultOut]
    differences: list[DifferenceOut]


class DryRunOut(Out):
    """``digest`` tells a confirmation what was seen."""

    id: int
    file_name: str
    digest: str
    may_be_confirmed: bool
    counts: dict[Outcome, int]
    steps: list[StepOut]


class ImportConfirm(In):
    digest: str


class NewcomerOut(Out):
    username: str
    name: str
    temporary_password: str


class ImportedOut(Out):
    """The temporary passwords are told this once."""

    counts: dict[Outcome, int]
    newcomers: list[NewcomerOut]
