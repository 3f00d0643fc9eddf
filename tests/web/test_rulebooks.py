"""The site's own parameters are whole, dated and cited, and what is wrong with them is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lantu.rulebooks.loader import RulebookError
from lantu_web.bridge.likeness import Likeness, read_likeness
from lantu_web.plans.rulebook import read_opinions

HEAD = 'title = "t"\neffective = 2026-01-01\nsource = "s"\n'


def test_the_shipped_ones_are_whole() -> None:
    likeness, opinions = read_likeness(), read_opinions()
    assert likeness.entries == (Likeness(least_alike=0.6, section_bonus=0.05, common_pair=60, tried=3, length=160),)
    assert opinions.entries == (timedelta(minutes=10),)
    assert all(book.source and book.effective > date(2000, 1, 1) for book in (likeness, opinions))


def test_what_is_wrong_is_told_with_its_key() -> None:
    with pytest.raises(RulebookError, match=r"'least_alike', value 2.*'tried'.*'other'"):
        read_likeness(f"{HEAD}[likeness]\nleast_alike = 2\nsection_bonus = 0\ncommon_pair = 1\nlength = 1\nother = 1\n")
    with pytest.raises(RulebookError, match=r"'minutes', value '10'"):
        read_opinions(f"{HEAD}[sent_twice]\nminutes = '10'\n")
