"""Split, merge, add: acts that bring candidates, answered with the whole sheet."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.rights import Right
from lantu_web.bridge.drafts import drafted, parted
from lantu_web.lib.errors import Conflict, Invalid, Refused
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.refusals import tell
from lantu_web.office.views.workbench import answers
from lantu_web.office.views.workbench.answers import Touched
from lantu_web.office.views.workbench.asked import number, optional_number, seen_of, span_of
from lantu_web.office.views.workbench.candidates import candidate_of, conflicting
from lantu_web.office.views.workbench.cards import card_html
from lantu_web.plans.commands import review as commands
from lantu_web.plans.commands.review import Part
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.forms.review import ContentForm, content_form
from lantu_web.plans.models import Candidate, Plan
from lantu_web.plans.queries import review as queries
from lantu_web.plans.queries.outline import BEFORE

MOST = 20


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def split(request: OfficeRequest, pk: int, candidate: int) -> HttpResponse:
    """First where to cut (one part a line), then what each part says, then the sheet with the parts."""
    plan, row = candidate_of(request, pk, candidate)
    if request.method == "GET":
        return _in_card(request, plan, row, _cutting(plan, row, request, "\n".join(parted(row.quote))))
    if "lines" in request.POST:
        return _cut(request, plan, row)
    parts, forms = _parts(request, ItemKind(row.kind))
    try:
        made = commands.split(
            by=request.person, candidate=row, expected=number(request, "expected"), parts=parts, accept=bool(request.POST.get("accept"))
        )
    except Conflict as conflict:
        now = queries.candidates_by_id(plan, [row.pk]).get()
        return conflicting(request, plan, row, conflict, _parting(plan, now, request, parts, forms))
    except Invalid as invalid:
        tell_part(forms, invalid)
        return _in_card(request, plan, row, _parting(plan, row, request, parts, forms), status=invalid.status)
    key = row.heading_id or BEFORE
    return answers.with_sheet(request, plan, key, Touched(spans=[(row.start, row.end)], keys=[key], focus=f"c{made[0].pk}"))


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def merge(request: OfficeRequest, pk: int) -> HttpResponse:
    """What the one shall say that stands for those that were marked; then the sheet."""
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    seen = seen_of(request)
    rows = list(queries.candidates_by_id(plan, [one.id for one in seen]))
    if request.method == "GET":
        if len(rows) < 2 or len({row.kind for row in rows}) > 1:
            raise Invalid(_only_one_kind(rows))
        form = content_form(ItemKind(rows[0].kind), initial=_joined(rows), prefix="merge")
        return HttpResponse(_merging(request, plan, rows, form))
    form = content_form(ItemKind(rows[0].kind) if rows else ItemKind.TASK, request.POST, prefix="merge")
    try:
        made = commands.merge(by=request.person, plan=plan, seen=seen, values=form.values(), accept=bool(request.POST.get("accept")))
    except Refused as refused:
        tell(form, refused)
        return HttpResponse(_merging(request, plan, rows, form), status=refused.status)
    keys = sorted({row.heading_id or BEFORE for row in rows})
    touched = Touched(spans=[(made.start, made.end)], keys=keys, focus=f"c{made.pk}")
    return answers.with_sheet(request, plan, made.heading_id or BEFORE, touched)


@require_http_methods(["GET", "POST"])
@screen(Right.CANDIDATE_REVIEW)
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    """The fields of a kind, filled from the selected words; then the sheet in which the new one stands."""
    plan = get_object_or_404(queries.plans_to_look_into(request.person), pk=pk)
    asked = request.GET if request.method == "GET" else request.POST
    kind = ItemKind(asked["kind"]) if asked.get("kind") in ItemKind.values else ItemKind.TASK
    span = span_of(request) or (0, 0)
    if request.method == "GET":
        form = content_form(kind, initial=drafted(kind, queries.words_at(plan, *span)), prefix="add")
        return HttpResponse(_adding(plan, request, form, span))
    form = content_form(kind, request.POST, prefix="add")
    try:
        made = commands.add(by=request.person, plan=plan, kind=kind, values=form.values(), span=span)
    except Refused as refused:
        tell(form, refused)
        return HttpResponse(_adding(plan, request, form, span), status=refused.status)
    key = made.heading_id or BEFORE
    return answers.with_sheet(request, plan, key, Touched(spans=[(made.start, made.end)], keys=[key], focus=f"c{made.pk}"))


def tell_part(forms: Sequence[ContentForm], problem: Invalid) -> None:
    """A refusal of ``2.title`` beside that field of the second part; any other above the first."""
    place, _dot, field = (problem.field or "").partition(".")
    at = (whole(place) or 1) - 1
    if forms:
        tell(forms[at], Invalid(problem.message, field=field or None))


def _cut(request: OfficeRequest, plan: Plan, row: Candidate) -> HttpResponse:
    """Each line must stand in the words, one after the other."""
    lines = [line.strip() for line in request.POST.get("lines", "").replace("\x00", "").splitlines() if line.strip()]
    spans, at = [], 0
    for line in lines:
        found = row.quote.find(line, at)
        if found < 0 or len(lines) > MOST:
            break
        spans.append((found, found + len(line)))
        at = found + len(line)
    if len(spans) < 2 or len(spans) < len(lines):
        return _in_card(request, plan, row, _cutting(plan, row, request, request.POST.get("lines", ""), is_wrong=True), status=422)
    kind = ItemKind(row.kind)
    parts = [_place(row, start, end) for start, end in spans]
    forms = [content_form(kind, initial=_of_part(row, row.quote[start:end]), prefix=str(i)) for i, (start, end) in enumerate(spans, 1)]
    return _in_card(request, plan, row, _parting(plan, row, request, parts, forms))


def _place(row: Candidate, start: int, end: int) -> Part:
    """In the text; a quote that does not stand there word for word (rows of tables) has the place of the whole."""
    if len(row.quote) == row.end - row.start:
        return Part(start=row.start + start, end=row.start + end, values={})
    return Part(start=row.start, end=row.end, values={})


def _of_part(row: Candidate, words: str) -> dict[str, object]:
    return {**row.content, **{name: value for name, value in drafted(ItemKind(row.kind), words).items() if value not in (None, "")}}


def _parts(request: OfficeRequest, kind: ItemKind) -> tuple[list[Part], list[ContentForm]]:
    forms, parts = [], []
    for at in range(1, min(MOST, optional_number(request, "parts") or 0) + 1):
        form = content_form(kind, request.POST, prefix=str(at))
        start, end = optional_number(request, f"{at}-start") or 0, optional_number(request, f"{at}-end") or 0
        forms.append(form)
        parts.append(Part(start=start, end=end, values=form.values()))
    return parts, forms


def _joined(rows: Sequence[Candidate]) -> dict[str, object]:
    """The content of the first; what is empty there, from the next that has it."""
    made: dict[str, object] = {}
    for row in reversed(rows):
        made |= {name: value for name, value in row.content.items() if value not in (None, "")}
    return made


def _only_one_kind(rows: Sequence[Candidate]) -> str:
    if len(rows) > 1:
        return _("Only candidates of one kind can become one.")
    return _("Mark two candidates or more, at most %(most)s.") % {"most": MOST}


def _in_card(request: OfficeRequest, plan: Plan, row: Candidate, form: str, status: int = 200) -> HttpResponse:
    return HttpResponse(card_html(request, answers.card_of(request, plan, row.pk, form=form)), status=status)


def _cutting(plan: Plan, row: Candidate, request: OfficeRequest, lines: str, *, is_wrong: bool = False) -> str:
    context = {"row": row, "plan": plan, "zone": request.zone, "lines": lines, "is_wrong": is_wrong}
    return render_to_string("office/workbench/_split_lines.html", context)


def _parting(plan: Plan, row: Candidate, request: OfficeRequest, parts: Sequence[Part], forms: Sequence[ContentForm]) -> str:
    text = queries.text_of(plan)
    told = [
        {"part": part, "form": form, "number": at, "words": text[part.start : part.end]}
        for at, (part, form) in enumerate(zip(parts, forms, strict=True), 1)
    ]
    context = {"row": row, "plan": plan, "zone": request.zone, "parts": told, "count": len(told)}
    return render_to_string("office/workbench/_split_parts.html", context)


def _merging(request: OfficeRequest, plan: Plan, rows: Sequence[Candidate], form: ContentForm) -> str:
    seen = ",".join(f"{row.pk}:{row.revision}" for row in rows)
    return render_to_string("office/workbench/_merge.html", {"rows": rows, "plan": plan, "zone": request.zone, "form": form, "seen": seen})


def _adding(plan: Plan, request: OfficeRequest, form: ContentForm, span: tuple[int, int]) -> str:
    context = {"plan": plan, "zone": request.zone, "form": form, "kind": form.kind, "kinds": ItemKind, "start": span[0], "end": span[1]}
    return render_to_string("office/workbench/_add.html", {**context, "words": queries.words_at(plan, *span)})
