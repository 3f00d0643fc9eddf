"""The page is sent while its parts are still being made."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import translation
from tests.web.workbench.conftest import Review, task, url

from lantu_web.office.views.workbench import page as workbench
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Candidate

PARTS = ("wb-coverage", "wb-outline", "wb-text", "wb-sheet", "wb-findings")


@pytest.mark.django_db
def test_what_it_is_drawn_with_comes_before_any_part_is_made(review: Review, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    for name in ("coverage", "outline", "text", "side", "findings"):
        monkeypatch.setattr(workbench.Bench, name, lambda _bench, name=name: made.append(name) or f"<i>{name}</i>")
    answer = browser.get(url(review))
    assert isinstance(answer, StreamingHttpResponse)
    assert answer.headers["X-Accel-Buffering"] == "no"
    told = iter(answer)
    first = next(told).decode()
    assert ("/built/" in first, made) == (True, [])
    assert re.findall(r"<i>(\w+)</i>", b"".join(told).decode()) == made == ["coverage", "outline", "text", "side", "findings"]


@pytest.mark.django_db
def test_parts_speak_the_language_of_the_page_though_they_are_made_after_it(review: Review, browser: Client) -> None:
    answer = browser.get(url(review))
    with translation.override("en"):
        page = answer.getvalue().decode()
        assert translation.get_language() == "en"
    assert ("上一节" in page, "Previous section" in page) == (True, False)


@pytest.mark.django_db
def test_where_the_database_fails_in_a_part_the_others_stand(review: Review, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_bench: workbench.Bench) -> str:
        raise OperationalError("database is locked")

    monkeypatch.setattr(workbench.Bench, "findings", fail)
    page = browser.get(url(review)).getvalue().decode()
    assert ("页面的这一部分未能生成" in page, "database is locked" in page, review.sentence("我们").text in page) == (True, False, True)


@pytest.mark.django_db
def test_cards_beyond_the_first_few_are_sent_as_text(review: Review, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "NEAR", 2)
    heading = review.headings["产业"]
    for number in range(4):
        told = "<b>&</script>" if number else "甲"
        Candidate.objects.create(
            plan=review.plan, heading=heading, kind=ItemKind.TASK, start=60, end=61 + number, quote=told, label=told, content=task(told)
        )
    page = browser.get(url(review), {"section": heading.pk}).getvalue().decode()
    rows, folded = sheet_of(browser.get(url(review, "review-sheet", heading.pk)).getvalue().decode())
    assert (len(rows), folded) == (7, [])
    assert sheet_of(page) == (rows[:2], rows[2:])


def sheet_of(page: str) -> tuple[list[int], list[int]]:
    """Candidates of the pane: those that are elements, those that are text."""
    pane = page[page.index('id="wb-sheet"') :].split('id="wb-findings"')[0]
    cards: Callable[[str], list[int]] = lambda html: [int(pk) for pk in re.findall(r'data-candidate="(\d+)"', html)]  # noqa: E731
    folded = re.findall(r'(?s)<script type="text/html">(.*?)</script>', pane)
    return cards(re.sub(r'(?s)<script type="text/html">.*?</script>', "", pane)), cards("".join(folded))
