"""The examples of docs/how-to/api.md run as they stand, in their order, against a site."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from pytest_django.live_server_helper import LiveServer
from tests.factories.life import approved, decided
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person, make_reviewed_plan, make_unit, make_zone
from tests.web.api.conftest import program_of
from tests.web.ledger.exchange.test_foreign import book

from lantu_web.accounts.enums import Role
from lantu_web.lib import clock
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.commands.signing import send
from lantu_web.tasks.enums import SignatureState
from lantu_web.tasks.models import Comment, Signature, Task

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "api.md"
SOURCE = Path(__file__).resolve().parents[3] / "src"


@pytest.mark.django_db(transaction=True)
def test_the_examples_run(live_server: LiveServer, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT, settings.LANTU_INCOMING = tmp_path / "files", tmp_path / "incoming"
    (tmp_path / "外来台账.xlsx").write_bytes(book(("序号", "工作任务", "责任单位"), ((1, "建设科创走廊", "发展改革局"),)))
    zone = make_zone()
    unit = make_unit(zone)
    officer = make_person(Role.PLANNING_OFFICER, zone, unit)[1]
    division = make_division(zone, approved(decided(make_reviewed_plan(zone, unit=unit)), officer))
    task = make_task(division, "做强精密装备产业", unit, due_on=clock.today() + timedelta(days=200))
    send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today())
    path = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])
    given = {**os.environ, "PYTHONPATH": path, "LANTU_URL": live_server.url, "LANTU_TOKEN": program_of(officer).token}
    told = []
    done_at_once = patch("lantu_web.tasks.commands.exchange.enqueue", lambda _job, pk: transaction.on_commit(lambda: run(exchange_id=pk)))
    done_at_once.start()
    for language, example in re.findall(r"```(python|sh)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        command = [sys.executable, "-W", "error", "-c", example] if language == "python" else ["bash", "-euo", "pipefail", "-c", example]
        done = subprocess.run(command, env=given, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        told.append(done.stdout)
    done_at_once.stop()
    me, read, changed, sent, message, due, foreign, overdue, comment = told
    assert me == f"{officer.name}\n"
    assert read == f"1 做强精密装备产业 发展改革局 {task.due_on}\n1\n"
    assert changed == "1 changed\n1 undone\n"
    assert sent.startswith("1 sent\n2 signed\n") and len(sent.splitlines()) == 3
    assert message == (
        "task.changed 3-2-1 建设综合服务平台 {'fields': ['due_on']}\n"
        "refused: the signature is not the site's: another secret, or a body that was changed on its way\n"
    )
    assert [line.split(" ", 2)[1:] for line in due.splitlines()] == [["task", "做强精密装备产业 "], ["task", "建设综合服务平台 "]]
    assert foreign == "3 new {'title': '建设科创走廊', 'lead_unit': '发展改革局'}\n1 taken over\n"
    assert json.loads(overdue)["total"] == 0
    assert json.loads(comment)["text"] == "请按期报送进展。"
    assert (Task.objects.count(), Comment.objects.count()) == (3, 1)
    assert set(Signature.objects.filter(is_superseded=False).values_list("state", flat=True)) == {SignatureState.SIGNED}
