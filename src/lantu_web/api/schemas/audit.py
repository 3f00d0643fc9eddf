"""The audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from lantu_web.api.schemas.base import In, Out


class EntryOut(Out):
    """One write, as it happened."""

    number: int
    at: datetime
    user_id: int | None
    user_name: str
    surface: str
    address: str
    action: str
    object_type: str
    object_id: str
    object_label: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    previous_hash: str
    hash: str


class EntriesWanted(In):
    """What is looked for; nothing: all. ``object_type`` and ``action`` as the entries tell them ("plans.plan", "plan.approve")."""

    who: Annotated[str, Field(max_length=60, description="Part of the name of who did it")] = ""
    action: Annotated[str, Field(max_length=60)] = ""
    object_type: Annotated[str, Field(max_length=60)] = ""
    object_id: Annotated[str, Field(max_length=40)] = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


class BreakOut(Out):
    """Where the chain does not hold: the entry's number, and why."""

    number: int
    why: str


class ChainOut(Out):
    """The end of the chain, and every place where it was changed, cut or thinned; none if it holds."""

    length: int
    last_hash: str
    holds: bool
    breaks: list[BreakOut]
