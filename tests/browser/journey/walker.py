"""A planning officer at the browser, step by step. Nothing here depends on the language of the page, so that both tutorials are walked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PATIENCE = 90_000  # milliseconds for what a busy machine does
Look = Callable[[Page, str], None]


CHAPTERS = """() => {
    const items = [...document.querySelectorAll('#wb-outline li')];
    const of = level => items.filter(item => Number(item.dataset.level) === level && item.dataset.key !== '0');
    const levels = [...new Set(items.map(item => Number(item.dataset.level)))].sort();
    const chapters = levels.find(level => of(level).length > 2) ?? levels[0];
    return [...of(chapters), ...items.filter(item => Number(item.dataset.level) < chapters || item.dataset.key === '0')]
        .filter(item => item.querySelector('.wb-counts b')).map(item => item.dataset.key) }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Of an approval: who, under which number, when."""

    body: str
    number: str
    day: str
    upper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is adjusted: words to find it by, its value now and then, and why."""

    words: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it stands on paper; ``kind`` is target or actual."""

    subject: str
    value: str
    unit: str
    year: str
    kind: str = "target"


@dataclass
class Deeds:
    """Primary keys (of the sentence the words) of what was decided one by one."""

    accepted: int = 0
    edited: int = 0
    edited_words: str = ""
    rejected: int = 0
    sentence: str = ""
    paper: int = 0
    section: list[int] = field(default_factory=list)


def nothing_to_keep(page: Page, name: str) -> None:
    """A look at the page of which no picture is wanted."""


def log_in(page: Page, zone: str, username: str, password: str, *, filled: Callable[[], object] = lambda: None) -> None:
    """To the page at which a person arrives; ``filled`` is called before the form is sent."""
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE / 3)
    page.goto("/login/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(password)
    filled()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/z/{zone}/**")


@dataclass
class Walker:
    """``look`` is called with a name wherever the tutorials show a picture; ``done`` are the keys of the steps so far."""

    page: Page
    zone: str = "yunxi"
    look: Look = nothing_to_keep
    done: list[str] = field(default_factory=list)
    deeds: Deeds = field(default_factory=Deeds)
    plan: int = 0
    adjustment: int = 0

    def log_in(self, username: str, password: str) -> None:
        log_in(self.page, self.zone, username, password, filled=lambda: self.look(self.page, "login"))
        self.look(self.page, "home")
        self.done.append("log_in")

    def register(self, name: str, *, unit: str, first_year: int, last_year: int, body: str) -> None:
        self.page.locator(f'.sidebar a[href$="/z/{self.zone}/plans/"]').click()
        self.look(self.page, "register")
        self.page.locator(f'a[href$="/z/{self.zone}/plans/new/"]').first.click()
        self.page.locator("#id_name").fill(name)
        self.page.locator("#id_unit").select_option(label=unit)
        self.page.locator("#id_period_start").fill(str(first_year))
        self.page.locator("#id_period_end").fill(str(last_year))
        self.page.locator("#id_issuing_body").fill(body)
        self.look(self.page, "entry")
        self._submit()
        self.page.wait_for_url(re.compile(r"/plans/\d+/$"))
        self.plan = int(self.page.url.rstrip("/").rpartition("/")[2])
        self.done.append("register")

    def upload(self, path: Path) -> None:
        self._send(path)
        self.done.append("upload")

    def watch(self) -> None:
        """Until the page of the reading leads on to the review by itself."""
        self.page.wait_for_url(f"**/plans/{self.plan}/review/", timeout=PATIENCE)
        self._bench_is_ready()
        self.done.append("watch")

    def review(self, *, background: str, why: str, chapter: str, until: str, words: str) -> None:
        """By keyboard alone: say of a sentence of ``background`` that it is no task (``why``: a digit); in ``chapter`` accept one, edit one
        (``words`` into its first field), reject one, then accept the rest up to ``until``. Sheets are told by how their titles begin."""
        self._turn_to(background)
        self._mark_a_sentence(why)
        self._turn_to(chapter)
        self._take_the_first()
        self.look(self.page, "review")
        self._accept_one()
        self._edit_one(words)
        self._reject_one()
        while not self._title().startswith(until):
            self._accept_section()
            self._next_sheet()
        self.done.append("review")

    def accept_the_rest(self) -> None:
        """Every chapter with something open, each by its own button in the text."""
        while keys := self._open_chapters():
            key = keys[0]
            part = self.page.locator(f"#h{key}")
            if key == "0":
                self.page.locator('#wb-outline li[data-key="0"] a').click()
                expect(self.page.locator('#wb-sheet[data-sheet="0"]')).to_be_visible()
                self.page.locator('#wb-sheet [data-act="accept-section"]').click()
            else:
                part.locator(".part__head, .runs-in").first.hover()
                part.locator(".part__tools button").first.click()
            self._accept_in_dialog()
            expect(self.page.locator(f"#o{key} b")).to_have_count(0)
        self.done.append("accept_the_rest")

    def settle(self, *, from_paper: str, figure: Figure) -> None:
        """The finding of that kind by a figure from the paper original, every other one as of no matter for the delivery."""
        self.page.locator('button[data-side="findings"]').click()
        finding = self.page.locator(f'.find[data-state="open"]:has-text("{from_paper}")').first
        finding.scroll_into_view_if_needed()
        self.look(self.page, "findings")
        finding.locator("button[data-dialog]").click()
        self._type_figure(figure)
        self.page.locator('button[data-side="findings"]').click()
        while (left := self.page.locator('.find[data-state="open"]').count()) > 0:
            self.page.locator('.find[data-state="open"] button[value="no_matter"]').first.click()
            expect(self.page.locator('.find[data-state="open"]')).to_have_count(left - 1)
        self.done.append("settle")

    def approve(self, papers: Papers) -> None:
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/")
        self.page.locator(f'a[href$="/plans/{self.plan}/approve/"]').first.click()
        self._fill_papers(papers)
        self.look(self.page, "approve")
        self._submit()
        self.page.wait_for_url(f"**/plans/{self.plan}/items/")
        self.look(self.page, "items")
        self.done.append("approve")

    def adjust(self, title: str, target: Target, papers: Papers) -> None:
        self._draft(title, target.reason)
        self._write_line(target)
        self.look(self.page, "adjustment")
        self.page.locator('form[action$="/consult/"] button').click()
        self._give_opinion()
        self.page.locator(f'a[href$="/adjustments/{self.adjustment}/approve/"]').click()
        self._fill_papers(papers)
        self.look(self.page, "adjustment-approve")
        self._submit()
        self.page.wait_for_url(re.compile(r"/(adjustments|plans)/\d+/(items/|versions/)?(#.*)?$"))
        self.done.append("adjust")

    def compare(self) -> None:
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/versions/")
        self.page.locator('a[href$="?from=1&to=2"]').first.click()
        expect(self.page.locator("tr[data-change]")).to_have_count(1)
        self.look(self.page, "compare")
        self.done.append("compare")

    def amend(self, path: Path, *, decide: Callable[[Locator], str | None]) -> None:
        """An amended file: ``decide`` says "take" or "keep" of each line that is to be decided (None: as it stands)."""
        self._send(path)
        self.page.wait_for_url("**/reimports/*/", timeout=PATIENCE)
        self.look(self.page, "amended")
        for key in self.page.locator(".life-diff:has(button[name=choice])").evaluate_all("found => found.map(one => one.id)"):
            line = self.page.locator(f"#{key}")
            if choice := decide(line):
                line.locator(f'button[value="{choice}"]').click()
                expect(line.locator(f'button[value="{choice}"]')).to_have_attribute("aria-pressed", "true")
        self.page.locator('[data-opens="apply"]').click()
        self.page.locator("dialog#apply button[type=submit]").click()
        self.page.wait_for_url(f"**/plans/{self.plan}/")
        self.done.append("amend")

    def open_review(self) -> None:
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/review/")
        self._bench_is_ready()

    # --- by keyboard

    def _turn_to(self, chapter: str) -> None:
        while not self._title().startswith(chapter):
            self._next_sheet()

    def _take_the_first(self) -> None:
        """The first card of this sheet, or of the next that has some."""
        while self.page.locator("#wb-sheet .cand").count() < 4:
            self._next_sheet()
        self._press("j")
        if not self._card().evaluate("card => card === document.querySelector('#wb-sheet .cand')"):
            self._press("k")

    def _title(self) -> str:
        return self.page.locator("#wb-sheet .wb-sheet__title").inner_text()

    def _next_sheet(self) -> None:
        before = self.page.locator("#wb-sheet").get_attribute("data-sheet") or ""
        self._press("]")
        expect(self.page.locator("#wb-sheet")).not_to_have_attribute("data-sheet", before)

    def _accept_one(self) -> None:
        self.deeds.accepted = self._number()
        self._press("a")
        self._is(self.deeds.accepted, "accepted")

    def _edit_one(self, words: str) -> None:
        for _card in range(60):
            if self._card().get_attribute("data-kind") != "measure":
                break
            self._press("j")
        self.deeds.edited, self.deeds.edited_words = self._number(), words
        self._press("e")
        expect(self.page.locator(f"#c{self.deeds.edited} .cand__form input:focus")).to_be_visible()
        self._press("Control+a")
        self.page.keyboard.insert_text(words)
        self.look(self.page, "edit")
        self._press("Enter")
        self._is(self.deeds.edited, "accepted")

    def _reject_one(self) -> None:
        for _card in range(60):
            if self._card().get_attribute("data-state") == "open":
                break
            self._press("j")
        self.deeds.rejected = self._number()
        self._press("r")
        expect(self.page.locator(f"#c{self.deeds.rejected} .wb-reasons")).to_be_visible()
        self.look(self.page, "reject")
        self._press("1")
        self._is(self.deeds.rejected, "rejected")

    def _mark_a_sentence(self, why: str) -> None:
        """The one before the first card, which nothing covers; in a sheet without cards the first one."""
        self._press("O" if self.page.locator("#wb-sheet .cand").count() else "o")
        sentence = self.page.locator(".s:focus")
        expect(sentence).to_have_attribute("data-standing", "open")
        self.deeds.sentence, marked = sentence.inner_text(), sentence.get_attribute("id")
        self._press("x")
        expect(self.page.locator("#wb-dialog")).to_be_visible()
        self.look(self.page, "not-a-task")
        self._press(why)
        expect(self.page.locator(f"#{marked}")).to_have_attribute("data-standing", "not_a_task")
        expect(self.page.locator("#wb-dialog")).to_be_hidden()

    def _accept_section(self) -> None:
        left = self.page.locator('#wb-sheet .cand[data-state="open"]')
        if left.count() == 0:
            return
        self.deeds.section += left.evaluate_all("found => found.map(one => Number(one.dataset.candidate))")
        self._press("A")
        expect(self.page.locator("#wb-dialog")).to_be_visible()
        self.look(self.page, "accept-section")
        if self.page.locator("#id-with-doubt").count():
            self.page.locator("#id-with-doubt").focus()
            self._press("Space")
        self.page.locator("#wb-dialog .btn-primary").focus()
        self._press("Enter")
        expect(self.page.locator("#wb-dialog")).to_be_hidden()
        expect(left).to_have_count(0)

    def _press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def _card(self) -> Locator:
        """The card that has the focus, once one has."""
        card = self.page.locator(".cand:focus")
        expect(card).to_have_count(1)
        return card

    def _number(self) -> int:
        return int((self._card().get_attribute("id") or "")[1:])

    def _is(self, candidate: int, state: str) -> None:
        expect(self.page.locator(f"#c{candidate}")).to_have_attribute("data-state", state)
        expect(self.page.locator(".cand:focus")).to_have_count(1)

    # --- by mouse

    def _send(self, path: Path) -> None:
        self.page.goto(f"/z/{self.zone}/plans/{self.plan}/")
        self.page.locator(f'a[href$="/plans/{self.plan}/upload/"]').first.click()
        self.page.locator("#id_file").set_input_files(path)
        self.look(self.page, "upload")
        self.page.locator(".form__buttons button").click()
        self.page.wait_for_url("**/readings/*/")
        expect(self.page.locator("#reading .steps")).to_be_visible()
        self.look(self.page, "reading")

    def _bench_is_ready(self) -> None:
        expect(self.page.locator("#workbench[data-ready=yes]")).to_be_visible()

    def _open_chapters(self) -> list[str]:
        """Keys of sections with something open, chapters before what stands above them (the plan's own title, say)."""
        found: list[str] = self.page.evaluate(CHAPTERS)
        return found

    def _accept_in_dialog(self) -> None:
        expect(self.page.locator("#wb-dialog")).to_be_visible()
        self.look(self.page, "accept-chapter")
        if self.page.locator("#id-with-doubt").count():
            self.page.locator("#id-with-doubt").check()
        self.page.locator("#wb-dialog .btn-primary").click()
        expect(self.page.locator("#wb-dialog")).to_be_hidden()

    def _type_figure(self, figure: Figure) -> None:
        if figure.kind != "target":  # which it is at first
            self.page.locator("#id-paper-kind").select_option(figure.kind)
            expect(self.page.locator(f'#id-paper-kind option[selected][value="{figure.kind}"]')).to_have_count(1)
        for name, value in (("subject", figure.subject), ("value", figure.value), ("unit", figure.unit), ("year", figure.year)):
            self.page.locator(f'#wb-dialog [name="paper-{name}"]').fill(value)
        self.look(self.page, "paper")
        self.page.locator("#wb-dialog .btn-primary").click()
        expect(self.page.locator("#wb-dialog")).to_be_hidden()
        self.deeds.paper = self._number()

    def _draft(self, title: str, reason: str) -> None:
        self.page.locator(f'a[href$="/plans/{self.plan}/adjustments/"]').first.click()
        self.page.locator(f'a[href$="/plans/{self.plan}/adjustments/new/"]').first.click()
        self.page.locator("#id_title").fill(title)
        self.page.locator("#id_trigger").select_option("environment")
        self.page.locator("#id_reason").fill(reason)
        self._submit()
        self.page.wait_for_url(re.compile(r"/adjustments/\d+/$"))
        self.adjustment = int(self.page.url.rstrip("/").rpartition("/")[2])

    def _write_line(self, target: Target) -> None:
        self.page.locator(f'a[href$="/adjustments/{self.adjustment}/items/"]').click()
        self.page.locator("#id_text").fill(target.words)
        self.page.locator("#id_kind").select_option("target")
        self.page.locator("#id_text").press("Enter")
        self.page.wait_for_url("**kind=target**")
        self.look(self.page, "choose")
        self.page.locator('a[href$="/change/"]').first.click()
        self.page.locator('[name="value"]').fill(target.value)
        self.page.locator('[name="reason"]').fill(target.reason)
        self.look(self.page, "line")
        self._submit()
        self.page.wait_for_url(re.compile(rf"/adjustments/{self.adjustment}/(#.*)?$"))

    def _give_opinion(self) -> None:
        self.page.locator('a[href$="/opinion/"]').click()
        self.page.locator("#id_body").fill("云溪新区财政局")
        self.page.locator('[name="position"]').first.evaluate("control => control.type === 'radio' && control.click()")
        self.page.locator("#id_text").fill("同意调整。")
        self._submit()
        self.page.wait_for_url(re.compile(rf"/adjustments/{self.adjustment}/(#.*)?$"))

    def _fill_papers(self, papers: Papers) -> None:
        self.page.locator("#id_approving_body").fill(papers.body)
        if papers.upper:
            self.page.locator("#id_upper_body").fill(papers.upper)
        self.page.locator("#id_document_number").fill(papers.number)
        self.page.locator("#id_approved_on").fill(papers.day)
        effective = self.page.locator("#id_effective_on")
        if effective.count():
            effective.fill(papers.day)

    def _submit(self) -> None:
        self.page.locator("main form.form button[type=submit]").first.click()
