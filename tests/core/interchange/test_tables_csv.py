"""The ledger as CSV files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from tests.factories.plans import cloud_stream_plan

from lantu.interchange.tables_csv import csv_files
from lantu.model import Measure, Plan, Span


def table(name: str, plan: Plan | None = None) -> list[list[str]]:
    content = csv_files(plan or cloud_stream_plan())[name].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def test_one_file_a_kind() -> None:
    names = ["tasks", "targets", "actuals", "projects", "mechanisms", "zones", "actors", "findings", "outline", "losses"]
    assert list(csv_files(cloud_stream_plan())) == [f"{name}.csv" for name in names]


def test_as_chinese_offices_open_it() -> None:
    content = csv_files(cloud_stream_plan())["zones.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3


def test_zone_rows() -> None:
    assert table("zones.csv")[1] == [
        "1", "科创片区", "云溪大道", "环湖西路", "望山路", "青川湖南岸", "第三章 优化空间布局 › （一）统筹三片联动",
        "科创片区东至云溪大道，西至环湖西路，南至望山路，北至青川湖南岸；", "585–616", "572–603",
    ]  # fmt: skip


def test_every_row_of_a_task_bears_what_the_task_shares() -> None:
    assert [row[0] for row in table("tasks.csv")[1:4]] == ["2-1-1", "2-1-1", "2-1-1"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-删除", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_formulas_are_disarmed(text: str) -> None:
    plan = cloud_stream_plan()
    measure = Measure(text=text, span=Span(0, 1), raw_span=Span(0, 1))
    task = replace(plan.tasks[0], measures=(measure,))
    assert table("tasks.csv", replace(plan, tasks=(task,)))[1][4] == "'" + text
