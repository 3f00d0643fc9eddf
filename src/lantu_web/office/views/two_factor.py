"""Setting up the second factor, its backup codes, and switching it off."""

from __future__ import annotations

from base64 import b32encode

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as verified_by
from django_otp.plugins.otp_totp.models import TOTPDevice

from lantu_web.accounts.commands import second_factor
from lantu_web.accounts.forms.entrance import CodeForm, ProofForm
from lantu_web.accounts.queries import backup_codes_left, second_factor_is_required, second_factor_is_used
from lantu_web.lib.errors import Invalid
from lantu_web.office.doors import OfficeRequest, own_page
from lantu_web.office.refusals import status_of, tell
from lantu_web.office.views.account import prove


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def page(request: OfficeRequest) -> HttpResponse:
    """Set it up, or see that it is on."""
    if not second_factor_is_used():
        raise Http404
    if request.user.has_second_factor:
        return _shown(request, ProofForm(prefix="codes"), ProofForm(prefix="off"))
    device = second_factor.begin(by=request.person, user=request.user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            user, device, codes = second_factor.confirm(by=request.person, user=request.user, code=form.cleaned_data["code"])
        except Invalid as problem:
            tell(form, problem)
        else:
            update_session_auth_hash(request, user)
            verified_by(request, device)
            return _codes(request, codes, is_new=True)
    return render(request, "office/entrance/two_factor_set_up.html", {
        "side": "two-factor", "form": form, "picture": _picture(device), "secret": _secret(device),
        "required": second_factor_is_required(request.user),
    }, status=status_of(form))  # fmt: skip


@never_cache
@sensitive_post_parameters()
@require_POST
@own_page
def codes(request: OfficeRequest) -> HttpResponse:
    """Ten new backup codes."""
    form = ProofForm(request.POST, prefix="codes")
    if form.is_valid():
        try:
            prove(request, form.cleaned_data["current"])
            return _codes(request, second_factor.renew_codes(by=request.person, user=request.user), is_new=False)
        except Invalid as problem:
            tell(form, problem)
    return _shown(request, form, ProofForm(prefix="off"))


@sensitive_post_parameters()
@require_POST
@own_page
def off(request: OfficeRequest) -> HttpResponse:
    form = ProofForm(request.POST, prefix="off")
    if form.is_valid():
        try:
            prove(request, form.cleaned_data["current"])
            user = second_factor.switch_off(by=request.person, user=request.user)
        except Invalid as problem:
            tell(form, problem)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("The second factor is switched off."))
            return redirect("office:account")
    return _shown(request, ProofForm(prefix="codes"), form)


def _shown(request: OfficeRequest, codes_form: ProofForm, off_form: ProofForm) -> HttpResponse:
    return render(request, "office/entrance/two_factor.html", {
        "side": "two-factor", "codes_form": codes_form, "off_form": off_form, "left": backup_codes_left(request.user),
        "required": second_factor_is_required(request.user),
    }, status=status_of(codes_form, off_form))  # fmt: skip


def _codes(request: OfficeRequest, codes: list[str], *, is_new: bool) -> HttpResponse:
    shown = [f"{code[:4]}-{code[4:]}" for code in codes]
    return render(request, "office/entrance/backup_codes.html", {"side": "two-factor", "codes": shown, "is_new": is_new})


def _picture(device: TOTPDevice) -> str:
    """The QR code as a data: address, so that no page holds inline drawing rules; white beneath it, for dark screens too."""
    return str(segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=3, light="#fff", dark="#000"))


def _secret(device: TOTPDevice) -> str:
    """For typing it in: groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
