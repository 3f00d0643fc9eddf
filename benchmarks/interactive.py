"""The workbench in a real browser: until it answers a key, and how smoothly its text scrolls.

``python benchmarks/interactive.py`` lays the plan of ``benchmarks/workbench.py`` out in a temporary folder, starts ``lantu-web serve`` on
it, opens the workbench in a headless Chromium and counts, by the page's own clock from the beginning of the navigation, until ``j``,
pressed as soon as the page says that it is ready, has brought the focus to the first candidate (answers), and until a frame that shows it
is painted (seen). Before each, server and browser rest for a moment, as before a click. First is a browser that comes from the page of the
plan and has never seen a workbench, as everybody does once; again is one that has. What is judged is when it answers, by the clock on the
wall, which server and browser share with all else that runs; beside it stands how long the page's main thread kept a core busy. Ends with 1
where the bound is missed.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.answers import p95, set_up
from benchmarks.workbench import laid_out
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.chromium import FLAGS, chromium

BOUND = 1000  # milliseconds
FRAME = 50  # milliseconds; a frame that takes longer is seen as a jerk
REST = 700  # milliseconds in which the browser ends what it still did for the page before; nobody clicks sooner
STEP = 200  # pixels a frame
LOADED = "() => { const [n] = performance.getEntriesByType('navigation'); return [n.responseEnd, n.domContentLoadedEventEnd]; }"
WATCH = """
    new MutationObserver((_changes, watch) => { watch.disconnect(); console.debug('ready'); })
        .observe(document, { subtree: true, attributes: true, attributeFilter: ['data-ready'] });
    document.addEventListener('focusin', ({ target }) => {
        if (!target.matches('[data-candidate]')) return;
        window.answered ??= performance.now();
        requestAnimationFrame(() => setTimeout(() => {
            if (!window.seen) console.debug('seen');
            window.seen ??= performance.now();
        }));
    });
"""  # what the page itself does to be watched: little, since it runs while the clock does; nobody asks it, it tells
SEEN = "() => [window.answered, window.seen]"
SCROLL = """step => new Promise(done => {
    let pane = document.getElementById('wb-text');
    while (pane.parentElement && !(pane.scrollHeight > pane.clientHeight && /auto|scroll/.test(getComputedStyle(pane).overflowY)))
        pane = pane.parentElement;
    const frames = [];
    let last = performance.now();
    const next = now => {
        frames.push(now - last);
        last = now;
        const before = pane.scrollTop;
        pane.scrollTop += step;
        pane.scrollTop > before ? requestAnimationFrame(next) : done(frames.slice(1));
    };
    requestAnimationFrame(next);
})"""


class Opened(NamedTuple):
    """Milliseconds from the beginning of the navigation."""

    received: float
    parsed: float
    answered: float
    seen: float
    busy: float  # of a core, by the main thread of the page


def main() -> int:
    arguments = _arguments()
    program = chromium()
    if program is None:
        raise SystemExit("no Chromium on this machine: set LANTU_CHROMIUM to one")
    with tempfile.TemporaryDirectory(prefix="lantu-bench-") as folder:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
        set_up(Path(folder), "lantu_web.settings.dev")
        plan, client = laid_out(arguments.characters, arguments.candidates)
        path, session = f"/z/{plan.zone.slug}/plans/{plan.pk}/review/", client.cookies["sessionid"].value
        with _served() as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            measured, frames = _measure(browser, site, path, session, arguments.times)
            browser.close()
    return _report(measured, frames)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=70_000)
    parser.add_argument("--candidates", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=20, help="how often it is opened, first and again each")
    return parser.parse_args()


@contextmanager
def _served() -> Iterator[str]:
    """The site as it is served, in a process of its own that has answered once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "lantu_web", "serve", "--port", str(port), "--workers", "0"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_it_answers(f"http://127.0.0.1:{port}/login/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _until_it_answers(url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _measure(browser: Browser, site: str, path: str, session: str, times: int) -> tuple[dict[str, list[Opened]], list[float]]:
    measured: dict[str, list[Opened]] = {"first": [], "again": []}
    frames: list[float] = []
    for _time in range(times + 1):
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page = _page(context, site, session)
        page.goto(site + path.removesuffix("review/"))
        measured["first"].append(_open(page, site + path))
        page.close()
        page = _page(context, site, session)
        measured["again"].append(_open(page, site + path))
        frames = page.evaluate(SCROLL, STEP)
        context.close()
    return {name: opened[1:] for name, opened in measured.items()}, frames  # the first round woke the server


def _page(context: BrowserContext, site: str, session: str) -> Page:
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return context.new_page()


def _open(page: Page, url: str) -> Opened:
    page.wait_for_timeout(REST)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.add_init_script(WATCH)
    with page.expect_console_message(lambda told: told.text == "ready"):
        page.goto(url, wait_until="commit")
    with page.expect_console_message(lambda told: told.text == "seen"):
        page.keyboard.press("j")
    answered, seen = page.evaluate(SEEN)
    received, parsed = page.evaluate(LOADED)
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return Opened(received, parsed, answered, seen, metrics["TaskDuration"] * 1000)


def _report(measured: dict[str, list[Opened]], frames: list[float]) -> int:
    missed = False
    heads = f"{'answers p50':>13}{'answers p95':>13}{'bound':>8}{'seen p50':>10}{'seen p95':>10}{'busy':>8}"
    print(f"{'':8}{'times':>6}{'received':>10}{'parsed':>10}{heads}")
    for name, opened in measured.items():
        answered = [one.answered for one in opened]
        is_missed = p95(answered) > BOUND
        missed |= is_missed
        middle = Opened._make(map(statistics.median, zip(*opened, strict=True)))
        print(f"{name:8}{len(opened):>6}{middle.received:>10.0f}{middle.parsed:>10.0f}{middle.answered:>13.0f}{p95(answered):>13.0f}"
              f"{BOUND:>8}{middle.seen:>10.0f}{p95([one.seen for one in opened]):>10.0f}{middle.busy:>8.0f}"
              f"{'  missed' if is_missed else ''}")  # fmt: skip
    slow = [frame for frame in frames if frame > FRAME]
    print(f"scrolling through the text, {STEP} pixels a frame: {len(frames)} frames, {len(slow)} longer than {FRAME} ms, "
          f"median {statistics.median(frames):.0f} ms, longest {max(frames):.0f} ms")  # fmt: skip
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
