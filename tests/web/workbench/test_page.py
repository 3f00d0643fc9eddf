"""The page: what it shows, to whom, with how many queries; fragments equal the page's parts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.workbench.conftest import Review

from lantu_web.accounts.models import User


@pytest.fixture
def browser(officer: object, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(User.objects.get(username="officer"))


def url(review: Review, name: str = "review", *args: object) -> str:
    return reverse(f"office:{name}", args=[review.plan.zone.slug, review.plan.pk, *args])


def section(html: str, mark: str) -> str:
    """The element with that id, up to its own closing tag."""
    found = re.search(rf'<(\w+)[^>]*\bid="{mark}"', html)
    assert found, mark
    depth = 0
    for tag in re.finditer(rf"<(/?){found[1]}\b[^>]*>", html[found.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return re.sub(r' hx-swap-oob="true"', "", html[found.start() : found.start() + tag.end()])
    raise AssertionError(mark)


@pytest.mark.django_db
def test_the_page_opens(review: Review, browser: Client) -> None:
    page = browser.get(url(review)).content.decode()
    assert "建设智能装备产业园" in page
