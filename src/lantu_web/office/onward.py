"""Where somebody goes next: only ever to an address of this site."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, fallback: str = "office:home") -> str:
    """``next`` of the form or of the address, if it stays on this site; else the fallback."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(fallback)
