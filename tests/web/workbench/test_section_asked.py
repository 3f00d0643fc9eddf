"""Which heading's sheet is opened at first: one may ask for it in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.workbench.conftest import Review

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 30, "²", "-1", "x"], ids=["thousands", "thirty", "superscript", "negative", "word"])
def test_a_section_that_is_no_number_is_none(key: str, review: Review, officer: Person, logged_in: Callable[[User], Client]) -> None:
    browser = logged_in(User.objects.get(pk=officer.user_id))
    address = reverse("office:review", args=[review.plan.zone.slug, review.plan.pk])
    asked, plain = browser.get(address, {"section": key}), browser.get(address)
    places = [re.findall(r'wb-sheet__place">([^<]*)<', page.getvalue().decode()) for page in (asked, plain)]
    assert (asked.status_code, places) == (200, [["1/2"], ["1/2"]])
