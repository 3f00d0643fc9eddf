"""Files of the ledger in a browser: every page holds in sizes, shades and languages; a conflict is decided by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.browser.test_look import wrong
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_post, make_unit, make_user, make_zone
from tests.web.ledger.exchange.conftest import bring_back, data_of, edited, export, put
from tests.web.ledger.exchange.test_foreign import looked_at, saved

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.exchange import receive_foreign
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.models import Division, Exchange, ExchangeRow

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [
    pytest.param("laptop", False, "zh-hans", id="laptop"), pytest.param("desk", True, "zh-hans", id="desk-dark"),
    pytest.param("phone", False, "zh-hans", id="phone"), pytest.param("laptop", False, "en", id="laptop-en"),
    pytest.param("phone", True, "en", id="phone-dark-en"),
]  # fmt: skip


@pytest.fixture
def officer(settings: Any, tmp_path: Any) -> User:
    """With an export and a workbook that came back with a change, a conflict and a fault."""
    settings.MEDIA_ROOT, settings.LANTU_INCOMING = tmp_path / "files", tmp_path / "incoming"
    zone = make_zone()
    unit, other = make_unit(zone, "发展改革局", "001"), make_unit(zone, "生态环境局", "002")
    user = make_user("officer", "赵启明")
    make_post(user, Role.PLANNING_OFFICER, zone, unit)
    by, division = person_in_zone(user, zone, on=clock.today()), make_division(zone)
    make_task(division, "壮大精密装备产业，建成产业园二期", lead=unit, source="《纲要》第三章第一节")
    task = make_task(division, "培育智能机器人产业", lead=unit)
    make_task(division, "实施澜河综合治理工程", lead=other)
    data = data_of(export(by))
    change(by=by, task_id=task.pk, expected=1, values={"title": "培育智能机器人和低空经济产业", "source": "《纲要》第三章"})

    def act(sheet: Any) -> None:
        put("重点任务", "培育人形机器人产业", 6)(sheet)
        put("完成时限", "2028年底", 6)(sheet)
        put("牵头单位", "发展改革局", 7)(sheet)
        put("完成时限", "尽快", 5)(sheet)

    bring_back(by, edited(data, act))
    return user


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_every_page_holds(size: str, dark: bool, language: str, officer: User, open_page: OpenPage, shots: Callable[..., None]) -> None:
    page = open_page(officer, size=size, dark=dark, language=language)
    made, back = Exchange.objects.get(kind="export_ledger"), Exchange.objects.get(kind="import_ledger")
    places = {"list": "", "export": "export/", "import": "import/", "foreign": "foreign/", "made": f"{made.pk}/", "conflict": f"{back.pk}/"}
    told = {}
    for name, path in places.items():
        told[name] = wrong(page, f"/z/yunxi/exchange/{path}", language, with_axe=True)
        shots(page, f"exchange-{name}-{size}-{language}", full=True)
    assert {name: found for name, found in told.items() if found} == {}


def test_a_conflict_is_decided_by_keyboard(officer: User, open_page: OpenPage) -> None:
    page, back = open_page(officer), Exchange.objects.get(kind="import_ledger")
    page.goto(f"/z/yunxi/exchange/{back.pk}/?verdict=conflict")
    page.locator(".exchange-row button[value=file]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".exchange-row button[value=file][aria-pressed=true]")
    assert ExchangeRow.objects.get(verdict="conflict").choice == "file"


@pytest.fixture
def foreign(officer: User) -> Exchange:
    """A ledger of another make with two sheets, its columns not matched yet; one line of it is a sum."""
    made = openpyxl.Workbook()
    made.worksheets[0].title = "上半年"
    for sheet, title in ((made.worksheets[0], "建设码头"), (made.create_sheet("下半年"), "建设船闸")):
        for row in (
            ("编号", "工作任务", "责任单位", "备注"),
            (1, title, "发展改革局", ""),
            (2, f"疏浚{sheet.title}航道", "水利局", ""),
            ("", "小计", "", ""),
        ):
            sheet.append(row)
    division = Division.objects.get()
    return receive_foreign(by=_person(officer), plan_id=division.plan_id, chunks=[saved(made)], file_name="外来台账.xlsx")


def _person(user: User) -> Person:
    return person_in_zone(user, Zone.objects.get(), on=clock.today())


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_a_foreign_ledger_holds(
    size: str, dark: bool, language: str, officer: User, foreign: Exchange, open_page: OpenPage, shots: Callable[..., None]
) -> None:
    page, told = open_page(officer, size=size, dark=dark, language=language), {}
    for name in ("columns", "rows"):
        told[name] = wrong(page, f"/z/yunxi/exchange/{foreign.pk}/", language, with_axe=True)
        shots(page, f"exchange-foreign-{name}-{size}-{language}", full=True)
        if name == "columns":
            looked_at(_person(officer), foreign)
    assert {name: found for name, found in told.items() if found} == {}


def test_another_sheet_is_read_and_a_row_left_out_by_keyboard(officer: User, foreign: Exchange, open_page: OpenPage) -> None:
    page = open_page(officer)
    page.goto(f"/z/yunxi/exchange/{foreign.pk}/")
    sheet = page.get_by_label("读取的工作表")
    expect(sheet).to_have_value("上半年")
    sheet.focus()
    page.keyboard.press("ArrowDown")
    expect(sheet).to_have_value("下半年")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("读取的工作表")).to_have_value("下半年")
    expect(page.get_by_label("工作任务")).to_have_value("title")
    page.get_by_role("button", name="查看各行").press("Enter")
    run(exchange_id=foreign.pk)
    page.goto(f"/z/yunxi/exchange/{foreign.pk}/")
    row, total = (page.locator(".exchange-row", has_text=words) for words in ("建设船闸", "小计"))
    expect(total.locator("button[value=leave]")).to_have_attribute("aria-pressed", "true")
    expect(row.locator("button[value=open]")).to_have_attribute("aria-pressed", "true")
    row.locator("button[value=open]").focus()
    page.keyboard.press("Tab")
    expect(row.locator("button[value=leave]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row.locator("button[value=leave]")).to_have_attribute("aria-pressed", "true")
    assert faults(page) == []
    total.locator("button[value=open]").press("Enter")
    expect(total.locator("button[value=open]")).to_have_attribute("aria-pressed", "true")
    assert dict(foreign.rows.filter(verdict="new").values_list("label", "choice")) == {"建设船闸": "leave", "小计": "open"}
