"""Forms of the review: the fields of a kind as controls. What is typed stays as it was typed; the commands judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from lantu_web.plans.content import FIELDS, Field, Kind
from lantu_web.plans.enums import ItemKind


class ContentForm(forms.Form):
    """What a candidate of a kind says; in a split, one with a prefix for each part."""

    def __init__(self, kind: ItemKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.kind = kind
        self.wide = tuple(field.name for field in FIELDS[kind] if field.kind is Kind.TEXT)  # half a card is too narrow for sentences
        for field in FIELDS[kind]:
            self.fields[field.name] = _control(field)

    def values(self) -> dict[str, str]:
        """As typed, for the command to clean."""
        return {name: str(self.data.get(self.add_prefix(name), "")) for name in self.fields}


def content_form(
    kind: ItemKind, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None, prefix: str = ""
) -> ContentForm:
    """``prefix`` keeps the ids of several forms on one page apart too."""
    return ContentForm(kind, data, initial=dict(initial or {}), prefix=prefix or None, auto_id=f"id-{prefix or 'content'}-%s")


def _control(field: Field) -> forms.Field:
    match field.kind:
        case Kind.CHOICE:
            empty = () if field.required else (("", "—"),)
            return forms.ChoiceField(label=field.label, required=False, choices=(*empty, *field.choices))
        case Kind.TEXT:
            return forms.CharField(label=field.label, required=False, widget=forms.Textarea(attrs={"rows": 3}))
        case Kind.NUMBER:
            return forms.CharField(label=field.label, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case Kind.YEAR:
            attributes = {"inputmode": "numeric", "maxlength": 4}
            return forms.CharField(label=field.label, required=False, widget=forms.TextInput(attrs=attributes))
        case _:
            return forms.CharField(label=field.label, required=False, widget=forms.TextInput(attrs={"maxlength": field.length}))
