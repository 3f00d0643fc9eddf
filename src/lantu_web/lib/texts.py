"""What people type in, made clean: what cannot be seen out, ends trimmed, empty and too long refused with the field."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lantu_web.lib.errors import Invalid

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


LINE = 300  # characters at most of what is one line
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Control characters, widths of nothing, and marks that turn the direction of what follows.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


def typed(value: str | None, *, field: str, label: str | _StrPromise, length: int, required: bool = True) -> str:
    """The text, at most ``length`` characters; in several lines only where it may be longer than ``LINE``. Invalid names the field."""
    text = _UNSEEN.sub("", _BREAKS.sub("\n" if length > LINE else " ", value or "")).replace("\t", " ").strip()
    if required and not text:
        raise Invalid(_("%(field)s must not be empty.") % {"field": label}, field=field)
    if len(text) > length:
        message = _("%(field)s has %(length)s characters; at most %(most)s are possible.")
        raise Invalid(message % {"field": label, "length": len(text), "most": length}, field=field)
    return text


def day(value: date | None, *, field: str, label: str | _StrPromise, latest: date | None = None, earliest: date | None = None) -> date:
    """The day, within the bounds. Raises Invalid naming the field."""
    if value is None:
        raise Invalid(_("%(field)s must not be empty.") % {"field": label}, field=field)
    if latest is not None and value > latest:
        raise Invalid(_("%(field)s must not be later than %(bound)s.") % {"field": label, "bound": latest.isoformat()}, field=field)
    if earliest is not None and value < earliest:
        raise Invalid(_("%(field)s must not be earlier than %(bound)s.") % {"field": label, "bound": earliest.isoformat()}, field=field)
    return value
