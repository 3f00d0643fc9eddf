"""One call after another, each with the token; refusals become errors. Where there were too many, a call waits and is made again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import requests

from lantu_client.errors import ClientError, TooMany, Unexpected, Unreachable, kind_of
from lantu_client.reading import plain, record

Record = TypeVar("Record")
PREFIX = "/api/v1"
WAIT = 60.0


class Token(requests.auth.AuthBase):
    """The header that says who calls; a password that the machine keeps for the host does not take its place."""

    def __init__(self, token: str) -> None:
        self._token = token.strip()  # as a file gives it, with the end of its line
        if not self._token.isascii() or not self._token.isprintable() or " " in self._token:
            raise ClientError("the token holds characters that no token has")

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Transport:
    """``patience``: how many seconds a call may wait in all where there were too many; ``timeout``: for one answer."""

    def __init__(
        self, url: str, token: str, *, language: str = "zh-hans", timeout: float = 30.0, patience: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self.url, self.timeout, self.patience, self.sleep = url.rstrip("/") + PREFIX, timeout, patience, sleep
        self.session = requests.Session()
        self.session.auth = Token(token)
        self.session.headers.update({"Accept": "application/json", "Accept-Language": language, "User-Agent": "lantu-client"})

    def get(self, kind: type[Record], path: str, /, **query: Any) -> Record:
        return record(kind, self.call("GET", path, query=query))

    def post(self, kind: type[Record], path: str, /, **body: Any) -> Record:
        return record(kind, self.call("POST", path, body=body))

    def put(self, kind: type[Record], path: str, /, **body: Any) -> Record:
        return record(kind, self.call("PUT", path, body=body))

    def call(self, method: str, path: str, *, query: Mapping[str, Any] | None = None, body: Mapping[str, Any] | None = None) -> Any:
        """The parsed answer; None for an empty one. Raises ClientError."""
        asked = {name: _of_query(value) for name, value in (query or {}).items() if value is not None}
        answer = self._answer(method, path, params=asked, json=plain(body) if body is not None else None)
        if not answer.content:
            return None
        try:
            return answer.json()
        except ValueError:
            raise Unexpected(f"{method} {path}: the answer is no JSON", status=answer.status_code) from None

    def upload(self, path: str, *, file_name: str, data: bytes) -> Any:
        return self._answer("POST", path, files={"file": (file_name, data)}).json()

    def download(self, path: str) -> bytes:
        return self._answer("GET", path).content

    def _answer(self, method: str, path: str, **values: Any) -> requests.Response:
        waited = 0.0
        while True:
            answer = self._sent(method, path, values)
            if answer.status_code < 300:
                return answer
            problem = refusal_of(answer)
            if not isinstance(problem, TooMany) or waited + problem.wait > self.patience:
                raise problem
            self.sleep(problem.wait)
            waited += problem.wait

    def _sent(self, method: str, path: str, values: Mapping[str, Any]) -> requests.Response:
        try:
            return self.session.request(method, self.url + path, timeout=self.timeout, allow_redirects=False, **values)
        except requests.RequestException as problem:
            raise Unreachable(f"{method} {self.url}{path}: {type(problem).__name__}") from problem


def refusal_of(answer: requests.Response) -> ClientError:
    """The site's refusal as an error of its kind."""
    try:
        told = answer.json()["error"]
        values = {"message": str(told["message"]), "code": str(told["code"]), "field": told["field"]}
    except (ValueError, KeyError, TypeError):
        values = {"message": f"{answer.request.method} {answer.url} was answered with {answer.status_code}"}
    problem = kind_of(answer.status_code)(status=answer.status_code, **values)
    if isinstance(problem, TooMany):
        problem.wait = float(answer.headers.get("Retry-After") or WAIT)
    return problem


def _of_query(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else plain(value)
