"""Every screen on the demo's data: nothing hangs over the edge, no word is left untranslated, axe finds no serious fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.factories.web import PASSWORD

from lantu_web.accounts.models import Unit, User
from lantu_web.documents.models import Reading
from lantu_web.management.demo.organisation import enter_organisation
from lantu_web.management.demo.story import tell
from lantu_web.plans.models import Adjustment, Plan
from lantu_web.tasks.models import Division, Extension, Signature, WorkLine

pytestmark = pytest.mark.django_db(transaction=True)
Shots = Callable[..., None]
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ZONE = "/z/yunxi/"

SCREENS = {
    "home": "", "register": "plans/", "plan-new": "plans/new/", "plan": "plans/{draft}/", "upload": "plans/{draft}/upload/",
    "originals": "plans/{draft}/originals/", "reading": "readings/{reading}/", "workbench": "plans/{draft}/review/",
    "approve": "plans/{draft}/approve/", "items": "plans/{approved}/items/", "versions": "plans/{approved}/versions/",
    "compare": "plans/{approved}/compare/?from=1&to=2", "adjustments": "plans/{approved}/adjustments/",
    "adjustment": "adjustments/{adjustment}/", "opinions": "plans/{approved}/opinions/",
    "units": "units/", "people": "people/", "rights": "rights/", "objections": "plans/{divided}/objections/",
    "settle": "signatures/{objection}/settle/", "carry-over": "plans/{divided}/carry-over/", "extension": "extensions/{extension}/",
}  # fmt: skip
OF_UNITS = {
    "my-unit": "my-unit/", "sign-many": "my-unit/sign/", "sign": "signatures/{signature}/", "object": "signatures/{signature}/object/",
    "task": "tasks/{task}/", "extension-ask": "tasks/{task}/extend/",
}  # fmt: skip
FEW = ("home", "register", "workbench", "compare", "adjustment")
LOOKS = [(size, dark, language) for language in ("zh-hans", "en") for size in ("laptop", "desk", "phone") for dark in (False, True)]
OVER = """() => [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest('.visually-hidden, svg, [class*=scroll], .table-wrap')).slice(0, 3).map(one => one.outerHTML.slice(0, 90))"""
# What a reader sees of the program's own words: not what people wrote, not code, not keys, not names of languages.
WORDS = """() => {
    const others = 'code, kbd, q, blockquote, del, ins, script, style, template, .mono, body [lang], option, .plan-text';
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) {
        const within = walk.currentNode.parentElement;
        if (within.checkVisibility() && !within.closest(others)) found.push(walk.currentNode.textContent.trim());
    }
    return found.filter(Boolean) }"""
LABELS = """() => [...document.querySelectorAll('button, th[scope=col], label, .tabs a, .sidebar nav a, h2.card__title, dt, legend')]
    .filter(one => !one.matches(".life-compare__side"))
    .filter(one => one.checkVisibility() && !one.closest('body [lang], .plan-text, form[action="/language/"]'))
    .map(one => one.textContent.trim()).filter(Boolean)"""
SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,']+[A-Za-z]{2,}){2,}|[A-Za-z]{2,} [a-z]{2,}:")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def addresses(transactional_db: None) -> dict[str, str]:
    """The demo, told anew for each test; screens by name."""
    tell(enter_organisation(PASSWORD), SAMPLES)
    draft, approved = Plan.objects.get(state="in_review"), Plan.objects.get(state="adjusted")
    reading = Reading.objects.filter(purpose_id=draft.pk).earliest("pk")
    waiting = Signature.objects.filter(unit__code="203", state="waiting", part="lead", is_superseded=False).earliest("pk")
    objection = Signature.objects.filter(state="objected", is_superseded=False).earliest("pk")
    known = {
        "draft": draft.pk, "approved": approved.pk, "adjustment": Adjustment.objects.get().pk, "reading": reading.pk,
        "divided": Division.objects.get().plan_id, "objection": objection.pk,
        "extension": Extension.objects.get().pk, "signature": waiting.pk, "task": waiting.task_id,
    }  # fmt: skip
    return {name: ZONE + path.format(**known) for name, path in {**SCREENS, **OF_UNITS}.items()}


def test_all_screens_and_a_few_in_every_look(addresses: dict[str, str], open_page: OpenPage, shots: Shots) -> None:
    """One test, because the demo takes its time."""
    planner, auditor, contact = (User.objects.get(username=name) for name in ("planner", "auditor", "contact"))
    told: dict[str, list[str]] = {}
    for language in ("zh-hans", "en"):
        page = open_page(planner, language=language)
        for name in SCREENS:
            address = addresses[name]
            told[f"{name} {language}"] = wrong(page, address, language, with_axe=True)
            shots(page, f"{name}-laptop-light-{language}", full=name != "workbench")
        told[f"gallery {language}"] = wrong(page, "/gallery/", language, with_axe=False)
        for size in ("laptop", "phone"):
            page = open_page(contact, size=size, language=language)
            for name in OF_UNITS:
                told[f"{name} {size} {language}"] = wrong(page, addresses[name], language, with_axe=True)
                shots(page, f"{name}-{size}-light-{language}", full=True)
        page = open_page(auditor, language=language)
        told[f"audit {language}"] = wrong(page, f"{ZONE}audit/", language, with_axe=True)
        shots(page, f"audit-laptop-light-{language}")
        told[f"login {language}"] = wrong(open_page(language=language), "/login/", language, with_axe=True)
    for size, dark, language in LOOKS:
        page = open_page(planner, size=size, dark=dark, language=language)
        for name in FEW:
            look = f"{name}-{size}-{'dark' if dark else 'light'}-{language}"
            told[look] = wrong(page, addresses[name], language, with_axe=dark and size != "desk")
            shots(page, look, full=name != "workbench")
    assert {look: faults for look, faults in told.items() if faults} == {}


def wrong(page: Page, address: str, language: str, *, with_axe: bool) -> list[str]:
    """What is wrong with the screen, in words."""
    answer = page.goto(address, timeout=60_000)
    assert answer is not None and answer.status == 200, address
    found = [] if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else [f"too wide: {page.evaluate(OVER)}"]
    if language == "zh-hans":
        found += [f"not Chinese: {one[:80]}" for one in page.evaluate(WORDS) if SENTENCE.search(one)]
    else:
        names = {one.name for one in (*Unit.objects.all(), *WorkLine.objects.all())}  # boxes to tick bear their own names
        found += [f"not English: {one[:80]}" for one in page.evaluate(LABELS) if CHINESE.search(one) and one not in names]
    return found + (faults(page) if with_axe else [])
