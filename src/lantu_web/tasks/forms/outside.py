"""What is asked for a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu_web.tasks.enums import Event
from lantu_web.tasks.models import Webhook


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=_("Receiver's address"), max_length=300, help_text=_("The receiver's address, such as https://host.example/lantu."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    events = forms.MultipleChoiceField(label=_("Events"), choices=Event.choices, widget=forms.CheckboxSelectMultiple)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, hook: Webhook | None = None, **kwargs: Any) -> None:
        if hook is not None:
            kwargs.setdefault("initial", {"url": hook.url, "events": hook.events, "expected": hook.revision})
        super().__init__(*args, **kwargs)
