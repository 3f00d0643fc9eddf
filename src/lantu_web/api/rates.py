"""So many calls a minute: one count for each token, one for each address that brings no valid token.

The counts stand in the cache "rates". That is the memory of the process, which all threads of the server share; where several
processes serve one site, each of them counts for itself. A minute is that of the clock: the count begins anew with it.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import caches
from ninja.errors import Throttled

from lantu_web.lib import clock

MINUTE = 60
NETWORK = 64  # bits of an IPv6 address that one household or office has to itself


def count_token(token_id: int) -> None:
    """Raises Throttled after so many calls of that token, however many machines use it."""
    _count(f"token-{token_id}", settings.LANTU_API_CALLS_PER_MINUTE)


def count_stranger(address: str) -> None:
    """Raises Throttled after so many calls from there without a valid token."""
    _count(f"stranger-{_place(address)}", settings.LANTU_API_STRANGERS_PER_MINUTE)


def _count(who: str, most: int) -> None:
    minute, gone = divmod(int(clock.now().timestamp()), MINUTE)
    cache, key = caches["rates"], f"api-{who}-{minute}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        calls = cache.incr(key)
    except ValueError:  # thrown out of a full cache between the two lines
        return
    if calls > most:
        raise Throttled(wait=MINUTE - gone)


def _place(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return f"{int(found) >> (128 - NETWORK):x}" if isinstance(found, IPv6Address) else address
