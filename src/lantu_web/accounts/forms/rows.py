"""A choice of several rows that takes no id which no row can have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lantu_web.lib.numbers import id_of


class RowsField(forms.ModelMultipleChoiceField[Any]):
    """Django asks the database for all ids at once, and SQLite knows no number of twenty digits; such a one is refused here."""

    def clean(self, value: Any) -> Any:
        for pk in value if isinstance(value, list | tuple) else ():
            if id_of(str(pk)) is None:
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": str(pk)[:20]})
        return super().clean(value)


def many_to_tick() -> forms.CheckboxSelectMultiple:
    """A list in columns, of its own height, to be scrolled."""
    return forms.CheckboxSelectMultiple(attrs={"class": "choices-many"})
