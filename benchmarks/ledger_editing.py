"""Many people who edit the same tasks at once, through a server with threads as in use: what was saved, what was refused, what was lost."""

from __future__ import annotations

import logging
import random
import re
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from benchmarks.ledger_rows import World
from django.test import Client
from tests.factories.web import make_person
from waitress.server import create_server

from lantu_web.accounts.enums import Role
from lantu_web.tasks.models import Change, Task

TASKS = 40  # fewer than people: so that they meet
PAUSE = 0.5  # seconds that somebody looks before the next change
SECRET = "c" * 32  # of the form: the same in cookie and header
ROW = re.compile(r'data-revision="(\d+)"')


@dataclass
class Told:
    """What all of them met."""

    answers: Counter[str] = field(default_factory=Counter)
    saved: list[tuple[int, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def edit_at_once(world: World, *, people: int, seconds: int) -> int:
    """1 where something was lost or broken."""
    from django.core.handlers.wsgi import WSGIHandler

    logging.getLogger("django.request").setLevel(logging.ERROR)  # that somebody was quicker is what is asked for here
    sessions = [_session(world, number) for number in range(people)]
    tasks = world.open_tasks[:TASKS]
    before = dict(Task.objects.filter(pk__in=tasks).values_list("pk", "revision"))
    server = create_server(WSGIHandler(), host="127.0.0.1", port=0, threads=8, clear_untrusted_proxy_headers=True)
    threading.Thread(target=server.run, daemon=True).start()
    told, end = Told(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_edit, args=(int(server.effective_port), world.zone.slug, session, number, tasks, told, end))
        for number, session in enumerate(sessions)
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.task_dispatcher.shutdown(timeout=5)
    server.close()
    return _report(told, before, people, seconds)


def _session(world: World, number: int) -> str:
    user = make_person(Role.PLANNING_OFFICER, world.zone, None, username=f"editor{number}")[0]
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies["sessionid"].value)


def _edit(port: int, zone: str, session: str, number: int, tasks: tuple[int, ...], told: Told, end: float) -> None:
    """Look at a task, think, change its title as it was seen; again and again."""
    chance = random.Random(number)
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={session}; csrftoken={SECRET}", "X-CSRFToken": SECRET, "HX-Request": "true"}
    turn = 0
    while time.monotonic() < end:
        task, turn = chance.choice(tasks), turn + 1
        address, value = f"/z/{zone}/ledger/tasks/{task}/title/", f"{number}号改第{turn}次"
        status, page = _ask(connection, "GET", f"{address}?plain=1", None, headers)
        seen = ROW.search(page)
        if status != 200 or seen is None:
            _note(told, f"GET {status}", None, 0)
            continue
        time.sleep(chance.uniform(0, 2 * PAUSE))
        begun = time.perf_counter()
        body = urlencode({"expected": seen[1], "value": value})
        status, _page = _ask(connection, "POST", address, body, {**headers, "Content-Type": "application/x-www-form-urlencoded"})
        _note(told, f"POST {status}", (task, value) if status == 200 else None, time.perf_counter() - begun)


def _ask(connection: HTTPConnection, method: str, address: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
    connection.request(method, address, body=body, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _note(told: Told, answer: str, saved: tuple[int, str] | None, seconds: float) -> None:
    with told.lock:
        told.answers[answer] += 1
        if seconds:
            told.seconds.append(seconds)
        if saved:
            told.saved.append(saved)


def _report(told: Told, before: dict[int, int], people: int, seconds: int) -> int:
    """Every save that was answered with success is a step of its task's history, each step begins where the one before it ended."""
    lost = _lost(told, before)
    broken = sum(count for answer, count in told.answers.items() if answer not in ("POST 200", "POST 409"))
    print(f"{people} people, {seconds} seconds, {len(before)} tasks: {dict(sorted(told.answers.items()))}")
    if told.seconds:
        p95 = statistics.quantiles(told.seconds, n=20)[-1]
        print(f"a save takes {statistics.median(told.seconds) * 1000:.0f} ms at the median, {p95 * 1000:.0f} ms at the 95th percentile")
    print(f"{len(told.saved)} saved, {lost} lost, {broken} broken answers")
    return 1 if lost or broken else 0


def _lost(told: Told, before: dict[int, int]) -> int:
    steps: dict[int, list[Change]] = {pk: [] for pk in before}
    for change in Change.objects.filter(task__in=before, action="task.change").order_by("revision", "pk"):
        if change.revision > before[change.task_id]:
            steps[change.task_id].append(change)
    found = Counter((pk, _title(change.after)) for pk, changes in steps.items() for change in changes)
    missing = sum((Counter(told.saved) - found).values())
    torn = sum(
        _title(later.before) != _title(earlier.after) or later.revision != earlier.revision + 1
        for changes in steps.values() for earlier, later in pairwise(changes)
    )  # fmt: skip
    wrong = sum(bool(changes) and Task.objects.get(pk=pk).title != _title(changes[-1].after) for pk, changes in steps.items())
    return missing + torn + wrong


def _title(values: Any) -> str:
    return str((values or {}).get("title"))
