"""What requests of the workbench carry: numbers, places in the text, and lists of what was seen."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from lantu_web.lib.errors import Invalid
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest
from lantu_web.plans.commands.review import Seen

_SEEN = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


def number(request: OfficeRequest, name: str) -> int:
    """Raises Invalid where it is none."""
    found = optional_number(request, name)
    if found is None:
        raise Invalid(_("Something of the page was lost; load it again."), field=name)
    return found


def optional_number(request: OfficeRequest, name: str) -> int | None:
    asked = request.POST if request.method == "POST" else request.GET
    return whole(asked.get(name, ""))


def span_of(request: OfficeRequest) -> tuple[int, int] | None:
    """A place in the text, if one was selected."""
    start, end = optional_number(request, "start"), optional_number(request, "end")
    return (start, end) if start is not None and end is not None else None


def seen_of(request: OfficeRequest, name: str = "seen") -> list[Seen]:
    """``12:1,15:3``: ids with the revisions that were seen. What is no such pair is lost, so that the command refuses."""
    asked = request.POST if request.method == "POST" else request.GET
    return [Seen(int(pk), int(revision)) for pk, revision in _SEEN.findall(asked.get(name, ""))]
