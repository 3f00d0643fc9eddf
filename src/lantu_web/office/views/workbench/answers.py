"""What an act answers: the part that was worked on, and beside it every other part of the page that it changed (swapped out of band)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest
from lantu_web.office.views.workbench.cards import Card, card_html, cards_of, groups_of
from lantu_web.office.views.workbench.outline import OutlineHtml
from lantu_web.office.views.workbench.text import mark_html, sentence_html
from lantu_web.plans.enums import CandidateState, ItemKind, PlanState
from lantu_web.plans.models import Candidate, Finding, Plan
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE, Outline, Sheet, outline

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What an act changed besides its own part: stretches of the text, sections, findings with their marks or the marks alone.

    ``focus`` is the id that gets the focus.
    """

    spans: Sequence[Span] = ()
    keys: Sequence[int] = ()
    findings: Sequence[Finding] = ()
    marks: Sequence[Finding] = ()
    focus: str = ""


def may_decide(request: OfficeRequest, plan: Plan) -> bool:
    """Whether the page offers decisions: to those with the right, while the plan is in review."""
    return plan.state == PlanState.IN_REVIEW and request.person.may_in_unit(Right.CANDIDATE_REVIEW, plan.unit_id)


def filter_of(request: OfficeRequest) -> queries.Filter:
    """From the address or the hidden fields of the pane; what is no choice is left out."""
    asked = request.GET if request.method == "GET" else request.POST
    kind, state, whose = asked.get("of", ""), asked.get("state", ""), asked.get("whose", "")
    return queries.Filter(
        kind=kind if kind in ItemKind.values else "", state=state if state in CandidateState.values else "",
        doubt=asked.get("doubt", "") == "on", whose=whose if whose in ("mine", "others") else "",
    )  # fmt: skip


def card_of(request: OfficeRequest, plan: Plan, pk: int, *, form: str = "", notice: str = "") -> Card:
    """The card as it stands now, with a form and a notice in it if there are any."""
    row = queries.candidates_by_id(plan, [pk]).get()
    (card,) = cards_of(plan, [row], may_decide=may_decide(request, plan))
    row.plan = plan
    return Card(row=row, fields=card.fields, place=card.place, may_decide=card.may_decide, form=form, notice=notice)


def with_card(request: OfficeRequest, plan: Plan, row: Candidate, touched: Touched) -> HttpResponse:
    """The card alone, and what changed with it; the head of its sheet counts anew."""
    found = outline(plan)
    head = {"sheet": sheet_of(found, row.heading_id or BEFORE), "is_swapped": True}
    html = card_html(request, card_of(request, plan, row.pk)) + render_to_string("office/workbench/_sheet_open.html", head)
    return answer(request, plan, html, touched, found)


def with_sheet(request: OfficeRequest, plan: Plan, key: int, touched: Touched) -> HttpResponse:
    """The whole pane of candidates: where cards come, go, or are many."""
    found = outline(plan)
    answered = answer(request, plan, sheet_html(request, plan, found, key, filter_of(request)), touched, found)
    answered["HX-Retarget"], answered["HX-Reswap"] = "#wb-sheet", "outerHTML"
    return answered


def answer(
    request: OfficeRequest, plan: Plan, html: str, touched: Touched, found: Outline | None = None, status: int = 200
) -> HttpResponse:
    """``html`` with the header, the sentences, the counts of the outline and the marks, all as they stand now."""
    found = found or outline(plan)
    parts = [html, coverage_html(plan, found, is_swapped=True)]
    parts.extend(sentence_html(piece, is_swapped=True) for piece in queries.pieces_between(plan, touched.spans))
    lines = OutlineHtml()
    parts.extend(lines.counts(section.key, section.total, is_swapped=True) for section in found.above(touched.keys))
    parts.extend(mark_html(finding, is_swapped=True) for finding in (*touched.findings, *touched.marks))
    parts.extend(finding_html(request, finding, is_swapped=True) for finding in touched.findings)
    answered = HttpResponse("".join(parts), status=status)
    if touched.focus:
        answered["HX-Trigger-After-Settle"] = json.dumps({"wb:focus": {"id": touched.focus}})
    return answered


def sheet_of(found: Outline, key: int) -> Sheet | None:
    """The sheet that shows the heading; the first with something open for an unknown one."""
    if key in found.sheet_of:
        return found.sheet_of[key]
    return next((sheet for sheet in found.sheets if sheet.counts.open), found.sheets[0] if found.sheets else None)


def sheet_html(request: OfficeRequest, plan: Plan, found: Outline, key: int, chosen: queries.Filter) -> str:
    return render_to_string("office/workbench/_sheet.html", sheet_context(request, plan, found, key, chosen))


def sheet_context(
    request: OfficeRequest, plan: Plan, found: Outline, key: int, chosen: queries.Filter, *, near: int | None = None
) -> dict[str, Any]:
    """``near``: how many cards are sent as elements; all, unless it is said."""
    sheet = sheet_of(found, key)
    rows = list(queries.candidates_of(plan, sheet.keys, chosen, request.person)) if sheet else []
    for row in rows:
        row.plan = plan
    at = found.sheets.index(sheet) if sheet else 0
    cards = cards_of(plan, rows, may_decide=may_decide(request, plan))
    return {
        "sheet": sheet, "groups": groups_of(found, cards, near=near), "count": len(rows),
        "previous": found.sheets[at - 1].section.key if at > 0 else None,
        "next": found.sheets[at + 1].section.key if at + 1 < len(found.sheets) else None,
        "number": at + 1, "many": len(found.sheets), "chosen": chosen, "plan": plan, "zone": request.zone,
        "may_decide": may_decide(request, plan), "title": title_of(sheet),
    }  # fmt: skip


def title_of(sheet: Sheet | None) -> str:
    if sheet is None:
        return ""
    return sheet.section.name or _("Before the first heading")


def coverage_html(plan: Plan, found: Outline, *, is_swapped: bool = False) -> str:
    context = {"coverage": queries.coverage(plan, found), "is_swapped": is_swapped}
    return render_to_string("office/workbench/_coverage.html", context)


def finding_html(request: OfficeRequest, finding: Finding, *, is_swapped: bool = False, notice: str = "", note: str = "") -> str:
    """A finding in the list; ``note`` is what was typed when it was refused."""
    plan = finding.plan
    context = {"finding": finding, "zone": request.zone, "plan": plan, "is_swapped": is_swapped, "notice": notice, "note": note}
    return render_to_string("office/workbench/_finding.html", {**context, "may_decide": may_decide(request, plan)})


def findings_html(request: OfficeRequest, plan: Plan, findings: Iterable[Finding]) -> str:
    """The whole list, or a word that there is nothing in it."""
    told = []
    for finding in findings:
        finding.plan = plan
        told.append(finding_html(request, finding))
    nothing = {"text": _("The text gave no cause for a remark."), "icon": "success"}
    return "".join(told) or render_to_string("components/empty.html", nothing)
