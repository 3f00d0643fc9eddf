"""What an address of the ledger asks for."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import QueryDict

from lantu_web.lib.numbers import id_of, whole
from lantu_web.office.doors import OfficeRequest
from lantu_web.tasks.queries.wanted import Wanted, read


def asked(query: QueryDict) -> Wanted:
    """Columns may come as one word or as many."""
    given = {name: str(value) for name, value in query.items()}
    return read({**given, "columns": ",".join(map(str, query.getlist("columns")))})


def asked_by_page(request: OfficeRequest) -> Wanted:
    """What the page asks for from which htmx sends something."""
    return asked(QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query))


def pairs(text: str, most: int = 5_000) -> dict[int, int]:
    """``id:revision,id:revision`` as a form sends it; what makes no sense is left out."""
    found = [one.partition(":") for one in text.split(",")[:most]]
    read_ones = [(id_of(pk), whole(revision)) for pk, _sep, revision in found]
    return {pk: revision for pk, revision in read_ones if pk is not None and revision is not None}
