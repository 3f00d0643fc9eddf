"""What a webhook receives: believed only if the site signed it, and just now."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lantu_client.errors import Unexpected, Unsigned

HEADER = "Lantu-Signature"
TOLERANCE = 300.0  # seconds that a message may be old, or ahead of this machine's clock
_SIGNATURE = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """``delivery`` stays the same where a message comes twice. ``facts`` hold the rest of what is told."""

    delivery: int
    event: str
    at: datetime
    by: str
    task: int
    number: str
    title: str
    plan: int
    revision: int
    facts: Mapping[str, Any]


def read_message(body: bytes, signature: str, *, secret: str, now: float | None = None) -> Message:
    """The message of a request: its body as it came, and the header ``Lantu-Signature``. Raises Unsigned, Unexpected."""
    _refuse_unsigned(body, signature, secret, time.time() if now is None else now)
    try:
        told = json.loads(body)
        known = {name: told.pop(name) for name in ("delivery", "event", "by", "task", "number", "title", "plan", "revision")}
        return Message(**known, at=datetime.fromisoformat(told.pop("at")), facts=told)
    except (ValueError, KeyError, AttributeError, TypeError) as problem:
        raise Unexpected(f"a signed message of another shape: {type(problem).__name__}") from None


def _refuse_unsigned(body: bytes, signature: str, secret: str, now: float) -> None:
    found = _SIGNATURE.fullmatch(signature)
    if found is None:
        raise Unsigned(f"no signature in the header {HEADER}")
    expected = hmac.new(secret.encode(), found[1].encode() + b"." + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, found[2]):
        raise Unsigned("the signature is not the site's: another secret, or a body that was changed on its way")
    if abs(now - int(found[1])) > TOLERANCE:
        raise Unsigned("the message is too old: somebody may have sent an old one again, or a clock is wrong")
