"""kill -9 in the middle: of a worker that reads, of a server that takes a file in. A restart loses nothing and doubles nothing."""

from __future__ import annotations

import http.client
import os
import signal
import socket
from contextlib import closing
from pathlib import Path

import pytest
from tests.web.jobs.conftest import VERIFY, Site

SETUP = """
import django; django.setup()
from tests.factories.web import make_person, make_plan, make_unit, make_zone
from lantu_web.accounts.enums import Role
from lantu_web.documents.commands import readings
from lantu_web.documents.commands.store import store
zone = make_zone(); unit = make_unit(zone)
_user, officer = make_person(Role.PLANNING_OFFICER, zone, unit, username="officer")
plan = make_plan(zone, unit=unit)
items = "\\n".join(f"{n}.建设第{n}产业园。加快建设第{n}产业园，到2030年产值达到{n}亿元。" for n in range(1, 600))
original = store(by=officer, chunks=[f"云溪规划\\n第一章 任务\\n{items}\\n".encode()], file_name="规划.txt")
readings.start(by=officer, original=original, file_name="规划.txt", purpose="review", purpose_id=plan.pk)
"""
STATE = "select state, attempts, stage from documents_reading"
COUNTS = (
    "select (select count(*) from plans_candidate where kind = 'task'), (select count(*) from documents_readingresult), "
    "(select count(distinct position) = count(*) from plans_sentence), (select state from plans_plan)"
)


@pytest.mark.parametrize("stage", ["opening", "compiling", "storing"])
def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(site: Site, stage: str) -> None:
    first = site.start("worker")
    site.until(lambda: site.ask(STATE)[0][2] in (stage, "finished"))
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    site.start("worker")
    site.until(lambda: site.ask(STATE)[0][0] == "done")
    assert site.ask(COUNTS) == [(99, 1, 1, "in_review")]
    assert site.ask("select count(*) from audit_entry where action = 'plan.lay_out'") == [(1,)]
    site.run(VERIFY)


def test_what_a_killed_worker_of_the_server_held_waits_for_no_lease(site: Site) -> None:
    site.environment["LANTU_LEASE_SECONDS"] = "3600"
    server = site.start("serve", "--port", str(free_port()), "--workers", "1")
    site.until(lambda: site.ask(STATE)[0][2] in ("opening", "repairing", "compiling"))
    (worker,) = children(server.pid)
    os.kill(worker, signal.SIGKILL)
    site.until(lambda: site.ask(STATE)[0][0] == "done")
    assert site.ask(STATE) == [("done", 2, "finished")]
    assert site.ask(COUNTS) == [(99, 1, 1, "in_review")]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_a_server_killed_in_the_middle_of_an_upload_keeps_no_row(site: Site) -> None:
    port = free_port()
    server = site.start("serve", "--port", str(port), "--workers", "0")

    def answers() -> bool:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/login/")
                return connection.getresponse().status == 200
        except OSError:
            return False

    site.until(answers)
    before = site.ask("select count(*) from documents_original")
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = "POST /z/yunxi/plans/1/upload/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n"
        line.sendall(head.encode() + b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + b"x" * 3_000_000)
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    assert site.ask("select count(*) from documents_original") == before
    assert not [path for path in (site.folder / "files").rglob("*") if path.is_file() and len(path.name) != 64]


def test_serve_ends_its_workers_and_follows_one_that_dies(site: Site) -> None:
    server = site.start("serve", "--port", str(free_port()), "--workers", "1")
    site.until(lambda: site.ask(STATE)[0][0] == "done")
    first = children(server.pid)
    os.kill(next(iter(first)), signal.SIGKILL)
    site.until(lambda: bool(children(server.pid) - first))
    second = children(server.pid)
    server.terminate()
    server.wait(60)
    assert not any(Path(f"/proc/{pid}").exists() for pid in first | second)


def test_workers_end_with_a_server_that_is_killed(site: Site) -> None:
    server = site.start("serve", "--port", str(free_port()), "--workers", "1")
    site.until(lambda: bool(children(server.pid)))
    workers = children(server.pid)
    server.kill()
    server.wait()
    site.until(lambda: not any(is_alive(pid) for pid in workers))


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def children(pid: int) -> set[int]:
    """Of a process, those that live."""
    found = {int(path.name): path for path in Path("/proc").iterdir() if path.name.isdigit()}
    return {child for child in found if is_alive(child) and _parent(child) == pid}


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except FileNotFoundError:
        return 0
