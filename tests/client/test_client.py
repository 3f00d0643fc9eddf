"""The client by itself: records are frozen and sure of their types, refusals are errors of one root, lists fetch page by page."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lantu_client import (
    Client,
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
)
from lantu_client.reading import plain, record
from lantu_client.records import Node, Ref, Webhook

NODE = {"id": 1, "year": 2026, "quarter": 2, "due_on": "2026-06-30", "text": "开工", "value": "12.5", "done_on": None, "revision": 3}
HOOK = {"id": 1, "url": "https://x.example/", "events": ["task.changed"], "is_active": True, "waiting": 0, "lost": 0, "revision": 1}


@dataclass
class Site:
    """Answers with ``answers`` in order: (status, body or bytes, headers)."""

    url: str = ""
    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def answer(self, status: int, body: Any = None, **headers: str) -> None:
        self.answers.append((status, body, headers))

    def refuse(self, status: int, code: str = "x", message: str = "不行", where: str | None = None, **headers: str) -> None:
        self.answer(status, {"error": {"code": code, "message": message, "field": where}}, **headers)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found.asked.append((self.command, self.path, dict(self.headers.items()), body))
            status, told, headers = found.answers.pop(0)
            data = told if isinstance(told, bytes) else b"" if told is None else json.dumps(told).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = any  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(site: Site, waits: list[float]) -> Iterator[Client]:
    found = Client(f"{site.url}/", "lantu_kept", language="en", sleep=waits.append, patience=10)
    yield found
    found.transport.session.close()


def test_a_record_is_frozen_and_of_its_types() -> None:
    node = record(Node, {**NODE, "added_later": 1})
    assert node == Node(id=1, year=2026, quarter=2, due_on=date(2026, 6, 30), text="开工", value=Decimal("12.5"), done_on=None, revision=3)
    with pytest.raises(FrozenInstanceError):
        node.text = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"due_on": "soon"}, "Node.due_on"), ({"due_on": None}, "Node.due_on"), ({"year": "2026"}, "Node.year"), ({"year": True}, "Node.year"),
        ({"value": "viel"}, "Node.value"), ({"value": 12.5}, "Node.value"), ({"text": 5}, "Node.text"),
    ],
)  # fmt: skip
def test_another_type_is_not_taken_for_it(values: dict[str, Any], told: str) -> None:
    with pytest.raises(Unexpected, match=told.replace(".", r"\.")):
        record(Node, {**NODE, **values})


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Unexpected, match="Ref: name is missing"):
        record(Ref, {"id": 1})
    with pytest.raises(Unexpected, match="expected an object"):
        record(Ref, [1])


def test_values_of_a_request_are_plain() -> None:
    given = {"unit": Ref(7, "局"), "day": date(2026, 1, 2), "number": Decimal("0.10"), "many": (Ref(1, "a"), 2), "none": None, "yes": True}
    assert plain(given) == {"unit": 7, "day": "2026-01-02", "number": "0.10", "many": [1, 2], "none": None, "yes": True}
    assert plain(datetime(2026, 1, 2, 3, 4)) == "2026-01-02T03:04:00"


def test_every_call_bears_the_token_and_the_language(client: Client, site: Site) -> None:
    site.answer(200, {"id": 1, "username": "zhao", "name": "赵启明", "roles": ["leader"], "unit_ids": [3], "zone": None})
    assert client.me().roles == ("leader",)
    method, path, headers, _body = site.asked[0]
    assert (method, path, headers["Authorization"], headers["Accept-Language"]) == ("GET", "/api/v1/me", "Bearer lantu_kept", "en")
    assert "lantu_kept" not in repr(client)


def test_a_password_that_the_machine_keeps_does_not_take_the_tokens_place(client: Client, site: Site, tmp_path: Any, monkeypatch: Any) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login x password y\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    site.answer(200, HOOK)
    client.transport.get(Webhook, "/webhooks/1")
    assert site.asked[0][2]["Authorization"] == "Bearer lantu_kept"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, Invalid), (401, Unauthorised), (403, Forbidden), (404, NotFound), (409, Conflict), (422, Invalid), (500, ServerFault), (503, ServerFault), (302, Unexpected)],
)
def test_a_refusal_is_an_error_of_its_kind(status: int, kind: type[ClientError], client: Client, site: Site) -> None:
    site.refuse(status, "code", "标题不能为空。", "title")
    with pytest.raises(ClientError) as caught:
        client.transport.post(Webhook, "/webhooks")
    problem = caught.value
    assert (type(problem), problem.status, problem.code, problem.field, str(problem)) == (kind, status, "code", "title", "title: 标题不能为空。")


def test_an_answer_that_is_no_lantu(client: Client, site: Site) -> None:
    site.answer(502, b"<html>")
    with pytest.raises(ServerFault, match="502"):
        client.me()
    site.answer(200, b"<html>")
    with pytest.raises(Unexpected, match="no JSON"):
        client.me()
    site.answer(200, {"items": 1})
    with pytest.raises(Unexpected, match="page of a list"):
        client.plans().all()


def test_nobody_there() -> None:
    with pytest.raises(Unreachable, match="ConnectionError"):
        Client("http://127.0.0.1:1", "x").me()


def test_a_redirect_is_not_followed_with_the_token(client: Client, site: Site) -> None:
    site.answer(302, b"", Location=f"{site.url}/elsewhere")
    with pytest.raises(Unexpected):
        client.me()
    assert len(site.asked) == 1


def test_too_many_calls_wait_as_told_and_are_made_again(client: Client, site: Site, waits: list[float]) -> None:
    site.refuse(429, "too_many", Retry_After="4")
    site.refuse(429, "too_many", Retry_After="5")
    site.answer(200, HOOK)
    assert client.transport.get(Webhook, "/webhooks/1").events == ("task.changed",)
    assert waits == [4.0, 5.0]
    site.refuse(429, "too_many", Retry_After="11")
    with pytest.raises(TooMany) as caught:
        client.me()
    assert (caught.value.wait, waits) == (11.0, [4.0, 5.0])


def pages(site: Site, total: int, *sizes: int) -> None:
    for number, size in enumerate(sizes, 1):
        site.answer(200, {"items": [{**HOOK, "id": 1000 * number + at} for at in range(size)], "total": total, "page": number, "page_size": 200})


def test_a_list_is_fetched_page_by_page_as_it_is_needed(client: Client, site: Site) -> None:
    pages(site, 401, 200, 200, 1)
    found = iter(client.webhooks.list())
    next(found)
    assert len(site.asked) == 1
    assert len(list(found)) == 400
    assert [parse_qs(urlsplit(path).query) for _m, path, _h, _b in site.asked] == [{"page": [str(number)], "page_size": ["200"]} for number in (1, 2, 3)]


def test_an_empty_list_and_one_that_shrinks_meanwhile_end(client: Client, site: Site) -> None:
    pages(site, 0, 0)
    assert client.webhooks.list().all() == []
    pages(site, 300, 200, 0)
    assert len(client.webhooks.list().all()) == 200
    pages(site, 5, 1, 1)
    assert (client.webhooks.list().total, client.webhooks.list().first().id) == (5, 2000)  # type: ignore[union-attr]


def test_filters_stand_in_the_address(client: Client, site: Site) -> None:
    site.answer(200, {"items": [], "total": 0})
    assert client.signatures.find(mine=True, plan=3, state=None).all() == []
    assert parse_qs(urlsplit(site.asked[0][1]).query) == {"mine": ["true"], "plan": ["3"], "page": ["1"], "page_size": ["200"]}


def exchange(state: str, percent: int = 0) -> dict[str, Any]:
    return {"id": 4, "kind": "export_ledger", "state": state, "percent": percent, "file_name": "台账.xlsx", "told": {}, "problem": "坏了", "revision": 1}


def test_a_file_is_waited_for(client: Client, site: Site, waits: list[float]) -> None:
    for state in ("queued", "running", "ready"):
        site.answer(202 if state == "queued" else 200, exchange(state))
    site.answer(200, b"PK")
    asked = client.files.ask(query="state=sent")
    assert json.loads(site.asked[0][3]) == {"kind": "export_ledger", "query": "state=sent"}
    done = client.files.wait(asked, pause=2)
    assert (done.state, waits, client.files.download(done)) == ("ready", [2, 2], b"PK")
    site.answer(200, exchange("failed"))
    with pytest.raises(ServerFault, match="坏了"):
        client.files.wait(asked)
    site.answer(200, exchange("running"))
    with pytest.raises(ServerFault, match="not ready after 1 seconds"):
        client.files.wait(asked, seconds=1)


def test_a_token_from_a_file_is_taken_without_the_end_of_its_line(site: Site) -> None:
    site.answer(200, {"items": [], "total": 0, "page": 1, "page_size": 100})
    Client(site.url, " geheim\n").tasks.find().all()
    assert site.asked[0][2]["Authorization"] == "Bearer geheim"


@pytest.mark.parametrize("token", ["ge\nheim", "ge heim", "geheim密"])
def test_what_is_no_token_is_refused_without_being_told(token: str, site: Site) -> None:
    with pytest.raises(ClientError) as caught:
        Client(site.url, token)
    assert "heim" not in str(caught.value)


def test_a_filter_that_is_not_known_finds_nothing(site: Site) -> None:
    client = Client(site.url, "t")
    with pytest.raises(TypeError, match="unitt"):
        client.tasks.find(unitt=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="yeer"):
        client.plans(yeer=2026)  # type: ignore[call-arg]
