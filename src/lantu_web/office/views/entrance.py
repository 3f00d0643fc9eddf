"""Coming in by password and code, going out, and the language of those who are not in yet."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as verified_by

from lantu_web.accounts.commands import account, entering, second_factor
from lantu_web.accounts.forms.entrance import LoginCodeForm, LoginForm
from lantu_web.accounts.models import User
from lantu_web.accounts.queries import minutes_locked
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid, Refused
from lantu_web.office.doors import OfficeRequest, address, own_page
from lantu_web.office.onward import onward
from lantu_web.office.refusals import status_of, tell

BACKEND = "django.contrib.auth.backends.ModelBackend"
YEAR = 365 * 24 * 3600


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """User name and password; afterwards the code, if the person has a second factor."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward(request))
    form = LoginForm(request.POST or None)
    if form.is_valid():
        try:
            user = entering.prove(request=request, address=address(request), **form.cleaned_data)
        except Invalid as problem:
            tell(form, problem)
            form.aim_at("password")
        else:
            return let_in(request, user, "password", onward(request))
    return render(request, "office/entrance/login.html", {
        "form": form, "ended": request.session.pop("ended", False), "sign_on": bool(settings.LANTU_OIDC_ISSUER),
        "sign_on_label": settings.LANTU_OIDC_LABEL, "onto": request.GET.get("next", ""),
    }, status=status_of(form))  # fmt: skip


def let_in(request: HttpRequest, user: User, way: str, onto: str) -> HttpResponse:
    """A new session for the person. It begins now, whatever was in the browser's session before."""
    auth.login(request, user, backend=BACKEND)
    request.session["begun"] = request.session["last_seen"] = int(clock.now().timestamp())
    entering.came_in(by=entering.at_the_door(user, address=address(request)), user=user, way=way)
    return HttpResponseRedirect(onto)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, str] | None) -> HttpResponse:
    """What django-axes shows instead of the answer: how long it lasts. The same whether the name exists or not."""
    username = (credentials or {}).get("username", "")
    minutes = minutes_locked(username=username, address=address(request))
    return render(request, "office/entrance/locked_out.html", {"minutes": minutes}, status=429)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def code(request: OfficeRequest) -> HttpResponse:
    """The code of the app or one from paper, after the password."""
    if not request.user.has_second_factor or request.user.is_verified():  # type: ignore[attr-defined]
        return HttpResponseRedirect(onward(request))
    form = LoginCodeForm(request.POST or None)
    if form.is_valid():
        by = entering.at_the_door(request.user, address=address(request))
        try:
            device = second_factor.verify(by=by, user=request.user, code=form.cleaned_data["code"])
        except Refused as problem:
            tell(form, problem)
        else:
            verified_by(request, device)
            request.session.cycle_key()
            entering.came_in(by=by, user=request.user, way="backup code" if second_factor.is_paper(device) else "code")
            return HttpResponseRedirect(onward(request))
    return render(request, "office/entrance/code.html", {"form": form}, status=status_of(form))


@require_POST
@own_page
def logout(request: OfficeRequest) -> HttpResponse:
    entering.went_out(by=entering.at_the_door(request.user, address=address(request)), user=request.user)
    auth.logout(request)
    return redirect("office:login")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language: kept in the browser, and with the person if one is logged in."""
    wanted = request.POST.get("language", "")
    response = HttpResponseRedirect(onward(request))
    if wanted not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        by = entering.at_the_door(request.user, address=address(request))
        account.speak(by=by, user=request.user, language=wanted)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, wanted, max_age=YEAR, samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True,
    )  # fmt: skip
    return response


@require_POST
@own_page
def appearance(request: OfficeRequest) -> HttpResponse:
    """Light, dark or as the system."""
    account.appear(by=request.person, user=request.user, appearance=request.POST.get("appearance", ""))
    return HttpResponseRedirect(onward(request))
