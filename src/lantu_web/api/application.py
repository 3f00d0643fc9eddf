"""The interface itself: its name, who may call, and where its operations are."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled

from lantu_web.api import problems, rates
from lantu_web.api.parser import CleanParser
from lantu_web.api.routers import ROUTERS, nowhere
from lantu_web.api.security import TokenAuth

DESCRIPTION = """Plans, what was found in them, their versions and adjustments, and the ledger of their tasks, of one zone.

Every call bears a token (`Authorization: Bearer …`) that a person made on their own page; it has that person's rights in one zone,
and writes only if it was made for writing. Objects of other zones do not exist for it (404). A write names the `revision` it has
seen; if somebody changed the object meanwhile the answer is 409 and nothing is written. Lists come in pages. Dates are ISO 8601,
decimals are texts. Messages are in the language of `Accept-Language` (zh-hans, en)."""


def counted(view: Any) -> Any:
    """The description is open to everybody, so many times a minute."""

    @wraps(view.func, assigned=())
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            rates.count_stranger(str(request.META.get("REMOTE_ADDR", "")))
            answer: HttpResponse = view(request, **kwargs)
        except Throttled as problem:
            answer = api.on_exception(request, problem)
        return answer

    return opened


api = NinjaAPI(
    title="Lantu 蓝图", version="1.0.0", description=DESCRIPTION, urls_namespace="api", auth=TokenAuth(), docs_url=None,
    parser=CleanParser(), docs_decorator=counted,
)  # fmt: skip
problems.install(api)
for router in ROUTERS:
    api.add_router("", router)

api.add_router("", nowhere.router)  # the last: what no other address is
