"""The table of rights, as the program applies it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lantu_web.accounts.enums import Role
from lantu_web.accounts.queries.rights import table_of_rights
from lantu_web.accounts.rights import Right
from lantu_web.office.doors import OfficeRequest, screen


@require_GET
@screen(Right.RIGHTS_READ)
def rights(request: OfficeRequest) -> HttpResponse:
    mine = request.person.roles
    return render(request, "office/organisation/rights.html", {
        "table": table_of_rights(), "roles": [(role, role in mine) for role in Role], "mine": [role.label for role in Role if role in mine],
        "held": mine,
    })  # fmt: skip
