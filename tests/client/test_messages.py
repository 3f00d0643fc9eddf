"""What a webhook receives is believed only where the site signed it, and just now."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from lantu_client import Unexpected, Unsigned, read_message
from lantu_web.tasks.signatures import signature_of

SECRET, NOW = "whsec_kept", 1_790_000_000
TOLD = {
    "delivery": 9, "event": "task.changed", "at": "2026-09-21T13:33:20+00:00", "by": "赵启明", "task": 7, "number": "3-2-1", "title": "建设平台",
    "plan": 2, "revision": 5, "fields": ["due_on"],
}  # fmt: skip
BODY = json.dumps(TOLD, ensure_ascii=False).encode()
SIGNED = signature_of(BODY, secret=SECRET, moment=NOW)


def test_a_message_that_the_site_signed() -> None:
    message = read_message(BODY, SIGNED, secret=SECRET, now=NOW + 299)
    assert (message.delivery, message.event, message.task, message.facts) == (9, "task.changed", 7, {"fields": ["due_on"]})
    assert message.at == datetime(2026, 9, 21, 13, 33, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "signature", "secret", "now"),
    [
        (BODY + b" ", SIGNED, SECRET, NOW), (BODY, SIGNED, "whsec_other", NOW), (BODY, SIGNED, SECRET, NOW + 301), (BODY, SIGNED, SECRET, NOW - 301),
        (BODY, SIGNED.replace(f"t={NOW}", f"t={NOW + 1}"), SECRET, NOW), (BODY, "", SECRET, NOW), (BODY, f"{SIGNED},v1=x", SECRET, NOW),
        (BODY, SIGNED.upper(), SECRET, NOW), (BODY, "t=٣,v1=" + "0" * 64, SECRET, NOW),
    ],
    ids=["body", "secret", "old", "ahead", "moment", "none", "two", "upper", "digits"],
)  # fmt: skip
def test_any_other_is_refused(body: bytes, signature: str, secret: str, now: float) -> None:
    with pytest.raises(Unsigned):
        read_message(body, signature, secret=secret, now=now)


@pytest.mark.parametrize("body", [b"{}", b"[]", b"x", b'{"delivery": 1}'])
def test_a_signed_message_of_another_shape(body: bytes) -> None:
    with pytest.raises(Unexpected):
        read_message(body, signature_of(body, secret=SECRET, moment=NOW), secret=SECRET, now=NOW)
