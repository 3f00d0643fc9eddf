"""Forms of a person's own pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import Appearance
from lantu_web.accounts.models import Zone
from lantu_web.lib import clock

USUAL = timedelta(days=90)


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    appearance = forms.ChoiceField(label=_("Appearance"), choices=Appearance.choices)
    expected = forms.IntegerField(widget=forms.HiddenInput)


class TokenForm(forms.Form):
    """``zones``: where the person may make one."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("What it is for, for example: report export"))
    zone = forms.ChoiceField(label=_("Zone"))
    scope = forms.ChoiceField(label=_("Scope"), choices=[("read", _("May read only")), ("write", _("May read and write"))], initial="read")
    expires_on = forms.DateField(
        label=_("Valid until"), help_text=_("At most one year from today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, zones: Iterable[Zone], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": clock.today() + USUAL})
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(zone.slug, zone.name) for zone in zones]  # type: ignore[attr-defined]
