"""Who calls: a bearer token stands for a person in a zone. Endpoints name their right; nothing is open without one.

Cookies count for nothing here, so that no page of another site can call in somebody's name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja.operation import Operation
from ninja.responses import Status
from ninja.security import HttpBearer

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.tokens import note_use
from lantu_web.accounts.models import ApiToken
from lantu_web.accounts.queries import person_of_token
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.api import rates
from lantu_web.api.faults import SENTENCES
from lantu_web.api.problems import Refusal
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Forbidden, Invalid
from lantu_web.lib.numbers import whole

SCHEME = "bearer"
ENVELOPE = 64 * 1024  # what a form needs besides its file
READING = frozenset({"GET", "HEAD"})
# What every call may be answered with; those with an id in their address, and those that write, may meet more.
ALWAYS, ON_OBJECTS, ON_WRITES = (401, 403, 422, 429), (404,), (400, 409, 413)
View = TypeVar("View", bound=Callable[..., Any])


class ApiRequest(HttpRequest):
    """A request that brought a valid token."""

    person: Person
    token: ApiToken


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …``. A wrong, expired or revoked token is answered with 401 and no word why.

    The right is asked before anything else of the call is looked at, so that nobody learns from a refusal what they may not see.
    """

    def __init__(self, right: Right | None = None, *, writes: bool = False) -> None:
        self.right, self.writes = right, writes
        super().__init__()

    def __call__(self, request: HttpRequest) -> Person | None:
        refuse_too_large(request)
        scheme, _space, token = request.headers.get(self.header, "").partition(" ")
        return self.authenticate(request, token.strip() if scheme.lower() == SCHEME else "")

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        address = str(request.META.get("REMOTE_ADDR", ""))[:64]
        found = person_of_token(token, address=address, surface=Surface.API) if token else None
        if found is None:
            rates.count_stranger(address)
            return None
        person, row = found
        rates.count_token(row.pk)
        note_use(token=row)
        self._require(person)
        request.person, request.token = person, row  # type: ignore[attr-defined]
        return person

    def _require(self, person: Person) -> None:
        if self.right is not None:
            require(person, self.right)
        if self.writes and not person.may_write:
            raise Forbidden(_("This token may read only."))


def refuse_too_large(request: HttpRequest) -> None:
    """Before anything of the body is taken in. Raises RequestDataTooBig."""
    length = whole(request.META.get("CONTENT_LENGTH") or "0", digits=18)
    if length is None or length > settings.LANTU_UPLOAD_BYTES + ENVELOPE:
        raise RequestDataTooBig


def endpoint(right: Right | None, gives: Any, *, status: int = 200, refusals: tuple[int, ...] = ()) -> Callable[[View], View]:
    """An operation for those with the right anywhere in the zone (``None``: for whoever has a token), answered with ``gives``.

    ``refusals`` are statuses besides the usual ones. Stands directly on the view, below the router's decorator; the first line of its
    documentation is the summary.
    """

    def door(view: View) -> View:
        @wraps(view)
        def opened(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase | Status[Any]:
            refuse_unknown(request, opened.asked)  # type: ignore[attr-defined]
            answer = view(request, *args, **kwargs)
            return answer if isinstance(answer, HttpResponseBase) else Status(status, answer)

        def describe(operation: Operation) -> None:
            opened.asked = _asked(operation)  # type: ignore[attr-defined]
            _describe(operation, view, right, {status: gives} | dict.fromkeys(refusals, Refusal))

        opened.right = right  # type: ignore[attr-defined]
        opened.__signature__ = signature(view, eval_str=True)  # type: ignore[attr-defined]  # its names are known in its module only
        opened._ninja_contribute_to_operation = [describe]  # type: ignore[attr-defined]
        return opened  # type: ignore[return-value]

    return door


def _asked(operation: Operation) -> frozenset[str]:
    """What the operation reads from behind the question mark."""
    models = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    return frozenset(name for model in models for name in model.__ninja_flatten_map__)


def refuse_unknown(request: HttpRequest, known: frozenset[str]) -> None:
    """A filter that is misspelt would find everything. Raises Invalid naming what is not known."""
    unknown = sorted(name for name in request.GET if name not in known)
    if unknown:
        named = ", ".join(unknown)[:200]
        raise Invalid(str(SENTENCES["extra_forbidden"]) % {"field": named}, field=named)


def _describe(operation: Operation, view: Callable[..., Any], right: Right | None, answers: dict[int, Any]) -> None:
    writes = not READING.issuperset(operation.methods)
    auth = TokenAuth(right, writes=writes)
    operation.auth_param, operation.auth_callbacks = [auth], [auth]
    possible = (*ALWAYS, *(ON_OBJECTS if "{" in operation.path else ()), *(ON_WRITES if writes else ()))
    every = {**answers, **dict.fromkeys(sorted(possible), Refusal)}
    operation.response_models = operation._create_response_model_multiple(every)
    summary, _blank, more = (view.__doc__ or "").strip().partition("\n")
    operation.operation_id, operation.summary = view.__name__, summary.rstrip(".")
    operation.description = " ".join(more.split())
    operation.openapi_extra = {**(operation.openapi_extra or {}), "x-right": right.value if right else "", "x-writes": writes}
