"""What the audit trail is narrowed by."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lantu_web.audit.actions import ACTIONS, OBJECTS

_ALL: list[tuple[str, Any]] = [("", _("All"))]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class TrailFilter(forms.Form):
    """Whatever makes no sense is left out."""

    who = forms.CharField(label=_("Who"), required=False, max_length=60, widget=forms.SearchInput(attrs={"placeholder": _("Full name")}))
    action = forms.CharField(label=_("Action"), required=False, max_length=60)
    object_type = forms.CharField(label=_("Thing"), required=False, max_length=60)
    since = _day(_("From"))
    until = _day(_("Until"))
    object_id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, table in (("action", ACTIONS), ("object_type", OBJECTS)):
            asked = str(self.data.get(name, ""))[:60]
            choices = [*_ALL, *table.items(), *([(asked, asked)] if asked and asked not in table else [])]
            self.fields[name].widget = forms.Select(choices=choices)

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        first, last = given.pop("since"), given.pop("until")
        given["since"] = _midnight(first) if first else None
        given["until"] = _midnight(last + timedelta(days=1)) if last and last.year < 9999 else None
        return {name: value for name, value in given.items() if value}


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
