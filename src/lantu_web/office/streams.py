"""Pages that are long in the making: their frame is sent at once, so that a browser fetches and reads what the page is drawn with
while the parts are still being made."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)
Parts = Mapping[str, Callable[[], str]]
_MARK = re.compile("\0([a-z_]+)\0")  # no text of ours or of a document has NUL in it: neither forms nor databases take it


def streamed(request: HttpRequest, template: str, context: Mapping[str, Any], parts: Parts) -> StreamingHttpResponse:
    """The page; where its template names one of ``parts``, that part's HTML is made when all before it was sent.

    What decides the status of the answer has to be asked before. Where the database fails in a part, a word stands in its place.
    """
    marks = {name: SafeString(f"\0{name}\0") for name in parts}
    page = render_to_string(template, {**context, **marks}, request)
    unheld = {"X-Accel-Buffering": "no"}  # what a proxy in front understands: pass on what there is
    return StreamingHttpResponse(_in_turn(page, parts, get_language() or ""), headers=unheld)


def _in_turn(page: str, parts: Parts, language: str) -> Iterator[str]:
    for number, piece in enumerate(_MARK.split(page)):
        if number % 2 == 0:
            yield piece
            continue
        with override(language):  # whoever set it is done by now
            made = _made(piece, parts[piece])
        yield made


def _made(name: str, make: Callable[[], str]) -> str:
    try:
        return make()
    except DatabaseError:
        log.exception("the part %r of a page could not be made", name)
        told = _("This part of the page could not be made. Load the page again; nothing was changed.")
        return render_to_string("components/refusal.html", {"message": told, "status": 500})
