"""What is wrong with a part of a request, in a sentence of the site, and which part that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_TEXT = gettext_lazy("%(field)s must be a text.")
_LIST = gettext_lazy("%(field)s must be a list.")
_OBJECT = gettext_lazy("%(field)s must be an object with fields.")
_WHOLE = gettext_lazy("%(field)s must be a whole number.")
_TRUTH = gettext_lazy("%(field)s must be true or false.")
_DAY = gettext_lazy("%(field)s must be a day that exists, as YYYY-MM-DD.")
_CHOICE = gettext_lazy("%(field)s must be one of: %(choices)s.")
_OTHERWISE = gettext_lazy("%(field)s is not valid.")
# By the checker's name of the fault; its numbers stand in the sentence under the checker's names.
SENTENCES = {
    "missing": gettext_lazy("%(field)s is missing."),
    "extra_forbidden": gettext_lazy("%(field)s is not known here."),
    "string_type": _TEXT, "string_unicode": _TEXT,
    "string_too_short": gettext_lazy("%(field)s must have at least %(min_length)s characters."),
    "string_too_long": gettext_lazy("%(field)s may have at most %(max_length)s characters."),
    "too_short": gettext_lazy("%(field)s must have at least %(min_length)s entries."),
    "too_long": gettext_lazy("%(field)s may have at most %(max_length)s entries."),
    "greater_than": gettext_lazy("%(field)s must be greater than %(gt)s."),
    "greater_than_equal": gettext_lazy("%(field)s must be at least %(ge)s."),
    "less_than": gettext_lazy("%(field)s must be less than %(lt)s."),
    "less_than_equal": gettext_lazy("%(field)s must be at most %(le)s."),
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_from_float": _WHOLE,
    "int_parsing_size": gettext_lazy("%(field)s is too large a number."),
    "bool_type": _TRUTH, "bool_parsing": _TRUTH,
    "date_type": _DAY, "date_parsing": _DAY, "date_from_datetime_parsing": _DAY, "date_from_datetime_inexact": _DAY,
    "enum": _CHOICE, "literal_error": _CHOICE,
    "list_type": _LIST, "tuple_type": _LIST, "set_type": _LIST,
    "dict_type": _OBJECT, "mapping_type": _OBJECT, "model_type": _OBJECT, "model_attributes_type": _OBJECT,
}  # fmt: skip


def field_of(fault: Mapping[str, Any]) -> str | None:
    """``parts.0.start``: where it is, as the caller wrote it. None for the whole body."""
    source, *parts = fault.get("loc", ()) or ("",)
    if source == "body":  # the first part is what the program calls the body
        parts = parts[1:]
    return ".".join(str(part) for part in parts) or None


def sentence_of(fault: Mapping[str, Any], field: str | None) -> str:
    """In the language of the caller."""
    bounds = dict(fault.get("ctx", {}))
    choices = str(bounds.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return str(SENTENCES.get(fault.get("type", ""), _OTHERWISE)) % {**bounds, "choices": choices, "field": field or _("The request")}
