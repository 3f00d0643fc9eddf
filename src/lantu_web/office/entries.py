"""Pages with one form: shown, sent, refused beside the field, or done and left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.office.refusals import status_of, tell

_USUAL: Mapping[str, Any] = {"columns": 1, "kind": "primary", "note": "", "unit": None, "shown": None}


def entry(
    request: HttpRequest, form: Form, act: Callable[[], str | HttpResponse], context: dict[str, Any], *, template: str
) -> HttpResponse:
    """The page of a form. ``act`` does it and gives the address to go to, or a page; what it refuses is told in the form (status 422)."""
    if form.is_bound and form.is_valid():
        try:
            done = act()
        except (Conflict, Forbidden, Invalid) as problem:
            tell(form, problem)
        else:
            return redirect(done) if isinstance(done, str) else done
    return render(request, template, {"form": form, **_USUAL, **context}, status=status_of(form))
