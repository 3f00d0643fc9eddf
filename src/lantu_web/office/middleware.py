"""Who acts, in which zone, and the first run."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from lantu_web.accounts.models import User
from lantu_web.lib import clock
from lantu_web.lib.errors import Refused

Next = Callable[[HttpRequest], HttpResponse]


class FirstRunMiddleware:
    """Before there is anybody, every office page leads to the wizard; afterwards the wizard is gone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.is_set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_set_up:
            self.is_set_up = User.objects.exists()
        wizard = reverse("office:first-run")
        if not self.is_set_up and request.path != wizard and not request.path.startswith(("/static/", "/api/", "/language/")):
            return HttpResponseRedirect(wizard)
        return self.get_response(request)


class ActingMiddleware:
    """Ends silent sessions, speaks the person's language, sends those with a given password to change it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        if self._was_silent(request):
            logout(request)
            return HttpResponseRedirect(reverse("office:login"))
        if request.user.must_change_password and request.resolver_match is None and not self._is_way_out(request):
            return HttpResponseRedirect(reverse("office:password"))
        with translation.override(request.user.language):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    @staticmethod
    def _was_silent(request: HttpRequest) -> bool:
        moment, last = int(clock.now().timestamp()), request.session.get("last_seen")
        if last is not None and moment - last > settings.LANTU_IDLE_SECONDS:
            return True
        if last is None or moment - last > 60:
            request.session["last_seen"] = moment
        return False

    @staticmethod
    def _is_way_out(request: HttpRequest) -> bool:
        ways = {reverse("office:password"), reverse("office:logout"), reverse("office:language")}
        return request.path in ways or request.path.startswith("/static/")


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
