"""Coming in by single sign-on: to the provider, and back with who one is."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lantu_web.accounts.commands import sign_on
from lantu_web.lib import clock, oidc
from lantu_web.office.doors import address
from lantu_web.office.onward import onward
from lantu_web.office.views.entrance import let_in

MOST = 5  # errands that one browser may have begun
LONGEST = 600  # seconds until an errand is forgotten


def provider() -> oidc.Provider:
    """As configured; 404 where none is."""
    if not settings.LANTU_OIDC_ISSUER:
        raise Http404
    return oidc.Provider(
        issuer=settings.LANTU_OIDC_ISSUER, client_id=settings.LANTU_OIDC_CLIENT_ID, client_secret=settings.LANTU_OIDC_CLIENT_SECRET
    )


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the provider; what has to come back with the answer is kept in the session."""
    try:
        url, errand = oidc.set_out(provider(), redirect_uri=_way_back(request))
    except oidc.SignOnFailed as problem:
        return failed(request, problem)
    moment = int(clock.now().timestamp())
    kept = list(request.session.get("sign_on", {}).items())[-(MOST - 1) :]
    about = {"nonce": errand.nonce, "verifier": errand.verifier, "next": onward(request), "at": moment}
    request.session["sign_on"] = {**dict(kept), errand.state: about}
    return HttpResponseRedirect(url)


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """From the provider, once for each time one went there."""
    known = provider()
    try:
        errand, onto = _errand(request)
        identity = oidc.come_back(known, errand, code=_code(request), redirect_uri=_way_back(request))
        user = sign_on.person_signed_on(
            issuer=identity.issuer, subject=identity.subject, username=identity.username, address=address(request)
        )
    except sign_on.Unlinked as problem:
        told = {"message": str(problem), "subject": problem.subject}
        return render(request, "office/entrance/unlinked.html", told, status=problem.status)
    except oidc.SignOnFailed as problem:
        return failed(request, problem)
    return let_in(request, user, "single sign-on", onto)


def _errand(request: HttpRequest) -> tuple[oidc.Errand, str]:
    """What was kept for this state; taken out, so that an answer counts once."""
    state, kept = request.GET.get("state", ""), request.session.get("sign_on", {})
    about = kept.pop(state, None)
    request.session["sign_on"] = kept
    if about is None or int(clock.now().timestamp()) - about["at"] > LONGEST:
        raise oidc.SignOnFailed("the state is unknown, used or too old")
    return oidc.Errand(state=state, nonce=about["nonce"], verifier=about["verifier"]), about["next"]


def _code(request: HttpRequest) -> str:
    code = request.GET.get("code", "")
    if request.GET.get("error") or not code:
        raise oidc.SignOnFailed("the provider did not let the person in")
    return code


def _way_back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("office:sso-return"))


def failed(request: HttpRequest, problem: oidc.SignOnFailed) -> HttpResponse:
    return render(request, "office/entrance/sign_on_failed.html", {"message": str(problem)}, status=problem.status)
