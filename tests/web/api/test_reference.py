"""The reference of the API is what the interface says now, and its examples run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.factories.life import approved, decided
from tests.factories.web import make_person, make_reviewed_plan, make_unit, make_zone
from tests.web.api.conftest import program_of

from lantu_web.accounts.enums import Role
from lantu_web.management.commands.write_api_reference import files

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference"


@pytest.mark.parametrize("name", ["openapi.json", "api.md"])
def test_the_reference_is_current(name: str) -> None:
    """If not: `lantu-web write_api_reference`."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == files()[name]


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (REFERENCE / "api.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_the_examples_run(live_server: LiveServer, tmp_path: Path) -> None:
    zone = make_zone()
    officer = make_person(Role.PLANNING_OFFICER, zone, make_unit(zone))[1]
    approved(decided(make_reviewed_plan(zone)), officer)
    given = {**os.environ, "LANTU_URL": live_server.url, "LANTU_TOKEN": program_of(officer).token}

    def run(command: list[str]) -> str:
        done = subprocess.run(command, env=given, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    shell = [run(["bash", "-euo", "pipefail", "-c", example]) for example in examples("sh")]
    assert '"roles": ["planning_officer"]' in shell[0]
    assert '"state": "queued"' in shell[1]
    (told,) = [run([sys.executable, "-c", example]) for example in examples("python")]
    assert "云溪新区高质量发展五年规划纲要 M-001 " in told
    assert "'field': 'name'" in told
