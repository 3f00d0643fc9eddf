"""Division schemes and what is sent, signed, objected to, settled, and put off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from lantu_web.api.schemas.base import Id, In, Out, Ref, Revision
from lantu_web.api.schemas.tasks import Decimals, NodeNew, TaskValues, Whole, Year, YearNew
from lantu_web.plans.enums import ItemKind
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.enums import ExtensionState, IndicatorKind, Outcome, Part, SignatureState

# Named in place: a table of the accounts has the same name.
SettledHow = Annotated[Outcome, WithJsonSchema({"type": "string", "enum": Outcome.values})]


class DivisionOut(Out):
    """``round`` counts how often something of it was sent out."""

    id: int
    plan: Ref
    title: str
    document_number: str
    sign_by: date | None
    round: int
    sent_at: datetime | None
    created_at: datetime
    revision: int


class DivisionNew(In):
    title: str = Field("", max_length=200)
    document_number: str = Field("", max_length=60)


class DivisionChange(DivisionNew):
    revision: Revision


class LeadOut(Out):
    """A unit that is proposed to lead, and the words for it."""

    unit: Ref
    reason: str


class ProposalOut(Out):
    """An item of the plan that is not in the ledger yet. ``leads``: the best first; ``left_out``: why it would not be decomposed."""

    item_id: int
    label: str
    kind: ItemKind
    chapter: str
    title: str
    leads: list[LeadOut]
    left_out: str
    years: list[YearNew]


class ProposalsWanted(In):
    chapter: str = Field("", max_length=200)


class ProposalChoice(In):
    """Who leads, or why the item is not decomposed."""

    item: Id
    lead_unit: Id | None = None
    left_out: str = Field("", max_length=300)


class ProposalsTaken(In):
    """All or none."""

    choices: list[ProposalChoice] = Field(max_length=500)


class DraftNew(In):
    """A line of the ledger. At most one of ``parent`` (a task) and ``parent_item`` (the plan's item that the parent comes from)."""

    title: str = Field(min_length=1, max_length=300)
    kind: ItemKind = ItemKind.TASK
    item: Id | None = None
    parent_item: Id | None = None
    parent: Id | None = None
    chapter: str = Field("", max_length=200)
    source: str = Field("", max_length=300)
    topic: str = Field("", max_length=40)
    lead_unit: Id | None = None
    cooperating: list[Id] = Field(default_factory=list, max_length=200)
    left_out: str = Field("", max_length=300)
    start_on: date | None = None
    due_on: date | None = None
    indicator_kind: IndicatorKind | None = None
    measured_in: str = Field("", max_length=40)
    baseline: Decimals | None = None
    baseline_year: Year | None = None
    target: Decimals | None = None
    target_year: Year | None = None
    years: list[YearNew] = Field(default_factory=list, max_length=30)
    nodes: list[NodeNew] = Field(default_factory=list, max_length=200)


class DraftsNew(In):
    """Parents before what stands below them; all or none."""

    drafts: list[DraftNew] = Field(max_length=500)


class Sending(In):
    task_ids: list[Id] = Field(max_length=2000)
    sign_by: date


class SignaturesWanted(In):
    """``mine``: of the caller's own units; ``past``: those of earlier rounds too."""

    plan: Id | None = None
    task: Id | None = None
    unit: Id | None = None
    state: SignatureState | None = None
    mine: bool = False
    past: bool = False


class SignatureOut(Out):
    """``content`` is what was sent out; ``counter`` what the unit proposes instead, by field."""

    id: int
    task_id: int
    number: str
    title: str
    unit: Ref
    part: Part
    round: int
    content: dict[str, Any]
    state: SignatureState
    is_superseded: bool
    reason: str
    counter: dict[str, Any]
    answered_by: Ref | None
    answered_at: datetime | None
    outcome: str
    outcome_note: str
    settled_by: Ref | None
    settled_at: datetime | None
    sent_at: datetime
    revision: int


class SeenSignature(In):
    id: Id
    revision: Revision


class ManySigned(In):
    items: list[SeenSignature] = Field(max_length=allowances().bulk)
    is_whole: Whole = False


class YearValues(In):
    """Values of years, as "2027": "12.5"; they stand beside the fields of a task where an objection proposes others."""

    fields: TaskValues | None = None
    years: dict[str, Decimals | None] = Field(default_factory=dict)

    def given(self) -> dict[str, Any]:
        """As the commands take it; days and numbers as texts."""
        fields = self.fields.model_dump(mode="json", exclude_unset=True) if self.fields else {}
        return {**fields, **({"years": self.years} if self.years else {})}


class Objection(In):
    revision: Revision
    reason: str = Field(max_length=500)
    counter: YearValues | None = None


class ObjectionSettled(In):
    """``values``: what changes of the task with it, where the objection is followed or the unit released."""

    revision: Revision
    outcome: SettledHow
    note: str = Field("", max_length=500)
    values: YearValues | None = None


class ExtensionsWanted(In):
    task: Id | None = None
    state: ExtensionState | None = None


class ExtensionOut(Out):
    id: int
    task_id: int
    unit: Ref
    due_on: date
    reason: str
    state: ExtensionState
    asked_by: Ref | None
    asked_at: datetime
    decided_by: Ref | None
    decided_at: datetime | None
    note: str
    revision: int


class ExtensionNew(In):
    due_on: date
    reason: str = Field(max_length=500)


class ExtensionDecision(In):
    revision: Revision
    is_approved: bool
    note: str = Field("", max_length=500)
