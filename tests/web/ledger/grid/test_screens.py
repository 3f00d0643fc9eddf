"""The sides of the ledger as pages: what they show, to whom, in how many queries, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from tests.factories.tasks import make_task
from tests.web.ledger.grid.conftest import speaking

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Division

pytestmark = pytest.mark.django_db
LedgerWorld = Any
Browser = Callable[[User], Client]
SIDES = ("ledger/", "ledger/cards/", "ledger/wall-chart/", "ledger/matrix/", "ledger/matrix/?by=years", "ledger/views/")


def words(client: Client, path: str) -> str:
    answer = client.get(f"/z/yunxi/{path}")
    assert answer.status_code == 200, answer.status_code
    main = answer.content.decode().partition('id="ledger">')[2].partition("<dialog")[0]
    return re.sub(r"\s+", " ", strip_tags(main)).strip()


def rows_of(client: Client, path: str) -> list[list[str]]:
    """The cells of every row of the grid, in words."""
    page = client.get(f"/z/yunxi/{path}").content.decode()
    rows = re.findall(r'<tr class="ledger-row.*?</tr>', page, re.DOTALL)
    return [[re.sub(r"\s+", " ", strip_tags(cell)).strip() for cell in re.findall(r'<t[dh][^>]*class="cell.*?</t[dh]>', row)] for row in rows]


def test_the_grid_says_all_of_a_task(ledger: LedgerWorld, browser: Client) -> None:
    assert rows_of(browser, "ledger/")[:2] == [
        [
            "1", "做强精密装备产业The plan&#x27;s sentence" if ledger.equipment.item else "做强精密装备产业", "产值达到120亿元",
            "1/21 of 2 nodes done, 1 overdue", "领导", "发展改革局", "生态环境局", "单位联系人", "2026-06-30 Overdue", "Signed for",
        ],
        ["2", "培育智能机器人产业", "", "", "", "发展改革局", "", "", "2027-03-31", "Waiting for signatures"],
    ]  # fmt: skip


def test_chosen_columns_stand_in_the_order_of_the_trade(ledger: LedgerWorld, browser: Client) -> None:
    rows = rows_of(browser, "ledger/?columns=target&columns=lines&columns=number&text=jmzb")
    assert rows == [["1", "产业攻坚线、绿色发展", "做强精密装备产业", "180"]]
    assert rows_of(browser, "ledger/?columns=number,lines,target&text=jmzb") == rows


def test_filters_in_force_can_be_taken_away_one_by_one(ledger: LedgerWorld, browser: Client, other_unit: Unit) -> None:
    page = browser.get(f"/z/yunxi/ledger/?unit={other_unit.pk}&due=year&sort=title").content.decode()
    chips = re.findall(r'class="ledger-chip" href="([^"]*)".*?__label">([^<]*)</span> <span>([^<]*)<', page)
    assert chips == [
        ("?due=year&amp;sort=title", "Lead unit", "生态环境局"), (f"?unit={other_unit.pk}&amp;sort=title", "Due", "In this year"),
    ]  # fmt: skip


def test_what_is_sent_by_htmx_is_the_same_page(ledger: LedgerWorld, browser: Client) -> None:
    """The fragment is cut out of the page by the browser: there is one way to draw it."""
    query = "/z/yunxi/ledger/?group=signing"
    fragment, page = (browser.get(query, headers=headers).content.decode() for headers in ({"HX-Request": "true"}, {}))
    token = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+')
    assert token.sub("", fragment) == token.sub("", page)


def test_cards_wall_chart_and_matrices_say_it_in_their_way(ledger: LedgerWorld, browser: Client) -> None:
    assert "2026 产值达到120亿元" in words(browser, "ledger/cards/")
    assert words(browser, "ledger/wall-chart/?year=2027").endswith("2 培育智能机器人产业发展改革局 1 entry")
    assert "1 做强精密装备产业发展改革局Done3-31 开工Overdue6-30 主体完工 3 实施澜河综合治理" in words(browser, "ledger/wall-chart/")
    assert words(browser, "ledger/matrix/").endswith(
        "Lead unit产业攻坚线Total 发展改革局1finished 010 Total1010"
    )
    assert words(browser, "ledger/matrix/?by=years").endswith(
        "Theme20262027Total 绿色发展1finished 01finished 020 Total101020"
    )


def test_a_matrix_leads_into_the_ledger(ledger: LedgerWorld, browser: Client, unit: Unit) -> None:
    page = browser.get("/z/yunxi/ledger/matrix/?text=jmzb").content.decode()
    link = re.search(r'matrix__cell" data-shade="5"><a href="([^"]*)"', page)
    assert link is not None
    assert link[1] == f"/z/yunxi/ledger/?unit={unit.pk}&amp;line={ledger.line.pk}&amp;text=jmzb"
    assert [row[1] for row in rows_of(browser, link[1].removeprefix("/z/yunxi/").replace("&amp;", "&"))] == ["做强精密装备产业"]


@pytest.mark.parametrize("path", SIDES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_units_see_what_was_sent_and_other_zones_nothing(
    path: str, language: str, ledger: LedgerWorld, contact: tuple[User, Person], outsider: tuple[User, Person], logged_in: Browser
) -> None:
    answer = speaking(logged_in, contact[0], language).get(f"/z/yunxi/{path}")
    assert answer.status_code == 200
    assert "尚未下发的任务" not in answer.content.decode()
    assert speaking(logged_in, outsider[0], language).get(f"/z/yunxi/{path}").status_code == 404
    assert "做强精密装备产业" not in speaking(logged_in, outsider[0], language).get(f"/z/heyuan/{path}").content.decode()


@pytest.mark.parametrize("path", SIDES)
def test_an_empty_ledger_says_so(path: str, browser: Client) -> None:
    assert 'class="empty"' in browser.get(f"/z/yunxi/{path}").content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("ledger/", 10), ("ledger/?group=lead_unit&sort=-due_on&state=sent", 10), ("ledger/?text=任务", 9), ("ledger/cards/", 10),
        ("ledger/wall-chart/", 11), ("ledger/matrix/", 8), ("ledger/matrix/?by=years", 8), ("ledger/changes/", 5), ("ledger/views/", 5),
    ],
)  # fmt: skip
def test_queries_do_not_grow_with_the_rows(
    count: int, path: str, queries: int, browser: Client, division: Division, unit: Unit, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        make_task(division, f"任务{number}", unit, state=TaskState.SENT, due_on="2026-12-31")
    browser.get("/z/yunxi/ledger/views/")  # notes that the session is alive
    with django_assert_num_queries(queries):
        assert browser.get(f"/z/yunxi/{path}").status_code == 200


def test_from_a_row_one_click_leads_to_the_sentence(browser: Client, ledger: LedgerWorld, contact: tuple[User, Person], logged_in: Browser) -> None:
    from lantu_web.plans.models import Item, Sentence

    plan = ledger.equipment.plan
    item = Item.objects.create(plan=plan, code="T-001", kind="task", position=1, quote="做强精密装备产业。", start=10, end=20)
    sentences = [Sentence.objects.create(plan=plan, position=at, block=at, layout="body", start=at * 10, end=at * 10 + 9, text="句") for at in range(3)]
    type(ledger.equipment).objects.filter(pk=ledger.equipment.pk).update(item=item)
    link = re.compile(r'class="to-source" href="([^"]*)"')
    officers = link.findall(browser.get("/z/yunxi/ledger/").content.decode())
    units = link.findall(speaking(logged_in, contact[0], "en").get("/z/yunxi/ledger/cards/").content.decode())
    assert officers == [f"/z/yunxi/plans/{plan.pk}/review/#s{sentences[1].pk}"]
    assert units == [f"/z/yunxi/plans/{plan.pk}/items/?text=T-001#item-T-001"]


def test_filters_of_a_matrix_keep_which_matrix_it_is(ledger: LedgerWorld, browser: Client) -> None:
    page = browser.get("/z/yunxi/ledger/matrix/?by=years&lines=theme&group=topic&year=2027")
    assert page.context["carried"] == [("year", "2027"), ("group", "topic"), ("by", "years"), ("lines", "theme")]
    assert [select.name for select in page.context["first_selects"]] == ["plan", "unit", "signing", "due"]


def test_work_lines_stand_in_the_side_bar_of_who_keeps_them(browser: Client, contact: tuple[User, Person], logged_in: Browser) -> None:
    way = 'href="/z/yunxi/work-lines/"'
    found = [way in client.get("/z/yunxi/calendar/").content.decode() for client in (browser, logged_in(contact[0]))]
    assert found == [True, False]
