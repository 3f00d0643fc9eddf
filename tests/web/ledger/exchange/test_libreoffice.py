"""A file that LibreOffice opened and saved comes back as well as one from elsewhere; skipped where the program is not there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.web.ledger.exchange.conftest import bring_back, data_of, edited, export, put

from lantu_web.accounts.acting import Person
from lantu_web.tasks.models import Task

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def saved(data: bytes, folder: Path) -> bytes:
    """Opened and saved as .xlsx."""
    source, target = folder / "in" / "台账.xlsx", folder / "out"
    source.parent.mkdir()
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [str(OFFICE), "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (target / "台账.xlsx").read_bytes()


def test_saved_unchanged_it_changes_nothing(tasks: list[Task], officer: Person, tmp_path: Path) -> None:
    back = bring_back(officer, saved(data_of(export(officer)), tmp_path))
    assert (back.state, back.problem, back.told, [(row.changes, row.messages) for row in back.rows.all()]) == ("ready", "", {"rows": 3, "same": 3, "missing": 0}, [])


def test_edited_and_saved_it_says_what_was_edited(tasks: list[Task], officer: Person, tmp_path: Path) -> None:
    data = edited(data_of(export(officer)), put("重点任务", "改善澜河水环境质量", 7))
    back = bring_back(officer, saved(data, tmp_path))
    assert [(row.row, row.verdict, row.changes["title"]["file"]) for row in back.rows.all()] == [(7, "changed", "改善澜河水环境质量")]


def test_a_year_that_was_edited_and_saved_comes_back(tasks: list[Task], officer: Person, tmp_path: Path) -> None:
    data = edited(data_of(export(officer)), put("2026年", "145亿元；打基础"))
    [row] = bring_back(officer, saved(data, tmp_path)).rows.all()
    assert (row.row, row.verdict, row.changes["2026"]["value"], row.messages) == (5, "changed", {"goal": "打基础", "value": "145"}, [])
