"""A model server on this machine that answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lantu.assist import Endpoint

Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class FakeServer:
    """``answers`` are used in turn, the last one for ever; ``requests`` are what was asked."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    leave: threading.Event = field(default_factory=threading.Event)

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def endpoint(self, **options: Any) -> Endpoint:
        return Endpoint(**({"url": self.url, "model": "small", "pause_seconds": 0.0, "timeout_seconds": 5.0} | options))


def reply(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def completion(content: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def says(content: str) -> Answer:
    """A chat completion with this text."""
    return lambda handler, _: reply(handler, completion(content))


def finds(**kinds: list[dict[str, Any]]) -> Answer:
    """A chat completion with these candidates, and none of the other kinds."""
    return says(json.dumps({"figures": [], "projects": [], "mechanisms": []} | kinds, ensure_ascii=False))


def fails(status: int) -> Answer:
    return lambda handler, _: reply(handler, b"no", status)


@contextmanager
def serving() -> Iterator[FakeServer]:
    """A server that listens while the block runs."""
    fake = FakeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            fake.headers.append(dict(self.headers))
            fake.paths.append(self.path)
            fake.next_answer()(self, fake.requests[-1])

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    fake.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield fake
    fake.leave.set()
    http.shutdown()
    thread.join()
    http.server_close()
