"""Two people at the same moment: one wins, the other is told, nothing is overwritten."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests.web.workbench.conftest import Review, figure

from lantu_web.accounts.acting import Person
from lantu_web.audit.queries import breaks
from lantu_web.lib.errors import Conflict
from lantu_web.plans.commands.review import accept, edit, reject
from lantu_web.plans.models import Candidate, Decision

TARGET = "产值达到500亿元"


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each in its own thread and connection, all let go together; what became of each, sorted."""
    ready, told = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
            told.append("done")
        except Conflict as conflict:
            told.append(f"conflict: {conflict}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(told, reverse=True)


@pytest.mark.django_db(transaction=True)
def test_two_on_one_candidate_one_wins_and_the_other_learns_who(review: Review, officer: Person, colleague: Person) -> None:
    row = review.candidate(TARGET)
    done, conflict = at_once(
        lambda: accept(by=officer, candidate=row, expected=1),
        lambda: reject(by=colleague, candidate=row, expected=1, reason="misread"),
    )
    assert done == "done"
    winner = Decision.objects.get()
    assert winner.by is not None
    assert winner.by.name in conflict
    assert (Candidate.objects.get(pk=row.pk).revision, list(breaks())) == (2, [])


@pytest.mark.django_db(transaction=True)
def test_two_on_neighbours_both_win_and_the_chain_holds(review: Review, officer: Person, colleague: Person) -> None:
    first, second = review.candidate(TARGET), review.candidate("企业达到30家、研发机构达到5家")
    assert at_once(
        lambda: accept(by=officer, candidate=first, expected=1),
        lambda: edit(by=colleague, candidate=second, expected=1, values=figure("企业", "31"), accept=True),
    ) == ["done", "done"]
    assert (review.standings()["到203"], review.standings()["企业达到"], list(breaks())) == ("covered", "covered", [])
