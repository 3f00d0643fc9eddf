"""A candidate as the pane shows it: what it says in words, where it stands, what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantu_web.office.doors import OfficeRequest
from lantu_web.plans.content import FIELDS, Field, Kind
from lantu_web.plans.enums import LIVE, Act, CandidateState, ItemKind, Origin, RejectReason
from lantu_web.plans.models import Candidate, Plan
from lantu_web.plans.queries.outline import BEFORE, Outline
from lantu_web.plans.queries.review import places_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIGURES = (ItemKind.TARGET, ItemKind.ACTUAL)
IN_LABEL = frozenset({"subject", "comparator", "value", "value_high", "value_text", "unit"})  # of a figure: the label tells them
DOUBTS = {"numbers_run_together": gettext_lazy("Numbers run together in the text; which is which is not certain.")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """``place`` is the id of the sentence where it begins. ``form`` and ``notice`` stand in the card while it is being worked on."""

    row: Candidate
    fields: tuple[tuple[_StrPromise, str], ...]
    place: int | None
    may_decide: bool
    form: SafeString | str = ""
    notice: str = ""

    @property
    def is_open(self) -> bool:
        return self.row.state == CandidateState.OPEN

    @property
    def is_live(self) -> bool:
        return self.row.state in LIVE

    @property
    def may_reopen(self) -> bool:
        return not self.is_open or self.row.origin in (Origin.SPLIT, Origin.MERGED)

    @property
    def shows_quote(self) -> bool:
        """Not where it would only repeat the label."""
        return self.row.quote != self.row.label

    @property
    def doubt(self) -> str:
        """Why it is in doubt; what the library tells by a code, in words."""
        return str(DOUBTS.get(self.row.doubt, self.row.doubt))

    @property
    def origin(self) -> str:
        return "" if self.row.origin == Origin.FOUND else self.row.get_origin_display()

    @property
    def reason(self) -> str:
        """Why it was rejected, in words."""
        if not self.row.reject_reason:
            return ""
        told = str(RejectReason(self.row.reject_reason).label)
        return _("%(told)s: %(more)s") % {"told": told, "more": self.row.note} if self.row.note else told

    @property
    def last_act(self) -> str:
        act = getattr(self.row, "last_act", None)
        return str(Act(act).label) if act else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Candidates under one heading; ``far`` are those that are sent folded (``folds.py``)."""

    key: int
    title: str
    cards: tuple[Card, ...]
    far: tuple[Card, ...] = ()


def cards_of(plan: Plan, rows: Sequence[Candidate], *, may_decide: bool) -> list[Card]:
    """One query for the places of all."""
    places = places_of(plan, [(row.start, row.end) for row in rows])
    return [Card(row=row, fields=fields_of(row), place=places.get(row.start), may_decide=may_decide) for row in rows]


def groups_of(outline: Outline, cards: Iterable[Card], *, near: int | None = None) -> list[Group]:
    """In the order of the text; all cards beyond the first ``near`` are far."""
    by_key: dict[int, list[Card]] = {}
    for card in cards:
        by_key.setdefault(card.row.heading_id or BEFORE, []).append(card)
    groups, left = [], sum(map(len, by_key.values())) if near is None else near
    for section in outline.sections:
        own = tuple(by_key.get(section.key, ()))
        if own:
            title = section.name or _("Before the first heading")
            groups.append(Group(key=section.key, title=title, cards=own[:left], far=own[left:]))
            left = max(0, left - len(own))
    return groups


def card_html(request: OfficeRequest, card: Card) -> str:
    """One card, the same as on the page."""
    return render_to_string("office/workbench/_card.html", {"card": card, "zone": request.zone, "plan": card.row.plan})


def fields_of(row: Candidate) -> tuple[tuple[_StrPromise, str], ...]:
    """(label, value in words) of what the label does not tell already; nothing for what is empty."""
    kind = ItemKind(row.kind)
    shown = [field for field in FIELDS[kind][1:] if _is_shown(kind, field, row.content)]
    told = [(field.label, in_words(field, row.content.get(field.name))) for field in shown]
    return tuple((label, value) for label, value in told if value)


def in_words(field: Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    return str(dict(field.choices).get(value, value)) if field.kind is Kind.CHOICE else str(value)


def _is_shown(kind: ItemKind, field: Field, content: dict[str, Any]) -> bool:
    if kind not in FIGURES:
        return True
    if field.name in IN_LABEL or (field.name == "measure" and content.get("measure") == "level"):
        return False
    return field.name != "period" or content.get("period") != "by"
