"""What happened to a plan, in words, from its audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lantu_web.audit.models import Entry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_DEEDS: dict[str, _StrPromise] = {
    "plan.enter": _("entered the plan in the register"),
    "plan.edit": _("changed the entry"),
    "plan.file": _("wrote down the filing"),
    "plan.take_offers": _("filled the entry from the text"),
    "plan.lay_out": _("laid the text out for review"),
    "plan.take_back_text": _("took the text back from review"),
    "plan.approve": _("recorded the approval"),
    "plan.adjust": _("recorded an adjustment"),
    "plan.close": _("closed the plan"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    at: datetime
    who: str
    deed: str


def events(entries: Iterable[Entry]) -> list[Event]:
    """In the order of the entries; a deed without a word of its own is told by its name."""
    return [Event(at=entry.at, who=entry.user_name, deed=str(_DEEDS.get(entry.action, entry.action))) for entry in entries]
