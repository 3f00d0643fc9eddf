"""Deeds of one button: done and told at the head of the page that one came from; what is refused is told there too."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.office.doors import OfficeRequest
from lantu_web.office.onward import onward


def told(request: OfficeRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """``act`` does it and gives what to say of it; afterwards to ``next`` of the form, or back."""
    try:
        messages.success(request, act())
    except (Conflict, Invalid) as problem:
        messages.error(request, str(problem))
    return redirect(onward(request, back))
