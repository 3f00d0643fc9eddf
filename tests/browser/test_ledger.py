"""The ledger in a browser: every side of it, the pages of tasks and of signing hold in sizes, shades and languages, and all of it is done
without a mouse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.browser.test_look import wrong
from tests.factories.life import approved, decided, item_of
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_post, make_reviewed_plan, make_unit, make_user, make_zone

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock
from lantu_web.tasks.commands.signing import object_to, send
from lantu_web.tasks.commands.talking import comment
from lantu_web.tasks.enums import IndicatorKind, LineKind
from lantu_web.tasks.models import Comment, Cooperation, Node, Signature, Task, WorkLine, YearPart

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = "/z/yunxi/"
LOOKS = [
    pytest.param("laptop", False, "zh-hans", id="laptop"), pytest.param("desk", True, "zh-hans", id="desk-dark"),
    pytest.param("phone", False, "zh-hans", id="phone"), pytest.param("laptop", True, "en", id="laptop-dark-en"),
    pytest.param("phone", False, "en", id="phone-en"),
]  # fmt: skip
OF_PHONES = ("grid", "wall", "task")  # drawn otherwise there
TITLES = ("做强精密装备产业", "培育智能机器人产业", "建设精密装备产业园二期", "完善产业链链长制")


@dataclass
class Ledger:
    """Four tasks that were sent out: one with everything, one that was objected to; who plans, who signs."""

    officer: User
    contact: User
    tasks: list[Task]

    def signature(self, at: int) -> Signature:
        return Signature.objects.get(task=self.tasks[at], part="lead", is_superseded=False)


@pytest.fixture
def ledger(transactional_db: None) -> Ledger:
    zone = make_zone()
    unit, other = make_unit(zone, "发展改革局", "001"), make_unit(zone, "生态环境局", "002")
    officer, contact = make_user("officer", "赵启明"), make_user("contact", "李文静")
    make_post(officer, Role.PLANNING_OFFICER, zone, unit)
    make_post(contact, Role.CONTACT_PERSON, zone, unit)
    by, signer = (person_in_zone(user, zone, on=clock.today()) for user in (officer, contact))
    plan = approved(decided(make_reviewed_plan(zone, unit=unit)), by)
    division = make_division(zone, plan)
    tasks = [make_task(division, title, unit, due_on=date(2028, 12, 31), chapter="第三章 重点任务", topic="产业发展") for title in TITLES]
    make_task(division, "发展民间文旅", None, left_out="由市场主体自主实施")
    Task.objects.filter(pk=tasks[0].pk).update(
        item=item_of(plan, "M-001"), measured_in="亿元", indicator_kind=IndicatorKind.LEVEL_UP, target=180, target_year=2028, baseline=120,
        baseline_year=2025, lead_reason="原文点名",
    )  # fmt: skip
    Cooperation.objects.create(task=tasks[0], unit=other)
    _path(tasks[0])
    for name, kind in (("产业攻坚", LineKind.WORK_LINE), ("绿色发展", LineKind.THEME)):
        tasks[0].lines.add(WorkLine.objects.create(zone=zone, name=name, kind=kind))
    send(by=by, division_id=division.pk, task_ids=ids_of(division.plan_id), sign_by=clock.today() + timedelta(days=10))
    known = Ledger(officer=officer, contact=contact, tasks=list(Task.objects.exclude(lead_unit=None).order_by("position")))
    comment(by=signer, task_id=tasks[0].pk, text="@赵启明 二期用地批复预计十二月下达。")
    row = known.signature(3)
    object_to(by=signer, signature_id=row.pk, expected=row.revision, reason="资金尚未落实。", counter={"due_on": "2029-12-31"})
    return known


def ids_of(plan_id: int) -> list[int]:
    return list(Task.objects.filter(plan=plan_id).values_list("pk", flat=True))


def _path(task: Task) -> None:
    for year, value in ((2026, 140), (2027, 160), (2028, 180)):
        part = YearPart.objects.create(task=task, year=year, goal=f"产值达到{value}亿元", value=value)
        due = {"year": year, "quarter": 2, "due_on": date(year, 6, 30), "latest_on": task.latest_on}
        Node.objects.create(task=task, part=part, text="产业园年度工程开工", **due)


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_every_page_holds(size: str, dark: bool, language: str, ledger: Ledger, open_page: OpenPage, shots: Callable[..., None]) -> None:
    first = ledger.tasks[0].pk
    of_officer = {
        "grid": "ledger/", "grouped": "ledger/?group=lead_unit&year=2027", "none": "ledger/?text=无此任务",
        "cards": "ledger/cards/", "wall": "ledger/wall-chart/", "units": "ledger/matrix/", "themes": "ledger/matrix/?by=years",
        "views": "ledger/views/", "task": f"tasks/{first}/",
    }  # fmt: skip
    of_contact = {  # in light test_look has them
        "my-unit": "my-unit/", "sign-many": "my-unit/sign/", "sign": f"signatures/{ledger.signature(0).pk}/",
        "object": f"signatures/{ledger.signature(0).pk}/object/", "task-of-unit": f"tasks/{first}/", "grid-of-unit": "ledger/",
    }  # fmt: skip
    told = {}
    for user, places in ((ledger.officer, of_officer), (ledger.contact, of_contact if dark else {})):
        page = open_page(user, size=size, dark=dark, language=language)
        for name, path in places.items():
            is_looked_at = size == "laptop" or (size == "phone" and name in OF_PHONES)
            told[name] = wrong(page, ZONE + path, language, with_axe=is_looked_at)
            shots(page, f"ledger-{name}-{size}-{language}", full=True)
    assert {name: found for name, found in told.items() if found} == {}


def cell(page: Page, task: Task, name: str) -> Locator:
    return page.locator(f"#t{task.pk} .cell--{name}")


def test_a_cell_is_changed_and_taken_back_by_keyboard(ledger: Ledger, open_page: OpenPage) -> None:
    page, task, key = open_page(ledger.officer), ledger.tasks[1], "title"
    page.goto(f"{ZONE}ledger/")
    page.locator("[data-grid] .cell[tabindex='0']").focus()
    expect(cell(page, ledger.tasks[0], "number")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, task, key)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-editor] textarea")).to_be_focused()
    page.keyboard.type("不要的字")
    page.keyboard.press("Escape")
    expect(cell(page, task, key)).to_be_focused()
    expect(cell(page, task, key)).to_contain_text("培育智能机器人产业")
    page.keyboard.press("Enter")
    expect(page.locator("[data-editor] textarea")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("培育人形机器人产业")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("培育人形机器人产业")
    expect(cell(page, task, key)).to_be_focused()
    assert Task.objects.get(pk=task.pk).title == "培育人形机器人产业"
    assert faults(page) == []
    page.locator("#notices button", has_text="撤销").press("Enter")
    expect(cell(page, task, key)).to_contain_text("培育智能机器人产业")
    assert Task.objects.get(pk=task.pk).title == "培育智能机器人产业"


def test_the_grid_is_one_stop_of_tab(ledger: Ledger, open_page: OpenPage) -> None:
    page = open_page(ledger.officer)
    page.goto(f"{ZONE}ledger/")
    page.locator("[data-grid] .cell[tabindex='0']").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-grid]')") is None


def test_rows_are_chosen_and_changed_together_by_keyboard(ledger: Ledger, open_page: OpenPage) -> None:
    page = open_page(ledger.officer)
    page.goto(f"{ZONE}ledger/")
    page.locator("[data-grid] .cell[tabindex='0']").focus()
    for key in (" ", "ArrowDown", " "):
        page.keyboard.press(key)
    expect(page.locator("[data-bulk-count]")).to_have_text("2")
    page.keyboard.press("b")
    expect(page.locator("#bulk-field")).to_be_focused()
    assert faults(page) == []
    page.locator("#bulk-field").select_option("topic")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-value")).to_be_visible()
    page.locator("#bulk-value").focus()
    page.keyboard.type("先进制造")
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-preview ins")).to_have_text(["先进制造", "先进制造"])
    assert faults(page) == []
    page.locator("#bulk-reason").focus()
    page.keyboard.type("统一领域")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("2")
    assert list(Task.objects.filter(topic="先进制造").values_list("title", flat=True).order_by("position")) == list(TITLES[:2])
    page.locator("#notices a").press("Enter")
    page.locator(".table button").first.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#notices")).to_contain_text("2")
    assert not Task.objects.filter(topic="先进制造").exists()


def test_from_a_row_to_its_task_and_the_plans_sentence_and_back(ledger: Ledger, open_page: OpenPage) -> None:
    page, task = open_page(ledger.officer), ledger.tasks[0]
    page.goto(f"{ZONE}ledger/")
    page.locator("[data-grid] .cell[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("o")
    page.wait_for_url(f"**/tasks/{ledger.tasks[1].pk}/")
    page.go_back()
    expect(cell(page, ledger.tasks[1], "number")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tasks/{task.pk}/")
    page.get_by_role("link", name="查看原文").press("Enter")
    page.wait_for_url("**/review/#s*")
    page.go_back()
    page.wait_for_url(f"**/tasks/{task.pk}/")
    page.go_back()
    expect(cell(page, task, "number")).to_be_focused()
    page.keyboard.press("s")
    page.wait_for_url("**/review/#s*")


def test_a_unit_signs_and_objects_by_keyboard(ledger: Ledger, open_page: OpenPage) -> None:
    page = open_page(ledger.contact)
    page.goto(f"{ZONE}my-unit/")
    page.get_by_role("link", name="查看并答复").first.press("Enter")
    page.get_by_role("button", name="签收", exact=True).press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#notices")).not_to_be_empty()
    assert ledger.signature(0).state == "signed"
    page.goto(f"{ZONE}signatures/{ledger.signature(1).pk}/")
    page.get_by_role("link", name="提出异议…").press("Enter")
    page.get_by_label("不能签收的理由").focus()
    page.keyboard.type("需生态环境局配合。")
    page.get_by_label("生态环境局").press(" ")
    page.get_by_role("button", name="提交异议").press("Enter")
    page.wait_for_load_state()
    row, other = ledger.signature(1), Unit.objects.get(code="002")
    assert (row.state, row.reason, row.counter) == ("objected", "需生态环境局配合。", {"cooperating": [other.pk]})


def test_somebody_is_spoken_to_by_keyboard(ledger: Ledger, open_page: OpenPage, shots: Callable[..., None]) -> None:
    page, task = open_page(ledger.officer), ledger.tasks[0]
    page.goto(f"{ZONE}tasks/{task.pk}/")
    box = page.get_by_label("留言", exact=True)
    box.focus()
    page.keyboard.type("请@")
    options = page.locator(".mention__list [role=option]")
    expect(options).to_have_count(2)
    page.keyboard.type("lwj")
    expect(options).to_have_text(["李文静 发展改革局"])
    expect(box).to_have_attribute("aria-activedescendant", "reader-1")
    expect(page.locator("[data-mention-told]")).to_contain_text("1")
    shots(page, "ledger-mention")
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".mention__list")).to_be_hidden()
    page.keyboard.press("Backspace")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    expect(box).to_have_value("请@李文静 ")
    page.keyboard.type("核实")
    page.get_by_role("button", name="发表").press("Enter")
    page.wait_for_load_state()
    written = Comment.objects.filter(task=task).latest("pk")
    assert (written.text, [person.name for person in written.mentioned.all()]) == ("请@李文静 核实", ["李文静"])
