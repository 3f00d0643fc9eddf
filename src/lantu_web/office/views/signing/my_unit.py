"""The start page of a unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.tasks.queries.my_unit import my_unit


@require_safe
@screen(Right.TASK_SIGN)
def page(request: OfficeRequest) -> HttpResponse:
    """What the person's unit shall sign, what is due, what was settled."""
    return render(request, "office/signing/my_unit.html", {"mine": my_unit(request.person)})
