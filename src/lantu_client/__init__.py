"""A client of a Lantu site's interface: frozen records, errors with one root, lists as iterators.

``from lantu_client import Client`` · ``Client(url, token).tasks.find(text="产业")``
"""

from __future__ import annotations

from lantu_client.client import Client
from lantu_client.errors import (
    ClientError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    ServerFault,
    TooMany,
    Unauthorised,
    Unexpected,
    Unreachable,
    Unsigned,
)
from lantu_client.messages import Message, read_message
from lantu_client.pages import Pages

__all__ = [
    "Client", "ClientError", "Conflict", "Forbidden", "Invalid", "Message", "NotFound", "Pages", "ServerFault", "TooMany", "Unauthorised",
    "Unexpected", "Unreachable", "Unsigned", "read_message",
]  # fmt: skip
