"""axe-core over a page in the browser: what is hard to reach for people with impairments, as sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")


def faults(page: Page, *, impacts: tuple[str, ...] = SERIOUS, within: str = "html") -> list[str]:
    """What axe finds in the page as it stands now, ``rule: element (why)``; an empty list where all is well.

    Raises FileNotFoundError before the front end's packages were installed (``make setup``).
    """
    _give(page)
    found: dict[str, Any] = page.evaluate("selector => axe.run(selector, {resultTypes: ['violations']})", within)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))} ({_why(node)})"
        for violation in found["violations"]
        if violation["impact"] in impacts
        for node in violation["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])


def _give(page: Page) -> None:
    """From the page's own address, because its content security policy lets no other script in."""
    if page.evaluate("() => 'axe' in window"):
        return
    source = AXE.read_text(encoding="utf-8")

    def answer(route: Route) -> None:
        route.fulfill(body=source, content_type="text/javascript")

    page.route("**/static/axe-for-tests.js", answer)
    page.add_script_tag(url="/static/axe-for-tests.js")
