"""Forms of those who come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import ZoneKind

PASSWORD = 256  # characters: enough for any phrase, too few to keep the hasher busy


_SENTENCE = _("At least {least} characters; not only digits, no common password, not like your name.")
_RULES = format_lazy(_SENTENCE, least=settings.LANTU_PASSWORD_LENGTH)


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=PASSWORD, strip=False, widget=widget, help_text=help_text)


class LoginForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}),
    )  # fmt: skip
    password = _password(_("Password"), "current-password")

    def aim_at(self, name: str) -> None:
        """Where the cursor stands when the page opens."""
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)
        self.fields[name].widget.attrs["autofocus"] = True


class CodeForm(forms.Form):
    """A code of the app, when it is set up."""

    code = forms.CharField(
        label=_("Code of the app"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}),
    )  # fmt: skip


class LoginCodeForm(CodeForm):
    """At the login a backup code will do as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of the app, or a backup code")


class ProofForm(forms.Form):
    """Asks for the password once more, before something that a stranger at an open screen must not do."""

    current = _password(_("Present password"), "current-password")


class NewPasswordForm(forms.Form):
    current = _password(_("Present password"), "current-password")
    new = _password(_("New password"), "new-password", _RULES)
    again = _password(_("New password, once more"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("This is not the same as above."))
        return again


class PersonForm(forms.Form):
    """Somebody to be made at the first run."""

    username = forms.CharField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
    )
    name = forms.CharField(label=_("Full name"), max_length=60)
    password = _password(_("Password"), "new-password", _RULES)
    again = _password(_("Password, once more"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("This is not the same as above."))
        return again


class OptionalPersonForm(PersonForm):
    """Nothing has to be filled in; what is half filled in the command refuses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class ZoneForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    slug = forms.SlugField(
        label=_("Short name in addresses"), max_length=40,
        help_text=_("Latin letters, digits and dashes; stands in every address: /z/yunxi/"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=ZoneKind.choices, initial=ZoneKind.FUNCTIONAL_ZONE)
