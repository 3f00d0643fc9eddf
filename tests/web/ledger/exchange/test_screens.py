"""Screens of files: asked for, watched, fetched, decided, taken over; nobody sees another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.ledger.exchange.conftest import data_of, edited, export, put
from tests.web.ledger.exchange.test_foreign import looked_at, received

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User, Zone
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.models import Division, Exchange, Task


@pytest.fixture
def client(officer: Person, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(User.objects.get(pk=officer.user_id))


@pytest.fixture
def unit_client(people: tuple[User, User], logged_in: Callable[[User], Client]) -> Client:
    return logged_in(people[1])


def at(zone: Zone, name: str, *args: Any) -> str:
    return reverse(f"office:{name}", args=[zone.slug, *args])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def uploaded(client: Client, zone: Zone, data: bytes, name: str = "台账.xlsx") -> Any:
    return client.post(at(zone, "exchange-import"), {"file": SimpleUploadedFile(name, data)})


def test_a_ledger_of_another_make_shows_no_side_that_it_cannot_have_and_can_be_given_up_at_once(
    client: Client, officer: Person, zone: Zone, tasks: list[Task], division: Division
) -> None:
    foreign = received(officer, division)
    page = text_of(client.get(at(zone, "exchange", foreign.pk)))
    assert ("各列是什么" in page, at(zone, "exchange-give-up", foreign.pk) in page) == (True, True)
    page = text_of(client.get(at(zone, "exchange", looked_at(officer, foreign).pk)))
    assert ("系统现有" in page, "导出时" in page, 'colspan="7"' in page) == (True, False, False)


def test_a_workbook_is_asked_for_and_fetched(client: Client, zone: Zone, tasks: list[Task]) -> None:
    assert client.get(at(zone, "exchanges")).status_code == client.get(at(zone, "exchange-export") + "?unit=3").status_code == 200
    response = client.post(at(zone, "exchange-export"), {"kind": "export_ledger", "paper": "A4", "year": "2026", "columns": "", "query": "text=水环境"})
    exchange = Exchange.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, at(zone, "exchange", exchange.pk))
    assert 'hx-trigger="every 1s"' in text_of(client.get(at(zone, "exchange", exchange.pk)))
    assert client.get(at(zone, "exchange-file", exchange.pk)).status_code == 404
    assert "HX-Redirect" not in client.get(at(zone, "exchange-state", exchange.pk)).headers
    run(exchange_id=exchange.pk)
    assert client.get(at(zone, "exchange-state", exchange.pk)).headers["HX-Redirect"] == at(zone, "exchange", exchange.pk)
    assert at(zone, "exchange-file", exchange.pk) in text_of(client.get(at(zone, "exchange", exchange.pk)))
    fetched = client.get(at(zone, "exchange-file", exchange.pk))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(fetched.streaming_content))).worksheets[0]  # type: ignore[arg-type]
    fetched.close()
    assert [sheet.cell(5, at_).value for at_ in (1, 3)] == ["3", "改善水环境质量"]
    assert fetched.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_a_word_file_needs_a_plan(client: Client, zone: Zone, tasks: list[Task]) -> None:
    response = client.post(at(zone, "exchange-export"), {"kind": "export_division", "paper": "A3"})
    assert (response.status_code, Exchange.objects.count(), list(response.context["form"].errors)) == (422, 0, ["plan"])


def test_from_a_file_to_the_ledger_with_one_conflict(client: Client, zone: Zone, tasks: list[Task], officer: Person) -> None:
    data = data_of(export(officer))
    change(by=officer, task_id=tasks[1].pk, expected=1, values={"title": "培育智能机器人产业"})

    def act(sheet: Any) -> None:
        put("重点任务", "培育服务机器人产业", 6)(sheet)
        put("重点任务", "改善澜河水环境质量", 7)(sheet)
        put("完成时限", "尽快", 5)(sheet)

    response = uploaded(client, zone, edited(data, act))
    exchange = Exchange.objects.get(kind="import_ledger")
    assert response.headers["Location"] == at(zone, "exchange", exchange.pk)
    run(exchange_id=exchange.pk)
    page = text_of(client.get(at(zone, "exchange", exchange.pk)))
    for words in ("培育服务机器人产业", "培育智能机器人产业", "=1+1 培育机器人产业", "改善澜河水环境质量", "尽快", "Y5", "有 1 行需要您决定"):
        assert words in page
    shown = client.get(at(zone, "exchange", exchange.pk) + "?verdict=wrong")
    assert [one.row.row for one in shown.context["rows"]] == [5]
    row = exchange.rows.get(verdict="conflict")
    client.post(at(zone, "exchange-choose", exchange.pk, row.pk), {"choice": "file", "expected": row.revision})
    exchange.refresh_from_db()
    client.post(at(zone, "exchange-take-over", exchange.pk), {"expected": exchange.revision})
    run(exchange_id=exchange.pk)
    assert [Task.objects.get(pk=task.pk).title for task in tasks] == ["壮大精密装备产业", "培育服务机器人产业", "改善澜河水环境质量"]
    assert "已写入 2 行" in text_of(client.get(at(zone, "exchange", exchange.pk)))
    again = client.post(at(zone, "exchange-take-over", exchange.pk), {"expected": exchange.revision})
    assert (again.status_code, Exchange.objects.get(pk=exchange.pk).state) == (302, "applied")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("台账.xlsx", b""), ("台账.xlsx", b"no zip"), ("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("台账.xlsm", b"PK"), ("台账.csv", b"a,b"),
        ("台账.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")), ("机密台账.xlsx", b"PK"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_at_the_door(name: str, data: bytes, client: Client, zone: Zone, unit: Any) -> None:
    response = uploaded(client, zone, data, name)
    assert (response.status_code, list(response.context["form"].errors), Exchange.objects.count()) == (422, ["file"], 0)


def test_a_bomb_and_macros_are_refused(client: Client, zone: Zone, tasks: list[Task], officer: Person) -> None:
    import zipfile

    for name, content in (("xl/media/x.bin", b"0" * 80_000_000), ("xl/vbaProject.bin", b"x")):
        buffer = BytesIO(data_of(export(officer)))
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, content)
        assert uploaded(client, zone, buffer.getvalue()).status_code == 422
    assert not Exchange.objects.filter(kind="import_ledger").exists()


def test_a_file_that_is_too_large_is_refused(client: Client, zone: Zone, tasks: list[Task], settings: Any) -> None:
    settings.LANTU_UPLOAD_BYTES = 1000
    assert uploaded(client, zone, b"PK" + b"0" * 5000).status_code == 422


def test_nobody_sees_the_file_of_another(unit_client: Client, client: Client, zone: Zone, tasks: list[Task], officer: Person) -> None:
    exchange = export(officer)
    for name in ("exchange", "exchange-state", "exchange-file"):
        assert unit_client.get(at(zone, name, exchange.pk)).status_code == 404
    assert unit_client.post(at(zone, "exchange-give-up", exchange.pk)).status_code == 404
    assert unit_client.get(at(zone, "exchanges")).context["exchanges"].count() == 0
    assert client.get(at(zone, "exchanges")).context["exchanges"].count() == 1


def test_given_up_while_it_waits(client: Client, zone: Zone, tasks: list[Task]) -> None:
    client.post(at(zone, "exchange-export"), {"kind": "export_ledger", "paper": "A3"})
    exchange = Exchange.objects.get()
    client.post(at(zone, "exchange-give-up", exchange.pk))
    run(exchange_id=exchange.pk)
    assert (Exchange.objects.get().state, Exchange.objects.get().path) == ("given_up", "")


def test_the_pages_speak_english_too(client: Client, zone: Zone, tasks: list[Task], officer: Person) -> None:
    User.objects.filter(pk=officer.user_id).update(language="en")
    data = edited(data_of(export(officer)), put("完成时限", datetime(2029, 1, 1), 7))
    uploaded(client, zone, data)
    exchange = Exchange.objects.get(kind="import_ledger")
    run(exchange_id=exchange.pk)
    page = text_of(client.get(at(zone, "exchange", exchange.pk), headers={"accept-language": "en"}))
    assert "Nothing is written yet. This is what the file would change." in page


def test_a_page_of_rows_asks_as_often_for_many_as_for_one(client: Client, zone: Zone, tasks: list[Task], officer: Person, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for rows in ((7,), (5, 6, 7)):
        def act(sheet: Any, rows: tuple[int, ...] = rows) -> None:
            for row in rows:
                put("文件依据", f"依据{row}", row)(sheet)

        uploaded(client, zone, edited(data_of(export(officer)), act))
        exchange = Exchange.objects.filter(kind="import_ledger").order_by("-pk")[0]
        run(exchange_id=exchange.pk)
        with CaptureQueriesContext(connection, ) as queries:
            client.get(at(zone, "exchange", exchange.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
