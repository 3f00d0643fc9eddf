"""The workbench in a real browser: a section reviewed by keyboard alone, words lit both ways, a conflict, a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.axe import faults
from tests.factories.web import make_person, make_reviewed_plan, make_unit, make_zone

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User
from lantu_web.office.views.workbench import page as workbench
from lantu_web.plans.commands.review import accept
from lantu_web.plans.models import Candidate, Finding, Plan, Sentence

OpenPage = Callable[..., Page]
Shots = Callable[..., None]


@pytest.fixture
def officer(transactional_db: None) -> tuple[User, Person]:
    zone = make_zone()
    return make_person(Role.PLANNING_OFFICER, zone, make_unit(zone, "发展改革局", "001"), username="officer")


@pytest.fixture
def plan(officer: tuple[User, Person]) -> Plan:
    plan = make_reviewed_plan(officer[0].posts.get().zone)
    sentence = Sentence.objects.get(plan=plan, text__startswith="各部门要密切配合")
    Finding.objects.create(
        plan=plan,
        heading=sentence.heading,
        code="damaged",
        severity="warning",
        message="此处疑有缺字",
        start=sentence.start,
        end=sentence.end,
    )
    return plan


def opened(open_page: OpenPage, user: User, plan: Plan, **options: Any) -> Page:
    page = open_page(user, **options)
    page.goto(f"/z/{plan.zone.slug}/plans/{plan.pk}/review/")
    page.wait_for_selector("#workbench[data-ready=yes]")
    return page


def card(row: Candidate) -> str:
    return f"#c{row.pk}"


def test_a_section_is_reviewed_by_keyboard_alone(open_page: OpenPage, officer: tuple[User, Person], plan: Plan, shots: Shots) -> None:
    page = opened(open_page, officer[0], plan)
    rows = list(Candidate.objects.filter(plan=plan).order_by("start", "end", "pk"))
    first, second, third, fourth = rows[:4]
    page.keyboard.press("j")
    expect(page.locator(card(first))).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(card(first))).to_have_attribute("data-state", "accepted")
    expect(page.locator(card(second))).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.press("1")
    expect(page.locator(card(second))).to_have_attribute("data-state", "rejected")
    expect(page.locator(card(third))).to_be_focused()
    page.keyboard.press("e")
    field = page.locator(f"{card(third)} .cand__form input:not([type=hidden])").first
    expect(field).to_be_focused()
    field.fill("改过的名称")
    page.keyboard.press("Enter")
    expect(page.locator(card(third))).to_have_attribute("data-state", "accepted")
    expect(page.locator(f"{card(third)} .cand__label")).to_contain_text("改过的名称")
    page.keyboard.press("u")
    expect(page.locator(card(third))).to_have_attribute("data-state", "open")
    page.keyboard.press("j")
    expect(page.locator(card(fourth))).to_be_focused()
    page.keyboard.press("e")
    page.wait_for_selector(f"{card(fourth)} .cand__form")
    page.keyboard.press("Escape")
    expect(page.locator(f"{card(fourth)} .cand__form")).to_have_count(0)
    expect(page.locator(card(fourth))).to_be_focused()
    shots(page, "workbench-by-keyboard")
    assert [str(row.state) for row in Candidate.objects.filter(plan=plan).order_by("start", "end", "pk")[:4]] == [
        "accepted",
        "rejected",
        "open",
        "open",
    ]


def test_a_sentence_is_set_aside_and_another_added_by_keyboard(open_page: OpenPage, officer: tuple[User, Person], plan: Plan) -> None:
    page = opened(open_page, officer[0], plan)
    page.keyboard.press("o")
    sentence = page.evaluate("document.activeElement.id")
    page.keyboard.press("x")
    page.wait_for_selector("#wb-dialog[open] [data-digit='1']")
    page.keyboard.press("1")
    expect(page.locator(f"#{sentence}")).to_have_attribute("data-standing", "not_a_task")
    expect(page.locator("#wb-dialog")).not_to_be_visible()
    page.keyboard.press("o")
    page.keyboard.press("n")
    expect(page.locator("#wb-tools button").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector("#wb-dialog[open] form")
    page.keyboard.press("Enter")
    expect(page.locator("#wb-dialog")).not_to_be_visible()
    added = Candidate.objects.get(plan=plan, origin="added")
    expect(page.locator(card(added))).to_be_focused()
    assert (added.state, Sentence.objects.get(pk=int(sentence[1:])).reason != "") == ("accepted", True)


def test_pointing_lights_both_ways(open_page: OpenPage, officer: tuple[User, Person], plan: Plan) -> None:
    page = opened(open_page, officer[0], plan)
    row = Candidate.objects.filter(plan=plan).order_by("start", "end", "pk")[0]
    sentence = Sentence.objects.filter(plan=plan, start__lt=row.end, end__gt=row.start).exclude(standing="left_out")[0]
    page.hover(card(row))
    assert "is-lit" in (page.get_attribute(f"#s{sentence.pk}", "class") or "")
    page.hover(f"#s{sentence.pk}")
    assert "is-lit" in (page.get_attribute(card(row), "class") or "")


def test_words_are_added_by_selecting_them(open_page: OpenPage, officer: tuple[User, Person], plan: Plan) -> None:
    page = opened(open_page, officer[0], plan)
    sentence = Sentence.objects.get(plan=plan, text__startswith="各部门要密切配合")
    page.locator(f"#s{sentence.pk}").scroll_into_view_if_needed()
    page.locator(f"#s{sentence.pk}").dblclick(position={"x": 30, "y": 12})
    page.wait_for_selector("#wb-tools:not([hidden])")
    page.click("#wb-tools [data-adds=mechanism]")
    page.wait_for_selector("#wb-dialog[open] form")
    page.keyboard.press("Enter")
    expect(page.locator("#wb-dialog")).not_to_be_visible()
    added = Candidate.objects.get(plan=plan, origin="added")
    assert (added.kind, added.quote in sentence.text, 0 < len(added.quote) < len(sentence.text)) == ("mechanism", True, True)


def test_who_comes_second_sees_who_was_first_and_keeps_what_was_typed(
    open_page: OpenPage, officer: tuple[User, Person], plan: Plan
) -> None:
    page = opened(open_page, officer[0], plan)
    row = Candidate.objects.filter(plan=plan, kind="target").order_by("start", "end", "pk")[0]
    page.goto(f"/z/{plan.zone.slug}/plans/{plan.pk}/review/?section={row.heading_id}")
    page.click(f"{card(row)} [data-act=edit]")
    field = page.locator(f"{card(row)} .cand__form input:not([type=hidden])").first
    field.fill("我写的")
    other = make_person(Role.PLANNING_OFFICER, plan.zone, username="other")[1]
    accept(by=other, candidate=row, expected=row.revision)
    field.press("Enter")
    expect(page.locator(f"{card(row)} > .alert")).to_contain_text(other.name)
    expect(page.locator(f"{card(row)} .cand__form input:not([type=hidden])").first).to_have_value("我写的")
    expect(page.locator(card(row))).to_have_attribute("data-state", "accepted")


def test_findings_stand_in_the_text_and_in_the_list(open_page: OpenPage, officer: tuple[User, Person], plan: Plan) -> None:
    page = opened(open_page, officer[0], plan)
    finding = Finding.objects.get(plan=plan, code="damaged")
    page.click(f"#m{finding.pk}")
    expect(page.locator(f"#f{finding.pk}")).to_be_focused()
    page.click(f"#f{finding.pk} [value=no_matter]")
    expect(page.locator(f"#f{finding.pk}")).to_have_attribute("data-state", "dismissed")
    expect(page.locator(f"#m{finding.pk}")).to_have_attribute("data-state", "done")


@pytest.mark.parametrize(("size", "dark", "language"), [("laptop", False, "zh-hans"), ("desk", True, "en"), ("phone", False, "zh-hans")])
def test_it_is_fit_for_everybody(
    size: str, dark: bool, language: str, open_page: OpenPage, officer: tuple[User, Person], plan: Plan, shots: Shots
) -> None:
    page = opened(open_page, officer[0], plan, size=size, dark=dark, language=language)
    shots(page, f"workbench-{size}-{language}")
    assert faults(page) == []
    if size == "phone":
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.click("[data-shows=side]")
        assert faults(page) == []
        shots(page, "workbench-phone-candidates")


def test_the_text_opens_at_the_section_of_the_pane_and_its_head_counts_what_is_open(
    open_page: OpenPage, officer: tuple[User, Person], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lantu_web.plans.queries.outline.MOST", 1)  # a sheet for each chapter
    rows = Candidate.objects.filter(plan=plan).order_by("-start", "-pk")
    last = rows[0]
    rows.exclude(heading=last.heading).update(state="rejected", reject_reason="misread")
    page = open_page(officer[0])
    page.set_viewport_size({"width": 1400, "height": 420})
    page.goto(f"/z/{plan.zone.slug}/plans/{plan.pk}/review/")
    text, count = page.locator("#wb-text"), rows.filter(heading=last.heading).count()
    expect(page.locator(f"#h{last.heading_id} .s").first).to_be_in_viewport()
    assert text.evaluate("element => element.scrollTop") > 0
    assert text.evaluate("element => element.contains(document.activeElement)") is False
    expect(page.locator(".wb-sheet__count")).to_contain_text(f"{count}条待审")
    page.locator(f"{card(last)} [data-act=accept]").click()
    expect(page.locator(".wb-sheet__count")).to_contain_text(f"{count - 1}条待审")


def test_keys_go_on_beyond_the_cards_that_were_sent_as_text(
    open_page: OpenPage, officer: tuple[User, Person], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "NEAR", 1)
    page = open_page(officer[0])
    page.add_init_script("window.requestIdleCallback = () => 0")  # a page that never has a moment
    page.goto(f"/z/{plan.zone.slug}/plans/{plan.pk}/review/")
    page.wait_for_selector("#workbench[data-ready=yes]")
    first, second = list(Candidate.objects.filter(plan=plan).order_by("start", "end", "pk"))[:2]
    assert (page.locator("#wb-sheet .cand").count(), page.locator("#wb-findings .find").count()) == (1, 0)
    page.keyboard.press("j")
    expect(page.locator(card(first))).to_be_focused()
    assert page.locator("#wb-sheet .cand").count() == 1
    page.keyboard.press("j")
    expect(page.locator(card(second))).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(card(second))).to_have_attribute("data-state", "accepted")
    assert page.locator("#wb-findings .find").count() == 1


def test_who_is_quicker_than_the_server_is_not_lost(open_page: OpenPage, officer: tuple[User, Person], plan: Plan) -> None:
    page = opened(open_page, officer[0], plan)
    rows = list(Candidate.objects.filter(plan=plan, heading=Candidate.objects.filter(plan=plan).order_by("start", "end", "pk")[0].heading))
    page.keyboard.press("j")
    for _row in rows:
        page.keyboard.press("a")
    for row in rows:
        expect(page.locator(card(row))).to_have_attribute("data-state", "accepted")


def test_a_sentence_that_is_no_longer_looked_at_is_not_decided(open_page: OpenPage, officer: tuple[User, Person], plan: Plan) -> None:
    page = opened(open_page, officer[0], plan)
    page.keyboard.press("o")
    expect(page.locator(".s:focus")).to_have_count(1)
    page.keyboard.press("g")
    expect(page.locator(".find:focus")).to_have_count(1)
    page.keyboard.press("x")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()  # the dialog of keys opens: no other stood before it
    expect(page.locator("#wb-dialog")).to_be_hidden()
