"""Who calls: a bearer token stands for a person in a zone. Endpoints name their right; nothing is open without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import ApiToken
from lantu_web.accounts.queries import person_of_token
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.lib.acting import Surface


class ApiRequest(HttpRequest):
    """A request that brought a valid token."""

    person: Person
    token: ApiToken


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …``; a wrong, expired or revoked token is answered with 401 and no word why."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        found = person_of_token(token, address=str(request.META.get("REMOTE_ADDR", ""))[:64], surface=Surface.API)
        if found is None:
            return None
        person, row = found
        request.person, request.token = person, row  # type: ignore[attr-defined]
        return person


class PerToken(SimpleRateThrottle):
    """So many calls a minute for one token, however many machines use it."""

    scope = "token"

    def get_cache_key(self, request: HttpRequest) -> str | None:
        row = getattr(request, "token", None)
        return f"api-calls-{row.pk}" if row is not None else None


def endpoint(right: Right | None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Refuse the call unless its person has the right anywhere in the zone; ``None``: whoever has a token."""

    def door(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def opened(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
            if right is not None:
                require(request.person, right)
            return view(request, *args, **kwargs)

        opened.right = right  # type: ignore[attr-defined]
        return opened

    return door
