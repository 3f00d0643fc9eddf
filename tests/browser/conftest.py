"""A real headless Chromium before a live server; without a Chromium these tests are skipped and say so.

``LANTU_CHROMIUM`` names the program where it lies at no usual place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.browser.chromium import FLAGS, chromium

from lantu_web.accounts.models import User

# Playwright keeps an event loop in this thread, which Django takes for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SIZES = {"laptop": (1366, 768), "desk": (1920, 1080), "phone": (390, 844)}


@dataclass
class Watch:
    """What a page must not do: ask other hosts, or complain in its console (a breach of the content security policy does)."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, url: str) -> None:
        if urlsplit(url).hostname not in ("localhost", "127.0.0.1", None):
            self.foreign.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and "the server responded with a status of" not in text and "Response Status Error Code" not in text:
            self.complaints.append(text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on this machine: set LANTU_CHROMIUM to one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """``open_page(user, size="phone", dark=True, language="en")``: a page in a window of its own, that user logged in.

    Afterwards no page may have asked another host nor have complained in its console; ``page.goto("/…")`` knows the server.
    """
    contexts: list[BrowserContext] = []
    watch = Watch()

    def opened(user: User | None = None, *, size: str = "laptop", dark: bool = False, language: str = "zh-hans", **options: Any) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=live_server.url,
            viewport=ViewportSize(width=width, height=height),
            color_scheme="dark" if dark else "light",
            locale="en-GB" if language == "en" else "zh-CN",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        _enter(context, live_server, user, language)
        page = context.new_page()
        watch.over(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert (watch.foreign, watch.complaints) == ([], [])


def _enter(context: BrowserContext, server: LiveServer, user: User | None, language: str) -> None:
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if user is not None:
        User.objects.filter(pk=user.pk).update(language=language)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in cookies.items()])


@pytest.fixture
def shots(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """``shots(page, "gallery-dark")`` keeps a picture in the folder that LANTU_SHOTS names; nothing where it names none."""
    folder = os.environ.get("LANTU_SHOTS")

    def shot(page: Page, name: str, *, full: bool = False) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=full)

    return shot
