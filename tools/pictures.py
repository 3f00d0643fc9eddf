"""All pictures of screens in README and tutorials, made by walking the tutorial through the demo in Chromium: ``python -m tools.pictures``.

Each language has a demo of its own in a temporary folder, so that both begin alike. Pictures lie in ``docs/images``, 256 colours each.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from tests.browser.chromium import FLAGS, chromium
from tests.browser.journey.tutorial import walk
from tests.browser.journey.walker import Walker
from tools.palette import png

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE = ViewportSize(width=1366, height=768)
SHOWN = (
    "login", "register", "entry", "reading", "review", "edit", "reject", "accept-section", "not-a-task", "accept-chapter", "findings",
    "paper", "approve", "line", "adjustment", "compare",
)  # fmt: skip
IN_ENGLISH = "from lantu_web.accounts.models import User; User.objects.update(language='en')"
OBJECTION = "首年资金尚未落实，请将2026年度目标调减，总目标不变。"
PIXELS = """async source => {
    const picture = await createImageBitmap(await (await fetch(source)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const bytes = context.getImageData(0, 0, picture.width, picture.height).data;
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return [picture.width, picture.height, btoa(text)] }"""


def main() -> None:
    program = chromium()
    if program is None:
        raise SystemExit("no Chromium on this machine: set LANTU_CHROMIUM to one")
    with tempfile.TemporaryDirectory(prefix="lantu-pictures-") as folder, sync_playwright() as playwright:
        _lantu(Path(folder) / "zh", "demo", "--no-serve").wait()
        shutil.copytree(Path(folder) / "zh", Path(folder) / "en")
        _lantu(Path(folder) / "en", "shell", "--command", IN_ENGLISH).wait()
        for language, locale in (("zh", "zh-CN"), ("en", "en-GB")):
            environment = {**os.environ, "LANGUAGE": locale.replace("-", "_")}
            browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, f"--lang={locale}"], env=environment)
            with _served(Path(folder) / language) as (address, password):
                _tutorial(browser, address, password, language, locale)
                _signing(browser, address, password, language, locale)
                if language == "zh":
                    _workbench(browser, address, password, locale)
            browser.close()


def _tutorial(browser: Browser, address: str, password: str, language: str, locale: str) -> None:
    keep, context = Keeper(browser), _context(browser, address, locale)
    seen: set[str] = set()

    def look(page: Page, name: str) -> None:
        if name in SHOWN and name not in seen:
            seen.add(name)
            keep(page, f"tutorial-{language}-{name}")

    walk(Walker(page=context.new_page(), look=look), password, ROOT)
    if missing := set(SHOWN) - seen:
        raise SystemExit(f"the walk came by nothing called {', '.join(sorted(missing))}")
    context.close()


def _signing(browser: Browser, address: str, password: str, language: str, locale: str) -> None:
    """The demo's divided scheme: proposals as the planning office sees them, what waits for a unit, an objection being written."""
    keep = Keeper(browser)
    for username in ("planner", "contact"):
        context = _context(browser, address, locale)
        page = context.new_page()
        Walker(page=page).log_in(username, password)
        if username == "planner":
            page.goto("/z/yunxi/plans/")
            page.locator('a[href*="/plans/"]:has-text("实施方案")').first.click()
            page.locator('.tabs a[href$="/division/"]').click()
            page.locator('.table tbody a[href*="/chapters/"]').nth(1).click()
            keep(page, f"tutorial-{language}-proposals")
        else:
            page.goto("/z/yunxi/my-unit/")
            keep(page, f"tutorial-{language}-my-unit")
            page.locator('#to-sign a[href*="/signatures/"].btn').first.click()
            page.locator('main a[href$="/object/"]').click()
            page.locator("#id_reason").fill(OBJECTION)
            keep(page, f"tutorial-{language}-object")
        context.close()


def _workbench(browser: Browser, address: str, password: str, locale: str) -> None:
    """The demo's half reviewed plan, in the middle of its work."""
    context = _context(browser, address, locale)
    page = context.new_page()
    walker = Walker(page=page)
    walker.log_in("planner", password)
    page.locator('a[href*="/plans/"]:has-text("第十五个五年规划纲要")').first.click()
    page.locator('.tabs a[href$="/review/"]').click()
    page.locator("#workbench[data-ready=yes]").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.wait_for_timeout(500)
    Keeper(browser)(page, "workbench")
    context.close()


class Keeper:
    """Keeps what a page shows in 256 colours."""

    def __init__(self, browser: Browser) -> None:
        self.desk = browser.new_page()

    def __call__(self, page: Page, name: str) -> None:
        shot = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()
        width, height, pixels = self.desk.evaluate(PIXELS, f"data:image/png;base64,{shot}")
        path = IMAGES / f"{name}.png"
        path.write_bytes(png(width, height, base64.b64decode(pixels)))
        print(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KB")


def _context(browser: Browser, address: str, locale: str) -> BrowserContext:
    context = browser.new_context(base_url=address, viewport=SIZE, locale=locale, timezone_id="Asia/Shanghai", reduced_motion="reduce")
    language = "en" if locale.startswith("en") else "zh-hans"
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    return context


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, str]]:
    """Address and password of the demo in that folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, server = f"http://127.0.0.1:{port}", _lantu(folder, "serve", "--port", str(port), "--workers", "1")
    try:
        _wait_for(f"{address}/login/", server)
        yield address, (folder / "demo-password").read_text(encoding="ascii")
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _try in range(120):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            if server.poll() is not None:
                raise SystemExit("the demo did not start") from None
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"nothing answers at {address}")


def _lantu(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "LANTU_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "lantu_web.settings.dev"}
    return subprocess.Popen([sys.executable, "-m", "lantu_web", *command], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
