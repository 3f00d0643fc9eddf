"""The ledger as a grid and as cards."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.ledger import finding
from lantu_web.office.views.ledger.asked import asked
from lantu_web.office.views.ledger.cards import Cards
from lantu_web.office.views.ledger.rows import Drawing
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.commands.bulk import FIELDS_IN_BULK
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.queries.choices import choices
from lantu_web.tasks.queries.ledger import Ledger, page
from lantu_web.tasks.queries.wanted import SORTS, Wanted

CARRIED = frozenset({"sort", "columns", "chapter", "person"})
IDLE: Mapping[str, frozenset[str]] = MappingProxyType({"matrix": frozenset({"group", "year"})})  # what changes nothing on that side


@require_safe
@screen(Right.TASK_READ)
def grid(request: OfficeRequest) -> HttpResponse:
    """Rows and columns, each cell open to be changed by those who may."""
    wanted = asked(request.GET)
    ledger = page(request.person, wanted, request.GET.get("page", "1"))
    drawing = Drawing(request.person, request.zone.slug, wanted.columns)
    sections = [(section, drawing.rows(section.rows)) for section in ledger.sections]
    heads = [(name, COLUMNS[name].label, name in SORTS) for name in wanted.columns]
    return render(request, "office/ledger/grid.html", {
        **frame(request, wanted, "ledger"), "ledger": ledger, "page": ledger.page, "sections": sections, "heads": heads,
        "chosen_columns": finding.columns(wanted), "bulk_fields": [(name, FIELDS[name].label) for name in FIELDS_IN_BULK],
        "may_change": drawing.may_change, "width": len(heads) + drawing.may_change,
    })  # fmt: skip


@require_safe
@screen(Right.TASK_READ)
def cards(request: OfficeRequest) -> HttpResponse:
    """The same tasks, each as a card, for reading and for telephones."""
    wanted = asked(request.GET)
    ledger: Ledger = page(request.person, wanted, request.GET.get("page", "1"))
    drawn = Cards(Drawing(request.person, request.zone.slug, wanted.columns))
    sections = [(section, drawn.cards(section.rows)) for section in ledger.sections]
    return render(request, "office/ledger/cards.html", {**frame(request, wanted, "cards"), "sections": sections, "page": ledger.page})


def frame(request: OfficeRequest, wanted: Wanted, side: str) -> dict[str, Any]:
    """What all sides of the ledger show above: filters, what is in force of them, kept views."""
    found, idle = choices(request.person), IDLE.get(side, frozenset())
    first = [name for name in finding.FIRST if name not in idle]
    return {
        "side": side, "wanted": wanted, "query": wanted.query, "choices": found, "chips": finding.chips(wanted, found),
        "first_selects": finding.selects(wanted, found, first), "more_selects": finding.selects(wanted, found, finding.MORE),
        "carried": [(name, value) for name, value in wanted.parameters.items() if name in CARRIED | idle],
        "kept_here": next((view for view in found.views if view.query == wanted.query), None),
    }  # fmt: skip
