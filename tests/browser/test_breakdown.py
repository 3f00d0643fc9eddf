"""A plan is broken down with mouse and keyboard; its screens hold at every width, in both languages, and axe finds no serious fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenPage
from tests.browser.test_look import Shots, wrong
from tests.factories.web import PASSWORD

from lantu_web.accounts.models import User
from lantu_web.management.demo.organisation import enter_organisation
from lantu_web.management.demo.story import tell
from lantu_web.plans.models import Plan
from lantu_web.tasks.models import Division, Task

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LOOKS = [(size, dark, language) for language in ("zh-hans", "en") for size, dark in (("laptop", False), ("desk", False), ("phone", True))]


@pytest.fixture
def plan(transactional_db: None) -> Plan:
    tell(enter_organisation(PASSWORD), SAMPLES)
    plan = Plan.objects.get(state="adjusted")
    Task.objects.filter(plan=plan).delete()
    Division.objects.filter(plan=plan).delete()
    return plan


def test_from_the_plan_to_a_task_with_years_and_nodes(plan: Plan, open_page: OpenPage, shots: Shots) -> None:
    page = open_page(User.objects.get(username="planner"))
    page.goto(f"/z/yunxi/plans/{plan.pk}/", timeout=60_000)
    page.get_by_role("link", name="任务分解").click()
    shots(page, "division-none-laptop-light-zh-hans")
    page.get_by_role("button", name="开始分解").click()
    expect(page.get_by_role("heading", name="规划各章")).to_be_visible()
    page.locator(".table tbody a").first.click()
    shots(page, "division-chapter-before-laptop-light-zh-hans")
    take_all(page)
    expect(page.locator(".alert-success")).to_contain_text("列入台账")
    target = Task.objects.filter(plan=plan).exclude(target=None).order_by("position").first()
    assert target is not None
    addresses = {
        "scheme": f"/z/yunxi/plans/{plan.pk}/division/", "chapter": f"/z/yunxi/plans/{plan.pk}/division/chapters/2/",
        "task": f"/z/yunxi/tasks/{target.pk}/breakdown/", "send": f"/z/yunxi/plans/{plan.pk}/division/send/",
        "lines": "/z/yunxi/work-lines/",
    }  # fmt: skip
    page.goto(addresses["task"], timeout=60_000)
    page.locator("summary", has_text="建议").click()
    page.get_by_role("button", name="采用建议的节点").click()
    expect(page.locator("#nodes [name=text]").first).not_to_have_value("")
    told: dict[str, list[str]] = {}
    for size, dark, language in LOOKS:
        page = open_page(User.objects.get(username="planner"), size=size, dark=dark, language=language)
        for name, address in addresses.items():
            look = f"division-{name}-{size}-{'dark' if dark else 'light'}-{language}"
            told[look] = wrong(page, address, language, with_axe=size != "desk")
            shots(page, look)
    assert {look: faults for look, faults in told.items() if faults} == {}


def take_all(page: Page) -> None:
    """Every page of the chapter, as it is proposed."""
    while page.get_by_role("button", name="采用本页全部").count():
        page.get_by_role("button", name="采用本页全部").click()
