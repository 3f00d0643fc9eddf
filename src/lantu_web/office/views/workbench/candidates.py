"""Acts on one candidate, each answered with its card."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.refusals import tell
from lantu_web.office.views.workbench import answers
from lantu_web.office.views.workbench.answers import Touched
from lantu_web.office.views.workbench.asked import number, span_of
from lantu_web.office.views.workbench.cards import card_html
from lantu_web.plans.commands import review as commands
from lantu_web.plans.enums import CandidateState, ItemKind, Origin, RejectReason
from lantu_web.plans.forms.review import ContentForm, content_form
from lantu_web.plans.models import Candidate, Plan
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE


def candidate_of(request: OfficeRequest, pk: int, candidate: int) -> tuple[Plan, Candidate]:
    """Both through what the person may see; 404 for everything else."""
    row = get_object_or_404(queries.candidates_to_look_into(request.person, pk), pk=candidate)
    return row.plan, row


def conflicting(request: OfficeRequest, plan: Plan, row: Candidate, conflict: Conflict, form: str = "") -> HttpResponse:
    """The card as it stands now, who was first, and the form with what was typed."""
    card = answers.card_of(request, plan, row.pk, form=form, notice=str(conflict))
    return answers.answer(request, plan, card_html(request, card), _touched(row), status=conflict.status)


@require_safe
@screen(Right.PLAN_DRAFT_READ)
def card(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """The card without any form: how one comes back from one."""
    plan, row = candidate_of(request, pk, candidate)
    return HttpResponse(card_html(request, answers.card_of(request, plan, row.pk)))


@require_safe
@screen(Right.PLAN_DRAFT_READ)
def history(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """Who decided what, and when."""
    plan, row = candidate_of(request, pk, candidate)
    told = render_to_string("office/workbench/_history.html", {"decisions": queries.history(row), "row": row})
    return HttpResponse(card_html(request, answers.card_of(request, plan, row.pk, form=told)))


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def accept(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    plan, row = candidate_of(request, pk, candidate)
    try:
        row = commands.accept(by=request.person, candidate=row, expected=number(request, "expected"))
    except Conflict as conflict:
        return conflicting(request, plan, row, conflict)
    return answers.with_card(request, plan, row, _touched(row))


@require_POST
@screen(Right.CANDIDATE_REVIEW)
def reopen(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """Undo: the card alone, or the whole sheet where a split or a merge is undone."""
    plan, row = candidate_of(request, pk, candidate)
    try:
        now = commands.reopen(by=request.person, candidate=row, expected=number(request, "expected"))
    except Conflict as conflict:
        return conflicting(request, plan, row, conflict)
    if row.state in (CandidateState.ACCEPTED, CandidateState.REJECTED):
        return answers.with_card(request, plan, now, _touched(now))
    touched = Touched(spans=[(now.start, now.end), (row.start, row.end)], keys=[now.heading_id or BEFORE], focus=f"c{now.pk}")
    return answers.with_sheet(request, plan, now.heading_id or BEFORE, touched)


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def reject(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """The reasons to choose from; then the card."""
    plan, row = candidate_of(request, pk, candidate)
    if request.method == "GET":
        return HttpResponse(card_html(request, answers.card_of(request, plan, row.pk, form=_reasons(request, plan, row))))
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    try:
        now = commands.reject(by=request.person, candidate=row, expected=number(request, "expected"), reason=reason, note=note)
    except Conflict as conflict:
        return conflicting(request, plan, row, conflict, _reasons(request, plan, _now(plan, row), reason=reason, note=note))
    except Invalid as invalid:
        form = _reasons(request, plan, row, reason=reason, note=note, problem=str(invalid))
        return HttpResponse(card_html(request, answers.card_of(request, plan, row.pk, form=form)), status=invalid.status)
    findings = list(queries.findings_of(plan)) if row.origin == Origin.PAPER else []
    for finding in findings:
        finding.plan = plan
    return answers.with_card(request, plan, now, _touched(now, findings=findings))


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def edit(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """The fields of its kind (``as`` another, to turn it into that); then the card."""
    plan, row = candidate_of(request, pk, candidate)
    kind = _kind(request.GET if request.method == "GET" else request.POST, row)
    if request.method == "GET":
        form = content_form(kind, initial=_carried(row, kind))
        return HttpResponse(card_html(request, answers.card_of(request, plan, row.pk, form=_editing(request, plan, row, form))))
    form = content_form(kind, request.POST)
    span, at_once = span_of(request), bool(request.POST.get("accept"))
    try:
        now = commands.edit(
            by=request.person,
            candidate=row,
            expected=number(request, "expected"),
            values=form.values(),
            kind=kind,
            span=span,
            accept=at_once,
        )
    except Conflict as conflict:
        return conflicting(request, plan, row, conflict, _editing(request, plan, _now(plan, row), form, span))
    except Invalid as invalid:
        tell(form, invalid)
        told = answers.card_of(request, plan, row.pk, form=_editing(request, plan, row, form, span))
        return HttpResponse(card_html(request, told), status=invalid.status)
    spans = [(row.start, row.end), (now.start, now.end)]
    return answers.with_card(
        request, plan, now, Touched(spans=spans, keys=[row.heading_id or BEFORE, now.heading_id or BEFORE], focus=f"c{now.pk}")
    )


def _touched(row: Candidate, **values: object) -> Touched:
    return Touched(spans=[(row.start, row.end)], keys=[row.heading_id or BEFORE], focus=f"c{row.pk}", **values)  # type: ignore[arg-type]


def _now(plan: Plan, row: Candidate) -> Candidate:
    """As somebody else has left it: what is sent again is meant for that."""
    return queries.candidates_by_id(plan, [row.pk]).get()


def _kind(asked: QueryDict, row: Candidate) -> ItemKind:
    named = asked.get("as", "")
    return ItemKind(named) if named in ItemKind.values else ItemKind(row.kind)


def _carried(row: Candidate, kind: ItemKind) -> dict[str, object]:
    """Its content; where it becomes another kind, what both have, and its words for the first field."""
    if kind == row.kind:
        return dict(row.content)
    first = next(iter(content_form(kind).fields))
    return {"comparator": "=", "measure": "level", "role": "lead", **row.content, first: row.content.get(first) or row.label}


def _editing(request: OfficeRequest, plan: Plan, row: Candidate, form: ContentForm, span: tuple[int, int] | None = None) -> str:
    context = {"row": row, "plan": plan, "zone": request.zone, "form": form, "kinds": ItemKind, "kind": form.kind, "span": span}
    return render_to_string("office/workbench/_edit.html", context)


def _reasons(request: OfficeRequest, plan: Plan, row: Candidate, *, reason: str = "", note: str = "", problem: str = "") -> str:
    context = {"row": row, "plan": plan, "zone": request.zone, "reasons": RejectReason, "reason": reason, "note": note, "problem": problem}
    return render_to_string("office/workbench/_reject.html", context)
