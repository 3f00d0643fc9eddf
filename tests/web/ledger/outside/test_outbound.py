"""What is sent reaches only machines that may be reached, and nobody waits for an answer for ever."""

from __future__ import annotations

import socket
import time
from ipaddress import ip_network
from typing import Any

import pytest
from tests.factories.receiver import Receiver

from lantu_web.lib import outbound
from lantu_web.lib.errors import Invalid
from lantu_web.lib.outbound import Unreachable, checked, post

OFFICE = [ip_network("10.20.0.0/16"), ip_network("fd00:20::/32")]
BARRED = [
    "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.5/", "https://192.168.1.1/", "https://169.254.169.254/latest/", "https://0.0.0.0/",
    "https://224.0.0.1/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[fe80::1]/",
    "https://[fd00:21::1]/", "http://8.8.8.8/", "https://100.64.0.1/",
]  # fmt: skip
NONSENSE = [
    "", "x", "ftp://host.example/", "//host.example/", "https://", "https:///path", "https://user:pass@host.example/", "https://host.example/#part",
    "https://host.example:99999/", "https://host.example/a b", "https://主机.example/", "https://host.example/\n", "https://h/" + "x" * 300, "https://[::1/",
]  # fmt: skip
SOUND = ["https://host.example/path?x=1", "http://ledger.internal:8080/", "http://10.20.3.4/", "https://8.8.8.8/", "http://[fd00:20::7]/hook"]


def resolved(monkeypatch: pytest.MonkeyPatch, *machines: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (machine, 443)) for machine in machines]
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *_args, **_kwargs: found)


@pytest.mark.parametrize("url", BARRED)
def test_addresses_that_the_site_alone_can_reach_are_refused(url: str) -> None:
    with pytest.raises(Invalid) as caught:
        checked(url, allowed=OFFICE, field="url")
    assert caught.value.field == "url"
    with pytest.raises(Unreachable):
        post(url, body=b"", headers={}, allowed=OFFICE, seconds=1)


@pytest.mark.parametrize("url", NONSENSE)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid, match=r"https://host\.example/path"):
        checked(f"{url}x" if url.endswith("\n") else url, allowed=OFFICE, field="url")


@pytest.mark.parametrize("url", SOUND)
def test_sound_addresses_are_kept_as_they_are(url: str) -> None:
    assert checked(f" {url} ", allowed=OFFICE, field="url") == url


@pytest.mark.parametrize("machines", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("169.254.169.254",)])
def test_a_name_is_judged_by_every_machine_that_it_stands_for(machines: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, *machines)
    with pytest.raises(Unreachable, match="LANTU_WEBHOOK_NETWORKS"):
        post("https://host.example/", body=b"", headers={}, allowed=OFFICE, seconds=1)


def test_the_connection_goes_to_the_machine_that_was_judged(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is asked once: what it answers a moment later does not count."""
    asked: list[str] = []

    def answer(host: str, *_args: Any, **_kwargs: Any) -> Any:
        asked.append(host)
        machine = "127.0.0.1" if len(asked) == 1 else "192.0.2.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (machine, 80))]

    port = receiver.url.split(":")[2].split("/")[0]
    real = socket.getaddrinfo
    monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda host, *a, **k: answer(host) if host == "rebound.example" else real(host, *a, **k))
    status = post(f"http://rebound.example:{port}/x?y=1", body=b"{}", headers={"A": "b"}, allowed=[ip_network("127.0.0.0/8")], seconds=2)
    (received,) = receiver.received
    assert (status, asked, received.path, received.headers["Host"]) == (204, ["rebound.example"], "/x?y=1", f"rebound.example:{port}")


def test_a_redirect_is_an_answer_and_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [302]
    assert post(receiver.url, body=b"", headers={}, allowed=[ip_network("127.0.0.0/8")], seconds=2) == 302
    assert len(receiver.received) == 1


def test_who_answers_too_late_is_cut_off(receiver: Receiver) -> None:
    receiver.sleeps, begun = 1.5, time.monotonic()
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        post(receiver.url, body=b"", headers={}, allowed=[ip_network("127.0.0.0/8")], seconds=0.3)
    assert time.monotonic() - begun < 1.2


def test_nobody_listens_and_nobody_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:1"):
        post("http://127.0.0.1:1/", body=b"", headers={}, allowed=[ip_network("127.0.0.0/8")], seconds=1)

    def unknown(*_args: Any, **_kwargs: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(outbound.socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match=r"nobody\.example"):
        post("https://nobody.example/", body=b"", headers={}, allowed=[], seconds=1)


def test_a_receiver_without_encryption_is_no_https(receiver: Receiver) -> None:
    with pytest.raises(Unreachable):
        post(receiver.url.replace("http:", "https:"), body=b"", headers={}, allowed=[ip_network("127.0.0.0/8")], seconds=1)
    assert receiver.received == []
