"""The site's own parameters are whole, dated and cited, and what is wrong with them is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lantu.rulebooks.loader import RulebookError
from lantu_web.bridge.likeness import Likeness, read_likeness
from lantu_web.lib.leases import read_attempts
from lantu_web.plans.rulebook import read_opinions, read_start
from lantu_web.tasks.allowances import Allowances, allowances

HEAD = 'title = "t"\neffective = 2026-01-01\nsource = "s"\n'


def test_the_shipped_ones_are_whole() -> None:
    likeness, opinions = read_likeness(), read_opinions()
    assert likeness.entries == (Likeness(least_alike=0.6, section_bonus=0.05, common_pair=60, tried=3, length=160),)
    assert opinions.entries == (timedelta(minutes=10),)
    attempts, start = read_attempts(), read_start()
    assert (attempts.entries, start.entries) == ((3,), (timedelta(days=7),))
    assert all(book.source and book.effective > date(2000, 1, 1) for book in (likeness, opinions, attempts, start))


def test_the_allowances_of_the_ledger_are_whole() -> None:
    assert allowances() == Allowances(
        undo=timedelta(hours=1), bulk=500, sent_twice=timedelta(minutes=10), soon=timedelta(days=30), ahead=timedelta(days=92),
        lately=timedelta(days=90), kept=timedelta(days=14),
    )  # fmt: skip


def test_what_is_wrong_is_told_with_its_key() -> None:
    with pytest.raises(RulebookError, match=r"'least_alike', value 2.*'tried'.*'other'"):
        read_likeness(f"{HEAD}[likeness]\nleast_alike = 2\nsection_bonus = 0\ncommon_pair = 1\nlength = 1\nother = 1\n")
    with pytest.raises(RulebookError, match=r"'minutes', value '10'"):
        read_opinions(f"{HEAD}[sent_twice]\nminutes = '10'\n")
    with pytest.raises(RulebookError, match=r"'most', value 0"):
        read_attempts(f"{HEAD}[attempts]\nmost = 0\n")
    with pytest.raises(RulebookError, match=r"'days', value 0"):
        read_start(f"{HEAD}[failed_readings]\ndays = 0\n")
