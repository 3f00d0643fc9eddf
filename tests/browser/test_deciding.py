"""A file that came back, both sides of it changed: decided cell by cell without a mouse, in both languages, on a laptop and a telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenPage
from tests.browser.test_look import wrong
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person, make_unit, make_zone
from tests.web.ledger.exchange.conftest import bring_back, data_of, edited, export, put

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.models import Exchange, ExchangeRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def back(transactional_db: None, settings: Any, tmp_path: Path) -> Exchange:
    """One row with two cells in conflict, one with one."""
    settings.MEDIA_ROOT, settings.LANTU_INCOMING = tmp_path / "files", tmp_path / "incoming"
    zone = make_zone()
    unit = make_unit(zone)
    by = make_person(Role.PLANNING_OFFICER, zone, unit, username="officer")[1]
    division = make_division(zone)
    tasks = [make_task(division, title, lead=unit, topic="产业") for title in ("培育机器人产业", "改善水环境质量")]
    data = data_of(export(by))
    change(by=by, task_id=tasks[0].pk, expected=1, values={"title": "培育智能机器人产业", "topic": "先进制造"})
    change(by=by, task_id=tasks[1].pk, expected=1, values={"title": "改善湖泊水环境质量"})

    def act(sheet: Any) -> None:
        put("重点任务", "培育服务机器人产业", 5)(sheet)
        put("领域", "机器人", 5)(sheet)
        put("文件依据", "《纲要》第三章", 5)(sheet)
        put("重点任务", "改善澜河水环境质量", 6)(sheet)

    return bring_back(by, edited(data, act))


def test_cells_are_decided_with_the_keys(back: Exchange, open_page: OpenPage) -> None:
    page = open_page(User.objects.get(username="officer"), language="en")
    page.goto(f"/z/yunxi/exchange/{back.pk}/")
    row = ExchangeRow.objects.get(exchange=back, row=5)
    take = page.locator(f"#cell-{row.pk}-title-file")
    take.focus()
    page.keyboard.press("Enter")
    expect(take).to_have_attribute("aria-pressed", "true")
    expect(take).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(f"#cell-{row.pk}-topic-here")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(f"#row-{row.pk} .exchange-row__decide")).to_contain_text("Cell by cell")
    row.refresh_from_db()
    assert (row.choice, row.changes["title"]["choice"], row.changes["topic"]["choice"]) == ("mixed", "file", "here")


@pytest.mark.parametrize(("size", "language"), [("laptop", "zh-hans"), ("phone", "en"), ("phone", "zh-hans"), ("laptop", "en")])
def test_it_looks_right(size: str, language: str, back: Exchange, open_page: OpenPage, shots: Callable[..., None]) -> None:
    page: Page = open_page(User.objects.get(username="officer"), size=size, language=language)
    page.goto(f"/z/yunxi/exchange/{back.pk}/")
    row = ExchangeRow.objects.get(exchange=back, row=5)
    page.locator(f"#cell-{row.pk}-title-file").click()
    expect(page.locator(f"#cell-{row.pk}-title-file")).to_have_attribute("aria-pressed", "true")
    shots(page, f"deciding-{size}-{language}", full=True)
    assert wrong(page, f"/z/yunxi/exchange/{back.pk}/", language, with_axe=size == "laptop") == []
