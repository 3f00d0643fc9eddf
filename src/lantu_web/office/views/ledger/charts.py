"""The wall chart of a year, and the matrices."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.ledger.asked import asked
from lantu_web.office.views.ledger.pages import frame
from lantu_web.office.views.ledger.rows import Drawing
from lantu_web.office.views.ledger.walls import Wall
from lantu_web.tasks.enums import LineKind
from lantu_web.tasks.queries import matrix as matrices
from lantu_web.tasks.queries.wall_chart import loads
from lantu_web.tasks.queries.wall_chart import wall_chart as chart


@require_safe
@screen(Right.TASK_READ)
def wall_chart(request: OfficeRequest) -> HttpResponse:
    """Tasks of a year by quarter: bars with their nodes, each also in words."""
    wanted = asked(request.GET)
    ledger = chart(request.person, wanted, request.GET.get("page", "1"))
    wall = Wall(Drawing(request.person, request.zone.slug, wanted.columns))
    sections = [(section, wall.rows(section.rows)) for section in ledger.sections]
    loaded = loads(request.person, wanted)
    return render(request, "office/ledger/wall_chart.html", {
        **frame(request, wanted, "wall-chart"), "ledger": ledger, "page": ledger.page, "sections": sections, "loads": loaded,
        "heaviest": max((load.nodes for load in loaded), default=0), "is_this_year": ledger.year == clock.today().year,
    })  # fmt: skip


@require_safe
@screen(Right.TASK_READ)
def matrix(request: OfficeRequest) -> HttpResponse:
    """``by``: units (× work lines) or years (× themes); ``lines``: which kind of lines."""
    wanted, is_by_years = asked(request.GET), request.GET.get("by") == "years"
    given, usual = request.GET.get("lines", ""), LineKind.THEME if is_by_years else LineKind.WORK_LINE
    kind = LineKind(given) if given in LineKind.values else usual
    made = (matrices.lines_by_years if is_by_years else matrices.units_by_lines)(request.person, wanted, kind)
    shared = frame(request, wanted, "matrix")
    asked_here = [(name, request.GET[name]) for name in ("by", "lines") if request.GET.get(name)]
    return render(request, "office/ledger/matrix.html", {
        **shared, "carried": [*shared["carried"], *asked_here], "matrix": made, "is_by_years": is_by_years, "kind": kind,
        "kinds": LineKind.choices, "this_year": clock.today().year, "by": "years" if is_by_years else "units",
    })  # fmt: skip
