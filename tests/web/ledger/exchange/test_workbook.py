"""A ledger goes out as a workbook and comes back."""

from __future__ import annotations

from tests.web.ledger.exchange.conftest import bring_back, data_of, export

from lantu_web.accounts.acting import Person
from lantu_web.tasks.models import Task


def test_an_unchanged_export_changes_nothing(tasks: list[Task], officer: Person) -> None:
    exchange = export(officer)
    assert (exchange.state, exchange.problem, exchange.told) == ("ready", "", {"rows": 3})
    back = bring_back(officer, data_of(exchange))
    assert (back.state, back.told, list(back.rows.all())) == ("ready", {"rows": 3, "same": 3, "missing": 0}, [])
