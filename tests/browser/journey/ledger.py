"""People at the browser who work in the ledger: the planning office that breaks a plan down, and the units that sign for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect
from tests.browser.journey.walker import Look, log_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who does a task until when, as the labels of the form say it; what is empty is left as it stands."""

    due_on: date
    sponsor: str
    section: str = ""
    person: str = ""
    cooperating: str = ""


@dataclass
class Somebody:
    """A person in a window of their own. ``look`` keeps a picture of a step."""

    page: Page
    look: Look
    zone: str = "yunxi"

    def log_in(self, username: str, password: str) -> None:
        log_in(self.page, self.zone, username, password)

    def start(self) -> None:
        """To the page that a person arrives at."""
        self.page.goto("/")
        self.page.wait_for_url(f"**/z/{self.zone}/**")

    def task(self, pk: int) -> None:
        self.page.goto(f"/z/{self.zone}/tasks/{pk}/")

    def press(self, name: str, within: Locator | None = None) -> None:
        (within or self.page.locator("main")).get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str, within: Locator | None = None) -> None:
        (within or self.page.locator("main")).get_by_role("link", name=name, exact=True).first.click()

    def is_told(self, words: str) -> None:
        expect(self.page.locator(".alert-success").first).to_contain_text(words)


@dataclass
class Office(Somebody):
    """The planning office, at one plan."""

    plan: int = 0

    def open_division(self) -> None:
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/")
        self.page.locator("main").get_by_role("link", name="任务分解").first.click()
        self.look(self.page, "not-broken-down")
        self.press("开始分解")
        expect(self.page.get_by_role("heading", name="规划各章")).to_be_visible()

    def open_chapter(self, number: int, page: int = 1) -> None:
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/division/")
        self.page.locator(f'.table tbody a[href$="/chapters/{number}/"]').click()
        if page > 1:
            self.page.locator(f'.pager a[href*="page={page}"]').first.click()

    def proposal(self, code: str) -> Locator:
        return self.page.locator(f"#item-{code}")

    def tick(self, code: str) -> None:
        self.proposal(code).locator('input[name="item"]').check()

    def choose_unit(self, code: str, unit: str) -> None:
        """Another unit than the proposed ones."""
        self.proposal(code).locator('input[value="other"]').check()
        self.proposal(code).locator('input[name^="other-"]').fill(unit)
        self.tick(code)

    def leave_out(self, code: str, why: str) -> None:
        self.proposal(code).locator('input[value="left"]').check()
        self.proposal(code).locator('input[name^="left-"]').fill(why)
        self.tick(code)

    def take_the_ticked(self) -> None:
        self.look(self.page, "proposals")
        self.press("采用勾选的")
        self.is_told("列入台账")
        self.look(self.page, "taken")

    def assign(self, pk: int, wanted: Assigned) -> None:
        self.page.goto(f"/z/{self.zone}/tasks/{pk}/breakdown/")
        form = self.page.locator('form[action$="/assign/"]')
        form.locator("#id_due_on").fill(wanted.due_on.isoformat())
        for name in ("sponsor", "section", "person"):
            if label := getattr(wanted, name):
                form.locator(f"#id_{name}").select_option(label=label)
        if wanted.cooperating:
            form.get_by_label(wanted.cooperating, exact=True).check()
        self.look(self.page, "assign")
        self.press("保存", form)
        self.is_told("已保存")

    def set_goals(self, goals: dict[str, tuple[str, str]]) -> None:
        """Goal and value by year; on the page of a task."""
        form = self.page.locator('form[action*="/years/"]')
        years = form.locator('[name="year"]').evaluate_all("found => found.map(one => one.value)")
        for year, (goal, value) in goals.items():
            row = years.index(year)
            form.locator('[name="goal"]').nth(row).fill(goal)
            form.locator('[name="value"]').nth(row).fill(value)
        self.press("保存目标与年度", form)
        self.is_told("已保存")

    def take_nodes(self) -> None:
        """Those that are proposed; of a plan that is over none is, and one is written by hand."""
        if self.page.locator("#nodes summary").count():
            self.page.locator("#nodes summary").click()
            self.press("采用建议的节点")
        else:
            due = self.page.locator("#nodes [name=due_on]").first
            due.fill(due.get_attribute("max") or "")
            self.page.locator("#nodes [name=text]").first.fill("全面完成，组织验收并总结")
            self.press("保存节点")
        expect(self.page.locator("#nodes [name=text]").first).not_to_have_value("")
        self.look(self.page, "broken-down")

    def send(self, sign_by: date) -> None:
        """Everything that is ready."""
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/division/")
        self.look(self.page, "scheme")
        self.follow("下发……")
        self.page.locator("#id_sign_by").fill(sign_by.isoformat())
        self.look(self.page, "send")
        self.press("下发勾选的")
        self.page.wait_for_url("**/division/")
        self.look(self.page, "sent")

    def follow_objection(self, note: str) -> None:
        """As the unit proposes, from the start page on."""
        self.start()
        self.look(self.page, "office-start")
        self.page.locator('a[href$="/objections/"]').first.click()
        self.look(self.page, "objections")
        self.follow("处理…")
        self.page.locator('[name="outcome"][value="followed"]').check()
        self.page.locator("#id_note").fill(note)
        self.look(self.page, "settle")
        self.press("确定处理结果")
        self.page.wait_for_url("**/objections/")
        self.look(self.page, "settled")

    def verify_the_claim(self) -> None:
        self.start()
        self.look(self.page, "office-start-claim")
        self.page.locator('main a[href$="#years"]').first.click()
        self.press("核验通过")
        expect(self.page.locator("#years")).to_contain_text("已完成")

    def carry_over(self, year: int) -> list[str]:
        """What of that year is not finished; gives the titles of what was shown first."""
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/division/")
        self.follow("年度结转")
        self.page.locator(f'a[href="?year={year}"]').click()
        shown = self.page.locator("tbody th a").all_inner_texts()
        self.look(self.page, "carry-over")
        self.press(f"结转到{year + 1}年")
        self.is_told("结转")
        self.look(self.page, "carried-over")
        return shown

    def change_cell(self, pk: int, field: str, value: str) -> None:
        """In the grid, by keyboard."""
        self.open_grid()
        cell = self.page.locator(f'#t{pk} [data-field="{field}"]')
        cell.focus()
        self.page.keyboard.press("Enter")
        editor = cell.locator("[data-first]")
        expect(editor).to_be_focused()
        editor.fill(value)
        self.look(self.page, "cell")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#notices .ledger-saved")).to_be_visible()
        expect(cell).to_contain_text(value)
        self.look(self.page, "cell-saved")

    def open_grid(self) -> None:
        self.page.goto(f"/z/{self.zone}/ledger/?plan={self.plan}")


@dataclass
class Desk(Somebody):
    """Somebody of a unit: what waits for it stands on the page where they arrive."""

    def waiting(self) -> Locator:
        return self.page.locator("#to-sign .sign-item")

    def read(self, title: str) -> None:
        self.start()
        self.page.wait_for_url("**/my-unit/")
        self.follow("查看并答复", self.waiting().filter(has_text=title))
        self.page.wait_for_url(re.compile(r"/signatures/\d+/$"))

    def sign(self, title: str, name: str) -> None:
        self.read(title)
        self.look(self.page, f"sign-{name}")
        self.press("签收")
        self.is_told(title)

    def sign_all(self, name: str) -> None:
        """What waits, from one list."""
        self.start()
        self.look(self.page, f"unit-{name}")
        self.page.goto(f"/z/{self.zone}/my-unit/sign/")
        for tick in self.page.locator('input[name="signatures"]').all():
            tick.check()
        self.look(self.page, f"sign-all-{name}")
        self.press("签收所选任务")
        self.page.wait_for_url(re.compile(r"/my-unit/"))
        self.start()
        expect(self.waiting()).to_have_count(0)

    def object(self, title: str, *, reason: str, years: Mapping[int, str]) -> None:
        """The counter-proposal moves what years bring."""
        self.read(title)
        self.follow("提出异议…")
        self.page.locator("#id_reason").fill(reason)
        for year, value in years.items():
            self.page.locator(f"#id_year-{year}").fill(value)
        self.look(self.page, "object")
        self.press("提交异议")
        self.page.wait_for_url(re.compile(r"/(my-unit|signatures/\d+|tasks/\d+)/"))
        self.look(self.page, "objected")

    def claim(self, pk: int, year: int, note: str) -> None:
        self.task(pk)
        part = self.page.locator(".sign-year").filter(has=self.page.get_by_role("heading", name=str(year)))
        self.press("申报完成…", part)
        dialog = self.page.locator("dialog[open]")
        dialog.locator("textarea").fill(note)
        self.look(self.page, "claim")
        self.press("申报完成", dialog)
        expect(part).to_contain_text(note)
