"""A chapter of the plan: what of it is not in the ledger yet, proposed line by line with the reasons, and the lines that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lantu_web.accounts.models import Unit
from lantu_web.accounts.rights import Right
from lantu_web.bridge import breakdown
from lantu_web.bridge.breakdown import Choice, Proposal
from lantu_web.bridge.breakdown_words import GROUNDS, lacking, why_kind
from lantu_web.bridge.leads import LeadChoice
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.numbers import id_of
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.divisions.scheme import division_or_conflict, may_write, plan_or_404
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.items import may_see_text
from lantu_web.plans.queries.review import places_of
from lantu_web.tasks.enums import IndicatorKind
from lantu_web.tasks.queries.divisions import ChapterCounts, Overview, division_of, lines_of_chapter, living_units, overview_of

PER_PAGE = 30
OTHER, LEFT = "other", "left"  # beside ids of units: another unit by its name, not decomposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A proposed lead unit, with its reason in two parts: the ground in the reader's language, the words in the plan's."""

    choice: LeadChoice

    @property
    def ground(self) -> str:
        return str(GROUNDS[self.choice.ground])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One proposal, and what the officer chose of it so far: the id of a unit, ``other`` or ``left``."""

    proposal: Proposal
    chosen: str
    other: str = ""
    left: str = ""
    is_taken: bool = False
    sentence: int | None = None

    @property
    def offers(self) -> list[Offer]:
        return [Offer(choice=choice) for choice in self.proposal.leads[:3]]

    @property
    def cooperating(self) -> list[Unit]:
        """Further units that the plan names for it; they take part unless the officer chooses otherwise on the task's own page."""
        return [choice.unit for choice in self.proposal.leads if choice.unit.pk in self.proposal.draft.cooperating]

    @property
    def kind(self) -> str:
        return str(IndicatorKind(self.proposal.told.kind.value).label) if self.proposal.told else ""

    @property
    def why_kind(self) -> str:
        return why_kind(self.proposal.told) if self.proposal.told else ""

    @property
    def lacking(self) -> list[str]:
        return lacking(self.proposal.path) if self.proposal.path else []


@require_safe
@screen(Right.TASK_DRAFT_READ)
def page(request: OfficeRequest, pk: int, chapter: int) -> HttpResponse:
    return _page(request, plan_or_404(request, pk), chapter)


@require_POST
@screen(Right.DIVISION_WRITE)
def accept(request: OfficeRequest, pk: int, chapter: int) -> HttpResponse:
    """Take the chosen lines into the ledger; what is refused is told on the page, with everything that was chosen."""
    plan = plan_or_404(request, pk)
    division = division_or_conflict(plan)
    try:
        made = breakdown.accept(by=request.person, division_id=division.pk, choices=_choices(request.POST, plan))
    except (Conflict, Invalid) as problem:
        messages.error(request, str(problem))
        return _page(request, plan, chapter, status=problem.status)
    told = ngettext("%(count)s line is taken into the ledger.", "%(count)s lines are taken into the ledger.", len(made))
    messages.success(request, told % {"count": len(made)})
    return redirect("office:division-chapter", request.zone.slug, plan.pk, chapter)


def _page(request: OfficeRequest, plan: Plan, number: int, status: int = 200) -> HttpResponse:
    overview = overview_of(plan)
    chapter = _chapter(overview, number)
    proposals = breakdown.proposals(plan, chapter=chapter.title) if chapter.open else []
    found = Paginator(proposals, PER_PAGE).get_page(request.GET.get("page"))
    division = division_of(plan)
    context = {
        "plan": plan, "side": "division", "division": division, "overview": overview, "chapter": chapter, "page": found,
        "rows": _rows(request, plan, list(found)), "lines": lines_of_chapter(request.person, plan, chapter.title),
        "units": living_units(plan.zone_id) if proposals else (), "may_accept": division is not None and may_write(request, plan),
    }  # fmt: skip
    return render(request, "office/divisions/chapter.html", context, status=status)


def _chapter(overview: Overview, number: int) -> ChapterCounts:
    found = next((chapter for chapter in overview.chapters if chapter.number == number), None)
    if found is None:
        raise Http404
    return found


def _rows(request: OfficeRequest, plan: Plan, proposals: Sequence[Proposal]) -> list[Row]:
    posted, taken = request.POST, set(request.POST.getlist("item"))
    spans = [(one.said.item.start, one.said.item.end or 0) for one in proposals if one.said.item.start is not None]
    places = places_of(plan, spans) if may_see_text(request.person, plan) else {}
    rows = []
    for one in proposals:
        key = one.said.item.pk
        usual = LEFT if one.draft.left_out else str(one.draft.lead_unit or OTHER)
        rows.append(Row(
            proposal=one, chosen=posted.get(f"lead-{key}", usual), other=posted.get(f"other-{key}", ""),
            left=posted.get(f"left-{key}", one.draft.left_out), is_taken=str(key) in taken, sentence=places.get(one.said.item.start or -1),
        ))  # fmt: skip
    return rows


def _choices(posted: QueryDict, plan: Plan) -> list[Choice]:
    """Raises Invalid where nothing was chosen, or a unit is not there."""
    chosen = posted.getlist("shown") if "all" in posted else posted.getlist("item")
    keys = [key for key in map(id_of, chosen) if key is not None]
    if not keys:
        raise Invalid(_("Choose at least one line."), field="items")
    names = {name: unit for unit in living_units(plan.zone_id) for name in (unit.short_name, unit.name) if name}
    return [_choice(posted, key, names) for key in keys]


def _choice(posted: QueryDict, key: int, names: dict[str, Unit]) -> Choice:
    match posted.get(f"lead-{key}", OTHER):
        case "left":
            why = posted.get(f"left-{key}", "").strip()
            if not why:
                raise Invalid(_("Say why it is not decomposed."), field=f"left-{key}")
            return Choice(item=key, left_out=why)
        case "other":
            name = posted.get(f"other-{key}", "").strip()
            if name and name not in names:
                raise Invalid(_("There is no unit “%(name)s” in this zone.") % {"name": name[:60]}, field=f"other-{key}")
            return Choice(item=key, lead_unit=names[name].pk if name else None)
        case unit:
            return Choice(item=key, lead_unit=id_of(unit))
