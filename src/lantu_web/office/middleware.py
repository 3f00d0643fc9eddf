"""What stands before every screen: the first run, the login, the session's end, the second factor, the person's language.

Programs come through the API with a token; a browser's session counts for nothing there, so that none of these rules is passed by.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from lantu_web.accounts.models import User
from lantu_web.accounts.queries import second_factor_is_required
from lantu_web.lib import clock
from lantu_web.lib.errors import Refused

Next = Callable[[HttpRequest], HttpResponse]
API = "/api/"
NOTED = 60  # seconds between two notes that a session is alive: a page that only reads should not have to write


class FirstRunMiddleware:
    """Before there is anybody, every office page leads to the wizard; afterwards the wizard is gone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.is_set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.is_set_up = self.is_set_up or User.objects.exists()
        if self.is_set_up or request.path.startswith((API, settings.STATIC_URL)):
            return self.get_response(request)
        if request.path in (reverse("office:first-run"), reverse("office:language")):
            return self.get_response(request)
        return HttpResponseRedirect(reverse("office:first-run"))


class DoorMiddleware(LoginRequiredMiddleware):
    """Whoever is not logged in is led to the login, and afterwards back to where they wanted to go."""

    def process_view(self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any) -> Any:
        if request.path.startswith(API):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:  # type: ignore[override]
        return led_to(request, "office:login")


class ActingMiddleware:
    """Ends old and silent sessions, asks for what a person owes before anything else, speaks their language."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            request.user = AnonymousUser()
        if not request.user.is_authenticated:
            return self.get_response(request)
        with translation.override(request.user.language):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self._answer(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if is_over(request):
            logout(request)
            request.session["ended"] = True
            return led_to(request, "office:login")
        debt = owed(request)
        if debt and request.path not in ways_out(debt):
            return led_to(request, debt)
        return self.get_response(request)


def is_over(request: HttpRequest) -> bool:
    """Whether the session is too old, or was silent for too long; notes that it is alive."""
    moment = int(clock.now().timestamp())
    begun = request.session.setdefault("begun", moment)
    last = request.session.get("last_seen", moment)
    if moment - begun >= settings.SESSION_COOKIE_AGE or moment - last >= settings.LANTU_IDLE_SECONDS:
        return True
    if moment - last >= NOTED or "last_seen" not in request.session:
        request.session["last_seen"] = moment
    return False


def owed(request: HttpRequest) -> str | None:
    """The page that the person has to pass first: the code, a password of their own, setting up a required second factor."""
    user: User = request.user  # type: ignore[assignment]
    if user.has_second_factor and settings.LANTU_SECOND_FACTOR != "off" and not user.is_verified():  # type: ignore[attr-defined]
        return "office:second-factor"
    if user.must_change_password:
        return "office:password"
    if not user.has_second_factor and second_factor_is_required(user):
        return "office:two-factor"
    return None


def ways_out(debt: str) -> tuple[str, ...]:
    """Where somebody who owes something may still go."""
    return tuple(reverse(name) for name in (debt, "office:logout", "office:language"))


def led_to(request: HttpRequest, name: str) -> HttpResponse:
    """To that page and afterwards back; for htmx the whole page goes there, not the fragment that was to be swapped."""
    is_fragment = request.headers.get("HX-Request") == "true"
    here = _page_of(request) if is_fragment else request.get_full_path()
    query = QueryDict(mutable=True)
    if here != "/" and (is_fragment or request.method in ("GET", "HEAD")):
        query["next"] = here
    address = reverse(name) + (f"?{query.urlencode(safe='/')}" if query else "")
    if is_fragment:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_of(request: HttpRequest) -> str:
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


class RefusalMiddleware:
    """What a command refuses becomes a page (or a swapped fragment) with its message and its status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        template = "components/refusal.html" if request.headers.get("HX-Request") else "errors/refused.html"
        return render(request, template, {"message": str(exception), "status": exception.status}, status=exception.status)
