"""The words at a place of the plan's text, and the heading they stand under."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from lantu_web.lib.errors import Invalid
from lantu_web.plans.models import Heading, Plan
from lantu_web.plans.queries.review import text_of

LONGEST = 5000  # characters of one selection


class Words(NamedTuple):
    start: int
    end: int
    quote: str


def words_of(plan: Plan, start: int, end: int) -> Words:
    """The words without white space around them. Raises Invalid where there are none, or too many."""
    text = text_of(plan)
    if not 0 <= start < end <= len(text) or not (quote := text[start:end]).strip():
        raise Invalid(_("Select the words of the text that say it."), field="span")
    if len(quote) > LONGEST:
        message = _("%(length)s characters are selected; at most %(most)s are possible.")
        raise Invalid(message % {"length": len(quote), "most": LONGEST}, field="span")
    start += len(quote) - len(quote.lstrip())
    return Words(start, start + len(quote.strip()), quote.strip())


def heading_at(plan: Plan, position: int) -> Heading | None:
    """The last heading that begins at or before it."""
    return Heading.objects.filter(plan=plan, start__lte=position).order_by("-position").first()
