"""One question to an OpenAI-compatible endpoint (``POST …/chat/completions``): bounded in time and size, tried again where that can help.

``http.client`` and nothing above it: no redirect is followed (the key goes to the address given, nowhere else), no proxy or
other setting is taken from the environment.
"""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lantu.errors import AssistError

RETRIES = 2  # local servers answer 503 while they load a model; more tries only make a dead one slower
PAUSE_SECONDS = 0.5  # before the first new try, doubled for each further one
ANSWER_BYTES = 1 << 20  # a section's candidates take a few kilobytes; more is a runaway model
_PATH = "/chat/completions"
_CHUNK = 1 << 16
_REMEDY = "check --assist and the server's log, or leave it out: the plan is complete without it 请检查辅助接口"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to ask, and how patiently. Raises AssistError for an address that is none, or that bears a password."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_seconds: float = 60.0
    retries: int = RETRIES
    pause_seconds: float = PAUSE_SECONDS
    answer_bytes: int = ANSWER_BYTES

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise AssistError(f"{self.url!r} is no http(s) address", remedy="give it like http://localhost:8080/v1 请检查接口地址")
        if "@" in parts.netloc:
            raise AssistError("the address bears a password", remedy="put the key into its environment variable 请勿在地址中写密钥")


class _PassingError(Exception):
    """A failure that another try may not meet."""


class _RefusedError(Exception):
    """A failure that another try would meet again."""


def ask(endpoint: Endpoint, messages: list[dict[str, str]]) -> str:
    """The text of the answer. Raises AssistError: not reached, refused, too slow, too long, or no chat completion."""
    body = json.dumps({"model": endpoint.model, "messages": messages, "temperature": 0, "response_format": {"type": "json_object"}})
    pause = endpoint.pause_seconds
    for attempt in range(endpoint.retries + 1):
        try:
            return _content(_post(endpoint, body.encode("utf-8", "replace")))
        except _PassingError as failure:
            if attempt == endpoint.retries:
                raise _error(endpoint, str(failure)) from None
            time.sleep(pause)
            pause *= 2
        except _RefusedError as failure:
            raise _error(endpoint, str(failure)) from None
    raise AssertionError("a try ends in an answer or an error")


def _error(endpoint: Endpoint, why: str) -> AssistError:
    return AssistError(f"the assistant {why}", place=endpoint.url, remedy=_REMEDY)


def _post(endpoint: Endpoint, body: bytes) -> bytes:
    connection, path = _connection(endpoint)
    deadline = time.monotonic() + endpoint.timeout_seconds
    try:
        connection.request("POST", path, body, _headers(endpoint))
        with connection.getresponse() as response:
            _check_status(response.status)
            return _read(response, endpoint, deadline)
    except TimeoutError:
        raise _PassingError(f"did not answer within {endpoint.timeout_seconds:g} s") from None
    except (OSError, http.client.HTTPException) as error:
        raise _PassingError(f"cannot be reached: {error or type(error).__name__}") from None
    finally:
        connection.close()


def _connection(endpoint: Endpoint) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(endpoint.url)
    make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = parts.path.rstrip("/")
    return make(parts.hostname or "", parts.port, timeout=endpoint.timeout_seconds), path if path.endswith(_PATH) else path + _PATH


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return headers | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})


def _check_status(status: int) -> None:
    if status == http.client.TOO_MANY_REQUESTS or status >= http.client.INTERNAL_SERVER_ERROR:
        raise _PassingError(f"answered with status {status}")
    if status != http.client.OK:
        raise _RefusedError(f"answered with status {status}")


def _read(response: http.client.HTTPResponse, endpoint: Endpoint, deadline: float) -> bytes:
    """The whole body; a socket's own timeout starts anew with every byte, so the deadline is kept here."""
    parts, size = [], 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > endpoint.answer_bytes:
            raise _RefusedError(f"answered with more than {endpoint.answer_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError
    body = b"".join(parts)
    if response.length:  # bytes that were announced and did not come
        raise http.client.IncompleteRead(body, response.length)
    return body


def _content(body: bytes) -> str:
    try:
        answer: Any = json.loads(body)
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise _RefusedError("answered with something that is no chat completion") from None
    if not isinstance(content, str):
        raise _RefusedError("answered with no text")
    return content
