"""A person's own pages: what they say of themselves, their password, their sessions."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lantu_web.accounts.commands import account as accounts
from lantu_web.accounts.commands import entering, passwords, sessions
from lantu_web.accounts.forms.account import AccountForm
from lantu_web.accounts.forms.entrance import NewPasswordForm
from lantu_web.accounts.queries import valid_posts
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid
from lantu_web.office.doors import OfficeRequest, address, own_page
from lantu_web.office.onward import onward
from lantu_web.office.refusals import status_of, tell


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def account(request: OfficeRequest) -> HttpResponse:
    user = request.user
    form = AccountForm(request.POST or None, initial={**asdict(accounts.account_of(user)), "expected": user.revision})
    if form.is_valid():
        values = dict(form.cleaned_data)
        expected = values.pop("expected")
        try:
            accounts.change(by=request.person, user=user, account=accounts.Account(**values), expected=expected)
        except Invalid as problem:
            tell(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("office:account")
    posts = valid_posts(user, on=clock.today())
    context = {"form": form, "account": user, "posts": posts, "side": "account"}
    return render(request, "office/entrance/account.html", context, status=status_of(form))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def password(request: OfficeRequest) -> HttpResponse:
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            prove(request, form.cleaned_data["current"])
            user = passwords.change(by=request.person, user=request.user, new=form.cleaned_data["new"])
        except Invalid as problem:
            tell(form, problem)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("The password is changed. All other sessions have ended."))
            return HttpResponseRedirect(onward(request, "office:account"))
    return render(request, "office/entrance/password.html", {
        "side": "password", "form": form, "must": request.user.must_change_password, "has_password": request.user.has_usable_password(),
    }, status=status_of(form))  # fmt: skip


def prove(request: OfficeRequest, current: str) -> None:
    """Ask for the password once more; wrong ones count towards the lock-out. Raises Invalid (field "current")."""
    try:
        entering.prove(request=request, username=request.user.username, password=current, address=address(request))
    except Invalid:
        raise Invalid(_("This is not your present password."), field="current") from None


@require_POST
@own_page
def end_sessions(request: OfficeRequest) -> HttpResponse:
    """Log out everywhere, here too."""
    sessions.end_all(by=request.person, user_id=request.user.pk)
    auth.logout(request)
    messages.success(request, _("You are logged out everywhere."))
    return redirect("office:login")
