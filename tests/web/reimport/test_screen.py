"""The page of an amended text: counts, lines, choices one by one and together, taking over, giving up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.web import make_person
from tests.web.reimport.conftest import Amend

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.plans.models import Plan, Reimport

LogIn = Callable[[User], Client]


@pytest.fixture
def browser(officer: Person, logged_in: LogIn) -> Client:
    return logged_in(User.objects.get(pk=officer.user_id))


@pytest.fixture
def reimport(amend: Amend) -> Reimport:
    return amend(("500亿元", "480亿元"), ("，单位生产总值能耗降低12%", "，森林覆盖率达到36%"))


def at(name: str, *args: object) -> str:
    return reverse(f"office:{name}", args=["yunxi", *args])


def test_the_page_counts_and_shows_before_and_after(reimport: Reimport, browser: Client) -> None:
    answer = browser.get(at("reimport", reimport.pk))
    counts = {str(tally.difference): (tally.count, tally.open) for tally in answer.context["tallies"]}
    assert counts == {"same": (27, 0), "new": (1, 0), "changed": (1, 1), "dropped": (1, 1), "moved": (0, 0)}
    page = answer.content.decode()
    for words in ("<del>500</del>", "<ins>480</ins>", "森林覆盖率", "单位生产总值能耗"):
        assert words in page
    assert browser.get(at("reimport", reimport.pk), {"difference": "same"}).context["page"].paginator.count == 27
    assert browser.get(at("reimport", reimport.pk), {"difference": "x", "open": "on"}).context["page"].paginator.count == 2


def test_the_plan_page_leads_to_it_who_may_decide_it(reimport: Reimport, browser: Client, zone: Zone, unit: Unit, logged_in: LogIn) -> None:
    address, waiting = at("plan", reimport.plan_id), f'href="{at("reimport", reimport.pk)}"'
    reader = logged_in(make_person(Role.UNIT_HEAD, zone, unit, username="reader")[0])
    assert [waiting in who.get(address).content.decode() for who in (browser, reader)] == [True, False]
    browser.post(at("reimport-give-up", reimport.pk), {"expected": reimport.revision})
    assert waiting not in browser.get(address).content.decode()


def test_one_choice_by_htmx_answers_with_the_same_line_as_the_page(reimport: Reimport, browser: Client) -> None:
    line = reimport.lines.get(difference="changed")
    url = at("reimport-choose", reimport.pk, line.pk)
    swapped = browser.post(url, {"choice": "take", "expected": 1}, headers={"HX-Request": "true"})
    page = browser.get(at("reimport", reimport.pk)).content.decode()
    assert _plain(swapped.content.decode()) in _plain(page)
    assert browser.post(url, {"choice": "take", "expected": 1}).status_code == 409
    assert browser.post(url, {"choice": "keep", "expected": 2}).status_code == 302


def _plain(html: str) -> str:
    """Without the token, which is another one in every answer."""
    return "".join(part.split('">', 1)[-1] for part in html.split('name="csrfmiddlewaretoken" value="')).strip()


def test_all_at_once_and_taken_over(plan: Plan, reimport: Reimport, browser: Client) -> None:
    assert browser.post(at("reimport-apply", reimport.pk), {"expected": reimport.revision}).status_code == 409
    for number, decision in enumerate(("changed.take", "dropped.keep")):
        answer = browser.post(at("reimport-choose-all", reimport.pk), {"decision": decision, "expected": reimport.revision + number})
        assert answer.status_code == 302
    assert browser.post(at("reimport-choose-all", reimport.pk), {"decision": "same.take", "expected": 3}).status_code == 422
    assert browser.post(at("reimport-again", reimport.pk), {"expected": 3}).status_code == 302
    assert browser.post(at("reimport-apply", reimport.pk), {"expected": 4}).headers["Location"] == at("plan", plan.pk)
    plan.refresh_from_db()
    assert plan.reading == reimport.reading
    assert browser.get(at("reimport", reimport.pk)).context["may_decide"] is False


def test_given_up_by_its_button(plan: Plan, reimport: Reimport, browser: Client) -> None:
    assert browser.post(at("reimport-give-up", reimport.pk), {"expected": 1}).status_code == 302
    assert browser.post(at("reimport-give-up", reimport.pk), {"expected": 2}).status_code == 409


@pytest.mark.parametrize("name", ["reimport-apply", "reimport-again", "reimport-give-up", "reimport-choose-all"])
def test_readers_read_and_decide_nothing(
    name: str, reimport: Reimport, zone: Zone, other_zone: Zone, unit: Unit, other_unit: Unit, logged_in: LogIn, client: Client
) -> None:  # fmt: skip
    leader, own = make_person(Role.LEADER, zone)[0], make_person(Role.CONTACT_PERSON, zone, unit)[0]
    other, outsider = make_person(Role.CONTACT_PERSON, zone, other_unit)[0], make_person(Role.PLANNING_OFFICER, other_zone)[0]
    page, write = at("reimport", reimport.pk), at(name, reimport.pk)
    statuses = [(logged_in(user).get(page).status_code, logged_in(user).post(write).status_code) for user in (leader, own, other, outsider)]
    assert statuses == [(200, 403), (200, 403), (404, 403), (404, 404)]
    assert client.get(page).status_code == client.post(write).status_code == 302


@pytest.mark.parametrize("changes", [1, 3])
def test_queries_do_not_grow(changes: int, amend: Amend, browser: Client, django_assert_num_queries: Callable[[int], Any]) -> None:
    reimport = amend(*[("500亿元", "480亿元"), ("3.5%", "3.6%"), ("降低12%", "降低13%")][:changes])
    browser.get(at("reimport", reimport.pk))
    with django_assert_num_queries(11):
        browser.get(at("reimport", reimport.pk))
