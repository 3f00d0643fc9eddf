"""The hash of an entry: SHA-256 over its fields and the hash before it, in one canonical JSON."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lantu_web.audit.models import Entry

HASHED = (
    "number", "user_id", "user_name", "surface", "address", "action", "object_type", "object_id", "object_label", "before", "after",
    "previous_hash",
)  # fmt: skip


def entry_hash(entry: Entry) -> str:
    """64 hexadecimal digits; the same on every database, whatever it does to the order of keys or to time zones."""
    told = {name: getattr(entry, name) for name in HASHED}
    told["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told["zone"] = entry.chain.zone
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
