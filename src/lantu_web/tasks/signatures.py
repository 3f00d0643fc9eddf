"""How a message to another program is signed: HMAC-SHA256 over the moment and the body, so that neither can be another's or an old one."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "Lantu-Signature"


def signature_of(body: bytes, *, secret: str, moment: int) -> str:
    """The value of the header: ``t=<seconds since 1970>,v1=<hexadecimal HMAC of "t.body">``."""
    digest = hmac.new(secret.encode(), str(moment).encode() + b"." + body, hashlib.sha256)
    return f"t={moment},v1={digest.hexdigest()}"
