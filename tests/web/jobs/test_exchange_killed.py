"""kill -9 in the middle of a file of the ledger: of its export, its dry run, its taking over. A restart loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import zipfile

from tests.web.jobs.conftest import VERIFY, Site

COUNT = 600
SETUP = f"""
import django; django.setup()
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person, make_unit, make_zone
from lantu_web.accounts.enums import Role
from lantu_web.tasks.commands.exchange import ask_export
from lantu_web.tasks.commands.exchange_running import run
zone = make_zone(); unit = make_unit(zone)
_user, officer = make_person(Role.PLANNING_OFFICER, zone, unit, username="officer")
division = make_division(zone)
for number in range({COUNT}):
    make_task(division, f"第{{number}}项任务", unit)
run(exchange_id=ask_export(by=officer, kind="export_ledger").pk)
"""
HEAD = """
import django; django.setup()
import io, openpyxl
from lantu_web.accounts.models import User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.tasks.commands.exchange import ask_export, receive_ledger, take_over
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.models import Exchange
officer = person_in_zone(User.objects.get(username="officer"), Zone.objects.get(), on=clock.today())
"""
EXPORT = HEAD + 'ask_export(by=officer, kind="export_ledger")\n'
BRING_BACK = HEAD + f"""
book = openpyxl.load_workbook(on_disk(Exchange.objects.get().path))
sheet = book.worksheets[0]
title = next(cell.column for cell in sheet[4] if cell.value == "重点任务")
for row in range(5, {COUNT + 5}):
    sheet.cell(row, title).value += "（修订）"
buffer = io.BytesIO()
book.save(buffer)
exchange = receive_ledger(by=officer, chunks=[buffer.getvalue()], file_name="台账.xlsx")
"""
TAKE_OVER = BRING_BACK + "run(exchange_id=exchange.pk)\nexchange.refresh_from_db()\ntake_over(by=officer, exchange_id=exchange.pk, expected=exchange.revision)\n"
LAST = "select state, attempts, percent from tasks_exchange order by id desc limit 1"
TAKEN = "select count(*) from tasks_exchangerow where taken_at is not null"


def killed_and_begun_again(site: Site, when: str) -> None:
    """A worker is killed as soon as the query says so; another one brings it to its end."""
    first = site.start("worker")
    site.until(lambda: bool(site.ask(when)[0][0]))
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert site.ask(LAST)[0][0] == "running"
    site.start("worker")
    site.until(lambda: site.ask(LAST)[0][0] not in ("queued", "running"))


BEGUN = "select count(*) from (select * from tasks_exchange order by id desc limit 1) where state = 'running'"


def test_an_export_is_made_whole(site: Site) -> None:
    site.run(EXPORT)
    killed_and_begun_again(site, BEGUN)
    assert site.ask(LAST) == [("ready", 2, 100)]
    [(path, told)] = site.ask("select path, told from tasks_exchange order by id desc limit 1")
    with zipfile.ZipFile(site.folder / "files" / str(path)) as package:
        assert (package.testzip(), package.read("xl/worksheets/sheet1.xml").count("项任务".encode())) == (None, 2 * COUNT)
    assert str(told) == f'{{"rows": {COUNT}}}'


def test_a_dry_run_tells_each_row_once(site: Site) -> None:
    site.run(BRING_BACK)
    killed_and_begun_again(site, BEGUN)
    rows = site.ask("select count(*), count(distinct row), count(distinct task_id), min(verdict), max(verdict) from tasks_exchangerow")
    assert (site.ask(LAST), rows) == ([("ready", 2, 100)], [(COUNT, COUNT, COUNT, "changed", "changed")])
    assert site.ask("select count(*) from tasks_change") == [(0,)]


def test_what_was_taken_over_is_taken_over_once(site: Site) -> None:
    site.run(TAKE_OVER)
    killed_and_begun_again(site, f"select count(*) >= 20 from ({TAKEN.replace('count(*)', '1', 1)})")
    assert (site.ask(LAST), site.ask(TAKEN)) == ([("applied", 2, 100)], [(COUNT,)])
    assert site.ask("select count(*), count(distinct task_id), min(action), max(action) from tasks_change") == [
        (COUNT, COUNT, "task.import", "task.import")
    ]
    assert site.ask("select count(*) from tasks_task where title like '第%项任务（修订）' and revision = 2") == [(COUNT,)]
    assert site.ask("select count(*) from audit_entry where action = 'task.import'") == [(COUNT,)]
    site.run(VERIFY)
