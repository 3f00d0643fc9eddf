"""Asking: what comes back, how often it is tried, and that nothing can make it wait or grow without bound."""

from __future__ import annotations

import time

import pytest
from tests.factories.fake_endpoint import FakeServer, completion, fails, reply, says

from lantu.assist import Endpoint
from lantu.assist.endpoint import ask
from lantu.errors import AssistError

QUESTION = [{"role": "user", "content": "问"}]


def test_the_answer_is_the_text_of_the_first_choice(server: FakeServer) -> None:
    server.answers = [says("答")]
    assert ask(server.endpoint(), QUESTION) == "答"
    assert server.requests == [{"model": "small", "messages": QUESTION, "temperature": 0, "response_format": {"type": "json_object"}}]


@pytest.mark.parametrize("tail", ["", "/", "/chat/completions", "/chat/completions/"])
def test_the_address_may_be_given_with_or_without_its_path(server: FakeServer, tail: str) -> None:
    server.answers = [says("答")]
    ask(server.endpoint(url=server.url + tail), QUESTION)
    assert server.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize(("key", "sent"), [("secret", "Bearer secret"), (None, None)])
def test_the_key_goes_into_its_header_only(server: FakeServer, key: str | None, sent: str | None) -> None:
    server.answers = [says("答")]
    endpoint = server.endpoint(key=key)
    ask(endpoint, QUESTION)
    assert server.headers[0].get("Authorization") == sent
    assert "secret" not in repr(endpoint)
    assert "secret" not in str(server.requests)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_failure_is_tried_again(server: FakeServer, status: int) -> None:
    server.answers = [fails(status), fails(status), says("答")]
    assert ask(server.endpoint(retries=2), QUESTION) == "答"


def test_a_lasting_500_is_an_error_after_the_last_try(server: FakeServer) -> None:
    server.answers = [fails(500)]
    with pytest.raises(AssistError, match="answered with status 500"):
        ask(server.endpoint(retries=2), QUESTION)
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal_is_not_tried_again(server: FakeServer, status: int) -> None:
    server.answers = [fails(status)]
    with pytest.raises(AssistError, match=f"status {status}"):
        ask(server.endpoint(), QUESTION)
    assert len(server.requests) == 1


def test_a_redirect_is_not_followed(server: FakeServer) -> None:
    """The key was given for one address."""
    server.answers = [lambda handler, _: reply(handler, b"", 307, Location=server.url + "/elsewhere")]
    with pytest.raises(AssistError, match="status 307"):
        ask(server.endpoint(key="secret"), QUESTION)
    assert server.paths == ["/v1/chat/completions"]


def test_silence_ends_at_the_timeout(server: FakeServer) -> None:
    server.answers = [lambda *_: server.leave.wait(10) and None]
    started = time.monotonic()
    with pytest.raises(AssistError, match=r"did not answer within 0\.2 s"):
        ask(server.endpoint(timeout_seconds=0.2, retries=0), QUESTION)
    assert time.monotonic() - started < 5


def test_a_trickle_ends_at_the_timeout_too(server: FakeServer) -> None:
    """Each byte comes in time for the socket; the whole answer never does."""

    def trickle(handler, _) -> None:  # type: ignore[no-untyped-def]
        handler.send_response(200)
        handler.end_headers()
        while not server.leave.wait(0.05):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    server.answers = [trickle]
    with pytest.raises(AssistError, match=r"did not answer within 0\.3 s"):
        ask(server.endpoint(timeout_seconds=0.3, retries=0), QUESTION)


def test_an_answer_without_end_is_cut_off(server: FakeServer) -> None:
    server.answers = [says("长" * 5_000)]
    with pytest.raises(AssistError, match="more than 1,000 bytes"):
        ask(server.endpoint(answer_bytes=1_000), QUESTION)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "nothing at all"),
        (b"<html>login</html>", "a page of something else"),
        (b"[" * 100_000, "nested too deep to read"),
        (b"{}", "no choices"),
        (b'{"choices": []}', "an empty list of choices"),
        (b'{"choices": {"0": 1}}', "choices that are no list"),
        (b'{"choices": [{"message": {"content": null}}]}', "no text"),
        (b'{"choices": [{"message": {"content": ["a"]}}]}', "a text that is none"),
        (b"\xff\xfe\xfa", "no text in UTF-8"),
    ],
)
def test_what_is_no_chat_completion_is_an_error(server: FakeServer, body: bytes, why: str) -> None:
    server.answers = [lambda handler, _: reply(handler, body)]
    with pytest.raises(AssistError, match=r"no chat completion|no text"):
        ask(server.endpoint(), QUESTION)


def test_a_connection_cut_off_half_way_is_tried_again(server: FakeServer) -> None:
    def cut(handler, _) -> None:  # type: ignore[no-untyped-def]
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(completion("半")[:20])

    server.answers = [cut, says("答")]
    assert ask(server.endpoint(), QUESTION) == "答"


def test_nobody_there_names_the_address() -> None:
    endpoint = Endpoint(url="http://127.0.0.1:9/v1", model="small", retries=0, timeout_seconds=2)
    with pytest.raises(AssistError, match="cannot be reached") as caught:
        ask(endpoint, QUESTION)
    assert str(caught.value).startswith("http://127.0.0.1:9/v1: ")


@pytest.mark.parametrize(
    "url", ["", "localhost:8080", "file:/etc/passwd", "ftp://host/v1", "http://", "http://host:99999/v1", "http://[::1/v1"]
)
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(AssistError, match=r"is no http\(s\) address"):
        Endpoint(url=url, model="small")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(AssistError) as caught:
        Endpoint(url="http://me:secret@host/v1", model="small")
    assert "secret" not in str(caught.value)
